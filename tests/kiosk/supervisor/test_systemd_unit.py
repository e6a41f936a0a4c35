"""The systemd unit runs this installation, and the commands in its comments work as written."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.command_line import parse_arguments
from game.core.exit_status import BY_STAFF
from game.kiosk.supervisor.systemd_unit import UNIT, Installation, unit_line, unit_text
from game.resources import assets_folder

TEMPLATE = (assets_folder() / "kiosk" / "weight-of-grain-kiosk.service").read_text(encoding="utf-8")
PLAIN = Installation(("/opt/grain/bin/python3", "-m", "game"), "visitor", 9000)
ODD = Installation(
    ("/opt/the grain/100%/py$thon", "-m", "game"),
    "visitor",
    9000,
    config=Path('/etc/my "kiosk".yaml'),
    story=Path("/srv/mill's"),
    cage=Path("/usr/local/bin/cage"),
)


def split_as_systemd(line: str) -> list[str]:
    """A command as systemd reads it: C's quotes and escapes, then `$$` and `%%` as one character."""
    return [word.replace("$$", "$").replace("%%", "%") for word in shlex.split(line)]


def sections(installation: Installation) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit_text(TEMPLATE, installation))
    return parser


@pytest.mark.parametrize("installation", [PLAIN, ODD])
def test_it_runs_cage_and_cage_runs_the_kiosk(installation: Installation) -> None:
    service = sections(installation)["Service"]
    command = split_as_systemd(service["ExecStart"])
    assert command == list(installation.console)
    cage, kiosk = command[: command.index("--")], command[command.index("--") + 1 :]
    assert cage[0] == str(installation.cage) and "-s" not in cage
    assert kiosk[:3] == list(installation.program)
    options = parse_arguments(kiosk[3:])
    assert (options.config, options.story) == (installation.config, installation.story)
    assert service["User"] == "visitor"


def test_it_is_started_again_for_ever_and_waits_for_no_network() -> None:
    parser = sections(PLAIN)
    assert (parser["Service"]["Restart"], parser["Service"]["RestartSec"]) == ("always", "1")
    assert parser["Service"]["RestartPreventExitStatus"] == parser["Service"]["SuccessExitStatus"] == str(BY_STAFF)
    assert parser["Unit"]["StartLimitIntervalSec"] == "0"
    assert not [key for section in parser.sections() for key, value in parser[section].items() if "network" in value]


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
@pytest.mark.parametrize(("status", "waits"), [("0", False), ("1", False), ("KILL", False), ("2", True)])
def test_one_that_cannot_start_is_not_tried_every_second(status: str, waits: bool, tmp_path: Path) -> None:
    service = sections(PLAIN)["Service"]
    sleep = tmp_path / "sleep"
    sleep.write_text('#!/bin/sh\necho "$1"\n')
    sleep.chmod(0o755)
    command, environment = service["ExecStopPost"], {"EXIT_STATUS": status, "PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(split_as_systemd(command), env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    assert bool(done.stdout) == waits
    assert not waits or 5 <= int(done.stdout) < int(service["TimeoutStopSec"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("program", [("/bin/true", "-m", "game"), ("/bin/true", "100%/py$thon")])
def test_systemd_takes_it_as_it_is(program: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / UNIT.name
    file.write_text(unit_text(TEMPLATE, Installation(program, "root", 9000, cage=Path("/bin/true"))), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, file.name in done.stderr, done.stdout) == (0, False, "")


@pytest.mark.parametrize("installation", [PLAIN, ODD])
def test_what_a_technician_types_is_there(installation: Installation) -> None:
    text = unit_text(TEMPLATE, installation)
    lines = [shlex.split(line) for line in re.findall(r"^#      (.*)$", text, re.MULTILINE)]
    ours = [line[3:] for line in lines if line[:3] == list(installation.program)]
    options = [next(word for word in line if word.startswith("--")) for line in ours]
    assert options[:3] == ["--example", "--set-pin", "--check-config"]
    for line in ours:
        parse_arguments(line[: line.index(">")] if ">" in line else line)
    assert list(installation.console) in lines
    known = {"sudo", "curl", "journalctl"}
    assert {line[0] for line in lines} - known == {str(installation.cage), installation.program[0]}
    assert "http://127.0.0.1:9000/health" in text and str(UNIT) in text
    assert "${" not in text


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), max_size=12))
)
def test_any_path_comes_through_the_unit(words: list[str]) -> None:
    assert split_as_systemd(unit_line(words)) == words


@pytest.mark.parametrize("path", ["/srv/a\nExecStartPre=/bin/x", "/srv/\x1b[2J", "/srv/a\rb"])
def test_a_path_that_would_begin_another_line_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="fits in no line"):
        unit_text(TEMPLATE, Installation(("/usr/bin/python3",), "visitor", 9000, config=Path(path)))
