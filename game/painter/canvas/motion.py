"""Motion: slow animations over a painting, as pure functions of time. No brightness changes suddenly."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, NamedTuple

from game.core.values import frozen
from game.painter.canvas.byte_cache import cached
from game.painter.canvas.colour import Colour

Kind = Literal["smoke", "plume", "steam", "flame", "snow", "grain", "dust"]
Stamp = Literal["wisp", "puff", "light", "flake", "kernel", "speck"]
Box = tuple[float, float, float, float]  # left, top, width, height in pixels

MOST_LIGHT = 0.17  # largest alpha of a flame's light
MOST_PUFF, MOST_WISP = 0.4, 0.48  # largest alpha of smoke
VARIANTS = 3  # variants of a puff or a wisp
FLAKES = ((0.34, 48, 0.62), (0.5, 92, 0.8), (0.8, 210, 0.94))  # a flake's size in units, units² to a flake, opacity


@frozen
class Move:
    """One animated thing. Lengths and positions are pixels.

    Attributes:
        at: where it starts (smoke, plume, steam, grain) or stays (flame), or its area's upper left corner (snow, dust).
        reach: how far right and down it goes; for snow, the size of its area; for dust, the vector along its shaft.
        size: the size of its largest piece; for snow the number of pixels in a unit.
        strength: a factor of its opacity, 0 to 1.
        seed: makes its randomness repeatable, and different from that of other moves.
        through: the openings, such as windows, through which it is visible; if empty, it is visible everywhere.
        across: for dust, the vector from one side of its shaft of light to the other.
    """

    kind: Kind
    at: tuple[float, float]
    reach: tuple[float, float]
    size: float
    colour: Colour
    strength: float = 1.0
    seed: str = ""
    through: tuple[Box, ...] = ()
    across: tuple[float, float] = (0.0, 0.0)


class MovingPiece(NamedTuple):
    """One small image to draw. `stamp` is its kind, and `variant` says which of the kind's shapes it has. Its centre
    (`x`, `y`) and its `size` are in pixels; its opacity `alpha` is 0 to 1."""

    stamp: Stamp
    x: float
    y: float
    size: float
    alpha: float
    variant: int = 0


def pieces(move: Move, moment: float) -> Iterator[MovingPiece]:
    """Yield the pieces to draw for `move` at the time `moment` (in seconds), from back to front."""
    return _KINDS[move.kind](move, moment)


@cached(2_000_000, lambda shares: 180 * len(shares))
def _shares(seed: str, count: int) -> tuple[tuple[float, float, float, float], ...]:
    """Return four random numbers between 0 and 1 for each of `count` pieces."""
    rng = random.Random(seed)
    return tuple((rng.random(), rng.random(), rng.random(), rng.random()) for _ in range(count))


def _rising(
    move: Move, moment: float, stamp: Stamp, count: int, period: float, most: float, sway: float
) -> Iterator[MovingPiece]:
    """Yield `count` pieces that rise one after another, grow, thin out and vanish after `period` seconds. `most` is the
    largest alpha of a piece. `sway` is how far a piece sways to each side, as a factor of the move's size."""
    (x, y), (across, up) = move.at, move.reach
    for i, (a, b, c, d) in enumerate(_shares(move.seed, count)):
        life = (moment / period + (i + 0.6 * a) / count) % 1.0
        out = across * life**1.6 + move.size * sway * life * math.sin(math.tau * (b + life * (0.9 + 0.5 * c)))
        density = most * move.strength * math.sin(math.pi * life**0.62) ** 1.4
        yield MovingPiece(stamp, x + out, y + up * life, move.size * (0.24 + 0.86 * life), density, int(d * VARIANTS))


