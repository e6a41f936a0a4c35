"""Loops of work and of people: bellows, fire, feet, a cart, and voices without words."""

from __future__ import annotations

import math
import random

from waves import (
    TURN,
    Wave,
    band,
    burst,
    curve,
    echoes,
    high,
    low,
    mixed,
    noise,
    put,
    ringing,
    samples,
    silence,
    swell,
    times,
    wander,
)


def bellows() -> Wave:
    """A box bellows: the board goes in and comes back, a flap knocks at each turn, and the fire takes its breath."""
    length = 9.3
    out = silence(length)
    chance = random.Random(31)
    at = 0.0
    for number in range(7):
        inward = number % 2 == 0
        lasts, gain = (
            1.2 + 0.14 * chance.random() + 0.1 * inward,
            (0.95 if inward else 0.7) * (1 - 0.12 * chance.random()),
        )
        hz = (405 if inward else 325) + 30 * chance.random()
        deep = band(hz, 0.9).run(noise(lasts, 10 + number))
        thin = band(2.6 * hz, 1.2).run(noise(lasts, 20 + number))
        breath = mixed((1.0, deep), (0.3, thin))
        shape = curve(lambda t, lasts=lasts: swell(t**0.72, 0.0, lasts**0.72) ** 1.3, lasts)
        put(out, times(low(1300).run(breath), shape), at, gain)
        put(out, mixed((0.5, ringing([(265, 1, 0.016), (610, 0.5, 0.009)], 0.12)),
                       (0.5, burst(30 + number, 0.12, 0.012, low(1500)))), at - 0.03, 0.5 * gain)  # fmt: skip
        at += length / 7 + 0.05 * (chance.random() - 0.5)
    draught = low(160).run(noise(length, 40), around=True)
    return high(50).run(mixed((1.0, out), (0.5, times(draught, wander(length, 41, 6, 0.7, 1.3)))), around=True)


def fire() -> Wave:
    """Straw and wood under a pot: a low flutter, and what snaps in it."""
    length = 8.0
    flutter = times(wander(length, 49, 37, 0.6, 1.4), wander(length, 48, 9, 0.8, 1.2))
    out = times(high(60).run(low(210).run(noise(length, 50), around=True), around=True), flutter)
    hiss = times(high(1200).run(low(5000).run(noise(length, 52), around=True), around=True), flutter)
    out = mixed((0.8, out), (0.02, hiss))
    chance = random.Random(51)
    for number in range(64):
        at, size = length * chance.random(), chance.random() ** 3
        hz, decay = 900 + 2600 * chance.random(), 0.0015 + 0.006 * chance.random()
        put(out, burst(100 + number, 0.05, decay, band(hz, 1.1), rise=0.0004), at, 0.12 + 0.7 * size)
    return out


def feet() -> Wave:
    """Many people who carry earth: feet on trodden ground, near and far, in nobody's step."""
    length = 10.3
    out = [0.05 * value for value in high(80).run(low(500).run(noise(length, 60), around=True), around=True)]
    chance = random.Random(61)
    for number in range(86):
        at = length * (number + 0.9 * chance.random()) / 86
        far = chance.random()
        step = burst(200 + number, 0.16, 0.028, low(300 + 420 * (1 - far) + 60 * chance.random()), rise=0.012)
        put(out, step, at, 0.2 + 0.75 * (1 - far) ** 2)
        if chance.random() < 0.3:  # gravel under the heel
            put(
                out, burst(300 + number, 0.12, 0.02, band(1300 + 900 * chance.random(), 0.8), rise=0.01), at + 0.02, 0.1
            )
    return high(45).run(out, around=True)


def cart() -> Wave:
    """A handcart on a rutted road: its rumble, stones under the rim, and an axle that creaks at each turn."""
    length = 6.1
    turn = length / 3
    rumble = low(150).run(low(240).run(noise(length, 80), around=True), around=True)
    out = times(high(40).run(rumble, around=True), wander(length, 81, 23, 0.5, 1.5))
    chance = random.Random(82)
    for number in range(26):
        knock = mixed((1.0, burst(800 + number, 0.15, 0.02, low(420), rise=0.003)),
                      (0.3, ringing([(190 + 60 * chance.random(), 1, 0.03)], 0.15)))  # fmt: skip
        put(out, knock, length * chance.random(), 0.06 + 0.3 * chance.random() ** 2)
    for number in range(3):
        put(out, creak(0.5, 470 + 40 * number, 90 + number), turn * number + 0.12 * chance.random(), 0.09)
        put(out, creak(0.3, 560 - 30 * number, 95 + number), turn * number + 0.9 + 0.1 * chance.random(), 0.06)
    return out


