"""`graph` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.typed import Command, refused
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [([], 'digraph "The Mill" {'), (["--format", "mermaid"], "flowchart TB"), (["--format", "twee"], ":: StoryTitle")],
)
def test_each_language_is_printed(run: Command, arguments: list[str], beginning: str) -> None:
    found = run("graph", "--story", THE_MILL, *arguments)
    assert (found.status, found.err) == (0, "")
    assert found.out.splitlines()[0] == beginning


def test_a_file_holds_the_same(run: Command, tmp_path: Path) -> None:
    printed = run("graph", "--story", THE_MILL, "--format", "twee", "--role", "clerk").out
    assert "Start" not in printed.splitlines()
    found = run("graph", "--story", THE_MILL, "--format", "twee", "--role", "clerk", "--out", tmp_path / "mill.twee")
    assert found == (0, "", "")
    assert (tmp_path / "mill.twee").read_text(encoding="utf-8") == printed


def test_twee_has_the_interfaces_words(run: Command) -> None:
    text = run("graph", "--story", THE_MILL, "--format", "twee").out
    assert "[[Continue->" in text
    assert "[[Skip this: read it in a few lines->m-end]]" in text
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
def test_unknown_role_cut_chapter_or_folder_is_one_line(run: Command, arguments: list[str], words: list[str]) -> None:
    refused(run("graph", "--story", THE_MILL, *arguments), *words)


DIAGRAMS = [("dot", "diagram.dot"), ("mermaid", "diagram.mmd"), ("twee", "diagram.twee")]


@pytest.mark.parametrize(("form", "name"), DIAGRAMS)
def test_own_diagram_is_replaced_and_foreign_file_only_with_replace(
    run: Command, form: str, name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    arguments = ("graph", "--story", THE_MILL, "--format", form, "--out", file)
    assert [run(*arguments).status for _ in range(2)] == [0, 0]
    drawn = file.read_text(encoding="utf-8")
    file.write_text("mine")
    refused(run(*arguments), "holds something else than a diagram", "--replace")
    assert file.read_text() == "mine"
    assert run(*arguments, "--replace").status == 0
    assert file.read_text(encoding="utf-8") == drawn
