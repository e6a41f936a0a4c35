"""Audio process: a program that plays the sounds its standard input asks for, one JSON command a line.

    python -P game/desktop/audio/audio_process.py FOLDER

It is a process of its own because opening a sound device holds the GIL: a sound server that does not answer would
block the window for half a minute, and a machine without one for an eighth of a second. Drivers also print messages,
and some of them crash their process.

It ends with its input, or with the status NO_DEVICE where there is no device, or no longer. It imports nothing else of
the game, and so starts in a tenth of a second.
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
FADE_STEP = 0.02  # seconds between two steps of a fade
DEVICE_CHECK = 2.0  # seconds between two checks whether the device is still there
FADE_OUT = 0.25  # seconds of the fade to silence at the end
OPEN_TIMEOUT = 45  # seconds for a device to open: a server that does not answer is given up by its own library after 30
NO_DEVICE = 3


class AudioCommand(NamedTuple):
    """What to play: `loops` reach their levels in `seconds`; the sounds of `once` start now. Levels are 0 to 1."""

    loops: Mapping[str, float]
    once: Mapping[str, float]
    seconds: float

    def line(self) -> bytes:
        """The command as a line of JSON."""
        return json.dumps(self).encode() + b"\n"


def parse_command(line: bytes) -> AudioCommand:
    """The command of a line."""
    return AudioCommand(*json.loads(line))


class LevelFade(NamedTuple):
    """A linear fade between two sets of levels; a loop that is missing in one has level 0 there."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    start: float
    seconds: float

    def is_over(self, now: float) -> bool:
        """Whether the fade has ended at `now`, in seconds of the clock of `start`."""
        return now >= self.start + self.seconds

    def levels(self, now: float) -> dict[str, float]:
        """The level of each loop at `now`."""
        share = 1.0 if self.is_over(now) else max(0.0, (now - self.start) / self.seconds)
        names = self.before.keys() | self.after.keys()
        return {name: (1 - share) * self.before.get(name, 0.0) + share * self.after.get(name, 0.0) for name in names}


class AudioDevice:
    """The system's sound device, playing the .wav files of `folder`. Raises OSError where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._looping: set[str] = set()
        try:
            pygame.display.init()  # SDL reports devices by events of its video system
            pygame.mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
        except pygame.error as error:
            raise OSError(str(error)) from None
        pygame.mixer.set_num_channels(CHANNELS)

    def loop(self, levels: Mapping[str, float]) -> None:
        """Set the levels of these loops, starting and stopping them as needed."""
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)  # before it starts: at full volume it would pop
            if level > 0 and name not in self._looping:
                sound.play(loops=-1)
                self._looping.add(name)
            elif level <= 0 and name in self._looping:
                sound.stop()
                self._looping.remove(name)

    def once(self, levels: Mapping[str, float]) -> None:
        """Start these sounds at these levels."""
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)
            sound.play()

    @property
    def lost(self) -> bool:
        """Whether the device was unplugged, or its server has ended."""
        gone = pygame.event.get(pygame.AUDIODEVICEREMOVED)
        return any(event.which and not event.iscapture for event in gone)

    def close(self) -> None:
        """Close the device once its buffers are played."""
        time.sleep(3 * BUFFER / RATE)  # what was mixed is still in the buffers
        pygame.mixer.quit()

    def _sound(self, name: str) -> pygame.mixer.Sound:
        if name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(str(self._folder / f"{name}.wav"))
        return self._sounds[name]


def play_commands(commands: Queue[AudioCommand | None], device: AudioDevice, clock: Callable[[], float]) -> int:
    """Play commands until None comes; returns the exit status. `clock` gives seconds."""
    fade, ending = LevelFade({}, {}, clock(), 0.0), False
    while not (ending and fade.is_over(clock())):
        try:
            command = commands.get(timeout=DEVICE_CHECK if fade.is_over(clock()) else FADE_STEP)
        except Empty:
            if device.lost:
                return NO_DEVICE
        else:
            command, ending = (command, ending) if command is not None else (AudioCommand({}, {}, FADE_OUT), True)
            device.once(command.once)
            fade = LevelFade(fade.levels(clock()), command.loops, clock(), command.seconds)
        device.loop(fade.levels(clock()))
    return 0


def read_commands(lines: Iterable[bytes], commands: Queue[AudioCommand | None]) -> None:
    """The reading thread: queue the command of each line, then None."""
    for line in lines:
        commands.put(parse_command(line))
    commands.put(None)


def drop_stale(commands: Queue[AudioCommand | None]) -> None:
    """Keep only the newest of the queued commands: while the device opened, the others became out of date."""
    waiting = []
    while not commands.empty():
        waiting.append(commands.get())
    for command in waiting[-2:] if waiting and waiting[-1] is None else waiting[-1:]:
        commands.put(command)


def main() -> int:
    """Run the program; returns its exit status."""
    commands: Queue[AudioCommand | None] = Queue()
    threading.Thread(target=read_commands, args=(sys.stdin.buffer, commands), daemon=True).start()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  it is no path
        # the only timer that runs while a driver holds the GIL
        faulthandler.dump_traceback_later(OPEN_TIMEOUT, exit=True, file=nowhere)
        try:
            device = AudioDevice(Path(sys.argv[1]))
        except OSError:
            return NO_DEVICE
        finally:
            faulthandler.cancel_dump_traceback_later()
    drop_stale(commands)
    status = play_commands(commands, device, time.monotonic)
    device.close()
    return status


if __name__ == "__main__":
    # A thread may still wait for standard input: an orderly end would want its lock, and abort.
    status = main()
    sys.stdout.flush()
    os._exit(status)
