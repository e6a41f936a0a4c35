"""Scene `scales`: the weighing: a steelyard, the weigher at its beam, rows of sacks, and a queue from behind."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Origin, Part, Point, Shape, mix, scale, shapes
from game.painter.props import buildings, figures, landscape
from game.painter.props.vessels import sack

# The steelyard, in units: the x of its column, the heights of its beam and its apex over the tripod's feet, and how far
# to the left its hook and to the right its weight hang.
_COLUMN, _BEAM, _APEX, _HOOK, _WEIGHT = 33.0, 32.0, 60.0, 6.6, 8.6
_WAITING: tuple[figures.Kind, ...] = ("scarf", "felt", "bun", "child", "scarf", "cap", "scarf", "felt")


def scales(brush: Brush) -> None:
    """Paint the threshing floor on the day of the weighing."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    landscape.sky(brush, frame.y(0.55), (0.22, 0.2), "scales clouds", 0.36)
    landscape.ridge(brush, brush.crest("scales far", 0.47, 2.4, 80), 0.08, 10 * u)
    landscape.wooded(brush, brush.crest("scales ridge", 0.51, 3.0, 64), 0.3, 14 * u, "scales wood", (7 * u, 2.7 * u))
    _granary(brush)
    floor = brush.crest("floor", 0.7, 0.5, 90)
    cuts = shapes.scratches(random.Random("floor cuts"), frame.w, frame.y(0.72), frame.h, 2.0 * u)
    _floor(brush, floor)
    brush.slit(cuts, mix(colours.earth, colours.ink, 0.4), mix(colours.earth, colours.rim, 0.4))
    _queue(brush)
    brush.glow((frame.x(0.55), frame.y(0.8)), 50 * u, colours.halo, 0.3, 0.35)
    _straw(brush)
    _sacks(brush)
    _steelyard(brush)
    _weigher(brush)
    landscape.close(brush, "scales snow", (frame.x(0.5), frame.y(0.5)), 0.3)


def _floor(brush: Brush, crest: shapes.Profile) -> None:
    """Draw the floor of beaten earth, which is paler than its surroundings."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    soil = mix(mix(colours.earth, colours.wall, 0.5), colours.hill(0.7), 0.2)
    outline = shapes.land(crest, -3 * u, frame.w + 3 * u, frame.h + 2 * u, max(8.0, 2 * u))
    low = max(y for _, y in outline[1:-1])
    far, near = mix(soil, colours.sky_low, 0.4), mix(soil, colours.ink, 0.16)
    brush.lay(
        [outline], far, near, 1.2 * u, edge=(mix(far, edge[0], 0.6), edge[1]), span=(low, frame.y(1.0)), solid=low + 2
    )


def _granary(brush: Brush) -> None:
    """Draw the granary's hall and its round thatched bins of matting. Beyond them is more of the village."""
    u, frame, state = brush.u, brush.frame, brush.state
    rng = random.Random("granary houses")
    houses: list[buildings.House] = []
    unit = 0.9 * u
    x = frame.across(0) - 30 * u * math.ceil(frame.across(0) / (30 * u)) if u > 0.05 else 0.0
    while x < frame.w + 8 * u and len(houses) < 24:
        gable, wide, chance = rng.random() < 0.35, rng.uniform(7.5, 13) * unit, rng.random()
        lit = state.hour != "day" and chance < state.lamps / 10
        foot = frame.y(0.66) + rng.uniform(-1.0, 1.0) * unit
        houses.append(buildings.House(x, foot, wide, rng.uniform(6.6, 8.2) * unit, unit, lit, False, gable))
        x += wide + rng.choice((1.2, 2.4, 6.0)) * unit
    buildings.row(brush, houses, 0.3, "granary row")
    landscape.ridge(brush, brush.crest("granary yard", 0.668, 0.4, 80), 0.62, 10 * u, haze=0.5)
    lit = state.hour != "day" and state.lamps > 0
    hall = buildings.House(frame.across(-19), frame.y(0.705), 25 * u, 16 * u, 1.5 * u, lit, True)
    buildings.row(brush, [hall], 0.6, "granary hall")
    _bins(brush)


