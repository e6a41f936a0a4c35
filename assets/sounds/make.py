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
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import air
import things
import work
from waves import RATE, Wave, curve, high, limited, loudness, times

HERE = Path(__file__).resolve().parent
LOOP = -22.0  # loudness of a loop over its whole length, in LUFS
SPARSE = -20.0  # of what comes now and then at a place, over its loudest BLOCK
BLOCK = 0.4  # seconds over which the loudness of what is heard once is taken: at its loudest

Maker = Callable[[], Wave]


LOOPS: dict[str, Maker] = {
    "wind": air.wind, "gusts": air.gusts, "room": air.room, "water": air.water, "crickets": air.crickets,
    "cicadas": air.cicadas, "hum": air.hum, "line": air.line, "bellows": work.bellows, "fire": work.fire,
    "feet": work.feet, "cart": work.cart, "murmur": work.murmur,
}  # fmt: skip
ONCE: dict[str, tuple[Maker, float]] = {
    "click": (things.click, -24.0), "page": (things.page, -24.0), "scales": (things.scales, -20.0),
    "ladle": (things.ladle, -20.0),
} | {name: (maker, SPARSE) for name, maker in {
    "sparrow": things.sparrow, "sparrow-2": things.sparrow_2, "cricket": air.cricket, "pole": things.pole,
    "basket": things.basket, "rammer": things.rammer, "bowl": things.bowl, "bowl-2": things.bowl_2,
    "bench": things.bench, "snap": things.snap, "clapping": things.clapping, "steps": things.steps,
    "door": things.door, "abacus": things.abacus, "beans": things.beans, "broom": things.broom,
    "crackle": things.crackle, "spool": things.spool, "brick": things.brick, "hoe": things.hoe,
}.items()}  # fmt: skip


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
    return limited([gain * x for x in sound])


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
