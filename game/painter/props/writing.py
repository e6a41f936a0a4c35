"""Writing things: the lamp, slips and leaves, the brush, an abacus, a cap. `u` is the number of pixels in a unit."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Colour, Origin, Part, Point, Shape, mix, scale, shapes

# Colours under the lamp, which takes the blue of the night from anything near it.
LAMPLIT_WOOD: Colour = (128, 80, 44)
LAMPLIT_PAPER: Colour = (244, 222, 170)


def lamp(brush: Brush, at: Point, u: float) -> None:
    """Draw an oil lamp with a glass chimney. It burns if `state.lamp` is set; otherwise its wick is black."""
    colours, state, edge = brush.colours, brush.state, brush.light
    x, y = at[0], at[1] + 7 * u
    origin = Origin(x, y, u)
    brass = mix((150, 112, 56), colours.ink, 0.35 if state.lamp else 0.62)
    corners = origin.points((-5.2, 0), (-4.6, -1.3), (-1.4, -2.3), (-1.1, -5), (-4.4, -7), (-4.6, -9.4), (-2.2, -11.4))
    base = shapes.smooth(corners, 5)
    body = [*base, *[(2 * x - px, py) for px, py in reversed(base)]]
    brush.cut(
        [body, origin.box(-2.6, -12.6, 5.2, 1.5), origin.ellipse(3.4, -12, 0.9, 0.9, 18)],
        brass,
        1.8 * u,
        holes=[origin.lens((-3.6, -8.2), (3.6, -8.2), 0.3)],
        lit=0.3,
        dark=0.7,
        rim=0.85,
        edge=(edge, 0.25 * u),
        apart=False,
    )
    if state.lamp:
        corners = origin.points((0, -19.6), (1, -16.2), (0.9, -13.8), (0, -12.9), (-0.9, -13.8), (-0.9, -16))
        brush.lay([shapes.smooth(corners, 6, closed=True)], (255, 250, 214), colours.fire)
    else:
        brush.lay([origin.box(-0.4, -14, 0.8, 1.6)], colours.ink, colours.ink, 0.3 * u)
    side = shapes.smooth(shapes.points(0, y, u, (1.9, -12.6), (3, -15.8), (2, -19.6), (1.6, -26)), 6)
    glass = shapes.mirrored(x, side)
    pale = mix(colours.light if state.lamp else colours.sky_low, (255, 255, 255), 0.4)
    brush.lay([glass], pale, pale, 0.6 * u, edge=((255, 255, 255), 0.3 * u), alpha=70, shade=0.1)
    if state.lamp:
        brush.glow((x, y - 16 * u), 9 * u, colours.light, 0.8)
        brush.glow((x, y - 16 * u), 30 * u, colours.light, 0.35)
        brush.move("flame", (x, y - 16 * u), 74 * u, colours.light, "desk")


def slips(brush: Brush) -> None:
    """Draw old slips with clean backs: twelve, less one for each written leaf (`state.leaves`), but at least one. The
    written leaves lie in a pile."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    rng = random.Random("slips")
    paper = scale(LAMPLIT_PAPER, 0.92) if state.lamp else mix(mix(colours.rim, colours.wall, 0.4), colours.ink, 0.4)
    places = [
        (rng.uniform(-4, 4), rng.uniform(-2.4, 2.4), rng.uniform(-0.5, 0.5), rng.uniform(0.2, 0.7)) for _ in range(12)
    ]
    for i, (dx, dy, turn, reach) in enumerate(places[: max(1, 12 - state.leaves)]):
        cx, cy = frame.x(0.5) + (-32 + dx) * u, frame.y(0.955) + dy * u
        ax, ay = math.cos(turn) * 7.5 * u, math.sin(turn) * 4.5 * u
        slip = shapes.ribbon([(cx - ax, cy - ay), (cx + ax, cy + ay)], [2.3 * u, 2.5 * u])
        tone = mix(paper, colours.wood, 0.03 * i)
        brush.parts.add(Part(f"slip {i}", (slip,), away=(0.0, -7 * u)))
        brush.cut([slip], tone, 0.5 * u, lit=0.2, dark=0.88)
        outlines = [shapes.lens((cx - 0.8 * ax, cy - 0.8 * ay), (cx + reach * ax, cy + 0.4 * ay), 0.4 * u)]
        brush.stain(outlines, mix(colours.ink, tone, 0.3), 255)
    for i in range(state.leaves):
        x, y = frame.x(0.5) + (-30 + 0.3 * (i * 5 % 4)) * u, frame.y(0.868) - 0.5 * i * u
        leaf = shapes.points(x, y, u, (-8, -2.2), (6.6, -2.6), (8, 1.9), (-8.6, 2.3))
        brush.parts.add(Part(f"leaf {i}", (leaf,), away=(0.0, 7 * u)))
        brush.cut([leaf], mix(paper, colours.wood, 0.05 * (i % 3)), 0.35 * u, lit=0.2, dark=0.9)
    if state.leaves:
        rows = [
            shapes.lens((x + (5.4 - 2 * c) * u, y - 1.9 * u), (x + (6.2 - 2.2 * c) * u, y + 1.4 * u), 0.4 * u)
            for c in range(7)
        ]
        brush.stain(rows, mix(colours.ink, paper, 0.2), 210)


