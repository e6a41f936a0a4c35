"""Make the game's sounds: nothing is recorded, each is noise and a few tones, filtered and put in time.

    python assets/sounds/make.py [--out FOLDER] [NAME ...]

Writes NAME.wav, each of them where none is named, beside this file or into FOLDER: 16 bits, one channel, `RATE`
samples a second. The same bytes come out each time. A loop has no seam: its filters have run through it once before
it is taken, and what sounds over its end goes on at its beginning. Loops are equally loud, as an ear weighs them
(`LOOP`), and mixed where they are played; a sound that is heard once has the loudness that stands beside it.
"""

from __future__ import annotations

import argparse
import array
import math
import random
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from waves import (
    RATE,
    TURN,
    Wave,
    band,
    burst,
    curve,
    high,
    loudness,
    low,
    mixed,
    noise,
    put,
    ringing,
    samples,
    silence,
    swell,
    swept,
    times,
)

HERE = Path(__file__).resolve().parent
LOOP = -34.0  # loudness of a loop over its whole length
BLOCK = 0.4  # seconds over which the loudness of what is heard once is taken: at its loudest


# Places: loops


def wind() -> Wave:
    """Air over roofs and fields: no tone in it, and never quite still."""
    length = 7.0
    air = low(420).run(low(420).run(noise(length, 1), around=True), around=True)
    air = high(70).run(air, around=True)
    slow = curve(lambda t: 1 + 0.22 * math.sin(TURN * t / length) + 0.13 * math.sin(TURN * 3 * t / length + 1), length)
    return times(air, slow)


def gusts() -> Wave:
    """What finds the gaps in a wall: two swells that rise in pitch as they rise in strength."""
    length = 9.0

    def strength(t: float) -> float:
        return 0.3 + 0.7 * swell(t, 0.7, 4.6) + 0.42 * swell(t, 5.0, 3.2)

    force = curve(strength, length)
    flutter = low(5).run(noise(length, 3), around=True)
    centre = [360 + 330 * f + 900 * w for f, w in zip(force, flutter, strict=True)]
    whistle = swept(noise(length, 2), centre, 2.6)
    return times(low(1500).run(low(1900).run(whistle, around=True), around=True), force)


def crickets() -> Wave:
    """A summer evening: three of them, each at its own distance and in its own time."""
    length = 5.0
    out = [0.02 * value for value in high(900).run(low(2500).run(noise(length, 4), around=True), around=True)]

    def chirp(hz: float, pulses: int) -> Wave:
        pulse = curve(lambda t: math.sin(TURN * hz * t) * swell(t, 0.0, 0.017), 0.018)
        whole = silence(0.034 * pulses)
        for number in range(pulses):
            put(whole, pulse, 0.032 * number, 0.55 + 0.45 * number / pulses)
        return whole

    chance = random.Random(5)
    for hz, pulses, every, gain in ((4150.0, 3, 0.5, 1.0), (4480.0, 4, 0.625, 0.42), (3900.0, 3, 0.4545, 0.2)):
        for number in range(round(length / every)):
            if chance.random() < 0.82:
                put(
                    out,
                    chirp(hz, pulses),
                    number * every + 0.03 * chance.random(),
                    gain * (0.8 + 0.2 * chance.random()),
                )
    return out


def bellows() -> Wave:
    """A box bellows: the board goes in and comes back, a flap knocks at each turn, and the fire takes its breath."""
    length = 5.6
    out = silence(length)
    strokes = ((0.0, 1.35, 1.0, 420.0), (1.45, 1.2, 0.7, 330.0), (2.8, 1.4, 0.94, 410.0), (4.27, 1.2, 0.74, 335.0))
    for number, (at, lasts, gain, hz) in enumerate(strokes):
        deep = band(hz, 0.9).run(noise(lasts, 10 + number))
        thin = band(2.6 * hz, 1.2).run(noise(lasts, 20 + number))
        breath = mixed((1.0, deep), (0.3, thin))
        shape = curve(lambda t, lasts=lasts: swell(t**0.72, 0.0, lasts**0.72) ** 1.3, lasts)
        put(out, times(low(1300).run(breath), shape), at, gain)
        put(out, mixed((0.5, ringing([(265, 1, 0.016), (610, 0.5, 0.009)], 0.12)),
                       (0.5, burst(30 + number, 0.12, 0.012, low(1500)))), at - 0.03, 0.5 * gain)  # fmt: skip
    draught = low(160).run(noise(length, 40), around=True)
    return high(50).run(mixed((1.0, out), (0.5, draught)), around=True)


