"""Scene `reservoir`: a dam being built across a valley from baskets of earth."""

from __future__ import annotations

import random
from itertools import pairwise

from game.painter.canvas import Brush, Frame, Point, Shape, mix, scale, shapes
from game.painter.props import buildings, crowd, landscape, waters

# The ramps up the dam's face, from the valley's floor to its crown: columns in units from the subject area's left, rows
# as shares of its height.
_RAMPS: tuple[Point, ...] = ((-6, 0.83), (30, 0.755), (66, 0.715), (24, 0.655), (-4, 0.618), (26, 0.575), (58, 0.545))


def reservoir(brush: Brush) -> None:
    """Paint the valley."""
    landscape.backdrop(brush, "reservoir", 0.44, (0.74, 0.16))
    landscape.birds(brush, (0.3, 0.2))
    _flank(brush)
    brush.glow((brush.frame.x(0.74), brush.frame.y(0.5)), 54 * brush.u, brush.colours.halo, 0.4, 0.5)
    _dam(brush)
    _flags(brush)
    _carriers(brush)
    _floor(brush)
    landscape.close(brush, "reservoir snow", (brush.frame.x(0.5), brush.frame.y(0.55)), 0.26)


def _crown(frame: Frame, x: float) -> float:
    """Return the row of the dam's crown at the column `x`. It is finished at the left, and lower on the right."""
    t = (x - frame.x(0.0)) / (86 * frame.u)
    return frame.y(0.53) + (0.8 * t + 5.2 * max(0.0, t - 0.62)) * frame.u


def _flank(brush: Brush) -> None:
    """Draw the bare side of the valley, where the earth is dug."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    landscape.ridge(brush, brush.crest("flank", 0.52, 1.5, 70), 0.55, 60 * u, haze=0.4)
    soil = mix(mix(colours.earth, colours.wall, 0.35), colours.sky_low, 0.2)
    steps: list[Shape] = []
    rng = random.Random("cuttings")
    x = frame.x(0.0) + 58 * u
    while x < frame.w + 20 * u:
        wide, y = rng.uniform(18, 30) * u, frame.y(0.56) + rng.uniform(-1, 2) * u
        top = [
            (x - 3 * u, y + 16 * u), (x, y), (x + wide * 0.4, y - 1.6 * u), (x + wide, y),
            (x + wide + 2 * u, y + 16 * u),
        ]  # fmt: skip
        steps.append(top)
        x += wide + rng.uniform(2, 9) * u
    brush.cut(steps, soil, 0.9 * u, rim=0.4)


def _dam(brush: Brush) -> None:
    """Draw the wall of earth: layers, each one sheet, with ramps cut into them."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    soil = mix(colours.earth, colours.wall, 0.28)
    step = max(8.0, 2 * u)
    for course in range(4):
        rough = shapes.profile(random.Random(f"course {course}"), 0, 0.35 * u, 22 * u)
        drop = course * 7.2 * u
        outline = [
            (x, _crown(frame, x) + drop + y) for x, y in shapes.land(rough, -3 * u, frame.w + 3 * u, frame.h, step)
        ]
        foot = min(frame.h, frame.y(0.86) + 12 * u)
        outline[0], outline[-1] = (-3 * u, foot), (frame.w + 3 * u, foot)
        low = max(y for _, y in outline[1:-1])
        tone = mix(mix(soil, colours.sky_low, 0.26 - 0.07 * course), colours.ink, 0.05 * course)
        brush.lay(
            [outline],
            mix(tone, edge[0], 0.2),
            scale(tone, 0.84),
            1.3 * u,
            edge=(mix(tone, edge[0], 0.7), edge[1]),
            span=(low - 9 * u, low + 8 * u),
            solid=low + 2,
        )
    cuts = shapes.scratches(random.Random("dam cuts"), frame.w, frame.y(0.57), frame.y(0.82), 2.2 * u)
    brush.slit(cuts, mix(soil, colours.ink, 0.4), mix(soil, edge[0], 0.4))
    ramp = mix(soil, colours.rim, 0.34)
    brush.cut([shapes.ribbon([a, b], 1.5 * u) for a, b in pairwise(_ramps(frame))], ramp, 0.5 * u, rim=0.6)


def _ramps(frame: Frame) -> list[Point]:
    return [(frame.x(0.0) + x * frame.u, frame.y(y)) for x, y in _RAMPS]


