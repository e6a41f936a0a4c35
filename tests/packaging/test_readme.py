"""The commands, options, fields and anchors of the README exist."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from game.cli import main
from game.play import Page

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_and_option_exists(capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"`weight-of-grain ([a-z-]+)", README))
    assert {"play", "read", "check", "shots"} <= commands
    rows = dict(re.findall(r"^\| `weight-of-grain ([a-z-]+)([^\n]*)", README, flags=re.MULTILINE))
    for command in commands:
        with pytest.raises(SystemExit, match=r"^0$"):
            main([command, "--help"])
        help_text = capsys.readouterr().out
        assert command in help_text
        for option in re.findall(r"--[a-z-]+", rows.get(command, "")):
            assert option in help_text


def test_every_field_of_a_page_is_explained() -> None:
    table = README.partition("| fields | are |")[2].partition("\n\n")[0]
    fields = [name for row in table.splitlines()[2:] for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])]
    assert sorted(fields) == sorted(Page.FIELDS)
    shown = subprocess.run([sys.executable, "-m", "game", "read", "--help"], capture_output=True, text=True, timeout=60)
    assert all(field in " ".join(shown.stdout.split()) for field in Page.FIELDS)


def test_a_single_line_sets_up_and_tests() -> None:
    lines = [line for line in README.splitlines() if re.match(r"python3 -m venv .*pytest$", line)]
    assert len(lines) == 1
    (extras,) = re.findall(r"\.\[([a-z,]+)\]", lines[0])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_every_anchor_has_its_heading() -> None:
    """GitHub makes an anchor of a heading: lower case, without punctuation, with hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", README))
    assert "play" in linked and linked <= anchors
