"""`play` with the options of an author, in an invisible window."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pygame
import pytest

from game.story import check
from tests.commands.typed import Command
from tests.desktop.test_loop import close, key, somebody
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(THE_MILL, tmp_path / "mill")


def rename_choice(folder: Path) -> None:
    """Rename a choice in the story's file, as an author does."""
    gate = folder / "m-gate.yaml"
    gate.write_text(gate.read_text(encoding="utf-8").replace("id: give", "id: hand-over"), encoding="utf-8")


def test_open_window_takes_up_changes_of_a_watched_story(
    run: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again = threading.Event()

    def noted(folder: Path, language: str) -> object:
        read_again.set()
        return check(folder, language)

    monkeypatch.setattr("game.desktop.session_factory.check", noted)

    def write() -> None:
        rename_choice(folder)
        assert read_again.wait(30)

    with somebody(write, key(pygame.K_1), close):
        assert run("play", "--story", folder, "--watch", "--at", "m-gate.gate").status == 0
    (kept,) = home.rglob("current.json")
    assert kept.parent.name == "tried"
    entries = json.loads(kept.read_text(encoding="utf-8"))["save"]["entries"]
    assert [entry["take"] for entry in entries] == ["continue", "hand-over"]


def test_without_watch_the_story_does_not_change(run: Command, folder: Path, home: Path) -> None:
    def write() -> None:
        rename_choice(folder)
        time.sleep(1)

    with somebody(write, key(pygame.K_1), close):
        assert run("play", "--story", folder, "--at", "m-gate.gate").status == 0
    (kept,) = home.rglob("current.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["save"]["entries"][-1]["take"] == "give"
