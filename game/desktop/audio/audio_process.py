"""The mixer: a program of its own, which is told on its input what is to be heard, an order a line.

    python -P game/desktop/audio/audio_process.py FOLDER

It is no part of the window's process, because opening a sound device holds the lock that every thread of Python
needs: a sound server that does not answer would hold up the window for half a minute, and a machine without one for
an eighth of a second. Drivers also print their complaints, and some of them break what they run in.

It ends with its input, or with the status NO_DEVICE where there is nothing to play on, or no longer. It imports
nothing else of the game, and so it is there in a tenth of a second.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import NamedTuple

import pygame
import pygame.mixer

RATE = 16000  # samples a second, as the files have them: resampled one by one, loops would get a seam
BUFFER = 512  # samples: a fade goes by so many at a time
CHANNELS = 16
STEP = 0.02  # seconds between two steps of a fade
WATCH = 2.0  # seconds between two looks whether the device is still there
LAST = 0.25  # seconds in which all falls silent at the end
PATIENCE = 45  # seconds for a device to open: a server that does not answer is given up by its own library after 30
NO_DEVICE = 3


class AudioOrder(NamedTuple):
    """What is to be heard: loops at their levels, `seconds` from now; and what sounds once, now."""

    loops: Mapping[str, float]
    once: Mapping[str, float]
    seconds: float

    def line(self) -> bytes:
        return json.dumps(self).encode() + b"\n"


def read(line: bytes) -> AudioOrder:
    """The order that a line holds."""
    return AudioOrder(*json.loads(line))


class LevelFade(NamedTuple):
    """The way from one set of levels to another; a loop that one of them lacks is silent there."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    begun: float
    seconds: float

    def over(self, now: float) -> bool:
        return now >= self.begun + self.seconds

    def levels(self, now: float) -> dict[str, float]:
        share = 1.0 if self.over(now) else max(0.0, (now - self.begun) / self.seconds)
        names = self.before.keys() | self.after.keys()
        return {name: (1 - share) * self.before.get(name, 0.0) + share * self.after.get(name, 0.0) for name in names}


class AudioDevice:
    """The system's sound device, on which the files of `folder` are played. Raises OSError where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._looping: set[str] = set()
        try:
            pygame.display.init()  # SDL tells of devices among the events of a window
            pygame.mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
        except pygame.error as error:
            raise OSError(str(error)) from None
        pygame.mixer.set_num_channels(CHANNELS)

    def loop(self, levels: Mapping[str, float]) -> None:
        """Have these loops at these levels."""
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)  # before it begins: what is begun at full volume would pop
            if level > 0 and name not in self._looping:
                sound.play(loops=-1)
                self._looping.add(name)
            elif level <= 0 and name in self._looping:
                sound.stop()
                self._looping.remove(name)

    def once(self, levels: Mapping[str, float]) -> None:
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)
            sound.play()

    @property
    def lost(self) -> bool:
        """Whether it was unplugged, or its server has gone."""
        gone = pygame.event.get(pygame.AUDIODEVICEREMOVED)
        return any(event.which and not event.iscapture for event in gone)

    def close(self) -> None:
        time.sleep(3 * BUFFER / RATE)  # what was mixed before the last order is on its way
        pygame.mixer.quit()

    def _sound(self, name: str) -> pygame.mixer.Sound:
        if name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(str(self._folder / f"{name}.wav"))
        return self._sounds[name]


def mix(orders: Queue[AudioOrder | None], device: AudioDevice, clock: Callable[[], float]) -> int:
    """Play what is ordered until None comes; the exit status."""
    fade, ended = LevelFade({}, {}, clock(), 0.0), False
    while not (ended and fade.over(clock())):
        try:
            order = orders.get(timeout=WATCH if fade.over(clock()) else STEP)
        except Empty:
            if device.lost:
                return NO_DEVICE
        else:
            order, ended = (order, ended) if order is not None else (AudioOrder({}, {}, LAST), True)
            device.once(order.once)
            fade = LevelFade(fade.levels(clock()), order.loops, clock(), order.seconds)
        device.loop(fade.levels(clock()))
    return 0


def listen(lines: Iterable[bytes], orders: Queue[AudioOrder | None]) -> None:
    for line in lines:
        orders.put(read(line))
    orders.put(None)


def newest(orders: Queue[AudioOrder | None]) -> None:
    """Leave only the last of what waits: the device took its time, and what should have sounded once is past."""
    waiting = []
    while not orders.empty():
        waiting.append(orders.get())
    for order in waiting[-2:] if waiting and waiting[-1] is None else waiting[-1:]:
        orders.put(order)


def main() -> int:
    orders: Queue[AudioOrder | None] = Queue()
    threading.Thread(target=listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  it is no path
        # the one clock that runs while a driver holds the lock: nobody else could end this
        faulthandler.dump_traceback_later(PATIENCE, exit=True, file=nowhere)
        try:
            device = AudioDevice(Path(sys.argv[1]))
        except OSError:
            return NO_DEVICE
        finally:
            faulthandler.cancel_dump_traceback_later()
    newest(orders)
    status = mix(orders, device, time.monotonic)
    device.close()
    return status


if __name__ == "__main__":
    # A thread may still wait for standard input: an orderly end would want its lock, and abort.
    status = main()
    sys.stdout.flush()
    os._exit(status)
