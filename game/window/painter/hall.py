"""The ancestral hall: frames behind frames, like a theatre of paper."""

from __future__ import annotations

import random

from game.window.painter import buildings, figures, landscape, shapes
from game.window.painter.colour import mix, scale
from game.window.painter.frame import Frame
from game.window.painter.interior import lattice
from game.window.painter.palette import RED, Palette, Room, room
from game.window.painter.paper import Shape, Sheet, Table, backing, beam, finish, glow, lay
from game.window.painter.state import State


def _outside(on: Table, frame: Frame, colours: Palette, state: State, horizon: float) -> None:
    """What is seen through doors and windows: sky, the ridge and its wood."""
    u = frame.u
    backing(on, colours.sky_top, colours.sky_low, frame.y(horizon))
    crest = shapes.profile(random.Random("outside"), frame.y(horizon), 1.6 * u, 40 * u)
    landscape.wooded(on, frame, colours, state, crest, 0.12, 10 * u, "outside", (5 * u, 2.0 * u))
    near = shapes.profile(random.Random("outside 2"), frame.y(horizon + 0.06), 0.8 * u, 50 * u)
    landscape.ridge(on, frame, colours, state, near, 0.4, 14 * u)


def _truss(
    frame: Frame, half: float, reach: float, beam_y: float, post: float, foot: float
) -> tuple[list[Shape], list[Shape]]:
    """One roof frame, `half` pixels from the middle to its posts and `reach` to its outer ends.

    All above its beam is one sheet, out of which the openings of the truss are cut.
    """
    reach = min(reach, half + post * 3.4)
    cx = frame.x(0.5)
    thick = post * 0.95
    rise = half * 0.36
    top = max(-2 * post, beam_y - rise * 1.6)
    sheet: list[Shape] = [
        shapes.box(cx - reach, top, 2 * reach, beam_y + thick - top),
        shapes.box(cx - half - post, beam_y, post, foot - beam_y),
        shapes.box(cx + half, beam_y, post, foot - beam_y),
        shapes.box(cx - reach, beam_y, reach - half - post * 2.1, foot - beam_y),
        shapes.box(cx + half + post * 2.1, beam_y, reach - half - post * 2.1, foot - beam_y),
    ]
    holes: list[Shape] = []
    for sign in (-1, 1):
        x = cx + sign * half
        brace = shapes.smooth(
            [
                (x, beam_y + thick * 0.5),
                (x - sign * post * 2.4, beam_y + thick * 0.9),
                (x - sign * post * 0.9, beam_y + thick * 1.7),
                (x, beam_y + thick * 3.2),
            ],
            6,
        )
        sheet += [
            [*brace, (x, beam_y)],
            shapes.box(x - post * (0.25 if sign > 0 else 1.25), foot - post * 0.9, post * 1.5, post * 0.9),
        ]
        inner, middle, outer = cx + sign * post * 0.55, cx + sign * half * 0.46, cx + sign * half * 0.92
        y = beam_y - thick * 0.35
        holes.append([(inner, y), (inner, y - rise * 0.9), (middle, y - rise * 0.52), (middle, y)])
        holes.append([(middle + sign * post * 0.7, y), (middle + sign * post * 0.7, y - rise * 0.4), (outer, y)])
    return sheet, holes


