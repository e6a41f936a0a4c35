"""Loops of air, water, insects and wires: what a place sounds like while nobody does anything."""

from __future__ import annotations

import math
import random

from waves import (
    TURN,
    Wave,
    burst,
    curve,
    high,
    low,
    mixed,
    noise,
    put,
    silence,
    swell,
    swept,
    times,
    wander,
)


def wind() -> Wave:
    """Air over roofs and fields: no tone in it, and never quite still."""
    length = 15.7
    air = low(420).run(low(420).run(noise(length, 1), around=True), around=True)
    leaves = high(900).run(low(2600).run(noise(length, 6), around=True), around=True)
    slow = wander(length, 7, 11, 0.55, 1.45)
    return mixed((1.0, times(high(70).run(air, around=True), slow)), (0.035, times(leaves, times(slow, slow))))


def gusts() -> Wave:
    """What finds the gaps in a wall: five swells that rise in pitch as they rise in strength."""
    length = 19.0
    at = ((0.7, 4.6, 0.8), (5.4, 3.2, 0.45), (8.1, 5.2, 0.62), (12.4, 2.6, 0.3), (15.0, 4.4, 0.7))

    def strength(t: float) -> float:
        return 0.3 + sum(gain * swell(t % length, start, lasts) for start, lasts, gain in at)

    force = curve(strength, length)
    flutter = low(5).run(noise(length, 3), around=True)
    centre = [360 + 330 * f + 900 * w for f, w in zip(force, flutter, strict=True)]
    whistle = swept(noise(length, 2), centre, 2.6)
    return times(low(1500).run(low(1900).run(whistle, around=True), around=True), force)


def room() -> Wave:
    """Air outside a house, as it is heard within: low, and softer still when it falls."""
    length = 11.0
    air = low(230).run(low(230).run(noise(length, 8), around=True), around=True)
    near = low(700).run(high(150).run(noise(length, 9), around=True), around=True)
    slow = wander(length, 10, 7, 0.6, 1.4)
    return high(55).run(mixed((1.0, times(air, slow)), (0.16, near)), around=True)


def water() -> Wave:
    """A creek over stones: many small drops of tone that rise as they close, and its rush far below them."""
    length = 11.0
    out = [0.16 * x for x in low(1100).run(high(250).run(noise(length, 15), around=True), around=True)]
    chance = random.Random(16)
    for _ in range(520):
        hz, lasts = 380 + 1500 * chance.random() ** 1.6, 0.02 + 0.05 * chance.random()
        rise = 1 + 0.35 * chance.random()

        def drop(t: float, hz: float = hz, lasts: float = lasts, rise: float = rise) -> float:
            return math.sin(TURN * hz * t * (1 + (rise - 1) * t / lasts / 2)) * swell(t, -0.2 * lasts, 1.2 * lasts)

        put(out, curve(drop, lasts), length * chance.random(), 0.05 + 0.22 * chance.random() ** 2)
    return times(low(2600).run(out, around=True), wander(length, 17, 13, 0.8, 1.2))


def _chirp(hz: float, pulses: int) -> Wave:
    """One cricket's call."""
    pulse = curve(lambda t: math.sin(TURN * hz * t) * swell(t, 0.0, 0.017), 0.018)
    whole = silence(0.034 * pulses)
    for number in range(pulses):
        put(whole, pulse, 0.032 * number, 0.55 + 0.45 * number / pulses)
    return whole


def crickets() -> Wave:
    """A summer evening: five of them, each at its own distance and in its own time, with rests."""
    length = 9.7
    out = [0.02 * value for value in high(900).run(low(2500).run(noise(length, 4), around=True), around=True)]
    chance = random.Random(5)
    for hz, pulses, every, gain, rests in (
        (4150.0, 3, 0.5, 0.8, 0.2), (4480.0, 4, 0.625, 0.5, 0.15), (3900.0, 3, 0.4545, 0.3, 0.1),
        (4290.0, 3, 0.5556, 0.24, 0.2), (4620.0, 2, 0.4, 0.16, 0.3),
    ):  # fmt: skip
        resting = False
        for number in range(round(length / every)):
            resting = chance.random() < (0.6 if resting else rests)
            if not resting:
                at = number * every + 0.04 * chance.random()
                put(out, _chirp(hz * (1 + 0.004 * chance.random()), pulses), at, gain * (0.7 + 0.3 * chance.random()))
    return out


def cricket() -> Wave:
    """The last one, in October: slower and lower, since it is cold."""
    out = silence(0.9)
    for number, gain in enumerate((0.8, 1.0, 0.7)):
        put(out, _chirp(3560, 3), 0.02 + 0.28 * number, gain)
    return out


def cicadas() -> Wave:
    """A summer noon in the trees: a band of hiss that pulses fast, swells, and ebbs."""
    length = 8.0
    far = high(3300).run(low(5200).run(noise(length, 18), around=True), around=True)
    near = swept(noise(length, 19), wander(length, 20, 9, 4100, 4500), 7)
    pulse = curve(lambda t: 0.5 + 0.5 * math.sin(TURN * 46 * t) ** 2, length)
    return mixed((0.35, times(far, wander(length, 21, 7, 0.5, 1.2))),
                 (1.0, times(times(near, pulse), wander(length, 22, 10, 0.15, 1.0))))  # fmt: skip


def hum() -> Wave:
    """A loudspeaker that is on while nobody speaks into it: the mains twice over, and a little hiss."""
    length = 2.0
    tones = ((50, 0.35), (100, 1.0), (150, 0.24), (200, 0.42), (300, 0.22), (400, 0.1), (500, 0.07), (700, 0.03))
    mains = curve(lambda t: sum(gain * math.sin(TURN * hz * t + hz) for hz, gain in tones), length)
    hiss = high(900).run(low(2800).run(noise(length, 70), around=True), around=True)
    drift = curve(lambda t: 1 + 0.06 * math.sin(TURN * t / length), length)
    return mixed((1.0, times(mains, drift)), (0.32, hiss))


def line() -> Wave:
    """A telephone line while nobody speaks: thin hiss from 300 to 3,000 Hz, a tone from far away, single clicks."""
    length = 5.0
    hiss = low(2900).run(high(400).run(high(300).run(noise(length, 75), around=True), around=True), around=True)
    tone = curve(lambda t: math.sin(TURN * 425 * t) + 0.3 * math.sin(TURN * 850 * t), length)
    out = mixed(
        (1.0, times(hiss, wander(length, 76, 9, 0.8, 1.2))), (0.035, times(tone, wander(length, 77, 5, 0.2, 1)))
    )
    chance = random.Random(78)
    for number in range(14):
        put(out, burst(700 + number, 0.02, 0.002, high(900), rise=0.0004), length * chance.random(),
            0.3 * chance.random() ** 2)  # fmt: skip
    return out
