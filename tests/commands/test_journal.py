"""`journal` writes a playthrough to a file: from a code, choices, a slot or the current save."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from game.core.paths import saves_folder
from game.core.stores import FolderStore
from game.play.save_files import SaveFiles
from game.play.share_code import to_code
from tests.commands.typed import Command, refused
from tests.play.readers import read
from tests.small_stories.packs import THE_MILL, load_the_mill

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def journal(run: Command) -> Command:
    return partial(run, "journal", "--story", THE_MILL)


def chosen(file: Path) -> bool:
    """True if the journal's playthrough gave the wok."""
    return "I gave the wok." in file.read_text(encoding="utf-8")


def test_journal_of_a_share_code(tmp_path: Path, journal: Command) -> None:
    file = tmp_path / "mine.html"
    out = journal(file, "--code", to_code(read(load_the_mill(), "miller", "wait", "give"))).printed
    assert out.startswith(f"{file} (") and out.endswith(" MB)\n")
    assert chosen(file)
    assert "data:image/jpeg;base64,/9j/" in file.read_text(encoding="utf-8")


def test_journal_of_the_current_save_and_of_a_slot(journal: Command, tmp_path: Path) -> None:
    saves = SaveFiles(FolderStore(saves_folder(load_the_mill().pack)))
    saves.autosave(read(load_the_mill(), "miller", "wait", "give"))
    saves.store_slot(2, read(load_the_mill(), "miller"))
    assert journal(tmp_path / "now.html").status == 0
    assert chosen(tmp_path / "now.html")
    assert journal(tmp_path / "kept.html", "--slot", "2").status == 0
    assert not chosen(tmp_path / "kept.html")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "no reading is under way"),
        (["--slot", "3"], "slot 3 is empty"),
        (["--slot", "9"], "there are places 1 to 6"),
        (["--slot", "1", "--role", "miller"], "--slot names a reading already"),
        (["--slot", "1", "--cut", "short"], "--slot names a reading already"),
        (["--code", "RB6CQ-XXXXX"], "--code: "),
        (["--code", "RB6", "--role", "miller"], "leave out --role and --at"),
        (["--role", "nobody"], "there is no role `nobody`"),
    ],
)
def test_options_that_name_no_playthrough_are_one_line(
    options: list[str], message: str, tmp_path: Path, journal: Command
) -> None:
    refused(journal(tmp_path / "mine.html", *options), message)
    assert list(tmp_path.glob("*.html")) == []


def test_foreign_file_is_not_replaced(tmp_path: Path, journal: Command) -> None:
    file = tmp_path / "mine.html"
    file.write_text("<!DOCTYPE html>\n<p>A poem.</p>\n", encoding="utf-8")
    refused(journal(file, "--role", "miller"), "holds something else than a journal")
    file.unlink()
    assert journal(file, "--role", "miller").status == 0
    assert journal(file, "--role", "miller", "--take", "wait,give").status == 0
    assert chosen(file)


@pytest.mark.parametrize("command", ["read", "shots"])
def test_other_commands_take_a_code_too(command: str, tmp_path: Path, run: Command) -> None:
    text = to_code(read(load_the_mill(), "miller", "wait", "give"))
    if command == "read":
        assert run("read", "--json", "--story", THE_MILL, "--code", text).nodes == ["m-gate.night"]
    else:
        assert run("shots", tmp_path, "--story", THE_MILL, "--code", text, "--size", "640x360").status == 0
        assert [file.name for file in tmp_path.iterdir() if "page-" in file.name]