def creak(seconds: float, hz: float, seed: int) -> Wave:
    """Wood that sticks and slips: a quick row of knocks which becomes a tone, through the wood's own resonances."""
    chance = random.Random(seed)
    out = silence(seconds)
    at = 0.0
    while at < seconds - 0.02:
        rate = hz / 6 * (0.75 + 0.5 * math.sin(math.pi * at / seconds)) * (0.9 + 0.2 * chance.random())
        put(
            out,
            curve(lambda t: math.exp(-t / 0.0012), 0.008),
            at,
            swell(at, 0, seconds) * (0.6 + 0.4 * chance.random()),
        )
        at += 1 / rate
    body = mixed((1.0, band(hz, 5).run(out)), (0.6, band(2.3 * hz, 6).run(out)), (0.25, band(4.1 * hz, 5).run(out)))
    return times(body, curve(lambda t: min(1.0, t / 0.01, (seconds - t) / 0.02), seconds))


def _syllable(f0: float, lasts: float, formants: tuple[float, float], chance: random.Random) -> Wave:
    """A voiced sound that is no vowel of any word: pulses through two resonances that slide."""
    fall = 0.9 + 0.2 * chance.random()
    phase, out = 0.0, silence(lasts)
    for i in range(samples(lasts)):
        phase += f0 * (1 + (fall - 1) * i / samples(lasts)) / 16000
        out[i] = 2 * (phase % 1.0) - 1
    voiced = mixed((1.0, band(formants[0], 4).run(out)), (0.5, band(formants[1], 6).run(out)))
    return times(voiced, curve(lambda t: swell(t**0.8, 0, lasts**0.8), lasts))


def murmur() -> Wave:
    """Voices across a room: nine people at their own pitch and pace, with rests, and not a word in it."""
    length = 15.0
    out = silence(length)
    chance = random.Random(130)
    for number in range(9):
        f0 = (96, 104, 112, 121, 134, 172, 188, 205, 221)[number]
        near = 0.25 + 0.75 * chance.random() ** 2
        at = 3 * chance.random()
        while at < length - 0.3:
            for _ in range(3 + int(9 * chance.random())):  # a phrase
                lasts = 0.11 + 0.13 * chance.random()
                sound = _syllable(f0 * (0.88 + 0.26 * chance.random()), lasts,
                                  (330 + 380 * chance.random(), 900 + 800 * chance.random()), chance)  # fmt: skip
                put(out, sound, at, near * (0.5 + 0.5 * chance.random()))
                at += 0.8 * lasts + 0.05 * chance.random()
            at += 0.5 + 3.2 * chance.random() ** 2
    dull = low(1000).run(low(1300).run(high(120).run(out, around=True), around=True), around=True)
    air = low(500).run(high(120).run(noise(length, 131), around=True), around=True)
    return mixed((1.0, echoes(dull, 0.7, 132, 0.5, around=True)), (0.012, air))


def spin(seconds: float, hz: float) -> Wave:
    """A wheel that is turned and let run: its ratchet slows down."""
    out = silence(seconds)
    at, rate = 0.0, hz
    while at < seconds - 0.05:
        put(out, ringing([(1250, 0.6, 0.006), (2100, 0.4, 0.004)], 0.04), at, 0.5 * swell(at + 0.12, 0, seconds + 0.24))
        rate = hz * (1 - 0.6 * at / seconds)
        at += 1 / rate
    whirr = band(700, 1.5).run(noise(seconds, 140))
    return mixed((1.0, out), (0.5, times(whirr, curve(lambda t: swell(t, 0, seconds) * (1 + math.sin(TURN * 9 * t)) / 2,
                                                      seconds))))  # fmt: skip