def leaves(brush: Brush) -> None:
    """Draw loose leaves, written in columns from the right. The top leaf is half full."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.light
    paper = LAMPLIT_PAPER if brush.state.lamp else mix(mix(colours.rim, colours.wall, 0.3), colours.ink, 0.35)
    for i, (dx, dy, turn, columns) in enumerate(((-9, -1, -0.16, 9), (-1, 0.5, 0.1, 9), (-5, 2.5, -0.04, 5))):
        cx, cy = frame.x(0.5) + dx * u, frame.y(0.875) + dy * u
        w, h = 14 * u, 7.6 * u
        cos, sin = math.cos(turn), math.sin(turn)

        def place(px: float, py: float, cx: float = cx, cy: float = cy, cos: float = cos, sin: float = sin) -> Point:
            lean = -py * 0.16
            return (cx + (px + lean) * cos - py * sin, cy + (px + lean) * sin + py * cos)

        sheet = [place(-w, -h), place(w, -h), place(w * 1.06, h), place(-w * 1.06, h)]
        rng = random.Random(f"leaf {i}")
        writing: list[Shape] = []
        for column in range(columns):
            px = w * (0.84 - 1.7 * column / 9)
            py = -h * 0.78
            foot = h * (0.8 if column < columns - 1 else rng.uniform(-0.2, 0.3))
            while py < foot:
                size = rng.uniform(0.8, 1.1) * u
                for _ in range(rng.randint(2, 4)):
                    sx, sy = px + rng.uniform(-0.5, 0.5) * size, py + rng.uniform(0.1, 0.8) * size
                    across = rng.random() < 0.55
                    to = (sx + (0.9 if across else 0.15) * size, sy + (-0.06 if across else 0.7) * size)
                    writing.append(shapes.lens(place(sx - (0.45 * size if across else 0), sy), place(*to), 0.2 * u))
                py += size * 1.4
        border = mix(paper, (255, 255, 255), 0.6), 0.18 * u
        brush.lay([sheet], mix(paper, edge, 0.3), scale(paper, 0.86), 0.9 * u, edge=border)
        brush.lay(writing, mix(colours.ink, paper, 0.15))


def writing_brush(brush: Brush) -> None:
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.light
    x, y = frame.x(0.5) + 17 * u, frame.y(0.845)
    stone = mix(colours.ink, colours.roof, 0.35)
    outlines = [shapes.ellipse(x + 9 * u, y - 1.6 * u, 6.4 * u, 3.0 * u, 40)]
    brush.lay(outlines, mix(stone, edge, 0.15), stone, 0.9 * u, edge=(mix(stone, edge, 0.7), 0.2 * u))
    outlines = [shapes.ellipse(x + 9 * u, y - 1.7 * u, 4.2 * u, 1.8 * u, 32)]
    brush.lay(outlines, scale(stone, 0.5), mix(stone, edge, 0.2), edge=(scale(stone, 0.4), 0.3 * u))
    shaft = shapes.ribbon([(x + 17 * u, y - 8.5 * u), (x - 1 * u, y + 1.8 * u)], [0.7 * u, 0.9 * u])
    hair = shapes.ribbon(shapes.points(x, y, u, (-1, 1.8), (-2.6, 2.7), (-4.6, 3.9)), [1.1 * u, 1.3 * u, 0.1 * u])
    bamboo = mix(colours.wood, colours.light if brush.state.lamp else colours.wall, 0.3)
    brush.lay([shaft], mix(bamboo, edge, 0.2), bamboo, 1.0 * u, edge=(mix(bamboo, edge, 0.8), 0.16 * u))
    brush.lay([hair], colours.ink, colours.ink, 0.8 * u, edge=(mix(colours.ink, edge, 0.4), 0.12 * u))


def abacus(brush: Brush) -> None:
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.light
    left, top = frame.x(0.5) + 9 * u, frame.y(0.672)
    w, h = 27 * u, 11.5 * u
    wood = mix(mix(colours.wood, LAMPLIT_WOOD, 0.6 if state.lamp else 0.0), colours.ink, 0.4)
    lean = 2.6 * u
    outer: Shape = [
        (left + lean, top), (left + w + lean * 0.4, top + 0.8 * u), (left + w - lean * 0.2, top + h),
        (left, top + h - 0.6 * u),
    ]  # fmt: skip
    holes: list[Shape] = []
    beads: list[Shape] = []
    rng = random.Random("abacus")
    rods = 11
    for i in range(rods):
        t = (i + 0.5) / rods
        x_top = left + lean + 1.0 * u + (w - 2.2 * u) * t
        x_foot = left + 0.8 * u + (w - 2.4 * u) * t
        for a, b in ((0.1, 0.3), (0.38, 0.92)):
            xa, xb = x_top + (x_foot - x_top) * a, x_top + (x_foot - x_top) * b
            half = 0.95 * u
            holes.append(
                [(xa - half, top + h * a), (xa + half, top + h * a), (xb + half, top + h * b), (xb - half, top + h * b)]
            )
        upper = 0.25 if rng.random() < 0.4 else 0.16
        lower = rng.randint(0, 4)
        spots = [upper] + [0.43 + 0.095 * k for k in range(lower)] + [0.87 - 0.095 * k for k in range(4 - lower)]
        for spot in spots:
            beads.append(shapes.ellipse(x_top + (x_foot - x_top) * spot, top + h * spot, 0.92 * u, 0.46 * u, 16))
    brush.cut([outer], wood, 1.3 * u, holes=holes, lit=0.15, dark=0.75, rim=0.8, edge=(edge, 0.22 * u), apart=False)
    bead = mix(LAMPLIT_WOOD, colours.light, 0.2) if state.lamp else mix(colours.wood, colours.wall, 0.22)
    brush.cut(beads, bead, 0.35 * u, lit=0.2, dark=0.75, rim=0.8, edge=(edge, 0.14 * u), apart=False)


def cap(brush: Brush) -> None:
    """Draw a cloth cap to the left of the lamp. In the story it held a slip with a number."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.light
    x, y = frame.x(0.5) - 31 * u, frame.y(0.745)
    origin = Origin(x, y, u)
    cloth = mix(mix(colours.roof, colours.leaf, 0.3), colours.ink, 0.35)
    peak = origin.curve((6, -0.4), (11.6, 1), (10.6, 2.6), (3, 1.8))
    crown = origin.curve(
        (-9.4, -3.4), (-6, -6.8), (1.5, -7.4), (8.2, -5.2), (9, -2.6), (7, -1.4), (-7.4, -1.4), steps=6
    )
    corners = origin.points((7.2, 1), (0, 2), (-7.2, 1))
    band = [(x - 7.6 * u, y - 2.2 * u), (x + 7.4 * u, y - 2.2 * u), *shapes.smooth(corners, 5)]
    brush.cut([peak], cloth, 1.2 * u, lit=0.1, dark=0.7, rim=0.7, edge=(edge, 0.2 * u), apart=False)
    brush.cut([band], cloth, 1.4 * u, lit=0.08, dark=0.75, rim=0.6, edge=(edge, 0.2 * u), apart=False)
    seams = [origin.lens((-4, -6.2), (-5.4, -2), 0.2), origin.lens((3.6, -6.4), (4.6, -2), 0.2)]
    brush.cut([crown], cloth, 0.9 * u, holes=seams, lit=0.2, dark=0.8, rim=0.75, edge=(edge, 0.22 * u), apart=False)