def _flags(brush: Brush) -> None:
    """Draw flags along the crown, and the loudspeaker that announces the number of baskets."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random("flags")
    poles: list[Shape] = []
    cloths: list[Shape] = []
    x = frame.x(0.0) + 4 * u
    while x < frame.w + 4 * u and len(poles) < 60:
        y, tall = _crown(frame, x), rng.uniform(7, 9.5) * u
        poles.append(shapes.ribbon([(x, y + u), (x, y - tall)], [0.32 * u, 0.22 * u]))
        wave = rng.uniform(-0.5, 0.5) * u
        upper = shapes.smooth([(x, y - tall), (x + 1.8 * u, y - tall + wave), (x + 4.2 * u, y - tall + 0.5 * u)], 4)
        cloths.append([*upper, *((px, py + 2.3 * u) for px, py in reversed(upper))])
        x += rng.uniform(8, 13) * u
    brush.cut(poles, mix(colours.wood, colours.ink, 0.3), 0.5 * u)
    brush.cut(cloths, mix(mix(colours.wood, colours.roof, 0.4), colours.ink, 0.1), 0.7 * u, rim=0.5)
    at = frame.x(0.0) + 35 * u
    buildings.loudspeaker(brush, at, _crown(frame, at) + u, 17 * u, 1.15 * u)


def _carriers(brush: Brush) -> None:
    """Draw hundreds of people on ramps and crown. They are of dark paper, paler in the distance."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    share = brush.state.people / 10
    ramps = _ramps(frame)
    wide = frame.w + 4 * u
    along = [
        (x, _crown(frame, x) + 0.4 * u) for x in (frame.x(0.0) - 4 * u, frame.x(0.0) + 54 * u, max(wide, frame.x(1.0)))
    ]
    far = crowd.procession(random.Random("crown carriers"), along, 3.4 * u, 3.5 * u, share=share)
    far += crowd.procession(random.Random("upper carriers"), ramps[2:], 3.9 * u, 3.5 * u, share=share)
    tone = mix(colours.ink, colours.roof, 0.35)
    brush.cut(far, mix(tone, colours.sky_low, 0.14), 0.35 * u, lit=0.04, rim=0.25)
    near = crowd.procession(random.Random("lower carriers"), ramps[:3], 4.9 * u, 4.2 * u, share=share)
    across = [(frame.x(0.0) + 66 * u, frame.y(0.715)), (max(wide, frame.x(1.0)), frame.y(0.735))]
    near += crowd.procession(random.Random("far floor"), across, 4.6 * u, 4.6 * u, share=share)
    brush.cut(near, tone, 0.45 * u, lit=0.05, rim=0.3)


def _floor(brush: Brush) -> None:
    """Draw the floor of the valley: the creek's pool, the pit, and the nearest people."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    floor = brush.crest("valley floor", 0.83, 0.8, 90)
    soil = mix(colours.earth, colours.hill(0.8), 0.35)
    outline = shapes.land(floor, -3 * u, frame.w + 3 * u, frame.h + 2 * u, max(8.0, 2 * u))
    low = max(y for _, y in outline[1:-1])
    lit = mix(soil, edge[0], 0.2)
    border = mix(soil, edge[0], 0.6), edge[1]
    brush.lay([outline], lit, scale(soil, 0.7), 1.6 * u, edge=border, span=(low - 2 * u, frame.y(1.0)), solid=low + 2)
    cuts = shapes.scratches(random.Random("floor cuts"), frame.w, frame.y(0.85), frame.h, 2.4 * u)
    brush.slit(cuts, mix(soil, colours.ink, 0.5), mix(soil, edge[0], 0.35))
    left = frame.x(0.0)
    spine = [(left + x * u, frame.y(y)) for x, y in ((46, 0.862), (38, 0.875), (32, 0.9), (35, 0.94), (42, 1.04))]
    waters.stream(brush, spine, [0.8 * u, 1.8 * u, 3.4 * u, 6.0 * u, 10 * u])
    share = brush.state.people / 10
    rng = random.Random("near carriers")
    tone = mix(colours.ink, colours.wood, 0.25)
    for start, y, tilt, size, gap in (
        (-4, 0.872, 1.6, 6.6, 9.5),
        (48, 0.878, 1.2, 6.8, 10.0),
        (56, 0.93, 2.0, 8.8, 15.0),
    ):
        end = min(left + (start + (30 if start < 40 else 200)) * u, max(frame.w, frame.x(1.0)) + 4 * u)
        path = [(left + start * u, frame.y(y)), (end, frame.y(y) + tilt * u)]
        brush.cut(crowd.procession(rng, path, size * u, gap * u, share=share), tone, 0.9 * u, lit=0.06, rim=0.4)
    near: list[Shape] = []
    diggers: tuple[tuple[float, float, crowd.Doing, int], ...] = (
        (7, 0.99, "digging", 1), (20, 0.965, "bending", -1), (63, 0.995, "digging", -1),
    )  # fmt: skip
    for x, y, doing, facing in diggers:
        cut = crowd.walker(rng, 13 * u, doing, facing)
        if rng.random() < share:
            near += crowd.placed(cut, left + x * u, frame.y(y))
    baskets = [_basket(left + x * u, frame.y(y), 1.7 * u) for x, y in ((13.5, 0.99), (17, 0.985), (55, 0.995))]
    brush.cut(baskets, mix(colours.wood, colours.earth, 0.4), 1.0 * u, rim=0.6)
    brush.cut(near, scale(tone, 0.85), 1.4 * u, lit=0.08, rim=0.5)


def _basket(x: float, y: float, k: float) -> Shape:
    """Return a basket that is heaped with earth and stands on (x, y)."""
    heap = shapes.smooth(shapes.points(x, y, k, (-1.3, -1.3), (-0.4, -2.1), (1.3, -1.3)), 4)
    return [*heap, (x + 0.9 * k, y), (x - 0.9 * k, y)]
