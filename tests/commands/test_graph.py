"""`graph` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.play.readers import MILL
from tests.test_cli import Command, assert_is_one_clear_line, run

__all__ = ["run"]
pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [([], 'digraph "The Mill" {'), (["--format", "mermaid"], "flowchart TB"), (["--format", "twee"], ":: StoryTitle")],
)
def test_each_language_is_printed(run: Command, arguments: list[str], beginning: str) -> None:
    """The graph goes to standard output, in DOT where nothing else is asked for."""
    found = run("graph", "--story", MILL, *arguments)
    assert (found.status, found.err) == (0, "")
    assert found.out.splitlines()[0] == beginning


def test_a_file_holds_the_same(run: Command, tmp_path: Path) -> None:
    """`--out` writes what would have been printed, and prints nothing."""
    printed = run("graph", "--story", MILL, "--format", "twee", "--role", "clerk").out
    assert "Start" not in printed.splitlines()
    found = run("graph", "--story", MILL, "--format", "twee", "--role", "clerk", "--out", tmp_path / "mill.twee")
    assert (found.status, found.out, found.err) == (0, "", "")
    assert (tmp_path / "mill.twee").read_text(encoding="utf-8") == printed


def test_twee_has_the_interfaces_words(run: Command) -> None:
    """Going on and skipping are called in Twine what they are called in the game."""
    text = run("graph", "--story", MILL, "--format", "twee").out
    assert "[[Continue->" in text
    assert "->m-heavy.skip]" in text
    assert "[[page." not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--role", "milller"], ["no role `milller`", "Did you mean `miller`?"]),
        (["--cut", "long"], ["no cut `long`", "full"]),
        (["--chapter", "m-gat"], ["no chapter `m-gat`", "Did you mean `m-gate`?"]),
        (["--chapter", "weighing", "--cut", "nowhere"], ["no cut"]),
        (["--role", "miller", "--chapter", "c-gate"], ["not in the cut `full` of `miller`"]),
        (["--format", "twee", "--cut", "class"], ["both doors"]),
        (["--format", "twee", "--role", "nobody"], ["no role `nobody`"]),
        (["--format", "twee", "--cut", "nothing"], ["no cut `nothing`"]),
        (["--out", "/nowhere/at/all.dot"], ["/nowhere/at/all.dot cannot be written"]),
        (["--story", "/nowhere"], ["no such folder"]),
    ],
)
def test_what_is_not_there_is_said(run: Command, arguments: list[str], words: list[str]) -> None:
    """A role, a cut, a chapter or a folder that does not exist is one clear line."""
    assert_is_one_clear_line(run("graph", "--story", MILL, *arguments), *words)
