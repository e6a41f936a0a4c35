"""Scene `orchard`: the pear orchard from inside: in bud, in blossom, in fruit, or felled."""

from __future__ import annotations

import math
import random

from game.core.values import frozen
from game.painter.canvas import Brush, Frame, Part, Point, SceneState, Shape, mix, scale, shapes
from game.painter.props import fields, landscape, settlement


@frozen
class Pear:
    """A pear tree: its foot (x, y) and its `size` to the crown's edge, in pixels. It stands while its `order` (0 to 9)
    is below the parameter `pears`. `row` is its terrace; 0 is the farthest."""

    x: float
    y: float
    size: float
    order: int
    row: int


# Each terrace: its row as a share of the subject area's height, its trees' size and spacing in units.
_ROWS = ((0.615, 4.4, 11.0), (0.705, 7.4, 18.5), (0.875, 13.0, 36.0))
REACH = 2.1  # a tree's widest reach to each side, as a factor of its size


def grove(brush: Brush) -> None:
    """Paint the orchard, in which `pears` tenths of the trees stand."""
    frame, state = brush.frame, brush.state
    landscape.backdrop(brush, "grove", 0.44, (0.2, 0.17))
    landscape.birds(brush, (0.55, 0.2))
    landscape.ridge(brush, brush.crest("grove ground", 0.525, 1.0, 90), 0.58, 10 * brush.u, haze=0.35)
    ends = (frame.across(34), frame.w + 4 * brush.u)
    settlement.beyond(brush, "grove", ends, frame.y(0.56), 0.6 * brush.u, 14, (1.2, 2.2, 5.0))
    brush.glow((frame.x(0.3), frame.y(0.55)), 52 * brush.u, brush.colours.halo, 0.4, 0.5)
    trees = pears(frame)
    for row, (base, size, _) in enumerate(_ROWS):
        _slope(brush, row, base)
        mine = [tree for tree in trees if tree.row == row and -REACH * tree.size < tree.x < frame.w + REACH * tree.size]
        _stones(brush, row, base)
        for tree in mine:
            if tree.order >= state.pears:
                _felled(brush, tree)
        standing = [tree for tree in mine if tree.order < state.pears]
        if row == 2:
            with brush.parts.named("heap"):
                _heap(brush)
        _standing(brush, standing, size)
    landscape.close(brush, "grove snow", (frame.x(0.45), frame.y(0.6)), 0.26)


def pears(frame: Frame) -> list[Pear]:
    """Return every tree that ever stood here, in pixels."""
    trees: list[Pear] = []
    orders = (3, 8, 1, 6, 9, 4, 0, 7, 2, 5)
    for row, (base, size, spacing) in enumerate(_ROWS):
        rng = random.Random(f"pears {row}")
        count = min(40, math.ceil(frame.w / (spacing * frame.u)) + 2)
        first = math.floor((frame.across(0) + 8 * frame.u) / (spacing * frame.u))
        for i in range(count):
            k = i - first
            x = frame.across(11 + 5 * row) + (k + rng.uniform(-0.1, 0.1)) * spacing * frame.u
            y = frame.y(base) + rng.uniform(0.4, 1.6) * (1 + row) * frame.u
            trees.append(Pear(x, y, size * frame.u * rng.uniform(0.9, 1.1), orders[(k * 3 + row * 4) % 10], row))
    return trees


