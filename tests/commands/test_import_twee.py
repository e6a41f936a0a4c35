"""`import-twee` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.typed import Command, refused
from tests.full_disk import full_disk
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")
TWEE = ":: StoryTitle\nThe Well\n\n:: Start\nA well.\n\n[[Look in->Down]]\n\n:: Down\nWater.\n"


def test_twee_file_becomes_a_playable_pack(run: Command, tmp_path: Path) -> None:
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (0, "")
    assert found.out.splitlines() == [
        f"{tmp_path / 'well'}: 2 pages, 1 ending.",
        f"Check it: weight-of-grain check --quick --story {tmp_path / 'well'}",
        f"Play it:  weight-of-grain play --story {tmp_path / 'well'}",
    ]
    assert sorted(path.name for path in (tmp_path / "well").iterdir()) == ["pack.yaml", "story.yaml"]
    assert run("check", "--story", tmp_path / "well").status == 0
    read = run("read", "--story", tmp_path / "well", "--role", "reader", "--json", typed="look-in\n")
    assert read.nodes == ["the-well.start", "the-well.down"]
    assert read.pages[-1]["ending"] == "down"


def test_twee_that_cannot_be_imported_is_refused_and_nothing_is_written(run: Command, tmp_path: Path) -> None:
    text = TWEE.replace("Water.", "Water.<<timed 1s>>").replace("A well.", "<<if visited()>>A well.<</if>>")
    (tmp_path / "well.twee").write_text(text, encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "deep" / "well")
    assert (found.status, found.err) == (1, "")
    assert found.out.splitlines() == [
        f"{tmp_path / 'well.twee'}:5:1: error WG902: passage `Start`: the condition `visited()`: "
        "`visited` has no counterpart here. Ask for plain values of variables.",
        f"{tmp_path / 'well.twee'}:10:7: error WG902: passage `Down`: `<<timed>>` is not carried over. "
        "Take it out, or say it in words.",
        f"Nothing was written: mend 2 things in {tmp_path / 'well.twee'} first.",
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["well.twee"]


def test_a_number_that_only_grows_has_bounds(run: Command, tmp_path: Path) -> None:
    well = TWEE.replace("A well.", "<<set $buckets += 1>>A well. <<if $buckets gt 150>>Dry.<</if>>\n\n[[More->Start]]")
    (tmp_path / "well.twee").write_text(":: StoryInit\n<<set $buckets to 0>>\n\n" + well, encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    message = "Numbers have bounds here: `buckets` 0 to 999. If a number can be larger, change it in pack.yaml."
    assert message in found.out.splitlines()
    found = run("check", "--story", tmp_path / "well")
    assert found.status == 0
    assert "WG709" not in found.out


def test_folder_that_is_not_empty_is_refused(run: Command, tmp_path: Path) -> None:
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for name in ("full", "well.twee"):
        found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / name)
        refused(found, "exists and is not empty", "--out")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "empty").status == 0
    assert (tmp_path / "empty" / "pack.yaml").exists()


def test_full_disk_leaves_no_folder(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")
    monkeypatch.setattr(Path, "rename", full_disk)
    refused(run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well"), "No space left on device")
    assert [path.name for path in tmp_path.iterdir() if "well" in path.name] == ["well.twee"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no passage begins"),
        (b"<html><tw-storydata>", "published as HTML"),
        (b"\xff\xfe:\x00:\x00", "not text in UTF-8"),
    ],
)
def test_input_that_is_not_twee_makes_no_folder(run: Command, raw: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.twee").write_bytes(raw)
    found = run("import-twee", tmp_path / "x.twee", "--out", tmp_path / "x")
    assert found.status == 1
    assert words in found.out and "WG901" in found.out
    assert not (tmp_path / "x").exists()


def test_missing_file_is_one_line(run: Command, tmp_path: Path) -> None:
    refused(run("import-twee", tmp_path / "no.twee", "--out", tmp_path / "x"), "no.twee cannot be read")
    refused(run("import-twee", tmp_path, "--out", tmp_path / "x"), "cannot be read")


def test_graph_output_is_not_imported(run: Command, tmp_path: Path) -> None:
    """The output of `graph` has no conditions, so it would become a wrong story."""
    run("graph", "--story", THE_MILL, "--role", "clerk", "--format", "twee", "--out", tmp_path / "mill.tw")
    found = run("import-twee", tmp_path / "mill.tw", "--out", tmp_path / "mill")
    assert found.status == 1
    assert "this file is for looking at" in found.out
    assert not (tmp_path / "mill").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("A [[well->Down", "`[[` in line 1 of it is not closed"),
        ("A <<if true>>well.", "a condition is not closed"),
        (f"A <<set $a to {'+'.join(['1'] * 400)}>>", "1000 are allowed"),
        ("A well. " * 600_000, "the file is larger than 2 MB"),
    ],
)
def test_unclosed_and_too_large_twee_is_refused(run: Command, words: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "well.twee").write_text(TWEE.replace("A well.", words), encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (1, "")
    assert message in found.out
    assert not (tmp_path / "well").exists()


@pytest.mark.parametrize("words", ["A \x1b[31mwell", "A <<set >> well", f"A &#{'9' * 5000}; well"])
def test_odd_characters_reach_no_terminal(run: Command, words: str, tmp_path: Path) -> None:
    (tmp_path / "well.twee").write_text(TWEE.replace("A well.", words), encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (0, "")
    assert not any(character < " " and character != "\n" for character in found.out)
    assert run("check", "--quick", "--story", tmp_path / "well").status == 0