def _flame(move: Move, moment: float) -> Iterator[MovingPiece]:
    """Yield a wide and a narrow light of a flame. Two slow waves of unequal length change the brightness of both."""
    first = _shares(move.seed, 1)[0]
    breath = 0.5 + 0.32 * math.sin(math.tau * (moment / 6.1 + first[0])) + 0.18 * math.sin(
        math.tau * (moment / 9.7 + first[1])
    )  # fmt: skip
    yield MovingPiece("light", *move.at, move.size, MOST_LIGHT * move.strength * breath)
    yield MovingPiece("light", *move.at, move.size * 0.34, MOST_LIGHT * move.strength * breath)


def _snow(move: Move, moment: float) -> Iterator[MovingPiece]:
    """Yield flakes at three distances. Near flakes are larger and fall faster."""
    (left, top), (width, height), u = move.at, move.reach, move.size
    room = width * height / max(1.0, u * u)
    wide, tall = width + 4 * u, height + 4 * u
    # a room's windows show only distant snow
    for near, (size, each, density) in enumerate(FLAKES[:2] if move.through else FLAKES):
        pace = (1.9 + 1.35 * near) * u
        for a, b, c, d in _shares(f"{move.seed} {near}", min(700, int(room / each))):
            wind = (0.25 + 0.2 * near) * u * moment + (0.5 + d) * u * math.sin(math.tau * (moment / (5 + 4 * c) + c))
            x = left - 2 * u + (a * wide + wind) % wide
            y = top - 2 * u + (b * tall + pace * (0.85 + 0.3 * d) * moment) % tall
            yield MovingPiece("flake", x, y, max(1.6, 2 * size * u), density * move.strength)


def _grain(move: Move, moment: float) -> Iterator[MovingPiece]:
    """Yield kernels that fall out of a sack's seam, ever faster."""
    (x, y), (across, down) = move.at, move.reach
    for i, (a, b, c, d) in enumerate(_shares(move.seed, 26)):
        life = (moment / 3.4 + (i + 0.7 * a) / 26) % 1.0
        shown = min(1.0, life * 9, (1 - life) * 7)
        spread = move.size * (b - 0.5) * (1.0 + 1.6 * life)
        yield MovingPiece("kernel", x + across * life + spread, y + down * life**1.7, move.size * (0.75 + 0.4 * c),
                    shown * move.strength, int(d * 4))  # fmt: skip


def _dust(move: Move, moment: float) -> Iterator[MovingPiece]:
    """Yield the lit motes among those that drift down a shaft of light. Each mote is lit for a while."""
    (x0, y0), (dx, dy), (wx, wy) = move.at, move.reach, move.across
    area = abs(dx * wy - dy * wx)
    for a, b, c, d in _shares(move.seed, max(4, min(26, int(area / max(1.0, (move.size * 26) ** 2))))):
        down = (b + moment * 0.005 * (0.4 + c) + 0.03 * math.sin(math.tau * (moment / 17 + c))) % 1.0
        side = 0.1 + 0.8 * a + 0.07 * math.sin(math.tau * (moment / (23 + 11 * c) + d))
        # a mote is invisible at the shaft's ends, where it appears and vanishes
        lit = max(0.0, math.sin(math.tau * (moment / (9 + 7 * d) + a))) ** 2 * min(1.0, 8 * down, 8 * (1 - down))
        if lit > 0:
            yield MovingPiece(
                "speck",
                x0 + side * wx + down * dx,
                y0 + side * wy + down * dy,
                move.size * (0.6 + 0.8 * c),
                0.75 * lit * move.strength,
            )


_KINDS: dict[Kind, Callable[[Move, float], Iterator[MovingPiece]]] = {
    "smoke": partial(_rising, stamp="wisp", count=7, period=17.0, most=MOST_WISP, sway=0.5),
    "plume": partial(_rising, stamp="puff", count=8, period=19.0, most=MOST_PUFF, sway=0.3),
    "steam": partial(_rising, stamp="wisp", count=7, period=12.0, most=MOST_WISP * 0.8, sway=0.6),
    "flame": _flame, "snow": _snow, "grain": _grain, "dust": _dust,
}  # fmt: skip
