"""`guide` writes the teacher's pack whole, and never replaces a foreign file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.cli import main
from game.explore import explorer
from tests.commands.typed import refused
from tests.small_stories.packs import THE_MILL
from tests.story.packs import CHAPTER, STANDARD, written


def guide(file: Path, story: Path = THE_MILL) -> int:
    return main(["guide", str(file), "--story", str(story)])


def refusal(capsys: pytest.CaptureFixture[str], file: Path, story: Path = THE_MILL) -> str:
    """The command's reason to refuse this file."""
    return refused(capsys, "guide", file, "--story", story)


@pytest.mark.usefixtures("home")
def test_pack_is_written_and_its_path_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is HTML, its name goes to standard output, and without a terminal there is no progress."""
    assert guide(tmp_path / "pack.html") == 0
    out, err = capsys.readouterr()
    assert (out, err) == (f"{tmp_path / 'pack.html'}\n", "")
    assert (tmp_path / "pack.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n<html")


@pytest.mark.usefixtures("home")
def test_terminal_shows_a_progress_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the measured cut and chapter, and is erased at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(explorer, "REPORTED", 20)  # states: the mill has few
    assert guide(tmp_path / "pack.html") == 0
    err = capsys.readouterr().err
    assert "measuring full, " in err
    assert err.endswith("\r\033[K")
    assert "\n" not in err


@pytest.mark.usefixtures("home")
def test_older_guide_is_replaced(tmp_path: Path) -> None:
    """A pack is replaced without a question, because an author writes it after each change."""
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story) == 0
    written(story, {"chapter.yaml": CHAPTER.replace("Somebody knocks.", "Somebody rings.")})
    assert guide(tmp_path / "pack.html", story) == 0
    assert "Somebody rings." in (tmp_path / "pack.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("foreign", ["<!DOCTYPE html>\n<p>A poem.</p>\n", "", "weight-of-grain guide\n"])
def test_foreign_file_is_not_replaced(foreign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program replaces only its own files, and no file that only mentions it."""
    (tmp_path / "mine.html").write_text(foreign, encoding="utf-8")
    assert "is left as it is" in refusal(capsys, tmp_path / "mine.html")
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == foreign


@pytest.mark.parametrize(
    ("name", "message"),
    [("pack.txt", "ends in .html"), ("pack", "ends in .html"), ("no/pack.html", "there is no folder")],
)
def test_name_without_html_ending_is_refused(
    name: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says which name to use, and nothing is written."""
    assert message in refusal(capsys, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_folder_in_the_file_s_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder by that name stays a folder."""
    (tmp_path / "pack.html").mkdir()
    assert "is a folder" in refusal(capsys, tmp_path / "pack.html")


@pytest.mark.usefixtures("home")
def test_a_story_that_cannot_be_read_leaves_the_old_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line has the finding, and the old pack stays."""
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story) == 0
    before = (tmp_path / "pack.html").read_bytes()
    written(story, {"chapter.yaml": CHAPTER.replace("goto: inside", "goto: outside")})
    capsys.readouterr()
    assert "outside" in refusal(capsys, tmp_path / "pack.html", story)
    assert (tmp_path / "pack.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "pack.html", "story"]


@pytest.mark.usefixtures("home")
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says why, and no part of the file is left."""

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (tmp_path / "there").mkdir()
    assert "No space left" in refusal(capsys, tmp_path / "there" / "pack.html")
    assert list((tmp_path / "there").iterdir()) == []