def _bins(brush: Brush) -> None:
    """Draw the round bins. The rightmost bin is emptied last, because only a wide window shows it."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    straw = mix(mix(colours.ear, colours.wood, 0.35), colours.sky_low, 0.14)
    mat = mix(mix(colours.wall, colours.ear, 0.3), colours.sky_low, 0.14)
    bins = ((12, 9.4), (23.5, 10.4), (59, 9.0), (70, 10.0), (82, 8.6), (98, 9.6))
    for i, (x, tall) in enumerate(bins):
        px, foot, half = frame.across(x), frame.y(0.705) + 0.5 * u * (i % 2), 4.4 * u
        if px > frame.w + 8 * u or px < -8 * u:
            continue
        full = brush.state.sacks > (len(bins) - 1 - i) * 2
        high = tall * u if full else 0.62 * tall * u
        body = shapes.points(px, foot, (half, high), (-1, 0), (-0.94, -1), (0.94, -1), (1, 0))
        hoops = [
            shapes.lens((px - half, foot - high * t), (px + half, foot - high * t), 0.34 * u) for t in (0.2, 0.45, 0.7)
        ]
        brush.cut([body], mat, 0.9 * u, rim=0.5)
        brush.slit(hoops, mix(mat, colours.ink, 0.4), mix(mat, brush.light, 0.4))
        if full:
            cone = shapes.smooth(shapes.points(px, foot - high, (half, u), (-1.45, 0.8), (-0.5, -2.8), (0, -5.6)), 5)
            mirrored = [(2 * px - ax, ay) for ax, ay in reversed(cone)]
            thatch = [
                shapes.lens((px, foot - high - 5 * u), (px + k * half * 0.32, foot - high + 0.2 * u), 0.2 * u)
                for k in (-3, -1.5, 0, 1.5, 3)
            ]
            brush.cut([[*cone, *mirrored[1:]]], straw, 1.0 * u, holes=thatch, rim=0.6)
        else:
            brush.cut([shapes.ellipse(px, foot - high, half * 0.9, 0.9 * u, 24)], mix(colours.ink, mat, 0.25), 0)


def _straw(brush: Brush) -> None:
    """Draw the threshing floor's stone roller, and chaff that was left."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    rng = random.Random("chaff")
    origin = Origin(frame.across(72), frame.y(0.955), u)
    drum = origin.points((-6.4, -5.2), (5, -5.6), (5, -0.2), (-6.4, 0))
    stone = mix(colours.wall, colours.ink, 0.42)
    grooves = [origin.lens((-6, -d), (4.8, -(d + 0.3)), 0.3) for d in (1.1, 2.4, 3.7)]
    brush.cut([drum, origin.ellipse(-6.4, -2.6, 1.5, 2.6, 24)], stone, 1.2 * u, rim=0.6)
    brush.slit(grooves, mix(stone, colours.ink, 0.5), mix(stone, edge[0], 0.4))
    face = origin.ellipse(5.0, -2.9, 1.5, 2.7, 24)
    brush.cut([face], mix(stone, edge[0], 0.2), 0, holes=[origin.ellipse(5.0, -2.9, 0.4, 0.6, 12)], rim=0.5)
    chaff: list[Shape] = []
    for _ in range(90 if brush.state.sacks > 5 else 34):
        cx, cy = frame.across(rng.uniform(-6, 92)), frame.y(rng.uniform(0.76, 0.99))
        to = (cx + rng.uniform(-1.4, 1.4) * u, cy + rng.uniform(-0.4, 0.4) * u)
        chaff.append(shapes.lens((cx, cy), to, 0.22 * u))
    brush.slit(chaff, mix(colours.ear, colours.rim, 0.2), mix(colours.earth, colours.ink, 0.3))


