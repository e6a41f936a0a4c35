"""Yard props: the `thing` in a yard (cart, rods, baskets), hens, couplets, bricks, a bulb, snow on ledges."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from game.painter.canvas import RED, SNOW, Brush, Colour, Frame, Origin, Palette, Point, Shape, mix, scale, shapes
from game.painter.props import vessels


def brought(brush: Brush) -> None:
    """Draw the object that `state.thing` names, if known. A cart also carries the wok, if the family gave it away."""
    frame, state = brush.frame, brush.state
    if draw := BROUGHT.get(state.thing):
        with brush.parts.named(f"thing {state.thing}", away=(9 * frame.u, 0)):
            draw(brush)
    if state.thing == "cart" and not state.wok:
        x, y = _cart_foot(frame)
        vessels.wok(brush, (x - 9 * frame.u, y - 12.6 * frame.u), frame.u)


def _cart_foot(frame: Frame) -> Point:
    return frame.x(0.5) - 5 * frame.u, frame.y(0.905)


def _cart(brush: Brush) -> None:
    """Draw a handcart with a list pinned to it: pots, a lid, hinges, a hoe's blade."""
    u, colours = brush.u, brush.colours
    x, y = _cart_foot(brush.frame)
    wood = mix(colours.wood, colours.ink, 0.2)
    iron = mix(colours.ink, colours.roof, 0.3)
    brush.stain([shapes.ellipse(x, y, 17 * u, 1.8 * u, 36)], colours.shadow, 110)
    bed_y = y - 10 * u
    origin = Origin(x, bed_y, u)
    pots: list[Shape] = []
    for dx, r in ((-8, 3.4), (-1.6, 4.2), (5.6, 3.2)):
        cx, cy = x + dx * u, bed_y - 1.2 * u
        pots.append(shapes.arch(cx, cy, r * u, r * u, 16))
        pots.append(shapes.box(cx - 0.7 * u, cy - r * u - 1.1 * u, 1.4 * u, 1.4 * u))
    brush.cut([origin.ribbon([(8, 0), (13, -12)], [0.9, 0.8])], wood, 0.6 * u)
    brush.cut([origin.points((11.6, -12.6), (16, -11.4), (15.4, -8.4), (12.4, -11))], iron, 0.6 * u, rim=0.7)
    brush.cut(pots, iron, 0.9 * u, lit=0.2, rim=0.6)
    shafts = origin.ribbon([(-9, 1), (-26, -2.4)], [1.1, 0.9])
    side = origin.points((-12.4, -2), (12.4, -2), (11.4, 3.4), (-11.4, 3.4))
    brush.cut([shafts], wood, 0.6 * u)
    brush.cut([side], wood, 1.2 * u, lit=0.2, rim=0.65)
    brush.stain([origin.box(-12, 0.4, 24, 0.35)], scale(wood, 0.5), 190)
    paper = mix(colours.rim, colours.wall, 0.3)
    brush.cut([origin.box(4.6, -1.2, 3.6, 4.2)], paper, 0.3 * u)
    brush.stain([origin.lens((5.2, -0.4 + 0.8 * i), (7.6, -0.4 + 0.8 * i), 0.3) for i in range(4)], colours.ink, 200)
    r = 6.4 * u
    wheel = (x - 1 * u, y - r)
    ring = shapes.hoop(*wheel, r, r, 1.2 * u, 44)
    spokes = [
        shapes.ribbon(
            [
                (wheel[0] - r * math.cos(a), wheel[1] - r * math.sin(a)),
                (wheel[0] + r * math.cos(a), wheel[1] + r * math.sin(a)),
            ],
            [0.7 * u] * 2,
        )
        for a in (0.25 + math.pi * i / 5 for i in range(5))
    ]
    brush.cut(
        [ring, *spokes, shapes.ellipse(*wheel, 1.5 * u, 1.5 * u, 20)], mix(wood, colours.ink, 0.3), 0.9 * u, rim=0.6
    )


