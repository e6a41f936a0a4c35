"""The printed unit: it fits its own program's place, and what would break its lines is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.relay.service_text import service_text
from game.resources import assets_folder


def printed(**where: str) -> str:
    """What is printed for a program and its files in these folders."""
    program = where.get("program", "/opt/weight-of-grain/bin/python")
    data = where.get("data", "/opt/weight-of-grain/lib")
    template = (assets_folder() / "relay" / "service.txt").read_text("utf-8")
    return service_text(template, (program, "-m", "game"), Path(data), "grain-relay", 8770, "grain.example.org")


@pytest.mark.parametrize(
    ("where", "home", "tmp"),
    [
        ({}, "yes", "yes"),
        ({"program": "/home/ada/grain/.venv/bin/python"}, "read-only", "yes"),
        ({"data": "/root/grain/assets"}, "read-only", "yes"),
        ({"program": "/tmp/grain/bin/python"}, "yes", "no"),
    ],
)
def test_a_unit_does_not_hide_the_folder_of_its_own_program(where: dict[str, str], home: str, tmp: str) -> None:
    """And where it is one that a service's user can most often not read, the text says so."""
    text = printed(**where)
    assert f"\nProtectHome={home}\n" in text and f"\nPrivateTmp={tmp}\n" in text
    assert ("BEWARE" in text) == bool(where)


def test_a_relay_without_tokens_is_started_by_a_line_that_names_no_file() -> None:
    """Where its keeper makes no file, the line of the unit is changed: a file that is missing ends it."""
    text = printed()
    assert "take\n#    `--tokens /etc/weight-of-grain/relay-tokens` out" in text
    (line,) = [one for one in text.splitlines() if one.startswith("ExecStart=")]
    assert " --tokens /etc/weight-of-grain/relay-tokens" in line


@pytest.mark.parametrize("program", ["/opt/gra\nin/python", "/opt/gra\x1bin/python"])
def test_a_path_that_fits_on_no_line_is_refused(program: str) -> None:
    with pytest.raises(ValueError, match="fits on no line"):
        printed(program=program)