def hall(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """The ancestral hall from its last bench: the door's light, the loudspeaker, the backs of heads."""
    u = frame.u
    tones = room(colours, state)
    cx = frame.x(0.5)
    _outside(on, frame, colours, state, 0.5)
    if state.hour != "night":
        glow(on, (cx, frame.y(0.42)), 34 * u, colours.halo, 0.8)
    _hall_wall(on, frame, colours, tones, state)
    far_wall = mix(tones.far, tones.near, 0.7)
    lay(
        on, Sheet([shapes.box(-2 * u, -2 * u, frame.w + 4 * u, frame.y(0.26))], scale(far_wall, 0.6), far_wall, 1.0 * u)
    )
    for half, reach, beam_y, post, depth in (
        (24, 38, 0.30, 2.0, 0.0),
        (33, 52, 0.225, 2.8, 0.4),
        (44, 400, 0.135, 3.9, 0.85),
    ):
        sheet, holes = _truss(frame, half * u, reach * u, frame.y(beam_y), post * u, frame.y(0.68 + 0.16 * depth))
        tone = mix(tones.far, tones.near, 0.2 + 0.72 * depth)
        for sign in (-1, 1):
            # The aisles beyond the posts are plain card: no cutting, so they are laid apart.
            inner, outer = cx + sign * (half + post * 3.2) * u, cx + sign * reach * u
            aisle = shapes.box(min(inner, outer), -2 * u, abs(outer - inner), frame.y(0.68 + 0.16 * depth) + 2 * u)
            lay(
                on,
                Sheet([aisle], scale(tone, 0.7), tone, (1.6 + 1.4 * depth) * u, solid=-4 * u, span=(0, frame.y(0.6))),
            )
        lay(
            on,
            Sheet(
                sheet,
                scale(tone, 0.7),
                tone,
                (1.6 + 1.4 * depth) * u,
                holes=holes,
                rim=mix(tone, tones.edge, 0.3),
                rim_width=0.2 * u,
                span=(0, frame.y(0.6)),
            ),
        )
        if depth == 0.4:
            _speaker(on, frame, colours, state)
            if state.lamp and state.hour != "day":
                _lamp(on, frame, colours)
    _audience(on, frame, colours, tones, state)
    finish(on, (cx, frame.y(0.5)), 0.34)


def _hall_wall(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    u = frame.u
    cx = frame.x(0.5)
    floor_y = frame.y(0.655)
    door_w, door_h = 17 * u, 30 * u
    door = shapes.box(cx - door_w / 2, floor_y - door_h, door_w, door_h)
    panes: list[Shape] = []
    for sign in (-1, 1):
        left = cx + sign * 16.5 * u - 4 * u
        panes += lattice(left, floor_y - 26 * u, 8 * u, 13 * u, 4, 6, 0.45 * u)
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, -2 * u, frame.w + 4 * u, floor_y + 2 * u)],
            scale(tones.wall, 0.72),
            tones.wall,
            1.4 * u,
            holes=[door, *panes],
            rim=mix(tones.wall, tones.edge, 0.7),
            rim_width=0.25 * u,
        ),
    )
    floor = shapes.box(-2 * u, floor_y, frame.w + 4 * u, frame.h - floor_y + 2 * u)
    lay(
        on,
        Sheet(
            [floor],
            mix(tones.floor, tones.day, 0.12),
            scale(tones.floor, 0.6),
            0.8 * u,
            rim=mix(tones.floor, tones.edge, 0.5),
            rim_width=0.25 * u,
            span=(floor_y, frame.y(1.0)),
            solid=floor_y + 2,
        ),
    )
    strength = 0.16 if state.hour == "night" else 0.46
    shaft: Shape = [
        (cx - door_w / 2, floor_y),
        (cx + door_w / 2, floor_y),
        (cx + 26 * u, frame.y(1.05)),
        (cx - 26 * u, frame.y(1.05)),
    ]
    beam(on, [shaft], tones.day, strength * 0.6, 3 * u)
    glow(on, (cx, floor_y - door_h * 0.4), 32 * u, tones.day, strength * 0.5)
    for sign in (-1, 1):
        hinge, free = cx + sign * door_w / 2, cx + sign * (door_w / 2 + 5.2 * u)
        leaf: Shape = [
            (hinge, floor_y - door_h - 0.4 * u),
            (free, floor_y - door_h + 1.0 * u),
            (free, floor_y + 1.6 * u),
            (hinge, floor_y),
        ]
        x0 = min(hinge, free) + 0.7 * u
        wood = mix(tones.far, colours.ink, 0.3)
        lay(
            on,
            Sheet(
                [leaf],
                wood,
                scale(wood, 0.8),
                1.2 * u,
                holes=lattice(x0, floor_y - door_h + 2 * u, 3.8 * u, 14 * u, 3, 6, 0.4 * u),
                rim=mix(wood, tones.edge, 0.6),
                rim_width=0.2 * u,
            ),
        )


