"""`relay` serves, ends on SIGTERM, reports faults in a line, and prints its service."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from game.commands.relay import service_text
from game.resources import assets_folder
from tests.commands.typed import Command, refused
from tests.relay.relay_client import tokens_file


def test_relay_prints_its_address_answers_and_ends_on_sigterm(tmp_path: Path) -> None:
    tokens = tokens_file(tmp_path, "a-token-of-school-1")
    command = [sys.executable, "-m", "game", "relay", "--port", "18770", "--tokens", str(tokens)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == (
            "The relay listens at http://127.0.0.1:18770, rooms for those with a token, alone: "
            "with --store several processes share the rooms.\n"
        )
        with urllib.request.urlopen("http://127.0.0.1:18770/health") as answer:
            assert json.load(answer)["state"] == "ok"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "80"], "1024 to 65535"),
        (["--bind", "here"], "192.168.1.20"),
        (["--phones-per-address", "0"], "write 1 to 20000"),
        (["--store", "127.0.0.1"], "valkey://127.0.0.1:6379"),
        (["--store", "valkey://127.0.0.1:1"], "cannot be reached"),
        (["--tokens", "/nowhere/tokens"], "No such file"),
    ],
)
def test_invalid_options_are_refused_in_one_line(run: Command, arguments: list[str], message: str) -> None:
    assert message in refused(run("relay", *arguments))


def test_short_tokens_are_named_with_their_line(tmp_path: Path, run: Command) -> None:
    tokens = tokens_file(tmp_path, "short")
    assert f"{tokens}:2: a token has 16 or more characters" in refused(run("relay", "--tokens", tokens))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_printed_unit(tmp_path: Path, run: Command) -> None:
    text = run("relay", "--print-service", "--name", "grain.school.example").printed
    unit = text.partition("# ---- B:")[2].partition("\n")[2].partition("# ---- C:")[0]
    path = tmp_path / "weight-of-grain-relay@.service"
    path.write_text(unit.replace("User=grain-relay\n", ""), "utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True)
    assert str(path.name) not in checked.stderr, checked.stderr
    assert "grain.school.example {" in text and "127.0.0.1:8770 127.0.0.1:8771" in text


def test_without_the_extra_the_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch, run: Command) -> None:
    monkeypatch.setitem(sys.modules, "valkey.asyncio", None)
    monkeypatch.delitem(sys.modules, "game.relay.valkey_broker", raising=False)
    said = refused(run("relay"))
    assert f"{sys.executable} -m pip install '.[relay]'" in said


def printed(**folders: str) -> str:
    program = folders.get("program", "/opt/weight-of-grain/bin/python")
    data = folders.get("data", "/opt/weight-of-grain/lib")
    template = (assets_folder() / "relay" / "service.txt").read_text("utf-8")
    return service_text(template, (program, "-m", "game"), Path(data), "grain-relay", 8770, "grain.example.org")


@pytest.mark.parametrize(
    ("folders", "home", "tmp"),
    [
        ({}, "yes", "yes"),
        ({"program": "/home/ada/grain/.venv/bin/python"}, "read-only", "yes"),
        ({"data": "/root/grain/assets"}, "read-only", "yes"),
        ({"program": "/tmp/grain/bin/python"}, "yes", "no"),
    ],
)
def test_a_unit_does_not_hide_the_folder_of_its_own_program(folders: dict[str, str], home: str, tmp: str) -> None:
    """The text has a warning if a service's user usually cannot read the folder."""
    text = printed(**folders)
    assert f"\nProtectHome={home}\n" in text and f"\nPrivateTmp={tmp}\n" in text
    assert ("BEWARE" in text) == bool(folders)


def test_printed_service_explains_how_to_run_without_tokens() -> None:
    text = printed()
    assert "take\n#    `--tokens /etc/weight-of-grain/relay-tokens` out" in text
    (line,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    assert " --tokens /etc/weight-of-grain/relay-tokens" in line


def test_a_unit_takes_a_path_with_signs_of_its_own() -> None:
    """systemd reads `%` and `$` in a unit, and would take `100%` for the beginning of a specifier."""
    line = next(
        line for line in printed(program="/opt/100% $grain/bin/python").splitlines() if line.startswith("ExecStart=")
    )
    assert line.startswith('ExecStart="/opt/100%% $$grain/bin/python" -m game relay --port %i ')


@pytest.mark.parametrize("program", ["/opt/gra\nin/python", "/opt/gra\x1bin/python"])
def test_a_path_with_a_control_character_is_refused(program: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        printed(program=program)
