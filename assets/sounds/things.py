"""Single sounds: of the pages, which are played where something happens, and of the places, which come now and then."""

from __future__ import annotations

import math
import random

from air import hum
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
)
from work import creak, spin

# Of pages


def click() -> Wave:
    """A loudspeaker is switched on: the contact, the cone, and a breath of hum that dies under the loop's own."""
    out = silence(0.4)
    put(out, burst(80, 0.05, 0.003, high(1200), rise=0.0003), 0.01, 0.5)
    put(out, ringing([(96, 1.0, 0.045), (170, 0.5, 0.025)], 0.3), 0.012, 0.9)
    put(out, times(hum()[: samples(0.38)], curve(lambda t: swell(t, 0, 0.38), 0.38)), 0.015, 0.12)
    return out


def page() -> Wave:
    """A leaf is lifted, goes over, and lies down."""
    length = 0.62
    paper = high(700).run(low(4200).run(noise(length, 90)))
    chance = random.Random(91)
    grain = silence(length)
    for _ in range(420):
        put(
            grain,
            curve(lambda t: math.exp(-t / 0.0022), 0.012),
            (length - 0.02) * chance.random(),
            0.7 * chance.random(),
        )
    shape = curve(lambda t: 0.55 * swell(t, 0.0, 0.24) + swell(t, 0.13, 0.34) + 0.35 * swell(t, 0.42, 0.16), length)
    out = times(times(paper, [0.12 + min(1.5, g) for g in grain]), shape)
    put(out, burst(92, 0.1, 0.02, low(500), rise=0.004), 0.46, 0.16)
    return out


def scales() -> Wave:
    """A sack is let down and hung on the steelyard: its weight, the hook's iron, and once more as it swings."""
    out = silence(2.4)
    weight = burst(110, 0.4, 0.06, low(230), rise=0.01)
    cloth = burst(111, 0.4, 0.05, band(900, 0.6), rise=0.012)
    sack = mixed((1.0, weight), (0.5, cloth), (0.5, ringing([(82, 1, 0.06)], 0.4)))
    put(out, sack, 0.12, 0.9)
    iron = [
        (587, 0.5, 0.42),
        (1423, 0.6, 0.3),
        (1447, 0.3, 0.34),
        (2310, 0.34, 0.2),
        (3755, 0.2, 0.11),
        (5210, 0.1, 0.06),
    ]
    touch = burst(112, 0.05, 0.004, high(1800), rise=0.0004)
    for at, gain in ((0.82, 1.0), (1.02, 0.34), (1.16, 0.12)):
        put(out, ringing([(hz * (1 + 0.004 * gain), loud, decay) for hz, loud, decay in iron], 1.2), at, 0.28 * gain)
        put(out, touch, at, 0.2 * gain)
    return out


def ladle() -> Wave:
    """Two knocks on the rim of an iron pot, before it is filled from the bottom or from the top."""
    out = silence(1.1)
    rim = [
        (392, 0.9, 0.13),
        (873, 0.7, 0.1),
        (1010, 0.35, 0.12),
        (1740, 0.4, 0.06),
        (2690, 0.25, 0.035),
        (3900, 0.1, 0.02),
    ]
    for number, (at, gain) in enumerate(((0.05, 1.0), (0.36, 0.72))):
        put(out, ringing([(hz * (1 + 0.006 * number), loud, decay) for hz, loud, decay in rim], 0.7), at, 0.5 * gain)
        put(out, burst(120 + number, 0.06, 0.008, band(1500, 0.7), rise=0.0006), at, 0.6 * gain)
    return out


# Of places


def _sparrows(seed: int, calls: int, seconds: float) -> Wave:
    """Short calls that fall in pitch, from two or three birds in a hedge."""
    chance = random.Random(seed)
    out = silence(seconds)
    at = 0.04
    for _ in range(calls):
        base, lasts = 3300 + 900 * chance.random(), 0.05 + 0.05 * chance.random()
        bend = 0.25 + 0.3 * chance.random()

        def call(t: float, base: float = base, lasts: float = lasts, bend: float = bend) -> float:
            share = t / lasts
            turns = base * (t + bend * lasts * (share**2 / 2 - share**3 / 3 * 1.6))
            return (math.sin(TURN * turns) + 0.25 * math.sin(2 * TURN * turns)) * swell(share**0.7, 0, 1)

        put(out, curve(call, lasts), at, 0.35 + 0.65 * chance.random())
        at += lasts + 0.06 + 0.16 * chance.random()
        if at > seconds - 0.15:
            break
    return low(6500).run(echoes(out, 0.12, seed + 1, 0.2))


