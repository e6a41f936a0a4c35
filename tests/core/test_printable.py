"""Printed text contains no control characters for a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import terminal
from game.cli import main
from game.core.findings import Finding
from game.core.printable import in_one_line, printable
from game.ui.tree import TreeNode
from tests.story.packs import STANDARD, written


@given(st.text())
def test_control_characters_but_tab_and_line_feed_are_escaped(text: str) -> None:
    shown = printable(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown if char not in "\n\t")
    assert printable(shown) == shown
    assert "\n" not in in_one_line(text)


def test_readable_text_is_not_escaped() -> None:
    assert printable("The grain,\n\t粮食, é 🌾") == "The grain,\n\t粮食, é 🌾"
    assert printable("\x1b[31m\r\x9b") == "\\x1b[31m\\x0d\\x9b"


def test_a_finding_prints_as_one_line_without_control_characters() -> None:
    finding = Finding("a\x1b[2J\nb.yaml", 1, 1, "WG101", "a\x07", "b")
    assert str(finding) == "a\\x1b[2J\\nb.yaml:1:1: error WG101: a\\x07. b"


def test_a_terminal_screen_has_no_control_characters(tmp_path: Path) -> None:
    shown = TreeNode("screen", children=(TreeNode("paragraph", "\x1b]0;title\x07 and \x0e \x9b31m"),))
    assert "\x1b" not in terminal.render(shown, {}, 78, italics=True)
    assert "\x9b" not in terminal.render(shown, {}, 78)


@pytest.mark.skipif("sys.platform == 'win32'", reason="no file can have such a name there")
def test_a_file_name_prints_without_control_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, {**STANDARD, "\x1b[2Ja.yaml": "chapter: [\n"})
    for command in ("check", "read"):
        main([command, "--story", str(tmp_path)])
    said = capsys.readouterr()
    assert "\\x1b[2Ja.yaml" in said.out and "\\x1b[2Ja.yaml" in said.err
    assert "\x1b" not in said.out + said.err
