"""Audio process: a program that plays sounds. Its standard input has one command a line, as JSON.

    python -P game/desktop/audio/audio_process.py FOLDER

FOLDER has the program's sounds. The samples of loops from a story's pack come with the commands.

It is a separate process because opening a sound device holds the GIL. This would block the window for half a minute if
the sound server did not answer, and for an eighth of a second if there were no server. Drivers also print messages, and
some of them crash their process.

It ends when its input ends. It ends with the status NO_DEVICE if the device is missing or was removed. It imports
nothing else of the game, and so starts in a tenth of a second.
"""

from __future__ import annotations

import binascii
import faulthandler
import json
import math
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from queue import Empty, Queue
from types import MappingProxyType
from typing import NamedTuple

import pygame
import pygame.mixer

RATE = 16000  # samples a second, as in the files: if the device resampled each loop alone, its seam would be heard
BUFFER = 256  # samples; the volume changes once for each of these buffers
CHANNELS = 16
FADE_STEP = 0.016  # seconds between two steps of a fade
# Most seconds by which a fade advances in one step, even if that step comes late. On a busy machine a fade takes longer
# instead of jumping (measured with ten processes on two cores: steps of a tenth of a second, which clicked).
LONGEST_STEP = 0.024
DEVICE_CHECK = 2.0  # seconds between two checks whether the device is still there
FIRST_OCCASION = 1.5  # seconds at a place before its first occasional sound, after the page turn
FADE_OUT = 0.25  # seconds of the fade to silence at the end
OPEN_TIMEOUT = 45  # seconds for a device to open: a sound server's library gives up after 30 without an answer
NO_DEVICE = 3


class AudioCommand(NamedTuple):
    """What the process plays from now on: sounds by name, with their levels from 0 to 1.

    `loops` fade to their levels within `seconds`, and all other loops to silence. Sounds of `once` play now. Sounds of
    `occasional` play now and then, with a level and the mean seconds between two plays. `samples` has new loops that
    FOLDER does not have: 16 bits, one channel, RATE a second. The process keeps them.
    """

    loops: Mapping[str, float]
    once: Mapping[str, float]
    seconds: float
    occasional: Mapping[str, tuple[float, float]] = MappingProxyType({})
    samples: Mapping[str, bytes] = MappingProxyType({})

    def line(self) -> bytes:
        """Return the command as a line of JSON."""
        samples = {name: binascii.b2a_base64(part, newline=False).decode() for name, part in self.samples.items()}
        parts = dict(self.loops), dict(self.once), self.seconds, dict(self.occasional), samples
        return json.dumps(parts).encode() + b"\n"


def parse_command(line: bytes) -> AudioCommand:
    """Return the command in a line that `AudioCommand.line` has made."""
    loops, once, seconds, occasional, encoded = json.loads(line)
    sounds = {name: (level, every) for name, (level, every) in occasional.items()}
    samples = {name: binascii.a2b_base64(part) for name, part in encoded.items()}
    return AudioCommand(loops, once, seconds, sounds, samples)


class LevelFade(NamedTuple):
    """A fade from the levels `before` to the levels `after`, by loop. A loop missing in one of them has level 0 there.

    While one loop replaces another of the same level, the loudness (the sum of their squared levels) stays the same.
    """

    before: Mapping[str, float]
    after: Mapping[str, float]
    start: float  # seconds of a clock
    seconds: float

    def is_over(self, now: float) -> bool:
        """Return whether the fade has ended at `now`, a time of the same clock as `start`."""
        return now >= self.start + self.seconds

    def levels(self, now: float) -> dict[str, float]:
        """Return the level of each loop at `now`."""
        names = self.before.keys() | self.after.keys()
        if self.is_over(now):
            return {name: self.after.get(name, 0.0) for name in names}
        share = max(0.0, (now - self.start) / self.seconds)
        quarter_turn = math.pi / 2 * share * share * (3 - 2 * share)  # slow at both ends: a step there clicks
        before, after = math.cos(quarter_turn), math.sin(quarter_turn)
        return {
            name: math.hypot(before * self.before.get(name, 0.0), after * self.after.get(name, 0.0)) for name in names
        }


class Occasions:
    """Chooses at random when the occasional sounds of a place play, and how loud. No sound plays in the first
    FIRST_OCCASION seconds at a place. Between two plays of a sound is at least half of its mean interval."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._sounds: Mapping[str, tuple[float, float]] = {}
        self._next: dict[str, float] = {}

    def change(self, sounds: Mapping[str, tuple[float, float]], now: float) -> set[str]:
        """Replace the sounds of the old place by `sounds`, those of the new place, which are as in
        `AudioCommand.occasional`. Return the names of the old place's sounds that the new place does not have."""
        gone = self._next.keys() - sounds.keys()
        self._sounds = sounds
        self._next = {
            name: self._next.get(name, now + FIRST_OCCASION + every * self._chance.uniform(0, 1))
            for name, (_, every) in sounds.items()
        }
        return set(gone)

    def due(self, now: float) -> dict[str, float]:
        """Return the sounds that are due now, with their levels, and choose when each is due again."""
        due = {}
        for name, (level, every) in self._sounds.items():
            if now >= self._next[name]:
                due[name] = level * self._chance.uniform(0.6, 1.0)
                self._next[name] = now + every * self._chance.uniform(0.5, 1.5)
        return due

    def wait(self, now: float) -> float:
        """Return the seconds until the next sound is due; infinity if there are no sounds."""
        return max(0.0, min(self._next.values(), default=math.inf) - now)