def sparrow() -> Wave:
    """Sparrows in a courtyard: a handful of calls."""
    return _sparrows(210, 7, 1.5)


def sparrow_2() -> Wave:
    """Sparrows in a courtyard: two that answer each other."""
    return _sparrows(220, 4, 1.0)


def pole() -> Wave:
    """A carrying pole under its load: it creaks down, and up again at the next step."""
    out = silence(1.1)
    put(out, creak(0.34, 420, 230), 0.03, 1.0)
    put(out, creak(0.26, 520, 231), 0.58, 0.7)
    return out


def basket() -> Wave:
    """A basket of earth is tipped out."""
    slide = times(band(620, 0.7).run(noise(0.9, 400)), curve(lambda t: swell(t**0.6, 0, 0.9**0.6), 0.9))
    out = silence(1.0)
    put(out, low(1500).run(slide), 0.0, 0.8)
    for number in range(9):
        put(out, burst(410 + number, 0.08, 0.012, low(700), rise=0.004), 0.2 + 0.05 * number, 0.25)
    return out


def rammer() -> Wave:
    """A stone on ropes is dropped to tread down earth, a long way off."""
    out = silence(0.7)
    put(out, ringing([(74, 1, 0.07), (121, 0.4, 0.04)], 0.4), 0.01, 0.9)
    put(out, burst(300, 0.4, 0.05, low(260), rise=0.006), 0.005, 0.8)
    return echoes(out, 0.35, 301, 0.18)


def _bowl(hz: float, seed: int) -> Wave:
    """Two bowls touch: glazed clay, which rings short."""
    out = silence(0.5)
    ring = [(hz, 0.8, 0.06), (1.47 * hz, 0.5, 0.045), (2.31 * hz, 0.3, 0.03), (3.4 * hz, 0.14, 0.018)]
    put(out, ringing(ring, 0.4), 0.01, 0.6)
    put(out, burst(seed, 0.03, 0.003, high(1500), rise=0.0004), 0.01, 0.5)
    put(out, ringing(ring, 0.3), 0.11, 0.2)
    return echoes(out, 0.3, seed + 1, 0.22)


def bowl() -> Wave:
    """A bowl is set upon another."""
    return _bowl(1460, 430)


def bowl_2() -> Wave:
    """A larger bowl is set down."""
    return _bowl(1120, 440)


def bench() -> Wave:
    """A bench is pushed back on a floor of trodden earth."""
    out = silence(0.9)
    rub = times(
        band(340, 1.1).run(noise(0.5, 450)),
        curve(lambda t: swell(t, 0, 0.5) * (0.7 + 0.3 * math.sin(TURN * 23 * t)), 0.5),
    )
    put(out, rub, 0.02, 0.9)
    put(out, creak(0.3, 300, 451), 0.12, 0.3)
    put(
        out, mixed((1.0, burst(452, 0.2, 0.03, low(420), rise=0.003)), (0.5, ringing([(150, 1, 0.04)], 0.2))), 0.52, 0.7
    )
    return echoes(out, 0.35, 453, 0.2)


def snap() -> Wave:
    """A knot bursts in a fire, and its sparks."""
    out = silence(0.5)
    for number, (at, gain) in enumerate(((0.02, 1.0), (0.05, 0.4), (0.13, 0.3), (0.16, 0.15), (0.3, 0.12))):
        put(out, burst(460 + number, 0.06, 0.004 + 0.004 * gain, band(1200 + 700 * number, 0.9), rise=0.0004), at, gain)
    return out


def clapping() -> Wave:
    """A hall claps, heard through its doors: it swells within a second, and thins out."""
    length = 3.6
    out = silence(length)
    chance = random.Random(470)
    for number in range(420):
        at = (length - 0.4) * chance.random() ** 0.9
        force = swell(at, -0.5, length + 0.2) * (0.5 + 0.5 * chance.random())
        put(
            out,
            burst(480 + number, 0.05, 0.006 + 0.004 * chance.random(), band(750 + 900 * chance.random(), 1.2)),
            at,
            force,
        )
    return low(1500).run(echoes(out, 0.5, 471, 0.35))


