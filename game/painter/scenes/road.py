"""Scene `road`: the road to the county between fields, with a wire along it and grain carts that leave."""

from __future__ import annotations

import itertools
import random

from game.painter.canvas import SNOW, Brush, Frame, Origin, Point, Shape, mix, shapes
from game.painter.props import buildings, fields, figures, landscape
from game.painter.props.vessels import sack

# The road's left edge, its right edge, and their row, from far to near, as shares of the subject area's width and
# height.
_WAY: tuple[tuple[float, float, float], ...] = (
    (0.668, 0.676, 0.496), (0.634, 0.648, 0.514), (0.568, 0.598, 0.545), (0.535, 0.605, 0.6), (0.47, 0.63, 0.68),
    (0.33, 0.66, 0.8), (0.08, 0.7, 1.0),
)  # fmt: skip


def road(brush: Brush) -> None:
    """Paint the road. It has a cart for every four of `sacks`, but at most three carts."""
    u, frame, state = brush.u, brush.frame, brush.state
    sun = (0.24, 0.17)
    landscape.sky(brush, frame.y(0.5), sun, "road clouds", 0.34)
    far = brush.crest("road far", 0.45, 2.2, 86)
    px = frame.x(0.74)
    towers = [
        *buildings.pagoda(px, far(px) + u, 8.6 * u),
        *buildings.pagoda(px + 5.4 * u, far(px + 5.4 * u) + u, 7.6 * u),
    ]
    landscape.ridge(brush, far, 0.02, 10 * u, landscape.Growth(towers, []))
    landscape.mist(brush, "road mist", frame.y(0.465), 4 * u, 120)
    landscape.wooded(brush, brush.crest("road ridge", 0.475, 2.6, 70), 0.24, 9 * u, "road wood", (4.6 * u, 2.4 * u))
    brush.glow((frame.x(sun[0]), frame.y(0.5)), 60 * u, brush.colours.halo, 0.5, 0.5)
    fields.fields(brush, 0.5, rows=5)
    _way(brush)
    _wayside(brush)
    carts = min(3, -(-state.sacks // 4))
    for i, (x, y, k) in enumerate(((0.607, 0.56, 0.2), (0.567, 0.64, 0.4), (0.49, 0.86, 1.0))[3 - carts :]):
        _cart(brush, (frame.x(x), frame.y(y)), k * 1.05 * u, f"cart {i}")
    if state.thing == "horse":
        _rider(brush, (frame.x(0.48), frame.y(0.88)), 0.86 * u)
    elif state.thing == "child":
        _child(brush, (frame.x(0.5) - 27.5 * u, frame.y(0.95)), 1.4 * u)
    landscape.close(brush, "road snow", (frame.x(0.5), frame.y(0.6)), 0.3)


def _edges(frame: Frame) -> tuple[list[Point], list[Point]]:
    """Return the road's left and right edge, each from far to near."""
    left = shapes.smooth([(frame.x(a), frame.y(y)) for a, _, y in _WAY], 6)
    right = shapes.smooth([(frame.x(b), frame.y(y)) for _, b, y in _WAY], 6)
    below = frame.h + 3 * frame.u - frame.y(1.0)
    if below > 0:
        left.append((left[-1][0] - 1.4 * below, left[-1][1] + below))
        right.append((right[-1][0] + 0.2 * below, right[-1][1] + below))
    return left, right


def _way(brush: Brush) -> None:
    """Draw the road: trodden earth with two ruts and hoof marks."""
    soil = mix(mix(brush.colours.earth, brush.colours.wall, 0.42), brush.colours.sky_low, 0.12)
    if brush.state.snow:
        soil = mix(soil, SNOW, 0.3)
    left, right = _edges(brush.frame)
    brush.cut([[*left, *reversed(right)]], soil, 0.5 * brush.u, lit=0.16, dark=0.86, rim=0.7)
    rng = random.Random("ruts")
    ruts: list[Shape] = []
    for part in (0.26, 0.7):
        spine = [(a[0] + (b[0] - a[0]) * part, a[1]) for a, b in zip(left, right, strict=True)]
        ruts.append(shapes.ribbon(spine, [0.05 * (b[0] - a[0]) for a, b in zip(left, right, strict=True)]))
    brush.cut(ruts, mix(soil, brush.colours.ink, 0.24), 0, lit=0.02, dark=0.9, rim=0.3)
    marks: list[Shape] = []
    for _ in range(70):
        i = rng.randrange(8, len(left))
        wide = right[i][0] - left[i][0]
        x, y = left[i][0] + wide * rng.uniform(0.04, 0.96), left[i][1] + rng.uniform(-2, 2) * brush.u
        marks.append(shapes.lens((x, y), (x + wide * 0.05, y + wide * 0.006), wide * 0.012))
    brush.slit(marks, mix(soil, brush.colours.ink, 0.4), mix(soil, brush.light, 0.5))


def _wayside(brush: Brush) -> None:
    """Draw the poles and the wire to the county on the right, and on the left the trees that are left, or stumps."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    wood = mix(colours.wood, colours.ink, 0.4)
    poles: list[Shape] = []
    tops: list[Point] = []
    for x, y, tall, k in (
        (0.686, 0.5, 7, 0.16),
        (0.67, 0.524, 11, 0.24),
        (0.655, 0.565, 18, 0.4),
        (0.69, 0.66, 32, 0.7),
        (0.8, 0.86, 60, 1.2),
    ):
        px, py = frame.x(x), frame.y(y)
        poles.append(shapes.ribbon([(px, py), (px + 0.3 * k * u, py - tall * u)], [1.3 * k * u, 0.9 * k * u]))
        poles.append(shapes.box(px - 3 * k * u, py - (tall - 2.2 * k) * u, 6.4 * k * u, 0.7 * k * u))
        tops.append((px - 2.4 * k * u, py - (tall - 1.6 * k) * u))
    tops.append((max(frame.w, frame.x(1.0)) + 12 * u, frame.y(0.0) - 8 * u))
    wires: list[Shape] = []
    for a, b in itertools.pairwise(tops):
        sag = 0.07 * (b[0] - a[0] + a[1] - b[1])
        wires.append(shapes.ribbon(shapes.sagging(a, b, sag, 8), 0.16 * u))
    brush.cut(wires, wood, 0.3 * u, rim=0.3)
    brush.cut(poles, wood, 0.8 * u, rim=0.5)
    leafy = state.season in ("spring", "summer") or (state.season == "autumn" and state.year == 1958)
    for i, (x, y, tall) in enumerate(((0.585, 0.535, 9), (0.52, 0.572, 15), (0.43, 0.64, 26), (0.2, 0.8, 46))):
        rng = random.Random(f"wayside {i}")
        px, py = frame.x(x) - 3 * u, frame.y(y)
        if (3 - i) * 3 >= state.forest:
            brush.cut([shapes.stump(px, py, 0.07 * tall * u)], mix(wood, colours.earth, 0.3), 0.5 * u)
            continue
        boughs = shapes.bare(rng, px, py, tall * u, 0.05)
        brush.cut(boughs, mix(wood, colours.sky_low, 0.24 - 0.07 * i), 0.5 * u, rim=0.4)
        if leafy:
            tone = mix(mix(colours.leaf, colours.ink, 0.1), colours.sky_low, 0.24 - 0.07 * i)
            crowns = [
                shapes.crown(rng, px + dx * tall * u, py - h * tall * u, r * tall * u, r * 1.05 * tall * u, 8)
                for dx, h, r in ((-0.1, 0.62, 0.17), (0.1, 0.7, 0.18), (0.0, 0.9, 0.17))
            ]
            brush.cut(crowns, tone, 0.8 * u, lit=0.2, rim=0.5)


def _cart(brush: Brush, at: Point, k: float, seed: str) -> None:
    """Draw a loaded cart from behind, with a paper flag and the carter on foot. Its wheels stand at `at`."""
    colours = brush.colours
    (x, y), rng = at, random.Random(seed)
    origin = Origin(x, y, k)
    wood = mix(colours.wood, colours.ink, 0.3)
    ground = mix(mix(colours.earth, colours.ink, 0.4), colours.wall, 0.2)
    brush.cut([origin.ellipse(0, 0, 15, 1.7, 36)], ground, 0, lit=0, dark=1, rim=0, edge=(ground, 0))
    ox = [
        origin.ribbon([(-12, -11.4), (-4, -12)], 0.8),
        *(
            origin.curve((s * 2, -27), (s * 6.4, -28.6), (s * 8, -32), (s * 5.4, -29.4), (s * 2, -28.6), steps=4)
            for s in (-1, 1)
        ),
    ]
    if k > 0.5 * brush.frame.u:
        brush.cut(ox, mix(colours.ink, colours.wood, 0.3), 0.4 * k)
    wheels = [origin.ellipse(s * 11.4, -6.6, 1.7, 6.8, 30) for s in (-1, 1)]
    hubs = [shapes.box(x + s * 11.4 * k - 2.4 * k, y - 7.4 * k, 4.8 * k, 1.6 * k) for s in (-1, 1)]
    brush.cut(wheels, mix(wood, colours.ink, 0.3), 0.8 * k, rim=0.7)
    bed = origin.points((-10.6, -9.6), (10.6, -9.6), (10, -6.8), (-10, -6.8))
    brush.cut([bed, *hubs], wood, 0.9 * k, lit=0.2, rim=0.6)
    cloth = mix(mix(colours.wall, colours.ear, 0.28), colours.earth, 0.16)
    for row, (count, lift) in enumerate(((3, 9.0), (3, 15.2), (2, 21.0))):
        for i in range(count):
            sx = x + (i - (count - 1) / 2) * 6.6 * k + rng.uniform(-0.5, 0.5) * k
            outline, slits = sack(sx, y - lift * k, 0.96 * k)
            brush.cut([outline], mix(cloth, colours.ink, 0.05 * (2 - row)), 0.8 * k, holes=slits, lit=0.2, rim=0.6)
    rope = origin.curve((-10.4, -9), (-7.6, -24), (0, -31.4), (7.4, -24), (10.4, -9), steps=6, closed=False)
    brush.cut([shapes.ribbon(rope, 0.5 * k)], mix(colours.wood, colours.ear, 0.3), 0.3 * k)
    pole = origin.ribbon([(8.8, -12), (10.4, -41)], [0.6, 0.4])
    flag = origin.points((10.4, -41), (15, -40.4), (18.4, -38), (10.2, -36.6))
    brush.cut([pole], wood, 0.4 * k)
    brush.cut([flag], mix(colours.rim, colours.wall, 0.35), 0.6 * k, rim=0.7)
    man = figures.standing(rng, x - 17.4 * k, y + 0.6 * k, 1.24 * k, "cap" if seed.endswith("2") else "cropped")
    coat = mix(mix(colours.roof, colours.wood, 0.35), colours.ink, 0.2)
    figures.group(brush, [man], coat, mix(coat, colours.ink, 0.55), brush.light, k)


def _rider(brush: Brush, at: Point, k: float) -> None:
    """Draw a rider who rides away to the right. `at` is the point between the horse's hind and fore hooves."""
    colours = brush.colours
    x, y = at
    ground = mix(mix(colours.earth, colours.ink, 0.4), colours.wall, 0.2)
    brush.cut([shapes.ellipse(x, y - 1.0 * k, 14 * k, 2.0 * k, 32)], ground, 0, lit=0, dark=1, rim=0, edge=(ground, 0))
    hide = mix(mix(colours.wood, (116, 70, 40), 0.5), colours.ink, 0.1)
    dark = mix(hide, colours.ink, 0.45)

    def point(dx: float, up: float) -> Point:
        """Return a point of the horse, given in units from the point between its hooves."""
        return x + (dx - 2) * k, y - up * k

    def outline(*points: Point) -> Shape:
        return shapes.smooth([point(*p) for p in points], 5, closed=True)

    def leg(thigh: Point, hock: Point, hoof: Point, broad: float) -> Shape:
        fetlock = (hoof[0], hoof[1] + 1.6)
        return shapes.ribbon(
            [point(*p) for p in (thigh, hock, fetlock, hoof)], [broad * k, 0.5 * broad * k, 1.5 * k, 2.3 * k]
        )

    far = [leg((1.4, 19), (1.8, 9), (1.2, 1.6), 5.6), leg((11.0, 19), (11.4, 10), (11.8, 4.4), 4.4)]
    brush.cut(far, dark, 0.4 * k, rim=0.4)
    head = [
        (7.4, 28), (9.4, 35), (11.4, 39.8), (13.4, 41.6), (15.4, 40.8), (17.6, 37.2), (19.2, 34.6), (18.8, 33.2),
        (17.2, 33.0), (15.4, 35.0), (14.0, 35.2), (13.8, 31), (12.8, 25),
    ]  # fmt: skip
    ears = [shapes.lens(point(dx, 40.6), point(dx + lean, 45), 1.5 * k) for dx, lean in ((12.6, -0.3), (14.4, 0.5))]
    brush.cut([outline(*head), *ears], mix(hide, colours.ink, 0.2), 0.6 * k, rim=0.6)
    mane = outline(
        (7.0, 28.6), (8.4, 35), (10.6, 40.2), (13.0, 42.4), (13.6, 41.2), (11.6, 37.4), (10.6, 32.6), (9.4, 28)
    )
    brush.cut([mane], dark, 0.4 * k, rim=0.5)
    near = [leg((9.0, 18), (8.2, 9), (7.6, 3.2), 4.6), leg((-5.2, 19), (-7.0, 9), (-6.2, 0.0), 7.0)]
    brush.cut(near, mix(hide, colours.ink, 0.2), 0.7 * k, rim=0.6)
    body = [
        (-9.4, 20), (-8.8, 26), (-5.6, 30), (-1, 30.6), (4, 29.0), (9, 30.2), (12.4, 26.5), (12.9, 21.4), (10.6, 16.8),
        (5, 15.4), (0.8, 16.4), (-2.6, 14.2), (-7.6, 14.4),
    ]  # fmt: skip
    brush.cut([outline(*body)], hide, 1.2 * k, lit=0.24, rim=0.75)
    tail = outline((-5.6, 29.2), (-4.0, 28.2), (-3.4, 20), (-4.6, 11), (-6.4, 5.6), (-8.0, 12), (-7.4, 21))
    brush.cut([tail], mix(hide, colours.ink, 0.6), 0.8 * k, rim=0.6)
    coat = mix(mix(colours.roof, colours.leaf, 0.2), colours.ink, 0.2)
    saddle = outline((-1.6, 30.4), (3, 29.8), (7.2, 30.6), (7.0, 24.6), (2.4, 22.6), (-1.0, 25))
    brush.cut([saddle], mix(colours.wall, colours.ink, 0.45), 0.5 * k, rim=0.6)
    knee = shapes.smooth([point(0.6, 31.4), point(3.4, 25), point(2.4, 18.6), point(3.6, 15.8), point(5.2, 15.2)], 4)
    widths = [(4.4 - 2.4 * i / len(knee)) * k for i in range(len(knee))]
    brush.cut([shapes.ribbon(knee, widths)], mix(coat, colours.ink, 0.3), 0.8 * k, rim=0.6)
    man = figures.bust(random.Random("rider"), *point(2.8, 31), 1.5 * k, "cap")
    figures.group(brush, [man], coat, mix(coat, colours.ink, 0.5), brush.light, 1.4 * k)


def _child(brush: Brush, at: Point, k: float) -> None:
    """Draw a small child at the roadside, from behind, with both arms up."""
    x, y = at
    coat = mix(mix(brush.colours.roof, brush.colours.wood, 0.5), brush.colours.ink, 0.3)
    body = figures.standing(random.Random("child"), x, y, 1.05 * k, "child")
    top = y - 9.2 * k
    arms = tuple(
        shapes.ribbon(
            shapes.points(x, top, k, (s * 1.0, 1.6), (s * 3.6, -1), (s * 4.6, -4.8)), [1.7 * k, 1.4 * k, 1.0 * k]
        )
        for s in (-1, 1)
    )
    whole = figures.FigureOutlines((*arms, *body.coat), body.head, body.slits)
    figures.group(brush, [whole], coat, mix(coat, brush.colours.ink, 0.6), brush.light, k)