def fire() -> Wave:
    """Straw and wood under a pot: a low flutter, and what snaps in it."""
    length = 5.0
    flutter = curve(
        lambda t: 1 + 0.3 * math.sin(TURN * 4 * t / length) + 0.2 * math.sin(TURN * 11 * t / length), length
    )
    out = times(high(60).run(low(210).run(noise(length, 50), around=True), around=True), flutter)
    out = [0.8 * value for value in out]
    chance = random.Random(51)
    for number in range(38):
        at, size = length * chance.random(), chance.random() ** 3
        hz, decay = 900 + 2600 * chance.random(), 0.0015 + 0.006 * chance.random()
        put(out, burst(100 + number, 0.05, decay, band(hz, 1.1), rise=0.0004), at, 0.12 + 0.7 * size)
    return out


def earth() -> Wave:
    """People who carry earth and tread it down: feet near and far, baskets emptied, a rammer a long way off."""
    length = 7.0
    out = [0.05 * value for value in high(80).run(low(500).run(noise(length, 60), around=True), around=True)]
    chance = random.Random(61)
    for number in range(40):
        at = length * (number + 0.7 * chance.random()) / 40
        step = burst(200 + number, 0.16, 0.028, low(340 + 380 * chance.random()), rise=0.012)
        put(out, step, at, 0.3 + 0.6 * chance.random() ** 2)
    for number, at in enumerate((0.4, 1.75, 3.15, 4.5, 5.85)):
        thud = mixed((1.0, ringing([(74 + 5 * number % 9, 1, 0.07), (121, 0.4, 0.04)], 0.4)),
                     (0.8, burst(300 + number, 0.4, 0.05, low(260), rise=0.006)))  # fmt: skip
        put(out, thud, at + 0.12 * chance.random(), 0.32 + 0.14 * chance.random())
    for number, at in enumerate((1.1, 4.05)):
        slide = times(band(620, 0.7).run(noise(0.9, 400 + number)), curve(lambda t: swell(t**0.6, 0, 0.9**0.6), 0.9))
        put(out, low(1500).run(slide), at, 0.3)
    return high(45).run(out, around=True)


def hum() -> Wave:
    """A loudspeaker that is on while nobody speaks into it: the mains twice over, and a little hiss."""
    length = 2.0
    tones = ((50, 0.35), (100, 1.0), (150, 0.24), (200, 0.42), (300, 0.22), (400, 0.1), (500, 0.07), (700, 0.03))
    mains = curve(lambda t: sum(gain * math.sin(TURN * hz * t + hz) for hz, gain in tones), length)
    hiss = high(900).run(low(2800).run(noise(length, 70), around=True), around=True)
    drift = curve(lambda t: 1 + 0.06 * math.sin(TURN * t / length), length)
    return mixed((1.0, times(mains, drift)), (0.32, hiss))


# Things: heard once


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


LOOPS: dict[str, Callable[[], Wave]] = {
    "wind": wind, "gusts": gusts, "crickets": crickets, "bellows": bellows, "fire": fire, "earth": earth, "hum": hum,
}  # fmt: skip
ONCE: dict[str, tuple[Callable[[], Wave], float]] = {
    "click": (click, -33.0), "page": (page, -33.0), "scales": (scales, -29.0), "ladle": (ladle, -29.0),
}  # fmt: skip


def finished(name: str) -> Wave:
    """A sound as it is kept: without a constant part, at its loudness, and begun and ended softly if it is no loop."""
    if name in LOOPS:
        sound = LOOPS[name]()
        middle = sum(sound) / len(sound)
        sound = [x - middle for x in sound]
        gain = 10 ** ((LOOP - loudness(sound, around=True)) / 20)
    else:
        make, loud = ONCE[name]
        sound = high(30).run(make())
        edges = curve(lambda t: min(1.0, t / 0.002, max(0.0, len(sound) / RATE - t) / 0.03), len(sound) / RATE)
        sound = times(sound, edges)
        gain = 10 ** ((loud - loudness(sound, BLOCK)) / 20)
    return [gain * x for x in sound]


def write(name: str, folder: Path) -> Path:
    """Write one sound as a WAV file; the file."""
    values = array.array("h", (round(32767 * max(-1.0, min(1.0, x))) for x in finished(name)))
    if sys.byteorder == "big":
        values.byteswap()
    path = folder / f"{name}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(values.tobytes())
    return path


def main() -> None:
    known = [*LOOPS, *ONCE]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)} (default: each)")
    parser.add_argument("--out", type=Path, default=HERE, metavar="FOLDER", help="where to (default: beside this file)")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in known]:
        parser.error(f"there is no sound {unknown[0]!r}; there are {', '.join(known)}")
    for name in given.names or known:
        path = write(name, given.out)
        sys.stdout.write(f"{path.name} {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
