"""`guide` writes the teacher's pack whole, and never over anything that is not one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.cli import main
from game.explore import explorer
from tests.small_stories.packs import THE_MILL
from tests.story.packs import CHAPTER, STANDARD, written


def guide(file: Path, story: Path = THE_MILL) -> int:
    return main(["guide", str(file), "--story", str(story)])


@pytest.mark.usefixtures("home")
def test_it_writes_the_pack_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file, which begins as HTML does, and its name on standard output; no line of progress where nobody looks."""
    assert guide(tmp_path / "pack.html") == 0
    out, err = capsys.readouterr()
    assert (out, err) == (f"{tmp_path / 'pack.html'}\n", "")
    assert (tmp_path / "pack.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n<html")


@pytest.mark.usefixtures("home")
def test_terminal_shows_a_progress_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the cuts are measured a line names the cut and the chapter, and it is gone at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(explorer, "REPORTED", 20)  # states: the mill has few
    assert guide(tmp_path / "pack.html") == 0
    err = capsys.readouterr().err
    assert "measuring full, " in err
    assert err.endswith("\r\033[K")
    assert "\n" not in err


@pytest.mark.usefixtures("home")
def test_older_guide_is_replaced(tmp_path: Path) -> None:
    """A pack is replaced without a question, since whoever changes a story writes it again."""
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story) == 0
    written(story, {"chapter.yaml": CHAPTER.replace("Somebody knocks.", "Somebody rings.")})
    assert guide(tmp_path / "pack.html", story) == 0
    assert "Somebody rings." in (tmp_path / "pack.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("foreign", ["<!DOCTYPE html>\n<p>A poem.</p>\n", "", "weight-of-grain guide\n"])
def test_foreign_file_is_not_replaced(foreign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the program did not write it does not replace, also where a file only speaks of it."""
    (tmp_path / "mine.html").write_text(foreign, encoding="utf-8")
    assert guide(tmp_path / "mine.html") == 2
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == foreign
    assert "is left as it is" in one_line(capsys)


@pytest.mark.parametrize(
    ("name", "said"), [("pack.txt", "ends in .html"), ("pack", "ends in .html"), ("no/pack.html", "there is no folder")]
)
def test_name_without_html_ending_is_refused(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what to name instead, and nothing is written."""
    assert guide(tmp_path / name) == 2
    assert said in one_line(capsys)
    assert list(tmp_path.iterdir()) == []


def test_folder_in_the_file_s_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder by that name stays a folder."""
    (tmp_path / "pack.html").mkdir()
    assert guide(tmp_path / "pack.html") == 2
    assert "is a folder" in one_line(capsys)


@pytest.mark.usefixtures("home")
def test_a_story_that_cannot_be_read_leaves_the_old_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding stands in one line, and the pack of before is still whole."""
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story) == 0
    before = (tmp_path / "pack.html").read_bytes()
    written(story, {"chapter.yaml": CHAPTER.replace("goto: inside", "goto: outside")})
    capsys.readouterr()
    assert guide(tmp_path / "pack.html", story) == 2
    assert "outside" in one_line(capsys)
    assert (tmp_path / "pack.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "pack.html", "story"]


@pytest.mark.usefixtures("home")
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file cannot take its place, one line says why, and no part of it is left."""

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (tmp_path / "there").mkdir()
    assert guide(tmp_path / "there" / "pack.html") == 2
    assert "No space left" in one_line(capsys)
    assert list((tmp_path / "there").iterdir()) == []


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on standard error, which is one line."""
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("weight-of-grain: ")
    return err
