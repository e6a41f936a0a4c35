"""`journal` writes a playthrough to a file: from a code, choices, a slot or the current save."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.cli import main
from game.core.paths import saves_folder
from game.core.stores import FolderStore
from game.play.save_files import SaveFiles
from game.play.share_code import to_code
from tests.play.readers import read
from tests.small_stories.packs import THE_MILL, load_the_mill

pytestmark = pytest.mark.usefixtures("home")


def journal(file: Path, *options: str) -> int:
    return main(["journal", str(file), "--story", str(THE_MILL), *options])


def chosen(file: Path) -> bool:
    """True if the journal's playthrough gave the wok."""
    return "I gave the wok." in file.read_text(encoding="utf-8")


def test_journal_of_a_share_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the file's name and size, and the file has its pictures."""
    file = tmp_path / "mine.html"
    assert journal(file, "--code", to_code(read(load_the_mill(), "miller", "wait", "give"))) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{file} (") and out.endswith(" MB)\n")
    assert chosen(file)
    assert "data:image/jpeg;base64,/9j/" in file.read_text(encoding="utf-8")


def test_journal_of_choices(tmp_path: Path) -> None:
    assert journal(tmp_path / "mine.html", "--role", "miller", "--take", "wait,give") == 0
    assert chosen(tmp_path / "mine.html")


def test_journal_of_the_current_save_and_of_a_slot(tmp_path: Path) -> None:
    """Without options it is of the current save, with `--slot` of that slot."""
    saves = SaveFiles(FolderStore(saves_folder(load_the_mill().pack)))
    saves.autosave(read(load_the_mill(), "miller", "wait", "give"))
    saves.store_slot(2, read(load_the_mill(), "miller"))
    assert journal(tmp_path / "now.html") == 0
    assert chosen(tmp_path / "now.html")
    assert journal(tmp_path / "kept.html", "--slot", "2") == 0
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
    options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status is 2, and no file is written."""
    assert journal(tmp_path / "mine.html", *options) == 2
    err = capsys.readouterr().err
    assert message in err and err.count("\n") == 1
    assert list(tmp_path.glob("*.html")) == []


def test_foreign_file_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A foreign file stays, and a journal is replaced."""
    file = tmp_path / "mine.html"
    file.write_text("<!DOCTYPE html>\n<p>A poem.</p>\n", encoding="utf-8")
    assert journal(file, "--role", "miller") == 2
    assert "holds something else than a journal" in capsys.readouterr().err
    file.unlink()
    assert journal(file, "--role", "miller") == 0
    assert journal(file, "--role", "miller", "--take", "wait,give") == 0
    assert chosen(file)


@pytest.mark.parametrize("command", ["read", "shots"])
def test_other_commands_take_a_code_too(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`read` starts at its page, and `shots` draws it."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    text = to_code(read(load_the_mill(), "miller", "wait", "give"))
    if command == "read":
        assert main(["read", "--json", "--story", str(THE_MILL), "--code", text]) == 0
        assert '"node": "m-gate.night"' in capsys.readouterr().out
    else:
        assert main(["shots", str(tmp_path), "--story", str(THE_MILL), "--code", text, "--size", "640x360"]) == 0
        assert [file.name for file in tmp_path.iterdir() if "page-" in file.name]
