"""The examples in the story's README work as written, step by step."""

from __future__ import annotations

import inspect
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from game.command_line import parse_arguments
from game.commands.schema import schema
from game.commands.support.common import follow_takes
from game.commands.support.start_point import start_playthrough
from game.core.glyphs import read_glyphs
from game.explore import report_printer
from game.explore.proofs import prove
from game.lint import lint
from game.play import Playthrough, begin, debrief
from game.play.page_context import holds
from game.resources import assets_folder, story_folder
from game.story import Story, load
from game.story.schema.guide_schema import FILLS, GuidePartShape
from tests.play.readers import texts
from tests.story.packs import written

OF_A_STORY = ("play", "read", "check", "explore", "graph", "shots")
EXPLAINED = (
    "ChapterShape", "NodeShape", "ChoiceShape", "SkipShape", "LedgerShape", "PersonShape", "KnownShape", "LineShape",
    "SourceShape", "MeasuresShape", "SpotShape", "ProseShape", "FactShape", "DebriefSectionShape",
)  # fmt: skip
TEXT = (story_folder() / "README.md").read_text(encoding="utf-8")


def block(begins: str) -> str:
    """The README's YAML that begins with these words, without the quote's indentation."""
    quotes: list[str] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    (found,) = (quote for quote in quotes if quote.lstrip().startswith(begins))
    return found


def put(file: Path, line: str, text: str, *, above: bool = False, first: bool = True) -> None:
    """Put a text below (or above) a line, as the README says: the first such line, or each."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [i for i, written in enumerate(lines) if written.rstrip() == line]
    assert places, f"the README sends a reader to `{line}`, which {file.name} does not have"
    for place in reversed(places[:1] if first else places):
        lines.insert(place if above else place + 1, text)
    file.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(story_folder(), tmp_path / "my-story", ignore=shutil.ignore_patterns("translations")))


def sound(folder: Path) -> Story:
    story, findings = lint(folder, read_glyphs(assets_folder() / "fonts" / "coverage.txt"))
    assert story is not None and not findings, findings
    return story


def smallest(folder: Path, **files: str) -> Path:
    """The README's smallest story, with further or other files."""
    story = {"pack": block("pack: my-story"), "collectors": block("chapter: collectors"), **files}
    return written(folder, {f"{name}.yaml": text for name, text in story.items()})


def with_the_receipt(copy: Path) -> None:
    """Steps 4 and 5."""
    file = copy / "villager" / "05-pots-into-iron.yaml"
    put(file, "        goto: down-the-well", block("- id: ask-for-a-receipt"))
    put(file, "  the-hoe:", block("the-receipt:"), above=True)


def with_the_variable(copy: Path) -> None:
    """The receipt, remembered."""
    with_the_receipt(copy)
    put(copy / "pack.yaml", "variables:", block("receipt: {start"))
    pots = copy / "villager" / "05-pots-into-iron.yaml"
    text = pots.read_text(encoding="utf-8")
    here = text.index("  the-receipt:\n")
    receipt = text[here : text.index("  the-hoe:\n")].splitlines(keepends=True)
    (line,) = [written for written in receipt if "    do: " in written]
    pots.write_text(text.replace(line, block("do: [wok")), encoding="utf-8")

    file = copy / "villager" / "07-the-number.yaml"
    head, _, rest = file.read_text(encoding="utf-8").partition("  clean-place:\n    text: |\n")
    assert rest, "the README changes a block of `clean-place`"
    before, brief, after = rest.partition("    brief: ")
    further = "".join(f"  {written}" if written.strip() else written for written in before.splitlines(keepends=True))
    parts = [head, "  clean-place:\n", block("text:\n"), further, block("- if: receipt"), brief, after]
    file.write_text("".join(parts), encoding="utf-8")


def with_the_school_wall(copy: Path) -> None:
    """The file and the two lines of a new chapter, and a line about the country."""
    (copy / "interludes" / "the-school-wall.yaml").write_text(block("chapter: the-school-wall"), encoding="utf-8")
    line = block("- the-school-wall")
    for place in ("  - weighing-1958", "      - weighing-1958"):
        put(copy / "pack.yaml", place, place.partition("-")[0] + line)
    changed = "".join(f"  {written}" for written in block("- line: rockets").splitlines(keepends=True))
    put(copy / "pack.yaml", "  - the-school-wall", changed, above=True)