class AudioDevice:
    """The system's sound device. It plays the .wav files of `folder`, and the sounds in `samples` (name -> samples). It
    removes a sound from `samples` when it loads this sound. Raises OSError if there is no device."""

    def __init__(self, folder: Path, samples: dict[str, bytes]) -> None:
        self._folder, self._samples = folder, samples
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._looping: set[str] = set()
        try:
            pygame.display.init()  # SDL reports devices by events of its video system
            pygame.mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
        except pygame.error as error:
            raise OSError(str(error)) from None
        pygame.mixer.set_num_channels(CHANNELS)

    def loop(self, levels: Mapping[str, float]) -> None:
        """Set the levels of these loops. A loop plays while its level is above 0."""
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)  # set it before the sound starts, which would pop at full volume
            if level > 0 and name not in self._looping:
                sound.play(loops=-1)
                self._looping.add(name)
            elif level <= 0 and name in self._looping:
                sound.stop()
                self._looping.remove(name)

    def once(self, levels: Mapping[str, float]) -> None:
        """Play these sounds once at these levels."""
        for name, level in levels.items():
            sound = self._sound(name)
            sound.set_volume(level)
            sound.play()

    def fade_out(self, names: Iterable[str], seconds: float) -> None:
        """Fade out these sounds, which `once` has started, if they still play."""
        for name in names:
            self._sound(name).fadeout(round(1000 * seconds))

    @property
    def lost(self) -> bool:
        """Whether the device was unplugged, or its sound server has ended."""
        gone = pygame.event.get(pygame.AUDIODEVICEREMOVED)
        return any(event.which and not event.iscapture for event in gone)

    def close(self) -> None:
        """Close the device once it has played what is in its buffers."""
        time.sleep(3 * BUFFER / RATE)  # the buffers still have sound in them
        pygame.mixer.quit()

    def _sound(self, name: str) -> pygame.mixer.Sound:
        if name in self._samples:
            self._sounds[name] = pygame.mixer.Sound(buffer=self._samples.pop(name))
        elif name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(str(self._folder / f"{name}.wav"))
        return self._sounds[name]


def play_commands(
    commands: Queue[AudioCommand | None], device: AudioDevice, clock: Callable[[], float], chance: random.Random
) -> int:
    """Play commands until None comes (return 0) or the device is lost (return NO_DEVICE). `clock` returns seconds."""
    fade, ending, heard = LevelFade({}, {}, 0.0, 0.0), False, set[str]()
    occasions = Occasions(chance)
    moment, before = 0.0, clock()  # the time of the fade, and when it last advanced, both in seconds
    while not (ending and fade.is_over(moment)):
        wait = min(occasions.wait(clock()), DEVICE_CHECK) if fade.is_over(moment) else FADE_STEP
        try:
            command = commands.get(timeout=wait)
        except Empty:
            if device.lost:
                return NO_DEVICE
        else:
            command, ending = (command, ending) if command is not None else (AudioCommand({}, {}, FADE_OUT), True)
            gone = occasions.change(command.occasional, clock())
            device.fade_out(heard if ending else gone & heard, command.seconds)
            device.once(command.once)
            heard |= command.once.keys()
            fade = LevelFade(fade.levels(moment), command.loops, moment, command.seconds)
        now = clock()
        moment, before = moment + min(now - before, LONGEST_STEP), now
        due = occasions.due(now)
        device.once(due)
        heard |= due.keys()
        device.loop(fade.levels(moment))
    return 0


def read_commands(lines: Iterable[bytes], commands: Queue[AudioCommand | None], samples: dict[str, bytes]) -> None:
    """Read all lines, queue the command of each, and at last None. Put the samples of each command into `samples`,
    because a later command can need them after `drop_stale` has removed this command."""
    for line in lines:
        command = parse_command(line)
        samples.update(command.samples)
        commands.put(command._replace(samples={}))
    commands.put(None)


def drop_stale(commands: Queue[AudioCommand | None]) -> None:
    """Remove all queued commands except the newest and a final None: the device has opened too late for them."""
    waiting = []
    while not commands.empty():
        waiting.append(commands.get())
    for command in waiting[-2:] if waiting and waiting[-1] is None else waiting[-1:]:
        commands.put(command)


def main() -> int:
    """Run the program, and return its exit status."""
    commands: Queue[AudioCommand | None] = Queue()
    samples: dict[str, bytes] = {}
    threading.Thread(target=read_commands, args=(sys.stdin.buffer, commands, samples), daemon=True).start()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  not a file of a folder
        # the only kind of timer that still runs while a driver holds the GIL
        faulthandler.dump_traceback_later(OPEN_TIMEOUT, exit=True, file=nowhere)
        try:
            device = AudioDevice(Path(sys.argv[1]), samples)
        except OSError:
            return NO_DEVICE
        finally:
            faulthandler.cancel_dump_traceback_later()
    drop_stale(commands)
    status = play_commands(commands, device, time.monotonic, random.Random())
    device.close()
    return status


if __name__ == "__main__":
    # A thread may still wait for standard input. A normal exit would need that thread's lock, and abort.
    status = main()
    sys.stdout.flush()
    os._exit(status)
