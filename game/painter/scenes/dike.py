"""Scene `dike`: the dike in winter: a long earthwork with a few people, and the frozen river."""

from __future__ import annotations

import math
import random

from game.painter.canvas import SNOW, Brush, Frame, Origin, Point, Shape, mix, scale, shapes
from game.painter.props import crowd, landscape


def dike(brush: Brush) -> None:
    """Paint the earthwork."""
    landscape.backdrop(brush, "dike", 0.4, (0.3, 0.17), rows=2)
    landscape.ridge(brush, brush.crest("dike plain", 0.465, 0.5, 120), 0.4, 20 * brush.u, haze=0.5)
    _river(brush)
    _bank(brush)
    _people(brush)
    _barrow(brush)
    landscape.close(brush, "dike snow", (brush.frame.x(0.5), brush.frame.y(0.55)), 0.3)


# The dike's crown and foot from far to near: columns and rows as shares of the subject area.
_CROWN: tuple[Point, ...] = ((1.3, 0.468), (1.0, 0.476), (0.72, 0.494), (0.46, 0.53), (0.2, 0.596), (-0.12, 0.7))
_FOOT: tuple[Point, ...] = ((1.3, 0.476), (1.02, 0.492), (0.8, 0.524), (0.62, 0.594), (0.5, 0.72), (0.42, 0.93))


def _line(frame: Frame, points: tuple[Point, ...]) -> list[Point]:
    line = [(frame.x(x), frame.y(y)) for x, y in points]
    if line[0][0] < frame.w + 4 * frame.u:
        line.insert(0, (frame.w + 6 * frame.u, line[0][1] - 0.4 * frame.u))
    return shapes.smooth(line, 6)