def _queue(brush: Brush) -> None:
    """Draw people who wait in a line at the left, where the text does not cover them even in a small window."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    if not state.queue:
        return
    rng = random.Random("queue")
    count = max(2, round(state.people * 0.8))
    cloth = mix(mix(colours.wall, colours.earth, 0.3), colours.ink, 0.1)
    for i in range(count):
        t = 0.2 + 0.8 * i / (count - 1) if count < 8 else i / 7
        k = (0.74 + 0.34 * t) * u
        x, base = frame.across(25.5 - 21.5 * t), frame.y(0.735) + 4 * t * u
        kind = _WAITING[i % len(_WAITING)]
        cut = figures.waiting(rng, x, base, k, kind)
        coat = mix(mix(colours.roof, colours.wood, rng.uniform(0.05, 0.75)), colours.sky_low, 0.3 * (1 - t))
        hair = (
            mix(coat, mix(colours.leaf, colours.wall, 0.5), 0.4)
            if kind in ("scarf", "felt")
            else mix(coat, colours.ink, 0.55)
        )
        brush.parts.add(Part(f"queue {i}", (*cut.coat, *cut.head)))
        figures.group(brush, [cut], coat, hair, brush.light, k)
        if i % 3 == 1:
            folded = [(x + dx * k, base - dy * k) for dx, dy in ((0.5, 13.9), (2.5, 13.2), (2.7, 7.4), (0.8, 7.1))]
            brush.cut([folded], cloth, 0.3 * k, lit=0.2, rim=0.5, edge=(brush.light, 0.14 * k))


def _weigher(brush: Brush) -> None:
    """Draw the weigher at the beam from behind. She reads its marks and moves the weight with one hand."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.light
    x, base, k = frame.across(52.6), frame.y(0.93) - 1.4 * u, 1.96 * u
    cut = figures.waiting(random.Random("weigher"), x, base, k, "scarf", raised=True)
    hand = (frame.across(_COLUMN + _WEIGHT) + 0.7 * u, frame.y(0.93) - (_BEAM - 2.2) * u)
    sleeve = shapes.smooth([(x - 1.5 * k, base - 11.9 * k), (x - 3.3 * k, base - 11.2 * k), hand], 5)
    arm = shapes.ribbon(sleeve, [(1.9 - 0.09 * i) * k for i in range(len(sleeve))])
    coat = mix(mix(colours.roof, colours.wood, 0.2), colours.ink, 0.12)
    brush.cut([arm], scale(coat, 0.9), 0.6 * k, rim=0.45, edge=(edge, 0.16 * k))
    figures.group(brush, [cut], coat, mix(mix(colours.leaf, colours.wall, 0.35), coat, 0.45), edge, k)
    brush.parts.add(Part("weigher", (arm, *cut.coat, *cut.head), in_front=True))