def steps() -> Wave:
    """Somebody in leather shoes goes by behind a door."""
    out = silence(2.8)
    for number in range(5):
        heel = mixed((1.0, burst(490 + number, 0.12, 0.012, low(900), rise=0.001)),
                     (0.5, ringing([(210, 1, 0.025), (480, 0.4, 0.012)], 0.12)))  # fmt: skip
        put(out, heel, 0.1 + 0.5 * number + 0.02 * (number % 2), 0.45 + 0.5 * swell(number, -1.5, 8))
    return low(1400).run(echoes(out, 0.6, 495, 0.3))


def door() -> Wave:
    """A door down the passage is pulled to, and its latch falls."""
    out = silence(1.2)
    put(out, creak(0.4, 360, 500), 0.02, 0.35)
    put(
        out,
        mixed((1.0, burst(501, 0.3, 0.045, low(330), rise=0.003)), (0.6, ringing([(118, 1, 0.06)], 0.3))),
        0.46,
        0.9,
    )
    put(out, ringing([(1340, 0.5, 0.02), (2280, 0.3, 0.012)], 0.1), 0.53, 0.16)
    return low(1800).run(echoes(out, 0.7, 502, 0.25))


def abacus() -> Wave:
    """Beads are pushed up a rod: a handful of small wooden clicks."""
    out = silence(1.1)
    chance = random.Random(510)
    at = 0.03
    for number in range(8):
        bead = mixed((0.7, ringing([(1850 + 240 * chance.random(), 0.7, 0.008), (3300, 0.3, 0.005)], 0.05)),
                     (0.4, burst(511 + number, 0.05, 0.004, band(1700, 0.9), rise=0.0005)))  # fmt: skip
        put(out, bead, at, 0.5 + 0.5 * chance.random())
        at += (0.05, 0.07, 0.21)[number % 3] + 0.03 * chance.random()
    return out


def beans() -> Wave:
    """A handful of beans falls into a basket."""
    out = silence(1.2)
    chance = random.Random(520)
    for number in range(42):
        at = 0.05 + 0.75 * chance.random() ** 0.8
        grain = burst(521 + number, 0.04, 0.005, band(1300 + 1300 * chance.random(), 1.3), rise=0.0008)
        put(out, grain, at, (0.2 + 0.6 * chance.random()) * swell(at, -0.1, 1.1))
    return out


def broom() -> Wave:
    """A straw broom sweeps a floor, twice."""
    out = silence(1.6)
    for number, at in enumerate((0.03, 0.8)):
        straw = high(1100).run(low(4200).run(noise(0.6, 530 + number)))
        put(out, times(straw, curve(lambda t: swell(t**0.8, 0, 0.6**0.8), 0.6)), at, 0.8 - 0.15 * number)
    return echoes(out, 0.2, 532, 0.12)


def crackle() -> Wave:
    """A loose contact on a telephone line."""
    out = silence(0.6)
    chance = random.Random(540)
    for number in range(12):
        put(out, burst(541 + number, 0.03, 0.003, band(900 + 1500 * chance.random(), 1.0), rise=0.0004),
            0.02 + 0.5 * chance.random() ** 1.5, 0.2 + 0.8 * chance.random() ** 2)  # fmt: skip
    return out


def spool() -> Wave:
    """A winding wheel is turned, and a bobbin fills with wire."""
    return spin(1.5, 26)


def brick() -> Wave:
    """A brick is laid upon others."""
    out = silence(0.4)
    put(out, ringing([(930, 0.7, 0.014), (1710, 0.5, 0.01), (2620, 0.2, 0.006)], 0.1), 0.01, 0.7)
    put(out, burst(550, 0.1, 0.012, band(800, 0.7), rise=0.0008), 0.01, 0.8)
    put(out, burst(551, 0.12, 0.02, low(500), rise=0.002), 0.03, 0.4)
    return out


def hoe() -> Wave:
    """A hoe goes into heavy soil, and the clod is turned."""
    out = silence(0.7)
    put(out, burst(560, 0.2, 0.03, low(600), rise=0.003), 0.01, 0.9)
    put(out, ringing([(1180, 0.4, 0.02), (1990, 0.2, 0.012)], 0.1), 0.012, 0.08)
    crumble = times(band(800, 0.7).run(noise(0.4, 561)), curve(lambda t: swell(t**0.6, 0, 0.4**0.6), 0.4))
    put(out, crumble, 0.2, 0.3)
    return out
