"""Does a page turn ever make the hand wait?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.play.saves import Saves
from game.story.model import Story
from game.ui.settings_file import SettingsFile
from game.window.loop import run

TURNS = 30
PAUSE = 1.0  # seconds for one page: long enough for its picture to come up, short enough to be a hurry
FRAME = 0.033


class Watch:
    """Notes how long the program is busy between two moments at which it listens or rests."""

    def __init__(self) -> None:
        self.busy: list[float] = []
        self._since: float | None = None

    def around(self, rest: Callable[..., Any]) -> Callable[..., Any]:
        """`rest`, a function in which the program listens or sleeps, with its coming and going noted."""

        @wraps(rest)
        def noted(*arguments: Any, **named: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return rest(*arguments, **named)
            if self._since is not None:
                self.busy.append(time.perf_counter() - self._since)
            try:
                return rest(*arguments, **named)
            finally:
                self._since = time.perf_counter()

        return noted


def turn_pages(turns: int) -> None:
    """Past the content note, then the first choice of each page, then the window's close button.

    Where a choice is out of sight its key goes there first, so there are fewer turns than keys.
    """
    keys = [(pygame.K_RETURN, "\r")] + [(pygame.K_1, "1")] * turns
    for key, text in keys:
        time.sleep(PAUSE)
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.event.Event(kind, key=key, unicode=text, mod=0, scancode=0))
    time.sleep(PAUSE)
    pygame.event.post(pygame.event.Event(pygame.QUIT))


@pytest.mark.parametrize("role", ["villager", "official"])
def test_a_page_turn_holds_no_frame(
    benchmark: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    shipped: Story,
    role: str,
) -> None:
    """At 1920x1080, from a key to the frame and through the picture's coming up, nothing takes over 33 ms."""
    watch = Watch()
    for place, name in (
        (pygame.event, "wait"),
        (pygame.event, "get"),
        (pygame.event, "pump"),
        (pygame.time, "wait"),
        (pygame.time, "delay"),
        (time, "sleep"),
    ):
        monkeypatch.setattr(place, name, watch.around(getattr(place, name)))
    saves = Saves(home)

    def play() -> None:
        hand = threading.Thread(target=turn_pages, args=(TURNS,))
        hand.start()
        run(shipped, saves, SettingsFile(home / "settings.json"), (1920, 1080), role=role)
        hand.join()

    benchmark.pedantic(play, rounds=1)
    found = saves.resume(shipped)
    assert found
    turned = len(found[0].entries)
    worst = sorted(watch.busy[1:], reverse=True)  # the first is the window's own opening
    late = sum(span > FRAME for span in worst)
    with capsys.disabled():
        print(
            f"\npage turns ({role}): {turned} pages, longest frame {worst[0] * 1000:.0f} ms, promised 33"
            f" ({late} over; then {', '.join(f'{span * 1000:.0f}' for span in worst[1:6])} ms)"
        )