def _sacks(brush: Brush) -> None:
    """Draw four rows of up to three sacks, filled from the back. Where sacks are missing, the boards are bare."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    edge, width = brush.edge
    cloth = mix(mix(colours.wall, colours.ear, 0.25), colours.earth, 0.2)
    wood = mix(colours.wood, colours.earth, 0.3)
    for row in range(4):
        k = (0.82 + 0.12 * row) * u
        base = frame.y(0.93) + (6.3 * row - 16) * u
        left = frame.across(2.6 - 1.4 * row)
        board: Shape = shapes.points(left, base, k, (-1, -0.6), (21.4, -0.6), (22, 0.9), (-1.6, 0.9))
        brush.cut(
            [board], wood, 0.7 * k, lit=0.1, dark=0.75, rim=0.6, edge=(edge, max(0.15 * k, width * 0.5)), apart=False
        )
        filled = min(3, max(0, brush.state.sacks - 3 * row))
        if not filled:
            continue
        cut = [sack(left + (3.4 + 7 * i) * k, base + 0.3 * k, k) for i in range(filled)]
        brush.parts.add(*(Part(f"sack {row} {i}", (c[0],), away=(-9 * k, -2.5 * k)) for i, c in enumerate(cut)))
        tone = mix(mix(cloth, colours.sky_low, 0.09 * (3 - row)), colours.ink, 0.04 * row)
        brush.cut(
            [c[0] for c in cut],
            tone,
            1.1 * k,
            holes=[s for c in cut for s in c[1]],
            lit=0.14,
            dark=0.72,
            rim=0.8,
            edge=(edge, max(0.2 * k, width * 0.8)),
            apart=False,
        )


def _steelyard(brush: Brush) -> None:
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.light
    foot = frame.y(0.93)
    apex = (frame.across(_COLUMN), foot - _APEX * u)
    pole = mix(colours.wood, colours.ink, 0.5)
    poles: list[Shape] = [
        shapes.ribbon(
            [
                (apex[0] + dx * 0.06, apex[1] - 3 * u),
                (apex[0] + dx * 0.5, (apex[1] + foot) / 2 + dy / 2),
                (apex[0] + dx, foot + dy),
            ],
            [1.0 * u, 1.25 * u, 1.5 * u],
        )
        for dx, dy in ((-14 * u, 2 * u), (13 * u, 0.0), (4 * u, -11 * u))
    ]
    brush.lay([poles[2]], mix(pole, colours.sky_low, 0.15), pole, 1.2 * u, edge=(mix(pole, edge, 0.6), 0.2 * u))
    brush.lay(poles[:2], mix(pole, edge, 0.08), pole, 1.8 * u, edge=(mix(pole, edge, 0.7), 0.25 * u))
    brush.parts.add(Part("tripod", tuple(poles), in_front=True))
    lash = [shapes.box(apex[0] - 1.6 * u, apex[1] - 0.8 * u + i * 0.75 * u, 3.2 * u, 0.5 * u) for i in range(3)]
    rope = mix(colours.wall, colours.earth, 0.4)
    # With many sacks the beam sinks; with few it rises.
    tilt = -0.10 + 0.016 * state.sacks
    pivot = (apex[0], foot - _BEAM * u)
    dx, dy = math.cos(tilt), -math.sin(tilt)

    def along(distance: float, down: float = 0.0) -> Point:
        return (pivot[0] + dx * distance * u, pivot[1] + dy * distance * u + down * u)

    cords = [shapes.ribbon([(apex[0], apex[1]), along(0, -0.6)], 0.35 * u)]
    load, poise = along(-_HOOK), along(_WEIGHT)
    hung = [
        shapes.ribbon([load, (load[0], load[1] + 5 * u)], 0.35 * u),
        shapes.ribbon([(load[0], load[1] + 4.6 * u), (load[0] - 3.0 * u, load[1] + 8.6 * u)], 0.3 * u),
        shapes.ribbon([(load[0], load[1] + 4.6 * u), (load[0] + 3.0 * u, load[1] + 8.6 * u)], 0.3 * u),
    ]
    string = shapes.ribbon([poise, (poise[0], poise[1] + 5 * u)], 0.3 * u)
    brush.parts.add(Part("cords", tuple(hung), load))
    brush.lay([*lash, *cords, *hung, string], rope, scale(rope, 0.85), 0.9 * u, edge=(mix(rope, edge, 0.6), 0.12 * u))
    notches = [shapes.lens(along(2 + 1.5 * i, -0.42), along(2 + 1.5 * i, 0.42), 0.28 * u) for i in range(11)]
    rod = shapes.ribbon([along(-9), along(-6), along(19)], [1.2 * u, 1.5 * u, 0.8 * u])
    brush.parts.add(Part("beam", (rod,), pivot, -tilt))
    bar = mix(colours.wood, colours.ink, 0.3)
    outlines = [rod, shapes.ellipse(*pivot, 1.3 * u, 1.3 * u, 24), shapes.ellipse(*load, 0.9 * u, 0.9 * u, 20)]
    brush.lay(outlines, mix(bar, edge, 0.15), bar, 1.3 * u, holes=notches, edge=(mix(bar, edge, 0.85), 0.22 * u))
    iron = mix(colours.ink, colours.roof, 0.45)
    weight = shapes.smooth(
        shapes.points(poise[0], poise[1], u, (-0.7, 4.6), (0.7, 4.6), (2, 7.6), (1.4, 9.2), (-1.4, 9.2), (-2, 7.6)),
        5,
        closed=True,
    )
    brush.parts.add(Part("poise", (string, weight), poise))
    brush.lay([weight], mix(iron, edge, 0.15), iron, 1.0 * u, edge=(mix(iron, edge, 0.7), 0.2 * u))
    if state.sacks:
        outline, slits = sack(load[0], load[1] + 19.8 * u, 1.12 * u)
        brush.parts.add(Part("hung sack", (outline,), load, away=(-5 * u, 3 * u)))
        cloth = mix(mix(colours.wall, colours.ear, 0.3), colours.earth, 0.15)
        brush.cut(
            [outline], cloth, 1.5 * u, holes=slits, lit=0.2, dark=0.75, rim=0.85, edge=(edge, 0.24 * u), apart=False
        )
        seam = (load[0] + 1.2 * u, load[1] + 19.6 * u)
        fall = (0.5 * u, frame.y(0.93) - seam[1])
        brush.move("grain", seam, 0.55 * u, mix(colours.ear, (255, 240, 190), 0.35), "sack", reach=fall)
    else:
        hook = shapes.smooth(shapes.points(load[0], load[1], u, (0, 4.6), (0.2, 7), (1.6, 7.4), (2, 6)), 6)
        brush.lay([shapes.ribbon(hook, 0.5 * u)], iron, iron, 0.8 * u, edge=(mix(iron, edge, 0.7), 0.14 * u))