def _river(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    ice = mix(colours.water, colours.sky_low, 0.4)
    shore = brush.crest("shore", 0.5, 0.4, 70)
    brush.cut([shapes.land(shore, -3 * u, frame.w + 3 * u, frame.h + 2 * u, 2 * u)], ice, 0, lit=0, dark=0.9)
    rng = random.Random("ice")
    frozen = brush.state.season == "winter"
    cracks: list[Shape] = []
    for _ in range(46):
        t = rng.random()
        x, y = rng.uniform(0, frame.w), frame.y(0.51) + t * t * (frame.h - frame.y(0.51))
        long = (2 + 12 * t) * u
        for _ in range(2):
            to = (x + long * rng.uniform(0.4, 1), y + rng.uniform(-0.1, 0.16) * long * frozen)
            cracks.append(shapes.lens((x, y), to, (0.14 + 0.2 * t) * u))
            x, y = to
    if frozen:
        brush.slit(cracks, mix(ice, colours.ink, 0.3), mix(ice, (255, 255, 255), 0.5))
    else:
        brush.slit(cracks, mix(ice, (255, 255, 255), 0.4), mix(ice, colours.ink, 0.2))


def _bank(brush: Brush) -> None:
    """Draw the long wall of earth with its trodden crown. It runs from far away to the left of the viewer."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    soil = mix(colours.earth, colours.ink, 0.2)
    if brush.state.snow:
        soil = mix(soil, SNOW, 0.34)
    crown, foot = _line(frame, _CROWN), _line(frame, _FOOT)
    below = [(frame.x(0.36), frame.h + 3 * u), (-4 * u, frame.h + 3 * u)]
    flank = [*crown, (-4 * u, frame.y(0.72)), (-4 * u, frame.h + 3 * u), below[0], *reversed(foot)]
    pale = mix(soil, colours.sky_low, 0.2)
    brush.lay([flank], mix(pale, edge[0], 0.12), scale(soil, 0.72), 1.8 * u, edge=(mix(pale, edge[0], 0.8), edge[1]))
    rng = random.Random("courses")
    marks: list[Shape] = []
    n = min(len(crown), len(foot))
    for i in range(2, n - 1):
        a, b = crown[-n:][i], foot[-n:][i]
        for _ in range(2 + i // 5):
            t, long = rng.uniform(0.08, 0.85), rng.uniform(0.05, 0.13)
            x, y = a[0] + (b[0] - a[0]) * t + rng.uniform(-2, 2) * u * i / n, a[1] + (b[1] - a[1]) * t
            end = (x + (b[0] - a[0]) * long, y + (b[1] - a[1]) * long)
            marks.append(shapes.lens((x, y), end, (0.1 + 0.5 * i / n) * u))
    brush.slit(marks, mix(soil, colours.ink, 0.5), mix(soil, edge[0], 0.6))
    tread = [(x, y + (0.25 + 1.6 * (i / len(crown)) ** 2) * u) for i, (x, y) in enumerate(crown)]
    brush.cut([[*crown, *reversed(tread)]], mix(soil, edge[0], 0.55), 0, lit=0.1, dark=0.94, rim=0.5)


def _people(brush: Brush) -> None:
    """Draw people far apart on the crown, and the stakes with strips of cloth that mark the work."""
    u, colours, state = brush.u, brush.colours, brush.state
    crown = _line(brush.frame, _CROWN)
    rng = random.Random("dike people")
    stakes: list[Shape] = []
    strips: list[Shape] = []
    for i in range(4, len(crown) - 1, 3):
        x, y = crown[i]
        k = (0.35 + 1.2 * (i / len(crown)) ** 1.6) * u
        stakes.append(shapes.ribbon([(x, y + 0.3 * k), (x + 0.2 * k, y - 5 * k)], [0.34 * k, 0.26 * k]))
        strips.append(shapes.points(x, y, k, (0.2, -5), (2.2, -4.4), (1.4, -3.4), (0.2, -3.9)))
    brush.cut(stakes, mix(colours.wood, colours.ink, 0.4), 0.5 * u)
    brush.cut(strips, mix(colours.wall, colours.earth, 0.4), 0.4 * u)
    tone = mix(colours.ink, colours.roof, 0.3)
    doings: tuple[crowd.Doing, ...] = ("carrying", "standing", "digging", "carrying", "bending")
    places = [i for i in range(6, len(crown) - 3) if i % 2]
    rng.shuffle(places)
    # A few people are drawn one by one; when the whole commune works, it walks in lines.
    many = max(0, state.people - 6) / 4
    for part, size in ((slice(2, 15), 3.0), (slice(14, 24), 4.8)):
        line = [(x, y + 0.4 * u) for x, y in crown[part]]
        if many and len(line) > 1:
            row = crowd.procession(random.Random(f"dike line {size}"), line, size * u, 1.1 * size * u, share=0.9 * many)
            brush.cut(row, mix(tone, colours.sky_low, 0.24), 0.3 * u, lit=0.05, rim=0.3)
    for rank, i in enumerate(sorted(places[: state.people])):
        x, y = crown[i]
        size = (2.6 + 9.5 * (i / len(crown)) ** 1.7) * u
        cut = crowd.walker(random.Random(f"dike {i}"), size, doings[(i + rank) % 5], -1 if i % 3 else 1)
        shade = mix(tone, colours.sky_low, 0.3 * (1 - i / len(crown)))
        brush.cut(crowd.placed(cut, x + u, y + 0.5 * u), shade, 0.07 * size, lit=0.05, rim=0.4)


def _barrow(brush: Brush) -> None:
    """Draw a loaded barrow at the dike's foot, and a spade in the ground, both abandoned."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    wood = mix(colours.wood, colours.sky_low, 0.22)
    x, y, k = frame.x(_FOOT[-1][0]) - 19.5 * u, frame.y(0.92), 1.0 * u  # so that the spade is not in the water
    origin = Origin(x, y, k)
    legs = [origin.ribbon([(6, -5), (6.6, 0)], [0.8, 0.7])]
    beams = [origin.ribbon([(-8, -2.6), (15, -6.4)], [1.0, 0.7])]
    tray = origin.points((-5, -8.2), (7, -9.6), (5.4, -4.6), (-3.6, -3.4))
    load = origin.curve((-4.6, -8.2), (-1.5, -11.4), (2.6, -11.8), (6.6, -9.5), closed=False)
    earth = mix(colours.earth, colours.sky_low, 0.3)
    brush.cut([load], mix(earth, SNOW, 0.3) if brush.state.snow else earth, 0.8 * u, rim=0.8)
    brush.cut([*legs, *beams, tray], wood, 1.2 * u, holes=[origin.lens((-4, -6), (6, -7.2), 0.25)], rim=0.7)
    hub = (x - 8.4 * k, y - 3.0 * k)
    wheel = shapes.ellipse(*hub, 3.1 * k, 3.1 * k, 28)
    gaps = [
        [
            (hub[0] + r * k * math.cos(a), hub[1] + r * k * math.sin(a))
            for r, a in ((0.7, b + 0.3), (2.2, b + 0.15), (2.2, b + 0.85), (0.7, b + 0.7))
        ]
        for b in (math.tau * i / 6 for i in range(6))
    ]
    brush.cut([wheel], wood, 1.0 * u, holes=gaps, rim=0.7)
    spade = [origin.ribbon([(15.5, 0.4), (12.9, -11)], [0.6, 0.5])]
    blade = origin.points((14.5, -1.6), (16.5, -2), (17.1, 1.4), (15.3, 1.6))
    brush.cut([*spade, blade], wood, 0.9 * u, rim=0.7)
