"""`guide` writes the teacher's pack whole, and never replaces a foreign file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.explore import explorer
from tests.commands.typed import Command, Run, refused
from tests.full_disk import full_disk
from tests.small_stories.packs import THE_MILL
from tests.story.packs import CHAPTER, STANDARD, written


@pytest.fixture
def guide(run: Command) -> Command:
    """A function that writes the pack of a story."""

    def guide(file: Path, story: Path = THE_MILL) -> Run:
        return run("guide", file, "--story", story)

    return guide


@pytest.mark.usefixtures("home")
def test_pack_is_written_and_its_path_printed(tmp_path: Path, guide: Command) -> None:
    assert guide(tmp_path / "pack.html") == (0, f"{tmp_path / 'pack.html'}\n", "")
    assert (tmp_path / "pack.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n<html")


@pytest.mark.usefixtures("home")
def test_terminal_shows_a_progress_line(tmp_path: Path, guide: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(explorer, "REPORTED", 20)  # states: the mill has few
    status, _, err = guide(tmp_path / "pack.html")
    assert status == 0
    assert "measuring full, " in err
    assert err.endswith("\r\033[K")
    assert "\n" not in err


@pytest.mark.usefixtures("home")
def test_older_guide_is_replaced(tmp_path: Path, guide: Command) -> None:
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story).status == 0
    written(story, {"chapter.yaml": CHAPTER.replace("Somebody knocks.", "Somebody rings.")})
    assert guide(tmp_path / "pack.html", story).status == 0
    assert "Somebody rings." in (tmp_path / "pack.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("foreign", ["<!DOCTYPE html>\n<p>A poem.</p>\n", "", "weight-of-grain guide\n"])
def test_foreign_file_is_not_replaced(foreign: str, tmp_path: Path, guide: Command) -> None:
    (tmp_path / "mine.html").write_text(foreign, encoding="utf-8")
    refused(guide(tmp_path / "mine.html"), "is left as it is")
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == foreign


@pytest.mark.parametrize(
    ("name", "message"),
    [("pack.txt", "ends in .html"), ("pack", "ends in .html"), ("no/pack.html", "there is no folder")],
)
def test_name_without_html_ending_is_refused(name: str, message: str, tmp_path: Path, guide: Command) -> None:
    refused(guide(tmp_path / name), message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("home")
def test_a_story_that_cannot_be_read_leaves_the_old_pack(tmp_path: Path, guide: Command) -> None:
    story = written(tmp_path / "story", STANDARD)
    assert guide(tmp_path / "pack.html", story).status == 0
    before = (tmp_path / "pack.html").read_bytes()
    written(story, {"chapter.yaml": CHAPTER.replace("goto: inside", "goto: outside")})
    refused(guide(tmp_path / "pack.html", story), "outside")
    assert (tmp_path / "pack.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "pack.html", "story"]


@pytest.mark.usefixtures("home")
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, guide: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", full_disk)
    (tmp_path / "there").mkdir()
    refused(guide(tmp_path / "there" / "pack.html"), "No space left")
    assert list((tmp_path / "there").iterdir()) == []
