"""`import-twee` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_stories.packs import THE_MILL
from tests.test_cli import Command, assert_is_one_clear_line, run

__all__ = ["run"]
pytestmark = pytest.mark.usefixtures("home")
TWEE = ":: StoryTitle\nThe Well\n\n:: Start\nA well.\n\n[[Look in->Down]]\n\n:: Down\nWater.\n"


def test_twee_file_becomes_a_playable_pack(run: Command, tmp_path: Path) -> None:
    """A Twee file becomes a pack that has no error and is read to its end."""
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (0, "")
    assert found.out.splitlines() == [
        f"{tmp_path / 'well'}: 2 pages, 1 ending, nothing was lost.",
        f"Check it: weight-of-grain check --quick --story {tmp_path / 'well'}",
        f"Play it:  weight-of-grain play --story {tmp_path / 'well'}",
    ]
    assert sorted(path.name for path in (tmp_path / "well").iterdir()) == ["01-the-well.yaml", "README.md", "pack.yaml"]
    assert run("check", "--story", tmp_path / "well").status == 0
    read = run("read", "--story", tmp_path / "well", "--role", "reader", "--json", typed="look-in\n")
    assert read.nodes == ["the-well.start", "the-well.down"]
    assert read.pages[-1]["ending"] == "down"


def test_graph_output_imports_to_the_same_pages(run: Command, tmp_path: Path) -> None:
    """What `graph` wrote is taken, and read it gives the same pages."""
    run("graph", "--story", THE_MILL, "--role", "clerk", "--format", "twee", "--out", tmp_path / "mill.tw")
    assert run("import-twee", tmp_path / "mill.tw", "--out", tmp_path / "deep" / "mill").status == 0
    takes = "continue\nwait\nmodest\nsign\ncontinue\ncontinue\nopen\nkeep\nburn\n"
    one = run("read", "--story", THE_MILL, "--role", "clerk", "--json", typed=takes)
    other = run("read", "--story", tmp_path / "deep" / "mill", "--role", "clerk", "--json", typed=takes)
    assert one.pages[-1]["ending"] == "ashes"
    assert other.out == one.out


def test_what_is_lost_is_printed_and_kept(run: Command, tmp_path: Path) -> None:
    """A finding a line with its place in the Twee file; the pack's own note lists them too."""
    (tmp_path / "well.twee").write_text(TWEE.replace("Water.", "Water.<<timed 1s>>"), encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert found.status == 0
    assert found.out.startswith(f"{tmp_path / 'well.twee'}:10:7: warning WG902: `<<timed>>` is not carried over.")
    assert "line 10: `<<timed>>`" in (tmp_path / "well" / "README.md").read_text(encoding="utf-8")


def test_a_number_that_only_grows_has_bounds(run: Command, tmp_path: Path) -> None:
    """A loop that adds one can be played to its end by the full check; the bounds are told, and stand in the note."""
    well = TWEE.replace("A well.", "<<set $buckets += 1>>A well. <<if $buckets gt 150>>Dry.<</if>>\n\n[[More->Start]]")
    (tmp_path / "well.twee").write_text(":: StoryInit\n<<set $buckets to 0>>\n\n" + well, encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    told = "Numbers have bounds here: `buckets` 0 to 999. Where one can be more, mend it in pack.yaml."
    assert told in found.out.splitlines()
    assert told in (tmp_path / "well" / "README.md").read_text(encoding="utf-8")
    found = run("check", "--story", tmp_path / "well")
    assert found.status == 0
    assert "WG709" not in found.out


def test_folder_that_is_not_empty_is_refused(run: Command, tmp_path: Path) -> None:
    """A folder that holds something, or a file of that name, is refused and left as it is; an empty one is filled."""
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for name in ("full", "well.twee"):
        found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / name)
        assert_is_one_clear_line(found, "exists and is not empty", "--out")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "empty").status == 0
    assert (tmp_path / "empty" / "pack.yaml").exists()


