"""Waves as lists of samples: made, filtered, laid over each other, and weighed as an ear does."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

RATE = 16000  # samples a second
TURN = 2 * math.pi

Wave = list[float]


def samples(seconds: float) -> int:
    return round(seconds * RATE)


def noise(seconds: float, seed: int) -> Wave:
    """Hiss between -1 and 1."""
    chance = random.Random(seed)
    return [2 * chance.random() - 1 for _ in range(samples(seconds))]


def silence(seconds: float) -> Wave:
    return [0.0] * samples(seconds)


def curve(shape: Callable[[float], float], seconds: float) -> Wave:
    """What `shape` says at each moment, in seconds."""
    return [shape(i / RATE) for i in range(samples(seconds))]


def times(one: Wave, other: Wave) -> Wave:
    return [a * b for a, b in zip(one, other, strict=True)]


def mixed(*parts: tuple[float, Wave]) -> Wave:
    """Waves of one length over each other, each as loud as its gain."""
    return [sum(gain * part[i] for gain, part in parts) for i in range(len(parts[0][1]))]


class Filter(NamedTuple):
    """Five coefficients: what comes in now, one and two samples ago; what came out one and two ago."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float

    def run(self, wave_in: Wave, around: bool = False) -> Wave:
        """The filtered wave; `around`: as if it had come round before, so that its end meets its beginning."""
        x1 = x2 = y1 = y2 = 0.0
        out: Wave = []
        for _ in range(2 if around else 1):
            out = []
            for x in wave_in:
                y = self.b0 * x + self.b1 * x1 + self.b2 * x2 - self.a1 * y1 - self.a2 * y2
                x1, x2, y1, y2 = x, x1, y, y1
                out.append(y)
        return out


def _second_order(hz: float, q: float) -> tuple[float, float]:
    angle = TURN * hz / RATE
    return math.cos(angle), math.sin(angle) / (2 * q)


def low(hz: float, q: float = 0.707) -> Filter:
    cos, alpha = _second_order(hz, q)
    a0 = 1 + alpha
    return Filter((1 - cos) / 2 / a0, (1 - cos) / a0, (1 - cos) / 2 / a0, -2 * cos / a0, (1 - alpha) / a0)


def high(hz: float, q: float = 0.707) -> Filter:
    cos, alpha = _second_order(hz, q)
    a0 = 1 + alpha
    return Filter((1 + cos) / 2 / a0, -(1 + cos) / a0, (1 + cos) / 2 / a0, -2 * cos / a0, (1 - alpha) / a0)


def band(hz: float, q: float) -> Filter:
    cos, alpha = _second_order(hz, q)
    a0 = 1 + alpha
    return Filter(alpha / a0, 0.0, -alpha / a0, -2 * cos / a0, (1 - alpha) / a0)


def shelf(hz: float, q: float, decibels: float) -> Filter:
    """More of all that is above `hz`."""
    cos, alpha = _second_order(hz, q)
    a = 10 ** (decibels / 40)
    root = 2 * math.sqrt(a) * alpha
    a0 = (a + 1) - (a - 1) * cos + root
    return Filter(
        a * ((a + 1) + (a - 1) * cos + root) / a0,
        -2 * a * ((a - 1) + (a + 1) * cos) / a0,
        a * ((a + 1) + (a - 1) * cos - root) / a0,
        2 * ((a - 1) - (a + 1) * cos) / a0,
        ((a + 1) - (a - 1) * cos - root) / a0,
    )


def swept(wave_in: Wave, centre: Wave, q: float) -> Wave:
    """The band round a `centre` that wanders, in Hz at each sample; round the loop."""
    band_out = low_out = 0.0
    out: Wave = []
    for _ in range(2):
        out = []
        for x, hz in zip(wave_in, centre, strict=True):
            f = 2 * math.sin(math.pi * hz / RATE)
            low_out += f * band_out
            band_out += f * (x - low_out - band_out / q)
            out.append(band_out / q)
    return out


def put(into: Wave, part: Wave, at: float, gain: float = 1.0) -> None:
    """Lay a part over a wave from the second `at` on; what hangs over the end goes on at the beginning."""
    start = samples(at)
    for i, value in enumerate(part):
        into[(start + i) % len(into)] += gain * value


def ringing(tones: list[tuple[float, float, float]], seconds: float) -> Wave:
    """Tones that die away: for each its Hz, how loud it is, and the seconds in which it falls to a third."""
    out = silence(seconds)
    for hz, gain, decay in tones:
        for i in range(len(out)):
            t = i / RATE
            out[i] += gain * math.sin(TURN * hz * t) * math.exp(-t / decay)
    return out


def burst(seed: int, seconds: float, decay: float, through: Filter, rise: float = 0.0015) -> Wave:
    """A knock's noise: there within `rise` seconds, a third of it left after `decay`."""
    shape = curve(lambda t: min(1.0, t / rise) * math.exp(-t / decay), seconds)
    return times(through.run(noise(seconds, seed)), shape)


def wander(seconds: float, seed: int, points: int, least: float, most: float) -> Wave:
    """A value that wanders between `least` and `most` by chance, smoothly, with `points` turns; round the loop."""
    chance = random.Random(seed)
    at = [least + (most - least) * chance.random() for _ in range(points)]
    count = samples(seconds)
    out = silence(seconds)
    for i in range(count):
        place = points * i / count
        before = int(place)
        share = 0.5 - 0.5 * math.cos(math.pi * (place - before))
        out[i] = (1 - share) * at[before] + share * at[(before + 1) % points]
    return out


def echoes(sound: Wave, seconds: float, seed: int, gain: float, around: bool = False) -> Wave:
    """A sound with some thirty echoes of a room that dies away in `seconds`; `around`: as in `Filter.run`."""
    chance = random.Random(seed)
    out = list(sound)
    for _ in range(30):
        after = seconds * chance.random() ** 1.5 + 0.007
        kept = len(sound) if around else max(0, len(sound) - samples(after))
        put(out, sound[:kept], after, gain * math.exp(-4 * after / seconds) * chance.choice((-1, 1)))
    return out


def limited(sound: Wave, highest: float = 0.63) -> Wave:
    """A sound whose peaks are bent softly below `highest`, from four fifths of it on."""
    bend = 0.8 * highest
    rest = highest - bend
    return [x if abs(x) <= bend else math.copysign(bend + rest * math.tanh((abs(x) - bend) / rest), x) for x in sound]


def swell(t: float, start: float, length: float) -> float:
    """From nothing to 1 and back, smoothly, between `start` and `start` + `length`."""
    share = (t - start) / length
    return 0.5 - 0.5 * math.cos(TURN * share) if 0 < share < 1 else 0.0


def blocks(sound: Wave, length: int) -> Iterator[Wave]:
    """Stretches of that many samples, each half over the one before."""
    for start in range(0, max(1, len(sound) - length + 1), length // 2):
        yield sound[start : start + length]


def loudness(sound: Wave, seconds: float | None = None, around: bool = False) -> float:
    """As ITU-R BS.1770 weighs one channel, in LUFS: of the whole, or of the loudest stretch of `seconds`."""
    heard = high(38.1, 0.5).run(shelf(1500, 0.707, 4.0).run(sound, around), around)
    length = len(heard) if seconds is None else samples(seconds)
    power = max(sum(x * x for x in part) / length for part in blocks(heard, length))
    return -0.691 + 10 * math.log10(power)
