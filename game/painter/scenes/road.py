"""Scene `road`: the road to the county between fields, with a wire along it and grain carts that leave."""

from __future__ import annotations

import itertools
import random

from game.painter.canvas import SNOW, Brush, Frame, Point, Shape, mix, shapes
from game.painter.props import buildings, fields, landscape, road_traffic

# The road's left edge, its right edge, and their row, from far to near, as shares of the subject area's width and
# height.
_WAY: tuple[tuple[float, float, float], ...] = (
    (0.668, 0.676, 0.496), (0.634, 0.648, 0.514), (0.568, 0.598, 0.545), (0.535, 0.605, 0.6), (0.47, 0.63, 0.68),
    (0.33, 0.66, 0.8), (0.08, 0.7, 1.0),
)  # fmt: skip


def road(brush: Brush) -> None:
    """Paint the road. It has a cart for every four sacks, but at most three. Reads the parameters `sacks`, `thing`;
    from `scene_table.VILLAGE` also `crops`, `forest`, `hour`, `season`, `snow`."""
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
        road_traffic.cart(brush, (frame.x(x), frame.y(y)), k * 1.05 * u, f"cart {i}")
    if state.thing == "horse":
        road_traffic.rider(brush, (frame.x(0.48), frame.y(0.88)), 0.86 * u)
    elif state.thing == "child":
        road_traffic.child(brush, (frame.x(0.5) - 27.5 * u, frame.y(0.95)), 1.4 * u)
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
