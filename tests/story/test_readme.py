"""What the story's README shows works as it says: a teacher can type it, step by step."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.cli import _parser
from game.commands.place import standing
from game.explore import explore
from game.play import Playthrough
from game.resources import story_folder
from game.story import Finding, Story, check, load
from game.story.schema import schema

TEXT = (story_folder() / "README.md").read_text(encoding="utf-8")


def block(begins: str) -> str:
    """The YAML of the README that begins with these words, without the quote's own indent."""
    (found,) = (one for one in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if one.lstrip().startswith(begins))
    return str(found)


def put(file: Path, line: str, text: str, *, above: bool = False, first: bool = True) -> None:
    """Put a text below (or above) a line, as the README says: the first such line, or each of them."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [i for i, one in enumerate(lines) if one.rstrip() == line]
    assert places, f"the README sends a reader to `{line}`, which {file.name} does not have"
    for place in reversed(places[:1] if first else places):
        lines.insert(place if above else place + 1, text)
    file.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(story_folder(), tmp_path / "my-story"))


def errors(folder: Path) -> list[Finding]:
    return [finding for finding in check(folder)[1] if finding.severity == "error"]


def at(story: Story, place: str) -> Playthrough:
    """Where `--at` of a command of the README stands somebody."""
    return standing(story, _parser().parse_args(["play", "--at", place]))


def test_the_first_scene(copy: Path) -> None:
    """A choice is pasted and a card says which page is missing; the page is pasted, and the choice leads there."""
    file = copy / "villager" / "05-pots-into-iron.yaml"
    put(file, "        goto: down-the-well", block("- id: ask-for-a-receipt"))
    (fault,) = errors(copy)
    shown = [line[2:] for line in TEXT.splitlines() if line.startswith("> ")]
    assert [re.sub(r":\d+$", "", shown[0]), *shown[1:]] == [fault.file, f"{fault.problem}."]
    put(file, "  the-hoe:", block("the-receipt:"), above=True)
    story, findings = check(copy)
    assert story is not None
    assert not [finding for finding in findings if finding.file == fault.file]
    page = at(story, "v-pots-into-iron").choose("ask-for-a-receipt").page
    assert page.node == "v-pots-into-iron.the-receipt"
    assert "wok" in [change.variable for change in page.changes]
    assert at(story, "v-pots-into-iron.the-receipt").choose("continue").page.node == "v-pots-into-iron.the-creek"


def test_a_chapter_of_ones_own(copy: Path) -> None:
    """The new file and the two lines make a chapter that `--at` stands at and every choice of which leads on."""
    (copy / "interludes" / "the-school-wall.yaml").write_text(block("chapter: the-school-wall"), encoding="utf-8")
    line = block("- the-school-wall")
    for place in ("  - letter-1958", "      - letter-1958"):
        put(copy / "pack.yaml", place, place.partition("-")[0] + line)
    assert not errors(copy)
    assert not [finding for finding in check(copy)[1] if "school" in finding.file]
    page = at(load(copy), "the-school-wall")
    for choice in page.page.choices:
        after = page.choose(choice.id).choose("continue")
        assert after.page.chapter != "the-school-wall"


def test_the_smallest_story_is_whole(tmp_path: Path) -> None:
    """Its two files, copied out as they stand, have no finding, and every page of them is reached."""
    (tmp_path / "pack.yaml").write_text(block("pack: my-story"), encoding="utf-8")
    (tmp_path / "collectors.yaml").write_text(block("chapter: collectors"), encoding="utf-8")
    story, findings = check(tmp_path)
    assert not findings
    assert story is not None
    report = explore(story).as_json()
    assert report["nodes"]["missing"] == report["choices"]["missing"] == report["dead_ends"] == []


def commands() -> Iterator[str]:
    """Every command that the README names, in its blocks and in its sentences."""
    for shown in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        yield from shown.splitlines()
    yield from re.findall(r"`(weight-of-grain [^`]+)`", TEXT)


@pytest.mark.parametrize("command", dict.fromkeys(commands()))
def test_every_command_is_one(command: str) -> None:
    """What a reader is told to type is taken by the program."""
    program, *arguments = shlex.split(command)
    assert program == "weight-of-grain"
    assert _parser().parse_args(arguments)


def test_the_editor_s_settings_are_json_and_the_line_names_the_written_file() -> None:
    """The settings can be pasted, and both ways name the file that `schema --out` writes."""
    (settings,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert list(json.loads(settings)["yaml.schemas"]) == ["./my-story/story.schema.json"]
    assert block("# yaml-language-server").strip().endswith("../story.schema.json")


def test_every_key_of_a_chapter_is_explained() -> None:
    """The reference leaves out no key that a chapter, a page or a choice can have."""
    parts = schema()["definitions"]
    keys = {
        key for name in ("ChapterShape", "NodeShape", "ChoiceShape", "SkipShape") for key in parts[name]["properties"]
    }
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", TEXT)] == []