def test_full_disk_leaves_no_folder(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk gives out on the way, neither the folder nor a part of it is left."""
    (tmp_path / "well.twee").write_text(TWEE, encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert_is_one_clear_line(found, "No space left on device")
    assert [path.name for path in tmp_path.iterdir() if "well" in path.name] == ["well.twee"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ["WG901", "no passage"]),
        (b"<html><tw-storydata>", ["published as HTML", "Export As Twee"]),
        (b"\xff\xfe:\x00:\x00", ["not text in UTF-8"]),
    ],
)
def test_input_that_is_no_twee_makes_no_folder(run: Command, raw: bytes, words: list[str], tmp_path: Path) -> None:
    """One line says what the file is and what to export instead, and nothing is made."""
    (tmp_path / "x.twee").write_bytes(raw)
    assert_is_one_clear_line(run("import-twee", tmp_path / "x.twee", "--out", tmp_path / "x"), *words)
    assert not (tmp_path / "x").exists()


def test_missing_file_is_one_line(run: Command, tmp_path: Path) -> None:
    """So is a folder in the file's place."""
    assert_is_one_clear_line(
        run("import-twee", tmp_path / "no.twee", "--out", tmp_path / "x"), "no.twee cannot be read"
    )
    assert_is_one_clear_line(run("import-twee", tmp_path, "--out", tmp_path / "x"), "cannot be read")


def test_no_file_outside_the_folder_is_written(run: Command, tmp_path: Path) -> None:
    """A chapter's id that leads elsewhere is given another one, and the file that it names is left as it is."""
    (tmp_path / "other").mkdir()
    victim = tmp_path / "other" / "01-victim.yaml"
    for name in ("victim", "01-victim.yaml", "victim.yaml"):
        (tmp_path / "other" / name).write_text("mine")
    run("graph", "--story", THE_MILL, "--role", "clerk", "--format", "twee", "--out", tmp_path / "mill.tw")
    text = (tmp_path / "mill.tw").read_text(encoding="utf-8")
    (tmp_path / "mill.tw").write_text(text.replace("c-gate", "x/../../../../other/victim"), encoding="utf-8")
    found = run("import-twee", tmp_path / "mill.tw", "--out", tmp_path / "one" / "two" / "mill")
    assert "`x/../../../../other/victim` is no id, so it is called `x-other-victim` here" in found.out
    assert "nothing was lost" not in found.out
    assert {path.read_text() for path in (tmp_path / "other").iterdir()} == {"mine"}
    assert victim.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["mill.tw", "one", "other"]
    assert [path.name for path in (tmp_path / "one" / "two").iterdir()] == ["mill"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("A [[well->Down", "a link is not closed, so it is only words here"),
        ("A <<set $a to 1", "`<<set` is not closed, so it is only words here"),
        ("A <<if true>>well.", "`<<if>>` is not closed"),
        ('A <<link "well" "Down">>deep', "`<<link>>` is not closed, so all behind it is lost"),
        ("A \x1b[31mwell", "it holds 1 control characters, which are left out"),
        ("A <<set >> well", None),
        (f"A <<set $a to {'+'.join(['1'] * 1000)}>>", "too many operations rest on one another"),
        (f"A &#{'9' * 5000}; well", None),
    ],
)
def test_what_is_not_closed_or_too_much_is_said(run: Command, words: str, told: str | None, tmp_path: Path) -> None:
    """Nobody hears that nothing was lost where something was; the pack can be played all the same."""
    (tmp_path / "well.twee").write_text(TWEE.replace("A well.", words), encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (0, "")
    assert ("nothing was lost" in found.out) == (told is None)
    assert (told or "") in found.out
    assert not any(character < " " and character != "\n" for character in found.out)
    assert run("check", "--quick", "--story", tmp_path / "well").status == 0


def test_a_pack_that_cannot_be_read_is_said(run: Command, tmp_path: Path) -> None:
    """Of a chapter that is larger than the story's files may be, nobody hears that nothing was lost."""
    (tmp_path / "well.twee").write_text(TWEE.replace("Water.", "Water. " * 600_000), encoding="utf-8")
    found = run("import-twee", tmp_path / "well.twee", "--out", tmp_path / "well")
    assert (found.status, found.err) == (1, "")
    assert "01-the-well.yaml: error WG105: the file is larger than 4 MB" in found.out
    assert "nothing was lost" not in found.out
    assert "It cannot be played yet" in found.out
    assert "01-the-well.yaml: the file is larger" in (tmp_path / "well" / "README.md").read_text(encoding="utf-8")
    assert run("check", "--quick", "--story", tmp_path / "well").status == 1