def _rods(brush: Brush) -> None:
    """Draw three leaning iron rods, with which houses are searched."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    foot = frame.y(0.79)
    iron = mix(colours.ink, colours.roof, 0.2)
    rods: list[Shape] = []
    tips: list[Shape] = []
    for low, high, tall in ((28.0, 37.5, 38.0), (30.4, 38.6, 35.5), (32.2, 39.0, 37.0)):
        a, b = (frame.x(0.0) + low * u, foot + 2.4 * u), (frame.x(0.0) + high * u, foot - tall * u)
        rods.append(shapes.ribbon([a, b], [0.7 * u, 0.6 * u]))
        tips.append(shapes.lens((a[0] - 0.9 * u, a[1] + 3.4 * u), (a[0] + 0.4 * u, a[1] - 1.4 * u), 1.0 * u))
    brush.cut(rods, mix(colours.wood, colours.ear, 0.2), 1.6 * u, rim=0.7)
    brush.cut(tips, iron, 0.8 * u, rim=0.7)


def _baskets(brush: Brush) -> None:
    """Draw a basket of pods, a basket of beans, and a high and a low stool."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    cane = mix(mix(colours.wood, colours.ear, 0.45), colours.earth, 0.2)
    pod = mix(colours.leaf, colours.ear, 0.5)
    bean = mix(colours.wood, colours.ear, 0.3)
    for dx, dy, size in ((-18.0, -5.0, 1.0), (9.0, -3.4, 0.72)):
        x, y, s = frame.x(0.5) + dx * u, frame.y(0.89) + dy * u, size * u
        origin = Origin(x, y, s)
        brush.stain([shapes.ellipse(x, y + 0.2 * u, 6.4 * s, 1.2 * s, 24)], colours.shadow, 110)
        wood = mix(colours.wood, colours.wall, 0.15)
        legs = [origin.ribbon([(k * 3.4, -7), (k * 4.6, 0)], [1.1, 1.0]) for k in (-1, 1)]
        brush.cut([*legs, origin.box(-4, -3.6, 8, 0.9)], wood, 0.6 * u)
        brush.cut([origin.points((-4.8, -9), (4.8, -9), (5.6, -7), (-5.6, -7))], wood, 0.8 * u, lit=0.25, rim=0.7)
    rng = random.Random("beans")
    for dx, dy, size, fill in ((-7.0, 0.0, 1.0, pod), (1.6, 2.6, 0.8, bean)):
        x, y, s = frame.x(0.5) + dx * u, frame.y(0.89) + dy * u, size * u
        brush.stain([shapes.ellipse(x + 1.4 * u, y, 7.4 * s, 1.6 * s, 30)], colours.shadow, 120)
        brush.cut([shapes.ellipse(x, y - 6.6 * s, 6.8 * s, 2.0 * s, 40)], scale(cane, 0.6), 0.5 * u, rim=0.7)
        heap: list[Shape] = []
        for _ in range(60 if fill == pod else 70):
            px, py = x + rng.uniform(-5, 5) * s, y - (6.4 + rng.uniform(-0.6, 1.5)) * s
            if fill == pod:
                heap.append(shapes.leaf(px - 1.4 * s, py, 3.2 * s, rng.uniform(-0.7, 0.7), 0.3))
            else:
                heap.append(shapes.ellipse(px, py, 0.75 * s, 0.5 * s, 12))
        brush.cut(heap, fill, 0.3 * u, lit=0.25, rim=0.7)
        side: Shape = [
            *shapes.lip(x, y - 6.6 * s, 6.8 * s, 2.0 * s, 40),
            *shapes.smooth(
                shapes.points(x, y, s, (6.8, -6.6), (6.2, -2), (4, 0), (-4, 0), (-6.2, -2), (-6.8, -6.6)), 4
            ),
        ]
        weave = [
            shapes.lens(
                (x + (-5.6 + 2.2 * i + (j % 2) * 1.1) * s, y - (1.2 + 1.1 * j) * s),
                (x + (-4.2 + 2.2 * i + (j % 2) * 1.1) * s, y - (1.2 + 1.1 * j) * s),
                0.36 * s,
            )
            for j in range(4)
            for i in range(5)
        ]
        brush.cut([side], cane, 0.9 * u, lit=0.2, rim=0.7)
        brush.stain(weave, scale(cane, 0.55), 170)


BROUGHT: dict[str, Callable[[Brush], None]] = {"baskets": _baskets, "cart": _cart, "rods": _rods}


_FADED = {
    "winter": 0.4,
    "spring": 0.5,
    "summer": 0.6,
    "autumn": 0.7,
}  # full red is reserved for sun, glow and loudspeaker


