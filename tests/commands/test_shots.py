"""`shots` on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from game.play import Playthrough, begin
from game.story import load
from game.web.reachable_pictures import read_at_random
from tests.commands.typed import Command, refused
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


def test_unknown_take_writes_nothing(run: Command, tmp_path: Path) -> None:
    found = run("shots", tmp_path / "pictures", "--story", THE_MILL, "--take", "no-such")
    refused(found, "there is no choice `no-such`")
    assert not (tmp_path / "pictures").exists()


def test_foreign_picture_is_not_replaced(run: Command, tmp_path: Path) -> None:
    arguments = ("shots", tmp_path, "--story", THE_MILL, "--size", "320x320")
    drawn = [run(*arguments).out for _ in range(2)]
    assert drawn[0] == drawn[1] != ""
    first = Path(drawn[0].splitlines()[0])
    ours = first.read_bytes()
    first.write_bytes(b"\x89PNG mine")
    refused(run(*arguments), first.name, "holds something else", "--replace")
    assert first.read_bytes() == b"\x89PNG mine"
    (tmp_path / f"{first.stem}.part").write_text("mine too")
    assert run(*arguments, "--replace").status == 0
    assert first.read_bytes() == ours
    assert (tmp_path / f"{first.stem}.part").read_text() == "mine too"


def test_every_page_of_a_length_is_drawn_once(run: Command, tmp_path: Path) -> None:
    pages = ("--story", THE_MILL, "--language", "zh-Hans", "--cut", "kiosk", "--role", "miller", "--every-page")
    drawn = run("shots", tmp_path, *pages, "--size", "640x480").printed.splitlines()
    story = load(THE_MILL, language="zh-Hans")
    met = {node for seed in range(40) for node in _nodes(begin(story, "miller", "kiosk"), Random(seed))}
    names = {re.sub(r"^\d+-|-\d+$", "", Path(file).stem) for file in drawn}
    assert names == {f"page-{node.replace('.', '-')}" for node in met}


def _nodes(first: Playthrough, chance: Random) -> list[str]:
    return [at.page.node for at in read_at_random(first, chance).history if at.page.node is not None]
