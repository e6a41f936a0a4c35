"""A kiosk's day in real time, from outside: random visitors, the memory of its processes, and its counts."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from game.desktop.loop import MAX_SHIFT
from game.desktop.render.fonts import Fonts
from game.kiosk.app import offer_of, settings_of
from game.kiosk.config.configuration import Config
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.update import update
from tests.benchmarks.harness import bytes_held, cpu
from tests.real.screen import Screen
from tests.real.test_sound import children

# Speaks with the system's own voice, into nothing, and takes as long over it as somebody who talks.
VOICE = """\
#!/bin/sh
if [ "$1" = --voices ]; then exec {real} "$@"; fi
text=$(cat)
printf %s "$text" | {real} "$@" --stdout > /dev/null
exec sleep $((${{#text}} / 16 + 1))
"""

ONWARD = ("Return", "Return", "Return", "1", "2", "3", "Down", "Tab", "Next", "space")
FIDDLED = ("v", "F2", "m", "ctrl+plus", "ctrl+minus", "r", "F3", "Up", "Left", "Right", "Home", "End", "Prior")
WAYS_OUT = ("Escape", "alt+F4", "ctrl+q", "ctrl+w", "F11", "alt+Return", "BackSpace", "super", "alt+Tab", "F12")


# Who comes


class Visitor:
    def __init__(self, display: Screen, size: tuple[int, int], chance: Random) -> None:
        self._display, self._size, self._chance = display, size, chance
        self.deeds_done: deque[str] = deque(maxlen=40)  # the last ones, to show the cause of a failure

    def deeds(self) -> Iterator[None]:
        """The actions of one visitor, one at a time, each with the pause after it."""
        chance = self._chance
        habit = chance.choices(
            (self._read, self._strike, self._listen, self._fiddle, self._knock), (45, 25, 12, 12, 6)
        )[0]  # fmt: skip
        for _ in range(chance.randint(3, 25)):
            habit()
            yield

    def goodbye(self) -> Iterator[None]:
        """End a reading, an action at a time: by the last of the page's tools, and then by the only control left."""
        width, height = self._size
        self._keys("Escape")
        for x in range(width * 9 // 10, width // 10, -width // 14):
            self.tap(x, height * 0.943)
            time.sleep(0.12)
            yield
        for y in range(height * 97 // 100, height * 81 // 100, -height // 45):
            self.tap(width / 2, y)
            time.sleep(0.33)
            yield

    def tap(self, x: float, y: float) -> None:
        self._do("mousemove", str(int(x)), str(int(y)), "click", "1")

    def _read(self) -> None:
        self._keys(self._chance.choice(ONWARD)) if self._chance.random() < 0.6 else self._tap_somewhere()
        self._pause(0.3, 1.5)

    def _strike(self) -> None:
        """Hit the glass with a flat hand: one place after another, with some drags."""
        self._tap_somewhere()
        if self._chance.random() < 0.3:
            (x, y), (to_x, to_y) = self._somewhere(), self._somewhere()
            self._do("mousemove", x, y, "mousedown", "1", "mousemove", to_x, to_y, "mouseup", "1")
            self._do("click", self._chance.choice(("4", "5")))
        self._pause(0.05, 0.4)

    def _listen(self) -> None:
        self._keys(self._chance.choice(("v", "r", "Down", "Down", "Return", "Return", "m")))
        self._pause(0.3, 3.0)

    def _fiddle(self) -> None:
        self._keys(*self._chance.choices(FIDDLED + WAYS_OUT, k=3))
        self._pause(0.2, 0.5)

    def _knock(self) -> None:
        """Try the staff's PIN with a wrong number."""
        if self._chance.random() < 0.2:
            self._do("keydown", "F12")
            time.sleep(3.3)
            self._do("keyup", "F12")
        self._keys(*self._chance.choices("123456789", k=4), "Return")
        self._pause(0.3, 1.0)

    def _do(self, *command: str) -> None:
        self.deeds_done.append(f"{time.monotonic() % 1000:.1f} {' '.join(command)}")
        self._display.hand(*command)

    def _keys(self, *keys: str) -> None:
        for key in keys:
            self._do("key", key)

    def _tap_somewhere(self) -> None:
        self._do("mousemove", *self._somewhere(), "click", "1")

    def _somewhere(self) -> tuple[str, str]:
        width, height = self._size
        top = 0 if self._chance.random() < 0.3 else height * 6 // 10
        return str(self._chance.randrange(width)), str(self._chance.randrange(top, height))

    def _pause(self, least: float, most: float) -> None:
        time.sleep(self._chance.uniform(least, most))


def way_in(story: Story, config: Config, size: tuple[int, int]) -> list[tuple[float, float]]:
    """The places to touch on a screen of `size` to enter a reset kiosk by the first door."""
    drawn = size[0] - MAX_SHIFT, size[1] - MAX_SHIFT
    settings, fonts = settings_of(config), Fonts(assets_folder() / "fonts")
    app, places = start_kiosk(offer_of([story], config), settings), []
    for verb in ("come-in", "enter"):
        targets = layout(render_top(app), drawn, settings, fonts).targets()
        name, rect = next((name, rect) for name, rect in targets if name.partition(":")[0] == verb)
        places.append((rect.x + (rect.w + MAX_SHIFT) / 2, rect.y + (rect.h + MAX_SHIFT) / 2))
        app, _ = update(app, intents.Press(name))
    return places


def voice_in(folder: Path) -> str:
    """A PATH whose system voice makes no sound."""
    real = shutil.which("espeak-ng")
    folder.mkdir()
    if real is not None:
        (folder / "espeak-ng").write_text(VOICE.format(real=real), encoding="utf-8")
        (folder / "espeak-ng").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


# What it holds


def held(supervisor: int) -> dict[str, int]:
    """Bytes by kind of process, with shared memory divided among the processes (PSS)."""
    found: dict[str, int] = {}
    for pid, kind in processes(supervisor):
        with suppress(OSError, StopIteration):  # it has just ended
            found[kind] = found.get(kind, 0) + bytes_held(pid, "Pss", "smaps_rollup")
    return found


def processes(supervisor: int) -> Iterator[tuple[int, str]]:
    """Each process of a kiosk, and its kind: supervisor, game, mixer, resting, voice."""
    yield supervisor, "supervisor"
    for pid in children(supervisor):
        kind = "game" if "--visits" in _command(pid) else "resting"
        yield pid, kind
        for below in _offspring(pid):
            yield below, "mixer" if any(word.endswith("audio_process.py") for word in _command(below)) else "voice"


def shares(supervisor: int, seconds: float) -> dict[str, float]:
    """The share of a core for each kind of process while nobody touches anything."""
    watched = list(processes(supervisor))
    before, start = {pid: cpu(pid) for pid, _ in watched}, time.monotonic()
    time.sleep(seconds)
    passed, found = time.monotonic() - start, dict[str, float]()
    for pid, kind in watched:
        with suppress(OSError):
            found[kind] = found.get(kind, 0.0) + (cpu(pid) - before[pid]) / passed
    return found


def _offspring(pid: int) -> Iterator[int]:
    for child in children(pid):
        yield child
        yield from _offspring(child)


def _command(pid: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    return []


# What it counted


class Counts(NamedTuple):
    visits: int
    today: int  # of these
    left: int
    timeouts: int

    @property
    def open(self) -> int:
        """Visits without a counted end."""
        return self.visits - self.left


def counts_of(file: Path) -> Counts:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as db:

        def total(kind: str, key: str = "%", day: str = "%") -> int:
            query = "SELECT coalesce(sum(n), 0) FROM sums WHERE kind = ? AND key LIKE ? AND day LIKE ?"
            return int(db.execute(query, (kind, key, day)).fetchone()[0])

        today = total("visits", day=date.today().isoformat())
        return Counts(total("visits"), today, total("left"), total("left", "timeout%"))