def couplets(brush: Brush, strips: list[Shape], u: float, rebuilt: bool = False) -> None:
    """Draw New Year couplets, dull red strips with characters, around a door; only in 1958 or if `rebuilt`. Each strip
    is four corners, beginning with the two at its head."""
    colours, state = brush.colours, brush.state
    if state.year != 1958 and not rebuilt:
        return
    brush = brush.near()
    paper = mix(RED, mix(colours.wall, colours.sky_low, 0.2), 0.55 if rebuilt else _FADED[state.season])
    if state.hour == "night":
        paper = mix(paper, colours.shadow, 0.62)
    brush.cut(strips, paper, 0.3 * u, lit=0.1, dark=0.9, rim=0.4)
    strokes: list[Shape] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in strips:
        for i in range(5):
            t = 0.14 + 0.18 * i
            x, y = (
                (a + b) / 2 + ((c + d) / 2 - (a + b) / 2) * t for a, b, c, d in ((ax, bx, cx, dx), (ay, by, cy, dy))
            )
            wide = 0.3 * min(math.dist((ax, ay), (bx, by)), 0.2 * math.dist((ax, ay), (dx, dy)))
            for down, lean in ((-0.5, 0.1), (0.45, 0.0), (0.0, 0.9 if i % 2 else -0.8)):
                a, b = (x - wide, y + (down + lean) * wide), (x + wide, y + (down - lean) * wide)
                strokes.append(shapes.lens(a, b, 0.36 * wide))
    brush.stain(strokes, mix(colours.ink, paper, 0.1), 200)


_HEN = ((-2.9, -2.7), (-2.5, -3.4), (-1.5, -2.5), (-0.2, -2.4), (0.8, -2.7), (1.3, -3.6), (1.7, -4.0), (2.0, -3.6),
        (2.6, -3.2), (2.0, -2.9), (1.8, -1.9), (1.2, -1.1), (0.1, -0.7), (-1.2, -1.0), (-2.1, -1.8))  # fmt: skip
_PECKING = ((-2.4, -3.6), (-1.9, -4.0), (-1.2, -2.9), (-0.1, -2.6), (0.9, -2.3), (1.7, -1.6), (2.3, -1.1), (2.4, -0.7),
            (2.7, 0.0), (2.1, -0.4), (1.7, -0.7), (1.0, -0.9), (0.1, -0.8), (-1.1, -1.2), (-1.9, -2.2))  # fmt: skip


def hens(brush: Brush, at: Sequence[tuple[Point, float, int]]) -> None:
    """Draw hens, some 4 units high. Each is a `Part` that can walk off; every second one pecks. `at` has for each hen
    its feet, the pixels in a unit, and whether it faces right (1) or left (-1)."""
    colours = brush.colours
    plumages = (
        mix(colours.wood, colours.ear, 0.35),
        mix(colours.ink, colours.wood, 0.4),
        mix(colours.rim, colours.wall, 0.25),
    )
    brush = brush.near()
    for i, ((x, y), k, side) in enumerate(at):
        tone = plumages[i % len(plumages)]
        brush.stain([shapes.ellipse(x, y, 2.4 * k, 0.5 * k, 20)], colours.shadow, 110)
        with brush.parts.named(f"hen {i}", away=(side * 7 * k, -k)):
            legs = [shapes.ribbon([(x + d * k, y - k), (x + (d + 0.2) * k, y)], 0.28 * k) for d in (-0.5, 0.4)]
            brush.cut(legs, mix(colours.ear, colours.wood, 0.3), 0.2 * k)
            outline = shapes.points(x, y, (side * k, k), *(_PECKING if i % 2 else _HEN))
            brush.cut([shapes.smooth(outline, 3, closed=True)], tone, 0.5 * k, lit=0.2, rim=0.6)
        wing = shapes.points(x, y, (side * k, k), (-1.3, -2.0), (0.1, -2.1), (0.8, -1.7), (-0.1, -1.3))
        brush.stain([shapes.smooth(wing, 4, closed=True)], scale(tone, 0.7), 170)


def brick(colours: Palette) -> Colour:
    """Return the colour of grey village bricks."""
    return mix(mix(colours.roof, colours.wall, 0.52), colours.earth, 0.3)


