"""The longest frame of a whole playthrough."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.core.stores import FolderStore
from game.desktop.listeners import Listener
from game.desktop.loop import run
from game.desktop.session_factory import reader_session
from game.desktop.window_placement import WindowPlacement
from game.play import begin
from game.play.save_files import SaveFiles
from game.story.model import Story
from game.ui.settings import SettingsFile
from game.ui.state import AppState
from tests.benchmarks.harness import Say, late_frames
from tests.benchmarks.watch import RESTS, Watch
from tests.real.screen import MISSING, screen

PAUSE = 0.8  # seconds between two keys: long enough for a picture to come up, short enough to be a hurry


class Turns(Listener):
    def __init__(self) -> None:
        self.turned_to = threading.Semaphore(0)

    def on_page(self, app: AppState) -> None:
        self.turned_to.release()


def press(key: int, text: str = "") -> None:
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=key, unicode=text, mod=0, scancode=0))


def wander(line: Sequence[int], turns: Turns) -> None:
    """Read every page of a playthrough to its end and press the number of the choice; then close the window."""
    turns.turned_to.acquire(timeout=20)  # the first screen
    press(pygame.K_RETURN, "\r")  # past the content note
    for number in line:
        turns.turned_to.acquire(timeout=20)
        time.sleep(PAUSE)
        press(pygame.K_PAGEDOWN)
        time.sleep(PAUSE / 2)
        press(pygame.K_END)
        while True:  # a slip that is out of sight is gone to before it is pressed
            time.sleep(PAUSE / 2)
            press(pygame.K_1 + number, str(number + 1))
            if turns.turned_to.acquire(timeout=1):
                turns.turned_to.release()
                break
    time.sleep(PAUSE)
    pygame.event.post(pygame.event.Event(pygame.QUIT))


def random_way(story: Story, role: str, chance: random.Random) -> list[int]:
    p, numbers = begin(story, role=role), []
    while not p.over:
        numbers.append(chance.randrange(len(p.page.choices)))
        p = p.choose(p.page.choices[numbers[-1]].id)
    return numbers


@pytest.mark.skipif("Xvfb" in MISSING, reason="needs Xvfb")
@pytest.mark.parametrize("role", ["villager", "official"])
def test_a_whole_playthrough_holds_no_frame(
    benchmark: Any, say: Say, monkeypatch: pytest.MonkeyPatch, home: Path, shipped: Story, role: str
) -> None:
    watch, turns, saves = Watch(), Turns(), SaveFiles(FolderStore(home))
    for place, name in RESTS:
        monkeypatch.setattr(place, name, watch.around(getattr(place, name)))
    way = random_way(shipped, role, random.Random(1958))

    def play() -> None:
        hand = threading.Thread(target=wander, args=(way, turns))
        hand.start()
        store = SettingsFile(FolderStore(home))
        run(
            shipped.title, reader_session(shipped, saves, store, role), WindowPlacement((1920, 1080)), listeners=[turns]
        )
        hand.join()

    with screen(1920, 1080) as shown:
        monkeypatch.setenv("DISPLAY", shown.environment()["DISPLAY"])
        monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
        benchmark.pedantic(play, rounds=1)
    found = saves.resume(shipped)
    assert found and found[0].over
    say(f"\na whole playthrough ({role}): {len(way)} pages, {len(watch.busy)} frames and rests, promised 33 ms")
    # the first is the window's own opening
    say(f"  by the clock: {late_frames(watch.busy[1:])}")
    say(f"  of its own work: {late_frames(watch.worked[1:])}")
