"""Crowd: distant people as small silhouettes. A few people are drawn once and repeated."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from game.painter.canvas import Point, Shape, shapes

Doing = Literal["carrying", "standing", "digging", "bending"]


def walker(rng: random.Random, size: float, doing: Doing, facing: int = 1) -> list[Shape]:
    """Return a person whose feet are at the origin, `size` pixels high, who faces right (1) or left (-1)."""
    k = size / 10 * rng.uniform(0.92, 1.08)
    f = facing
    stride = rng.uniform(0.7, 1.5)
    lean = {"carrying": 0.5, "standing": 0.0, "digging": 1.5, "bending": 2.6}[doing]
    hip, neck = (0.0, -4.6), (lean, -8.0 if doing != "bending" else -6.6)

    def at(x: float, y: float) -> Point:
        return f * x * k, y * k

    def line(points: Sequence[Point], widths: Sequence[float]) -> Shape:
        return shapes.ribbon([at(x, y) for x, y in points], [w * k for w in widths])

    cuts: list[Shape] = [
        line([hip, (stride * 0.7, -2.3), (stride, 0.0)], [1.5, 1.2, 0.9]),
        line([hip, (-stride * 0.4, -2.3), (-stride, -0.1)], [1.5, 1.2, 0.9]),
        line([(hip[0] - 0.1, -3.6), (lean * 0.6, (hip[1] + neck[1]) / 2), neck], [2.1, 2.3, 1.5]),
    ]
    head = (neck[0] + 0.24 * lean + 0.1, neck[1] - 1.0 + 0.2 * lean)
    cuts.append(
        [at(head[0] + 1.0 * math.cos(a), head[1] + 1.1 * math.sin(a)) for a in (math.tau * i / 8 for i in range(8))]
    )
    covered = rng.random()
    hx, hy = head
    if covered < 0.4:  # a felt cap: a low dome with its rolled brim
        dome = [(-1.3, -0.2), (-1.2, -1.1), (-0.5, -1.75), (0.5, -1.75), (1.2, -1.1), (1.3, -0.2)]
        cuts.append([at(hx + x, hy + y) for x, y in dome])
    elif covered < 0.75:  # a kerchief: close round the head, its corner on the neck behind
        cloth = [(0.9, -0.9), (0.0, -1.4), (-1.1, -0.9), (-1.3, 0.3), (-2.0, 1.7), (-0.6, 1.3), (0.7, 0.9)]
        cuts.append([at(hx + x, hy + y) for x, y in cloth])
    if doing == "carrying":
        dip = rng.uniform(0.5, 1.1)
        bar = [(lean - 6.0, neck[1] + dip), (lean, neck[1] - 0.1), (lean + 6.0, neck[1] + dip)]
        cuts.append(line(shapes.smooth(bar, 4), [0.5] * 9))
        for side in (-1, 1):
            x, y = lean + 5.7 * side, neck[1] + dip
            cuts.append(line([(x, y), (x, y + 3.0)], [0.3, 0.3]))
            basket = [(x - 1.7, y + 2.8), (x + 1.7, y + 2.8), (x + 1.2, y + 4.7), (x - 1.2, y + 4.7)]
            heap = [(x - 1.5, y + 2.9), (x, y + 2.1), (x + 1.5, y + 2.9)]
            cuts += [[at(*p) for p in basket], [at(*p) for p in heap]]
    elif doing == "digging":
        cuts.append(line([(lean - 0.2, neck[1] + 1.2), (lean + 3.2, -3.4)], [0.9, 0.6]))
        cuts.append(line([(lean + 1.0, neck[1] + 0.4), (lean + 4.6, 0.2)], [0.4, 0.4]))
        cuts.append([at(lean + 4.0, -0.2), at(lean + 5.6, -0.7), at(lean + 5.2, 0.6), at(lean + 4.2, 0.7)])
    elif doing == "bending":
        cuts.append(line([(lean, neck[1] + 0.8), (lean + 1.6, -3.0), (lean + 2.0, -1.4)], [0.9, 0.7, 0.5]))
    else:
        cuts.append(line([(lean - 0.5, neck[1] + 0.9), (lean - 1.0, -4.4)], [0.9, 0.6]))
    return cuts


def placed(cuts: Sequence[Shape], x: float, y: float) -> list[Shape]:
    """Move outlines from the origin to (x, y)."""
    return [[(x + px, y + py) for px, py in cut] for cut in cuts]


def procession(rng: random.Random, path: Sequence[Point], size: float, spacing: float, share: float) -> list[Shape]:
    """Return carriers, `size` pixels high. Places for them lie along `path`, about `spacing` pixels apart. A person
    walks at the fraction `share` (0 to 1) of these places."""
    kinds = {facing: [walker(rng, size, "carrying", facing) for _ in range(6)] for facing in (-1, 1)}
    people: list[Shape] = []
    left = 0.0
    for (ax, ay), (bx, by) in pairwise(path):
        length = math.hypot(bx - ax, by - ay)
        facing = 1 if bx >= ax else -1
        at = left
        while at < length:
            t = at / max(length, 1e-6)
            kind, here, step = rng.choice(kinds[facing]), rng.random(), rng.uniform(0.6, 1.45)
            aside = rng.uniform(-0.12, 0.16) * size
            if here < share:
                people += placed(kind, ax + (bx - ax) * t, ay + (by - ay) * t + aside)
            at += spacing * step
        left = at - length
    return people