def _speaker(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    u = frame.u
    x, y = frame.x(0.5) + 13 * u, frame.y(0.225) + 6.4 * u
    wire = [
        shapes.ribbon(
            shapes.smooth([(x, y - 1.2 * u), (x - 0.6 * u, y - 3 * u), (x + 0.4 * u, y - 5.2 * u)], 5), [0.35 * u] * 11
        )
    ]
    cable = shapes.smooth([(x, y - 4.6 * u), (x + 9 * u, y - 1.6 * u), (x + 22 * u, y - 5 * u)], 8)
    wire.append(shapes.ribbon(cable, [0.22 * u] * len(cable)))
    lay(on, Sheet(wire, colours.ink, colours.ink, 0.6 * u))
    buildings.horn(on, x, y, 2.1 * u, -1, RED)


def _lamp(on: Table, frame: Frame, colours: Palette) -> None:
    """One oil lamp on a chain, where the wedding lanterns used to hang."""
    u = frame.u
    x, y = frame.x(0.5) - 13 * u, frame.y(0.225) + 9 * u
    chain = [shapes.ribbon([(x, y - 10 * u), (x, y - 2.6 * u)], [0.25 * u, 0.25 * u])]
    cap: Shape = [
        (x - 1.8 * u, y - 1.6 * u),
        (x - 0.6 * u, y - 2.8 * u),
        (x + 0.6 * u, y - 2.8 * u),
        (x + 1.8 * u, y - 1.6 * u),
    ]
    brass = mix(colours.wood, colours.light, 0.35)
    glow(on, (x, y), 26 * u, colours.light, 0.42)
    lay(
        on,
        Sheet([*chain, cap, shapes.box(x - 1.5 * u, y + 1.6 * u, 3 * u, 1.1 * u)], brass, scale(brass, 0.8), 0.7 * u),
    )
    glass = shapes.ellipse(x, y, 1.5 * u, 1.8 * u, 24)
    lay(on, Sheet([glass], mix(colours.light, (255, 255, 255), 0.5), colours.fire, 0))
    glow(on, (x, y), 7 * u, colours.light, 0.6)


def _audience(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    u = frame.u
    cx = frame.x(0.5)
    for row, (base, unit, seats) in enumerate(((0.735, 0.62, 4), (0.80, 0.86, 4), (0.89, 1.18, 3), (1.02, 1.65, 3))):
        rng = random.Random(f"hall row {row}")
        near = row / 3
        k = unit * u
        wood = mix(tones.far, tones.near, 0.35 + 0.6 * near)
        bench: list[Shape] = []
        cuts: list[figures.Cut] = []
        y = frame.y(base)
        for sign in (-1, 1):
            inner, outer = cx + sign * (4.6 * k + 1.5 * u), cx + sign * (4.6 * k + 1.5 * u + seats * 7.4 * k)
            left = min(inner, outer)
            bench.append(shapes.box(left, y, abs(outer - inner), 1.1 * k))
            bench += [shapes.box(left + part * abs(outer - inner), y, 0.9 * k, 3.2 * k) for part in (0.06, 0.5, 0.9)]
            for seat in range(seats):
                x = inner + sign * (seat + 0.5 + rng.uniform(-0.12, 0.12)) * 7.4 * k
                kind = rng.choice(figures.KINDS)
                taken = rng.random() < state.people / 10 * 1.02
                cut = figures.bust(rng, x, y + 0.4 * k, k, kind)
                if taken and -8 * k < x < frame.w + 8 * k:
                    cuts.append(cut)
        coat = mix(mix(colours.roof, tones.far, 0.4), tones.near, 0.3 + 0.65 * near)
        hair = mix(colours.ink, tones.near, 0.4)
        if cuts:
            figures.group(on, cuts, coat, hair, tones.edge, k)
        lay(on, Sheet(bench, wood, scale(wood, 0.75), 0.8 * k, rim=mix(wood, tones.edge, 0.6), rim_width=0.22 * k))
