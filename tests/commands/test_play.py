"""`play` with the options of an author, in a window that nobody sees."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pygame
import pytest

from game.cli import main
from game.story import check
from tests.desktop.test_loop import close, key, somebody
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(THE_MILL, tmp_path / "mill")


def test_a_watched_story_is_taken_up_in_the_open_window(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved in the folder while the window is open is what the next key chooses; the reading is kept apart."""
    read_again = threading.Event()

    def noted(folder: Path, language: str) -> object:
        read_again.set()
        return check(folder, language)

    monkeypatch.setattr("game.desktop.session_factory.check", noted)

    def write() -> None:
        gate = folder / "m-gate.yaml"
        gate.write_text(gate.read_text(encoding="utf-8").replace("id: give", "id: hand-over"), encoding="utf-8")
        assert read_again.wait(30)

    with somebody(write, key(pygame.K_1), close):
        assert main(["play", "--story", str(folder), "--watch", "--at", "m-gate.gate"]) == 0
    (kept,) = home.rglob("current.json")
    assert kept.parent.name == "tried"
    entries = json.loads(kept.read_text(encoding="utf-8"))["save"]["entries"]
    assert [entry["take"] for entry in entries] == ["continue", "hand-over"]


def test_without_watch_the_story_does_not_change(folder: Path, home: Path) -> None:
    """Nobody who only reads meets a story that changes."""

    def write() -> None:
        gate = folder / "m-gate.yaml"
        gate.write_text(gate.read_text(encoding="utf-8").replace("id: give", "id: hand-over"), encoding="utf-8")
        time.sleep(1)

    with somebody(write, key(pygame.K_1), close):
        assert main(["play", "--story", str(folder), "--at", "m-gate.gate"]) == 0
    (kept,) = home.rglob("current.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["save"]["entries"][-1]["take"] == "give"
