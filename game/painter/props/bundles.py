"""Bundles: papers tied with string, as offices keep them."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Shape, mix, scale, shapes


def files(brush: Brush, at: tuple[float, float, float], count: int = 4) -> None:
    """A pile of `count` files tied with string; `at` is the middle of its foot in units of the room."""
    v, colours = brush.view, brush.colours
    x, y, z = at
    rng = random.Random("files")
    brush.stain([v.flat(x - 6.4, x + 5.4, z - 4, z + 4, y)], colours.shadow, 120)
    paper = mix(mix(colours.rim, colours.earth, 0.24), brush.tones.wall, 0.25)
    for _i in range(count):
        thick, shift, wide = rng.uniform(1.5, 2.4), rng.uniform(-0.7, 0.7), rng.uniform(4.2, 5.0)
        tone = mix(paper, colours.earth, rng.uniform(0.0, 0.24))
        left, right, foot, head = x - wide + shift, x + wide + shift, y, y + thick
        leaves = [
            shapes.lens(v.at(left, foot + thick * t, z - 3), v.at(right, foot + thick * t, z - 3), 0.14 * v.u)
            for t in (0.35, 0.6)
        ]
        sides: list[Shape] = v.block(left, foot, right, head, z - 3, z + 3)
        brush.cut(sides, tone, 0.4 * v.u, rim=0.6)
        brush.stain(leaves, scale(tone, 0.6), 150)
        cord = [v.face(x + shift - 0.22, foot, x + shift + 0.22, head, z - 3)]
        cord.append(v.flat(x + shift - 0.22, x + shift + 0.22, z - 3, z + 3, head))
        brush.stain(cord, mix(colours.ink, colours.wood, 0.4), 220)
        y = head
