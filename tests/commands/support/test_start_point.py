"""`--at` starts at a place of the story, or says in one line why it cannot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from game.play import begin
from game.play.save_files import save_text
from game.story import load
from tests.commands.typed import Command, refused
from tests.explore.test_routes import FILES, PACK
from tests.play.readers import edited, read
from tests.small_stories.packs import load_the_mill
from tests.story.packs import written

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "pack", FILES)


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ("v-last.full", "v-last.full"),
        ("full", "v-last.full"),
        ("v-last", "v-last.table"),
        ("v-last.table.speak", "v-last.table"),
        ("o-last.thin", "o-last.thin"),
        ("weather.dry", "weather.dry"),
    ],
)
def test_at_starts_at_the_place_with_its_own_role(place: str, node: str, folder: Path, run: Command) -> None:
    assert run("read", "--json", "--story", folder, "--at", place).nodes == [node]


def test_take_goes_on_from_the_place_of_at(folder: Path, run: Command) -> None:
    assert run("read", "--json", "--story", folder, "--at", "v-last", "--take", "keep").nodes == ["v-last.bare"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--at", "v-last.ful"], ["no such node", "Did you mean `v-last.full`?"]),
        (["--at", "gate"], ["no such node", "Did you mean `v-first.gate`?"]),
        (["--at", "v-last", "--role", "official"], ["belongs to the role `villager`", "--role villager --cut full"]),
        (["--at", "weather", "--cut", "kiosk"], ["not walked in the cut `kiosk`", "--role villager --cut full"]),
        (["--at", "v-first.seen"], ["never hold"]),
        (["--at", "v-last.table.ask"], ["never hold", "--cut class"]),
        (["--at", "v-last", "--cut", "ful"], ["no cut `ful`", "Did you mean `full`?"]),
    ],
)
@pytest.mark.parametrize("command", [["read", "--json"], ["read"], ["play"], ["shots", "pictures"]])
def test_unreachable_place_is_refused_with_the_role_and_cut_that_reach_it(
    command: list[str], arguments: list[str], words: list[str], folder: Path, run: Command
) -> None:
    refused(run(*command, "--story", folder, *arguments), *words)


def test_chapter_in_no_cut_names_pack_yaml(folder: Path, run: Command) -> None:
    cuts = PACK.replace("full: {play: one role}", "full: {play: one role, chapters: [v-last, o-last]}")
    cuts = cuts.replace("class: {play: both roles}", "class: {play: both roles, chapters: [v-last, o-last]}")
    (folder / "pack.yaml").write_text(cuts, encoding="utf-8")
    found = run("read", "--json", "--story", folder, "--at", "weather")
    refused(found, "nor in any other: add it to the `chapters` of a cut in pack.yaml")


def test_a_chapter_without_pages_is_refused(folder: Path, run: Command) -> None:
    (folder / "weather.yaml").write_text("chapter: weather\ntitle: Weather\nskip: {text: Dry.}\n", encoding="utf-8")
    assert "only a summary" in refused(run("read", "--json", "--story", folder, "--at", "weather"))


def test_a_playthrough_from_a_place_has_its_own_save(folder: Path, home: Path, run: Command) -> None:
    assert run("read", "--story", folder, "--role", "villager", typed="1\n").status == 0
    (kept,) = home.rglob("current.json")
    before = kept.read_bytes()
    assert "A leaf." in run("read", "--story", folder, "--at", "o-last", typed="1\n").printed
    assert kept.read_bytes() == before


def test_shots_draws_the_page_of_at(folder: Path, tmp_path: Path, run: Command) -> None:
    arguments = ["--story", str(folder), "--at", "v-last.bare", "--size", "1280x720"]
    drawn = [path for path in run("shots", tmp_path / "pictures", *arguments).printed.split() if "page-" in path]
    assert [Path(path).stem.partition("-")[2] for path in drawn] == ["page-v-last-bare"]


def test_file_opens_a_save(folder: Path, tmp_path: Path, run: Command) -> None:
    p = begin(load(folder), role="villager")
    p = p.choose(p.page.choices[0].id)
    file = tmp_path / "given.json"
    file.write_text(save_text(p, datetime(2024, 5, 6, 7, 8, 9)), encoding="utf-8")
    assert run("read", "--json", "--story", folder, "--file", file).nodes == [p.page.node]
    for more, said in (
        (["--role", "villager"], "--file names a whole reading"),
        (["--code", "X"], "--code and --file both"),
        (["--cut", "short"], "its cut too"),
    ):
        assert said in refused(run("read", "--json", "--story", folder, "--file", file, *more))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"{", "--file: this is not a save"),
        (b"[]", "--file: this is not a save"),
    ],
)
def test_a_file_that_is_not_a_save_gives_one_line(
    content: bytes | None, said: str, folder: Path, tmp_path: Path, run: Command
) -> None:
    file = tmp_path / "given.json"
    if content is not None:
        file.write_bytes(content)
    assert said in refused(run("read", "--json", "--story", folder, "--file", file))


def test_file_with_a_save_of_an_edited_story_prints_its_notes(tmp_path: Path, run: Command) -> None:
    p = read(load_the_mill(), "miller", "hide", "skip")
    file = tmp_path / "given.json"
    file.write_text(save_text(p, datetime(2024, 5, 6, 7, 8, 9)), encoding="utf-8")
    edited(tmp_path / "edited", ("m-gate", "do: [jar = 4]", "do: [jar = 1]"))
    found = run("read", "--json", "--story", tmp_path / "edited", "--file", file)
    assert (found.status, found.nodes) == (0, [p.page.node])
    assert "In “The Gate” it was: a full jar. Now it is: no grain." in found.err