def _slope(brush: Brush, row: int, base: float) -> None:
    """Draw a terrace of the slope. If at least half of all trees are gone, it is ploughed for wheat."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    near = 0.64 + 0.14 * row
    crest = shapes.profile(random.Random(f"terrace {row}"), frame.y(base) - 1.5 * u, (0.8 + 0.5 * row) * u, 80 * u)
    depth = frame.h if row == 2 else 24 * u
    landscape.ridge(brush, crest, near, depth, haze=0.3)
    gone = 10 - state.pears
    if gone < 5:
        cuts = shapes.scratches(random.Random(f"grass {row}"), frame.w, frame.y(base), frame.y(base) + 9 * u, 1.6 * u)
        tone = colours.hill(near)
        brush.slit(cuts, mix(tone, colours.ink, 0.4), mix(tone, colours.rim, 0.35))
        return
    soil = mix(colours.earth, colours.hill(near), 0.25)
    top = frame.y(base) + (0.6 + row) * u
    deep = (7.5 + 9 * row) * u if row < 2 else frame.h - top + 4 * u
    bed = [(x, y + 2.2 * u) for x, y in shapes.land(crest, -3 * u, frame.w + 3 * u, top + deep, max(8.0, 2 * u))]
    brush.cut([bed], mix(soil, colours.sky_low, 0.2 * (2 - row) / 2), 0.3 * u, lit=0.12, dark=0.8, rim=0.4)
    furrows = shapes.scratches(
        random.Random(f"wheat {row}"), frame.w, top + u, min(frame.h, top + deep), (1.1 + row) * u
    )
    brush.slit(furrows, mix(soil, colours.ink, 0.45), mix(soil, brush.light, 0.4))
    if state.crops in ("young", "standing", "ripe"):
        # Wheat grows between stones: here and there a blade.
        def ground(x: float) -> float:
            return crest(x) + (4 + 2 * row) * u

        rng = random.Random(f"thin {row}")
        blades = fields.growth(rng, "young", ground, frame.w, (1.6 + row) * u, (4.6 + 3 * row) * u)
        brush.cut(blades, colours.stalk, 0.2 * u)


def _stones(brush: Brush, row: int, base: float) -> None:
    """Draw the stones on the ground. Where less than half of the trees stand, there are four times as many."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random(f"stones {row}")
    stones: list[Shape] = []
    k = (0.5 + 0.55 * row) * u
    count = min(160, round(frame.w / (9 * k)))
    shown = count if brush.state.pears < 5 else count // 4
    for _ in range(shown):
        x, y = rng.uniform(0, frame.w), frame.y(base) + rng.uniform(2.0, 6.0 + 4 * row) * u
        r = rng.uniform(0.6, 1.5) * k
        ring = [
            (x + r * rng.uniform(0.85, 1.15) * math.cos(a), y + 0.6 * r * math.sin(a))
            for a in (math.tau * i / 7 for i in range(7))
        ]
        stones.append(shapes.smooth(ring, 3, closed=True))
    brush.cut(stones, mix(colours.wall, colours.ink, 0.3), 0.35 * u, lit=0.25, dark=0.7, rim=0.7)


def _felled(brush: Brush, tree: Pear) -> None:
    bark = mix(brush.colours.wood, brush.colours.ink, 0.35)
    tall = tree.size * 0.26
    brush.cut([shapes.stump(tree.x, tree.y, tall)], bark, 0.5 * brush.u, rim=0.5)
    face = shapes.ellipse(tree.x, tree.y - tall, tall * 0.31, tall * 0.12, 20)
    brush.cut([face], mix(mix((232, 200, 150), bark, 0.25), brush.colours.sky_low, 0.12), 0, rim=0.4)


