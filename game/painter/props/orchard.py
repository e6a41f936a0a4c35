"""Orchard: draws pear trees: in blossom, in leaf, bare, or felled."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Shape, lit_edge, mix, scale, shapes


def orchard(brush: Brush, crest: shapes.Profile) -> None:
    """Draw two rows of pear trees on a slope: `state.pears` tenths stand, the lower ones are felled first."""
    u, frame = brush.u, brush.frame
    rng = random.Random("orchard")
    trees: list[tuple[float, float, float]] = []
    for row in range(2):
        spacing = (6.4 + row * 1.3) * u
        count = max(1, math.ceil(frame.width * 0.62 / spacing))
        for i in range(count):
            x = frame.x(0.38) + (i + 0.5 * row + rng.uniform(-0.14, 0.14)) * spacing
            trees.append((x, crest(x) + (1.2 + 3.0 * row) * u, (2.8 + 0.6 * row) * u * rng.uniform(0.85, 1.12)))
    standing_and_felled(brush, rng, trees, u)


def standing_and_felled(brush: Brush, rng: random.Random, trees: list[tuple[float, float, float]], u: float) -> None:
    """Draw the first `state.pears` tenths of `trees` as trees, the others as stumps. Arguments are as for `pears`."""
    standing = round(len(trees) * brush.state.pears / 10)
    for stand, some in ((True, trees[:standing]), (False, trees[standing:])):
        if some:
            pears(brush, rng, some, u, stand)


def pears(brush: Brush, rng: random.Random, trees: list[tuple[float, float, float]], u: float, stand: bool) -> None:
    """Draw pear trees, or stumps if not `stand`. Each of `trees` is a foot's x and y, and a crown's radius."""
    colours, state = brush.colours, brush.state
    edge, width = lit_edge(colours, state, u)
    bark = mix(colours.wood, colours.ink, 0.3)
    size = trees[0][2]
    if not stand:
        cut = [shapes.stump(x, y, size * 0.34) for x, y, size in trees]
        brush.lay(cut, bark, scale(bark, 0.8), 0.4 * u, edge=(mix(bark, edge, 0.7), 0.2 * u))
        return
    if state.season == "winter":
        boughs = [bough for x, y, size in trees for bough in shapes.bare(rng, x, y, size * 2.1)]
        brush.lay(boughs, bark, bark, size * 0.12, edge=(mix(bark, edge, 0.8), width * 0.5))
        return
    trunks: list[Shape] = []
    for x, y, size in trees:
        trunks += [
            shapes.ribbon(
                [(x, y + 1), (x - size * 0.05, y - size * 0.6), (x - size * 0.3, y - size * 1.2)],
                [size * 0.2, size * 0.15, size * 0.08],
            ),
            shapes.ribbon([(x, y - size * 0.4), (x + size * 0.3, y - size * 1.2)], [size * 0.14, size * 0.08]),
        ]
    brush.lay(trunks, bark)
    top = colours.blossom if state.season == "spring" else mix(colours.leaf, colours.rim, 0.12)
    low = mix(top, colours.leaf, 0.45) if state.season == "spring" else scale(colours.leaf, 0.8)
    crowns: list[Shape] = []
    cuts: list[Shape] = []
    for x, y, size in trees:
        cy = y - size * 1.35
        crowns.append(shapes.crown(rng, x, cy, size, size * 0.82))
        for _ in range(7 + int(size / max(u, 1.0)) * 3 // 2):
            a, r = rng.uniform(0, math.tau), rng.uniform(0.1, 0.66) * size
            cuts.append(
                shapes.leaf(
                    x + r * math.cos(a), cy + r * math.sin(a) * 0.8, min(size * 0.3, 1.8 * u), rng.uniform(0.3, 2.8)
                )
            )
    brush.lay(crowns, top, low, size * 0.16, holes=cuts, edge=(mix(top, edge, 0.7), width))