def at(story: Story, place: str) -> Playthrough:
    return start_playthrough(story, parse_arguments(["play", "--at", place]))


def test_the_first_scene(copy: Path) -> None:
    file = copy / "villager" / "05-pots-into-iron.yaml"
    put(file, "        goto: down-the-well", block("- id: ask-for-a-receipt"))
    (fault,) = lint(copy)[1]
    shown = [line[2:] for line in TEXT.splitlines() if line.startswith("> ")]
    assert shown == [f"{fault.file}:{fault.line}", f"{fault.problem}."]
    assert f"`:{fault.line}:{fault.column}`" in TEXT
    assert "Did you mean" not in fault.remedy
    put(file, "  the-hoe:", block("the-receipt:"), above=True)
    story = sound(copy)
    page = at(story, "v-pots-into-iron").choose("ask-for-a-receipt").page
    assert page.node == "v-pots-into-iron.the-receipt"
    assert "wok" in [change.variable for change in page.changes]
    assert page.answer is not None and page.answer.text == "A corner of their list says that she asked."
    assert at(story, "v-pots-into-iron.the-receipt").choose("continue").page.node == "v-pots-into-iron.the-creek"


def test_what_comes_of_a_choice(copy: Path) -> None:
    with_the_receipt(copy)
    nodes = [page_of(command, copy).page.node for command in commands_of("See what comes of it")]
    assert nodes == ["v-pots-into-iron.the-receipt"] * 2


def test_the_story_remembers(copy: Path) -> None:
    with_the_variable(copy)
    sound(copy)
    without, before = (page_of(command, copy) for command in commands_of("Remember it later"))

    assert "Not of this one" not in texts(without)[-1]
    p = before.choose("ask-for-a-receipt")
    (after,) = (change.after for change in p.page.changes if change.variable == "receipt")
    assert after == "a torn corner of their list"
    while p.page.node != without.page.node:
        p = p.choose(p.page.choices[0].id)
    assert "Not of this one" in texts(p)[-1]
    assert texts(p)[:-1] == texts(without)


def test_somebody_has_a_card_and_a_fate(copy: Path) -> None:
    with_the_variable(copy)
    put(copy / "people.yaml", "people:", block("sun:"))
    story = sound(copy)
    (command,) = commands_of("look for him")
    page = page_of(command, copy).page
    assert "the man who weighs the iron" in [mark.says for mark in page.people if mark.id == "sun"]
    asked = at(story, "v-pots-into-iron.collectors.ask-for-a-receipt").choose("ask-for-a-receipt")
    later = asked
    while later.page.chapter != "v-two-fires":
        later = later.choose(later.page.choices[0].id)
    for reading, met in ((asked, 0), (later, 1)):
        known = [fact.text for fact in story.people["sun"].know if holds(fact, story, reading.position, "villager")]
        assert len(known) == met
    while not later.over:
        later = later.choose(later.page.choices[0].id)
    people = next(section.id for section in story.debrief if section.fill == "people")
    (fates,) = (section.items for section in debrief(later) if section.id == people)
    assert "In 1960 he was asked who had torn his list. He went on weighing." in [item.text for item in fates]


def test_a_chapter_of_ones_own(copy: Path) -> None:
    with_the_school_wall(copy)
    page = at(sound(copy), "the-school-wall")
    assert [line.id for line in page.page.lines][-1] == "rockets"
    for choice in page.page.choices:
        after = page.choose(choice.id).choose("continue")
        assert after.page.chapter != "the-school-wall"


@pytest.mark.full
def test_all_of_it_together_leaves_nothing_wrong(copy: Path) -> None:
    with_the_variable(copy)
    put(copy / "people.yaml", "people:", block("sun:"))
    with_the_school_wall(copy)
    assert prove(sound(copy)) == []


def test_the_example_fact_is_in_the_file() -> None:
    assert block("- id: smelt-scrap-order") in (story_folder() / "facts.yaml").read_text(encoding="utf-8")


def test_every_explained_word_of_explore_is_printed_by_it() -> None:
    explained = TEXT.partition("## How long it is")[2].partition("\n## ")[0]
    heads = [line.partition("`: ")[0] + "`" for line in explained.splitlines() if line.startswith("- `")]
    words = [word for head in heads for word in re.findall("`([^`]+)`", head)]
    printed = inspect.getsource(report_printer)
    composed = {"nodes met": "met", "choices met": "met", "full as villager": "{cut} as {role}:"}
    assert len(words) > 10
    assert [word for word in words if composed.get(word, word) not in printed] == []


