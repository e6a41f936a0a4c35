"""Scene `years`: the village over a wall with the family's bowls on it, the same in every year: what went is seen."""

from __future__ import annotations

import random

from game.painter.canvas import SNOW, Brush, Shape, mix, scale, shapes
from game.painter.props import tableware
from game.painter.scenes.village import village

SIZES = (0.86, 0.98, 1.06, 1.06, 1.1)  # of the bowls, from the smallest child's on
TOP, FOOT = 0.845, 0.955  # of the subject area's height: the far and the near edge of the wall's top
APART = 16.0  # units between two bowls


def years(brush: Brush) -> None:
    """Paint the village of `state`, and before it a wall with a bowl for each who is there, and rings for the others.

    Reads `bowls`, `pears`, `steam` (they are full); of VILLAGE what the scene of the village reads.
    """
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    village(brush)
    brush = brush.indoors()
    clay = mix(mix(colours.wall, colours.earth, 0.45), colours.ink, 0.08)
    lit = mix(clay, SNOW, 0.6) if state.snow else mix(clay, edge[0], 0.25)
    top, foot = frame.y(TOP), frame.y(FOOT)
    rng = random.Random("wall of the years")
    far: list[tuple[float, float]] = [(-3 * u, top)]
    while far[-1][0] < frame.w + 3 * u:
        far.append((far[-1][0] + rng.uniform(5, 11) * u, top + rng.uniform(-0.25, 0.25) * u))
    outlines = [[*far, (frame.w + 3 * u, frame.h + 2), (-3 * u, frame.h + 2)]]
    rim = mix(lit, edge[0], 0.7), edge[1] + 0.1 * u
    brush.lay(outlines, lit, scale(lit, 0.9), 2.2 * u, edge=rim, span=(top, foot), solid=foot)
    front = shapes.box(-3 * u, foot, frame.w + 6 * u, frame.h - foot + 2 * u)
    rim = mix(clay, edge[0], 0.5), 0.3 * u
    brush.lay(
        [front], scale(clay, 0.86), scale(clay, 0.6), 0.6 * u, edge=rim, span=(foot, foot + 60 * u), solid=foot + 1
    )
    _straw(brush, foot, scale(clay, 0.62))
    for i, size in enumerate(SIZES):
        x, y, k = frame.across(43 + (i - 2) * APART), frame.y((TOP + FOOT) / 2) + 2.4 * u, 1.32 * u * size
        if i >= state.bowls:
            tableware.ring(brush, x, y - 0.4 * u, k, lit, colours.ink)
            continue
        brush.stain([shapes.ellipse(x + 1.4 * k, y + 0.6 * k, 4.6 * k, 1.1 * k, 24)], colours.shadow, 100)
        tableware.bowl(brush, x, y, k, state.steam)


def _straw(brush: Brush, foot: float, tone: tuple[int, int, int]) -> None:
    """Straw in the mud of the wall's face, down to the picture's foot."""
    u, frame = brush.u, brush.frame
    rng = random.Random("straw of the years")
    cuts: list[Shape] = []
    for _ in range(min(420, round(frame.w * max(0.0, frame.h - foot) / (26 * u * u)))):
        x, y = rng.uniform(0, frame.w), rng.uniform(foot + u, frame.h)
        cuts.append(shapes.lens((x, y), (x + rng.uniform(1.2, 3.4) * u, y + rng.uniform(-0.5, 0.5) * u), 0.16 * u))
    brush.stain(cuts, tone, 120)
