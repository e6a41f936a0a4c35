"""A museum in real time, for `SOAK_SECONDS` (3600): random visitors (`SOAK_SEED`), and a game that is killed or
stopped."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.kiosk.config.configuration import Config
from game.kiosk.counts.counts_db import counts_file
from game.kiosk.staff.pin import SALT, hash_pin
from game.kiosk.supervisor.log_file import NAME
from game.story.model import Story
from tests.benchmarks.harness import Say, within
from tests.benchmarks.soak import Visitor, counts_of, held, processes, shares, voice_in, way_in
from tests.real.kiosks import Kiosk, kiosk_on
from tests.real.screen import MISSING, screen

SECONDS = float(os.environ.get("SOAK_SECONDS", "3600"))
SEED = int(os.environ.get("SOAK_SEED", str(random.randrange(10_000))))
SIZE = 1080, 1920
IDLE = WARN = 20  # seconds: the least that the configuration takes, beside the reading time of a page
FIRST = 10  # visits of a life after which it should hold no more, and over as many of which what it holds is levelled:
# one look differs from the next by up to two pictures and a sheet of paper, of 8 MB each
GROWTH = 5_000_000  # bytes
BACK = 5.0  # seconds after a kill
HANG = 20.0  # seconds after a stop: ten without a beat, and the start
RESTING = 30.0  # seconds over which an untouched kiosk is watched
MB = 1_000_000


class Soak:
    def __init__(
        self, kiosk: Kiosk, counts: Path, way: Sequence[tuple[float, float]], chance: Random, say: Say
    ) -> None:
        self._kiosk, self._counts, self._way, self._chance, self._say = kiosk, counts, way, chance, say
        self._visitor = Visitor(kiosk.display, SIZE, chance)
        self._start, self._minute = time.monotonic(), 0
        self.restarts = self._lost = self.surplus = 0
        self._sure = True  # that nobody set or pressed anything since it was put back
        self.life: list[dict[str, int]] = []  # what was held on attract after each visit, since the game was started
        self.lives: list[list[dict[str, int]]] = [self.life]
        self.highest: dict[str, int] = {}
        self.killed: list[float] = []
        self.stopped: list[float] = []
        self.wrong: list[str] = []  # touches that did nothing, and what was not put back

    @property
    def passed(self) -> float:
        return time.monotonic() - self._start

    def live(self, seconds: float) -> None:
        """Visitors and breakdowns; in the second half nothing kills the game."""
        breaks = self._breaks(seconds / 2)
        while self.passed < seconds:
            due = bool(breaks) and self.passed >= breaks[0][0]
            if due and self._chance.random() < 0.5:
                self._break(breaks.pop(0)[1])
                due = False
            if not self._come_in():
                continue
            if due:  # in the middle of a visit
                self._break(breaks.pop(0)[1])
            else:
                self._stay()

    def _breaks(self, seconds: float) -> list[tuple[float, signal.Signals]]:
        """So many that each game lives for more than a minute, since otherwise the supervisor's pauses grow."""
        many = max(2, min(16, int(seconds / 110)))
        return [
            ((n + self._chance.random()) * seconds / many, signal.SIGSTOP if n % 3 == 1 else signal.SIGKILL)
            for n in range(many)
        ]

    def _come_in(self) -> bool:
        """A touch on the invitation and one on a door, at their places before anybody changed a setting."""
        before = counts_of(self._counts)
        for place in self._way:
            self._visitor.tap(*place)
            time.sleep(0.8)
        came = within(3, lambda: counts_of(self._counts).visits == before.visits + 1)
        if came is None and self._sure:
            self._wrong("nobody could come in")
        if came is None:  # the touch that ended a visit may have been followed by one that was too many
            self.surplus += not self._sure
            time.sleep(IDLE + 60 + WARN)
        self._sure = came is None
        return came is not None

    def _stay(self) -> None:
        for _ in self._visitor.deeds():
            self._look()
            if self._over():
                break
        else:
            self._go()
        self._put_back()

    def _go(self) -> None:
        polite = self._chance.random() < 0.7
        for _ in range(3 if polite else 0):
            if any(self._over() for _ in self._visitor.goodbye()):
                return
        before = counts_of(self._counts).timeouts
        self._sure = True
        if within(400, self._over) is None:
            self._wrong("nobody was there, and it was not put back")
        elif not polite and counts_of(self._counts).timeouts != before + 1:
            self._wrong("nobody was there, and no timeout was counted")

    def _over(self) -> bool:
        self._look()
        return counts_of(self._counts).open == self._lost

    def _put_back(self) -> None:
        """Check that after a visit the voice is silent and the place is audible again, and record the memory."""
        time.sleep(1)
        if within(5, lambda: self._kinds == ["game", "mixer", "supervisor"]) is None:
            self._wrong(f"after a visit there were {self._kinds}")
        if within(3, self._tells_all) is None:
            self._wrong(f"its health page says {self._kiosk.health()}")
        looks = []
        for _ in range(3):  # a second apart: for a moment there are two pictures and the painter's buffers
            looks.append(self._note())
            time.sleep(1)
        self.life.append(min(looks, key=lambda held: held["game"]))

    def _tells_all(self) -> bool:
        """Whether the health page has each visit of today, and each start."""
        return self._kiosk.well(self.restarts) and self._kiosk.health()["visits_today"] == counts_of(self._counts).today

    def _break(self, how: signal.Signals) -> None:
        """Kill or stop the game; an open visit never counts as left."""
        self.restarts += 1
        game = next(pid for pid, kind in processes(self._kiosk.process.pid) if kind == "game")
        self._lost = counts_of(self._counts).open
        os.kill(game, how)
        took = within(60, lambda: self._kiosk.well(self.restarts))
        assert took is not None, f"not back after {how.name}: {self._kiosk.health()}"
        (self.killed if how is signal.SIGKILL else self.stopped).append(took)
        self._say(f"{self.passed:.0f} s: {how.name}, back after {took:.1f} s")
        self._sure, self.life = True, []
        self.lives.append(self.life)
        time.sleep(1)

    def _look(self) -> None:
        if self.passed >= 60 * (self._minute + 1):
            self._minute = int(self.passed / 60)
            now, counted = self._note(), counts_of(self._counts)
            parts = ", ".join(f"{kind} {size / MB:.1f}" for kind, size in now.items())
            self._say(
                f"{self._minute} min: {counted.visits} visits, {counted.timeouts} left alone, {self._lost} lost;"
                f" MB: {parts}; load {os.getloadavg()[0]:.1f}; wrong {len(self.wrong)}"
            )

    @property
    def _kinds(self) -> list[str]:
        return sorted(kind for _, kind in processes(self._kiosk.process.pid))

    def _note(self) -> dict[str, int]:
        now = held(self._kiosk.process.pid)
        for kind, size in now.items():
            self.highest[kind] = max(size, self.highest.get(kind, 0))
        return now

    def _wrong(self, what: str) -> None:
        self.wrong.append(f"{self.passed:.0f} s: {what}")
        self._say(f"{self.wrong[-1]}, after {', '.join(self._visitor.deeds_done)}")
        with suppress(OSError):
            picture = self._counts.parent / f"{self.passed:.0f}.xwd"
            picture.write_bytes(self._kiosk.display.memory.read_bytes())