def courses(left: float, top: float, right: float, foot: float, high: float) -> list[Shape]:
    """Return the joints of brickwork in a box of pixels, with layers `high` pixels high, every second one shifted."""
    joints: list[Shape] = []
    count = min(40, max(1, round((foot - top) / max(high, 0.5))))
    step, thin = (foot - top) / count, 0.1 * high
    for row in range(1, count + 1):
        y = top + row * step
        if row < count:
            joints.append(shapes.ribbon([(left, y), (right, y)], thin))
        x = left + (1.2 if row % 2 else 2.4) * high
        while x < right and high > 1:
            joints.append(shapes.ribbon([(x, y - step), (x, y)], thin))
            x += 2.4 * high
    return joints


def electric(brush: Brush, at: Point) -> None:
    """Draw a bare bulb with a cord above it. The bulb is lit from dusk to dawn, unless `state.lamps` is 0."""
    u, colours, state = brush.u, brush.colours, brush.state
    brush = brush.near()
    x, y = at
    dark = mix(colours.ink, colours.wood, 0.2)
    cord = shapes.ribbon([(x, y - 6 * u), (x, y - 1.6 * u)], 0.28 * u)
    brush.cut([cord, shapes.box(x - 0.6 * u, y - 2.4 * u, 1.2 * u, 1.3 * u)], dark, 0.3 * u)
    lit = state.hour != "day" and state.lamps > 0
    glass = mix(colours.light, (255, 255, 255), 0.5) if lit else mix(colours.rim, colours.sky_low, 0.4)
    bulb = shapes.points(x, y, u, (0.5, -1.2), (1.15, 0.3), (0.8, 1.2), (0, 1.5))
    around = [*bulb, *((2 * x - px, py) for px, py in reversed(bulb[:-1]))]
    brush.cut([shapes.smooth(around, 4, closed=True)], glass, 0.3 * u, dark=0.9, rim=0.9)
    if lit:
        brush.glow(at, 9 * u, colours.light, 0.7)


def wire(brush: Brush, eave: Point, foot: float) -> None:
    """Draw a pole on the row `foot`, beyond the wall. Wires sag from it to `eave` and out of the picture."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    brush = brush.near()
    wood = mix(colours.wood, colours.ink, 0.35)
    x, top = frame.x(0.62), frame.y(0.13)
    arm = [(x - 3.4 * u, top + 2 * u), (x + 3.4 * u, top + 2 * u)]
    knobs = [shapes.box(px - 0.4 * u, top + 0.6 * u, 0.8 * u, 1.4 * u) for px in (x - 2.8 * u, x + 2.8 * u)]
    pole = [shapes.ribbon([(x, top), (x, foot)], [0.9 * u, 1.3 * u]), shapes.ribbon(arm, 0.7 * u), *knobs]
    brush.cut(pole, wood, 0.8 * u, rim=0.5)
    lines: list[Shape] = []
    for side, end, sag in ((-2.8, eave, 5.0), (2.8, (frame.w + 8 * u, top + 2 * u), 4.0)):
        start = (x + side * u, top + 0.8 * u)
        lines.append(shapes.ribbon(shapes.sagging(start, end, sag * u, 12), 0.26 * u))
    brush.stain(lines, colours.ink, 220)


def snowed(brush: Brush, top: list[Point], depth: float, seed: str) -> None:
    """If there is snow, draw it on the edge `top` (points from left to right), at most `depth` pixels deep."""
    if not brush.state.snow or len(top) < 2:
        return
    rng = random.Random(seed)
    white = mix(SNOW, brush.colours.sky_low, 0.12 if brush.state.hour == "day" else 0.4)
    count = max(3, int((top[-1][0] - top[0][0]) / max(1.0, 2.2 * depth)))
    lower: list[Point] = []
    for i in range(count + 1):
        t = i / count * (len(top) - 1)
        a, b = top[int(t)], top[min(len(top) - 1, int(t) + 1)]
        f = t - int(t)
        lower.append((a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f + depth * rng.uniform(0.35, 1.0)))
    crest = [(x, y - 0.35 * depth) for x, y in top]
    rim = (255, 255, 255), brush.fine
    brush.cut([[*crest, *reversed(shapes.smooth(lower, 4))]], white, 0.25 * depth, dark=0.92, edge=rim)
