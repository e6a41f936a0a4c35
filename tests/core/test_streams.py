"""Closed or full standard streams, a missing home and an early Ctrl-C: one line each."""

from __future__ import annotations

import importlib.abc
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from game.cli import main
from tests.commands.typed import Command, refused, run
from tests.lanes import sampled
from tests.small_stories.packs import THE_MILL
from tests.test_cli import ROOT

__all__ = ["run"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes and fills them")
COMMANDS = ["check", "graph", "read --json", "read", "explore"]


def shell(command: str, redirected: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a shell with redirected streams."""
    program = shlex.join([sys.executable, "-m", "game"])
    return subprocess.run(
        ["/bin/sh", "-c", f"{program} {command} {redirected}"],
        cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip


@posix
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("redirected", [">&-", ">/dev/full"])
@pytest.mark.parametrize("command", sampled([*COMMANDS, "--version"], "check", "read --json", "--version"))
def test_failing_output_is_reported_in_one_line(command: str, redirected: str) -> None:
    story = "" if command == "--version" else f"--story {shlex.quote(str(THE_MILL))}"
    found = shell(f"{command} {story}", redirected)
    assert (found.returncode, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    why = "it is closed" if redirected == ">&-" else "No space left on device"
    assert line == f"weight-of-grain: standard output cannot be written: {why}"


@posix
@pytest.mark.usefixtures("home")
def test_a_full_disk_is_no_fault_of_the_pictures(tmp_path: Path) -> None:
    """If only their names cannot be printed, the message does not blame the folder."""
    found = shell(f"shots {tmp_path / 'shots'} --story {THE_MILL} --size 320x320", ">/dev/full")
    assert found.stderr == "weight-of-grain: standard output cannot be written: No space left on device\n"


@posix
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", ["read --json", "read"])
def test_closed_input_reads_as_empty(command: str) -> None:
    story = f"{command} --story {shlex.quote(str(THE_MILL))}"
    closed, empty = shell(story, "<&-"), shell(story, "</dev/null")
    assert (closed.returncode, closed.stderr) == (0, "")
    assert closed.stdout == empty.stdout != ""


@posix
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_closed_standard_error_is_ignored(redirected: str) -> None:
    found = shell(f"read --role nobody --story {THE_MILL}", redirected)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", "")


@posix
def test_output_goes_on_where_standard_error_fails() -> None:
    program = "from game.core.streams import print_error; print_error('lost'); print('printed', flush=True)"
    command = f"{shlex.join([sys.executable, '-c', program])} 2>/dev/full"
    found = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert found.stdout == "printed\n"


@posix
@pytest.mark.usefixtures("home")
def test_the_program_s_own_file_is_never_standard_output(tmp_path: Path) -> None:
    """If output is closed, the first opened file would get its number."""
    found = shell(f"graph --story {THE_MILL} --out {tmp_path / 'x.dot'}", ">&- 2>&-")
    assert found.returncode == 0
    assert (tmp_path / "x.dot").read_text(encoding="utf-8").startswith("digraph")


@posix
@pytest.mark.usefixtures("home")
def test_an_output_option_may_name_standard_output(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("before\n")
    found = shell(f"graph --story {THE_MILL} --out /dev/stdout", f">>{tmp_path / 'log'}")
    assert (found.returncode, found.stderr) == (0, "")
    assert (tmp_path / "log").read_text(encoding="utf-8").startswith("before\ndigraph")


class Impatient(importlib.abc.MetaPathFinder):
    """Raises Ctrl-C while the commands are imported."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        if name == "game.command_line":
            raise KeyboardInterrupt
        return None


def test_an_interrupt_during_import_ends_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "game.command_line", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Impatient(), *sys.meta_path])
    assert main(["check"]) == 130
    assert capsys.readouterr() == ("", "weight-of-grain: stopped before it began\n")


@pytest.fixture
def homeless(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A process without HOME, the folders' own variables, or an account."""

    import pwd  # not on Windows

    def unknown(number: int) -> pwd.struct_passwd:
        raise KeyError(f"getpwuid(): uid not found: {number}")

    for name in [name for name in os.environ if name.startswith("XDG_") or name in ("HOME", "USERPROFILE")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@posix
@pytest.mark.parametrize(
    "command", [["read"], ["class", "--list"], ["stats"], ["journal", "x.html"], ["kiosk", "--check-config"]]
)
def test_without_a_home_commands_that_write_report_it(run: Command, command: list[str], homeless: Path) -> None:
    story = ["--story", str(THE_MILL)]
    refused(run(*command, *story), "there is no home folder", "set HOME")
    assert list(homeless.iterdir()) == []


@posix
@pytest.mark.parametrize("command", [["check", "--quick"], ["graph"], ["read", "--json"]])
def test_without_a_home_commands_that_do_not_write_work(run: Command, command: list[str], homeless: Path) -> None:
    found = run(*command, "--story", THE_MILL)
    assert (found.status, found.err) == (0, "")
    assert list(homeless.iterdir()) == []


@posix
@pytest.mark.usefixtures("home")
def test_a_name_that_is_not_text_is_printed_with_escapes(tmp_path: Path) -> None:
    story = tmp_path / os.fsdecode(b"mill\xff")
    found = subprocess.run(
        [sys.executable, "-m", "game", "check", "--story", story], cwd=ROOT, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert "Traceback" not in found.stderr
    assert "mill\\udcff" in found.stdout + found.stderr