def _standing(brush: Brush, trees: list[Pear], size: float) -> None:
    u, colours, state = brush.u, brush.colours, brush.state
    if not trees:
        return
    bark = mix(mix(colours.wood, colours.ink, 0.35), colours.sky_low, 0.22 * (2 - trees[0].row) / 2)
    boughs: list[Shape] = []
    crowns: list[Shape] = []
    cuts: list[Shape] = []
    bits: list[Shape] = []
    budding = state.season == "spring" and state.thing == "buds"
    leafless = state.season == "winter" or budding
    for tree in trees:
        name = f"pear {tree.row} {tree.order} {round(tree.x / max(1.0, tree.size))}"
        rng = random.Random(name)
        x, y, s = tree.x, tree.y, tree.size
        firsts = len(boughs), len(crowns), len(bits)
        if leafless:
            twigs = shapes.bare(rng, x, y, s * 2.3, rng.uniform(-0.06, 0.06))
            boughs += twigs
            if budding:
                bits += [
                    shapes.leaf(*twig[2], 0.09 * s, rng.uniform(-2.4, -0.8), 0.6)
                    for twig in twigs[len(twigs) // 3 :: 2]
                ]
            brush.parts.add(_tree_part(name, tree, boughs[firsts[0] :], bits[firsts[2] :]))
            continue
        trunk = shapes.smooth(shapes.points(x, y, s, (0, 0.1), (0.05, -0.5), (-0.04, -1)), 4)
        boughs.append(shapes.ribbon(trunk, [s * (0.24 - 0.01 * i) for i in range(len(trunk))]))
        hubs: list[Point] = []
        for turn in (-1.0, -0.45, 0.15, 0.65, 1.1):
            end = (x + s * 0.78 * math.sin(turn), y - s * (0.95 + 0.72 * math.cos(turn)))
            mid = (x + s * 0.3 * math.sin(turn), y - s * (0.9 + 0.2 * math.cos(turn)))
            boughs.append(shapes.ribbon([(x, y - 0.7 * s), mid, end], [0.13 * s, 0.09 * s, 0.03 * s]))
            hubs.append(end)
        for hx, hy in [*hubs, (x, y - 1.35 * s)]:
            crowns.append(shapes.crown(rng, hx, hy, s * rng.uniform(0.36, 0.48), s * rng.uniform(0.28, 0.36), 8))
            for _ in range(5 if tree.row else 3):
                a, r = rng.uniform(0, math.tau), rng.uniform(0.05, 0.28) * s
                cuts.append(
                    shapes.leaf(hx + r * math.cos(a), hy + r * math.sin(a), 0.11 * s, rng.uniform(-0.4, 2.8), 0.4)
                )
            if tree.row:
                bits += _on_boughs(rng, state, hx, hy, s)
        brush.parts.add(_tree_part(name, tree, boughs[firsts[0] :], crowns[firsts[1] :], bits[firsts[2] :]))
    brush.cut(boughs, bark, 0.09 * size * u, rim=0.45)
    spring = state.season == "spring"
    top = colours.blossom if spring else mix(colours.leaf, colours.rim, 0.06)
    brush.cut(
        crowns,
        mix(top, colours.sky_low, 0.2 * (2 - trees[0].row) / 2),
        0.12 * size * u,
        holes=cuts,
        lit=0.2,
        dark=0.84,
        rim=0.7,
    )
    tone = mix(colours.leaf, colours.rim, 0.35 if budding else 0) if spring else mix(colours.ear, colours.leaf, 0.2)
    brush.cut(bits, tone, 0.35 * u, lit=0.25, rim=0.6, edge=(brush.light, max(0.8, 0.1 * u)))


def _tree_part(name: str, tree: Pear, *outlines: list[Shape]) -> Part:
    """Return a tree as a part that can be felled. Half of the trees fall to the left, half to the right."""
    shapes_of = tuple(shape for group in outlines for shape in group)
    return Part(name, shapes_of, (tree.x, tree.y), fall=landscape.FELLED if tree.order % 2 else -landscape.FELLED)


def _on_boughs(rng: random.Random, state: SceneState, x: float, y: float, size: float) -> list[Shape]:
    """Return what is on the boughs around (x, y): young leaves among blossom in spring, otherwise pears."""
    if state.season == "spring":
        return [
            shapes.leaf(
                x + rng.uniform(-0.4, 0.4) * size,
                y + rng.uniform(-0.2, 0.3) * size,
                0.14 * size,
                rng.uniform(0, 3),
                0.45,
            )
            for _ in range(3)
        ]
    hung: list[Shape] = []
    for _ in range(2):
        px, py, r = x + rng.uniform(-0.34, 0.34) * size, y + rng.uniform(0.0, 0.3) * size, 0.075 * size
        ring = [(0, -2.3), (0.5, -1.4), (1.05, 0.1), (0.75, 1.1), (0, 1.35), (-0.75, 1.1), (-1.05, 0.1), (-0.5, -1.4)]
        hung.append(shapes.smooth(shapes.points(px, py, r, *ring), 3, closed=True))
    return hung


def _heap(brush: Brush) -> None:
    """Draw a heap of cut boughs that are still in flower."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    gone = 10 - state.pears
    if gone < 2:
        return
    rng = random.Random("heap")
    x, y = frame.across(58), frame.y(0.88)
    wide, tall = (9 + 2.1 * gone) * u, (5 + 2.1 * gone) * u
    boughs: list[Shape] = []
    tips: list[Point] = []
    for _ in range(10 + 4 * gone):
        t = rng.uniform(-1, 1)
        px, py = x + t * wide * 0.8, y - rng.uniform(0, 1) * tall * (1 - t * t) * 0.8
        angle, long = rng.uniform(-0.5, 0.5) + (0 if t < 0 else math.pi), rng.uniform(6, 12) * u
        end = (px + long * math.cos(angle), py - abs(long * math.sin(angle)) - 1.2 * u)
        mid = ((px + end[0]) / 2, (py + end[1]) / 2 - rng.uniform(0.2, 1.4) * u)
        boughs.append(shapes.ribbon([(px, py), mid, end], [0.9 * u, 0.6 * u, 0.16 * u]))
        for _ in range(2):
            twig = (end[0] + rng.uniform(-3, 3) * u, end[1] - rng.uniform(0.5, 2.6) * u)
            boughs.append(shapes.ribbon([mid, twig], [0.35 * u, 0.1 * u]))
            tips += [twig, end]
    bark = mix(colours.wood, colours.ink, 0.3)
    half = len(boughs) // 2
    brush.cut(boughs[:half], scale(bark, 0.8), 0.9 * u, rim=0.35)
    brush.cut(boughs[half:], bark, 0.9 * u, rim=0.5)
    if state.season != "spring":
        return
    flowers: list[Shape] = []
    for tx, ty in tips:
        if rng.random() < 0.7:
            flowers.append(
                shapes.crown(rng, tx + rng.uniform(-1, 1) * u, ty + rng.uniform(-0.6, 0.6) * u, 0.85 * u, 0.75 * u, 5)
            )
    brush.cut(flowers, colours.blossom, 0.4 * u, lit=0.3, dark=0.9, rim=0.8, edge=(brush.light, max(0.8, 0.12 * u)))