def test_the_smallest_story_is_whole(tmp_path: Path) -> None:
    assert prove(sound(smallest(tmp_path))) == []


def test_the_example_of_a_teacher_s_pack_is_whole(tmp_path: Path) -> None:
    sound(smallest(tmp_path, guide=block("guide:"), facts="facts: []\n"))
    section = TEXT.partition("## The teacher's pack")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall("`([a-z-]+)`", row)) == sorted(FILLS)
    keys = set(GuidePartShape.model_fields) - {"id", "title"}
    explained = re.findall(r"[*]{2}([a-z, ]+)\.[*]{2}", section)
    assert {key for keys in explained for key in keys.split(", ")} == keys


def test_the_example_of_a_desk_is_whole(tmp_path: Path) -> None:
    """The smallest story with it has no finding, once its chapter has the name that the example gives."""
    documents = block("documents:").replace("chapters: [gate]", "chapters: [collectors]")
    desk = sound(smallest(tmp_path, documents=documents)).desk
    assert desk is not None and [task.ask for task in desk.tasks.values()] == [("Read who writes. To whom?",)]


def test_the_example_of_a_placing_task_is_whole(tmp_path: Path) -> None:
    (part,) = sound(smallest(tmp_path, debrief=dedent(block("debrief:")), facts="facts: []\n")).debrief
    assert part.placing is not None and len(part.placing.decisions) == 2


def test_a_weighing_comes_to_the_bowls_that_are_said(tmp_path: Path) -> None:
    pack = block("pack: my-story").replace("[collectors]", "[weighing, collectors]")
    assert "map: {spots: {yard: {name: our yard, at: [0.3, 0.6]}}}" in TEXT
    assert "A place with `spot: yard` lies there" in TEXT
    pack = pack.replace("scene: courtyard", "spot: yard, scene: courtyard")
    pack += block("measures:") + "map: {spots: {yard: {name: our yard, at: [0.3, 0.6]}}}\n"
    story = sound(smallest(tmp_path, pack=pack, weighing=block("chapter: weighing")))
    weighed = begin(story, "villager").choose("continue").page.ledger
    assert weighed is not None and weighed.portions is not None
    portions = weighed.portions
    assert portions.stood is not None and portions.brought_in is not None and portions.left is not None
    text = " ".join(TEXT.split())
    assert f"In an `ordinary` year a person has {portions.ordinary:.2f} bowls a day." in text
    assert f"it would have been {portions.stood:.2f}, of what came in {portions.brought_in:.2f}" in text
    assert f"and in fact it was {portions.left:.2f}" in text


def commands_of(part: str) -> list[str]:
    """The commands of the first block after these words."""
    return str(re.findall(r"```sh\n(.*?)```", TEXT.partition(part)[2], re.DOTALL)[0]).splitlines()


def page_of(command: str, folder: Path) -> Playthrough:
    options = parse_arguments(shlex.split(command)[1:])
    assert str(options.story) == folder.name
    return follow_takes(start_playthrough(load(folder), options), getattr(options, "take", ""))[-1]


def commands() -> Iterator[str]:
    for shown in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        yield from shown.splitlines()
    yield from re.findall(r"`(weight-of-grain [^`]+)`", TEXT)


@pytest.mark.parametrize("command", dict.fromkeys(commands()))
def test_every_command_is_one(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "dot":  # Graphviz, on the file from the line above
        assert "--out story.dot" in TEXT
        return
    assert program == "weight-of-grain"
    options = parse_arguments(arguments)
    if arguments[0] in OF_A_STORY and not getattr(options, "explain", None):
        assert options.story is not None, "an author copies it, and means their own story"


def test_the_editor_s_settings_are_json_and_the_line_names_the_written_file() -> None:
    (settings,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert list(json.loads(settings)["yaml.schemas"]) == ["./my-story/story.schema.json"]
    lines = [address.strip() for address in re.findall(r"# yaml-language-server: \$schema=(\S+)\n", TEXT)]
    assert lines == ["../story.schema.json", "story.schema.json"]


def test_every_key_of_a_chapter_is_explained() -> None:
    parts = schema()["definitions"]
    keys = {key for name in EXPLAINED for key in parts[name]["properties"]}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", TEXT)] == []