@pytest.mark.skipif(bool(MISSING) or not Path("/proc/self/smaps_rollup").exists(), reason="needs Xvfb, xdotool, /proc")
def test_hours_of_visitors(
    benchmark: Any, say: Say, home: Path, tmp_path: Path, shipped: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", voice_in(tmp_path / "bin"))
    pin = hash_pin("4711", bytes(SALT))
    keys = {"idle": IDLE, "warn": WARN, "longer_cut": "one-door", "pin": pin}
    way = way_in(shipped, Config(idle=IDLE, warn=WARN, longer_cut="one-door", pin=pin), SIZE)
    say(f"\n{SECONDS:.0f} s, seed {SEED}, below {tmp_path}")
    with screen(*SIZE) as display, kiosk_on(display, tmp_path, **keys) as kiosk:
        time.sleep(3)
        before = shares(kiosk.process.pid, RESTING)
        soak = Soak(kiosk, counts_file(tmp_path / "data", shipped.pack), way, Random(SEED), say)
        benchmark.pedantic(soak.live, args=(SECONDS,), rounds=1)
        time.sleep(25)  # until the last visit is over and no card is left
        after = shares(kiosk.process.pid, RESTING)
    log = (tmp_path / "log" / NAME).read_text(encoding="utf-8").splitlines()
    report(soak, before, after, say)
    check(soak, log)


def report(soak: Soak, before: dict[str, float], after: dict[str, float], say: Say) -> None:
    for how, took in (("kill -9", soak.killed), ("stopped", soak.stopped)):
        if took:
            least, middle, most = min(took), statistics.median(took), max(took)
            say(f"{how}: {len(took)} times, back after {least:.1f} / {middle:.1f} / {most:.1f} s")
    say(f"{len(soak.lives) - 1} breakdowns, {soak.surplus} visits after one touch too many")
    for number, life in enumerate(soak.lives):
        if life:
            sizes = [visit["game"] / MB for visit in life]
            say(f"life {number}: {len(life)} visits; game {' '.join(f'{size:.1f}' for size in sizes)} MB")
    last = soak.life
    for kind in ("game", "mixer", "supervisor"):
        sizes = [visit[kind] / MB for visit in last if kind in visit]
        say(f"last life, {kind}: first {sizes[0]:.1f}, last {sizes[-1]:.1f}, highest {max(sizes):.1f} MB")
    say(f"last life, the game's growth after the first {FIRST} visits: {growth(last) / MB:+.1f} MB")
    say(f"highest of all looks: {', '.join(f'{kind} {size / MB:.1f}' for kind, size in soak.highest.items())} MB")
    for name, found in (("before", before), ("after", after)):
        say(f"attract, {name}: {', '.join(f'{kind} {share:.1%}' for kind, share in found.items())} of a core")


def check(soak: Soak, log: Sequence[str]) -> None:
    assert not soak.wrong, soak.wrong
    known = ("the game ended: SIG", "the game does not answer, and is ended")
    odd = [line for line in log if " INFO " not in line and not any(warning in line for warning in known)]
    assert not odd, odd
    assert sum(known[0] in line for line in log) == soak.restarts == len(soak.killed) + len(soak.stopped)
    assert max(soak.killed, default=0) <= BACK and max(soak.stopped, default=0) <= HANG
    assert growth(soak.life) <= GROWTH


def growth(life: Sequence[dict[str, int]]) -> float:
    """Bytes by which the game's memory after its last visits exceeds that after its first ones."""
    settled = [visit["game"] for visit in life[FIRST:]]
    return statistics.median(settled[-FIRST:]) - statistics.median(settled[:FIRST]) if len(settled) > FIRST else 0.0
