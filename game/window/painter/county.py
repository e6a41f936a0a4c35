"""The county's hall: tall windows, red paper on the wall, one long bench, and caps."""

from __future__ import annotations

import random

from game.window.painter import figures, landscape, shapes
from game.window.painter.colour import mix, scale
from game.window.painter.frame import Frame
from game.window.painter.interior import lattice
from game.window.painter.palette import RED, Palette, Room, room
from game.window.painter.paper import Shape, Sheet, Table, backing, beam, finish, lay
from game.window.painter.state import State


def county(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """The county's hall: tall windows, red paper on the wall, one long bench, and caps."""
    u = frame.u
    tones = room(colours, state)
    cx = frame.x(0.5)
    floor_y = frame.y(0.7)
    backing(on, colours.sky_top, colours.sky_low, frame.y(0.6))
    far = shapes.profile(random.Random("county roofs"), frame.y(0.6), 1.2 * u, 60 * u)
    landscape.ridge(on, frame, colours, state, far, 0.1, 20 * u)
    wall = mix(tones.wall, colours.sky_low, 0.12)
    panes: list[Shape] = []
    windows: list[float] = []
    for i in range(-8, 8):
        x = cx + (i + 0.5) * 24 * u
        if not -30 * u < x < frame.w + 10 * u:
            continue
        windows.append(x)
        panes += lattice(x - 5.2 * u, frame.y(0.12), 10.4 * u, 40 * u, 3, 7, 0.55 * u)
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, -2 * u, frame.w + 4 * u, floor_y + 2 * u)],
            scale(wall, 0.78),
            wall,
            1.8 * u,
            holes=panes,
            rim=mix(wall, tones.edge, 0.7),
            rim_width=0.3 * u,
        ),
    )
    rail = mix(tones.far, colours.ink, 0.25)
    lay(
        on,
        Sheet(
            [
                shapes.box(-2 * u, frame.y(0.565), frame.w + 4 * u, 1.4 * u),
                shapes.box(-2 * u, floor_y - 1.6 * u, frame.w + 4 * u, 1.8 * u),
                *(shapes.box(x - 6.4 * u, frame.y(0.53), 12.8 * u, 1.7 * u) for x in windows),
            ],
            rail,
            scale(rail, 0.8),
            0.7 * u,
            rim=mix(rail, tones.edge, 0.6),
            rim_width=0.2 * u,
        ),
    )
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, floor_y, frame.w + 4 * u, frame.h)],
            mix(tones.floor, tones.day, 0.1),
            scale(tones.floor, 0.55),
            0.5 * u,
            span=(floor_y, frame.y(1.0)),
            rim=mix(tones.floor, tones.edge, 0.5),
            rim_width=0.2 * u,
            solid=floor_y + 2,
        ),
    )
    strength = 0.07 if state.hour == "night" else 0.3
    shafts: list[Shape] = [
        [
            (x - 5 * u, frame.y(0.12)),
            (x + 5 * u, frame.y(0.12)),
            (x + 27 * u, frame.y(0.98)),
            (x + 11 * u, frame.y(0.98)),
        ]
        for x in windows
    ]
    beam(on, shafts, tones.day, strength * 0.6, 2.4 * u)
    _red_paper(on, frame, state)
    _long_table(on, frame, colours, tones, state)
    finish(on, (cx, frame.y(0.45)), 0.42)


def _red_paper(on: Table, frame: Frame, state: State) -> None:
    """The sheet on which the figures are put up: bare red paper, ruled, with pinned corners."""
    u = frame.u
    x, y = frame.x(0.5) - 5.4 * u, frame.y(0.17)
    red = scale(RED, 0.55 if state.hour == "night" else 0.86)
    curled = [
        (x, y),
        (x + 10.8 * u, y - 0.2 * u),
        *shapes.smooth(
            [
                (x + 10.9 * u, y + 22 * u),
                (x + 7 * u, y + 22.7 * u),
                (x + 3 * u, y + 21.8 * u),
                (x - 0.1 * u, y + 22.4 * u),
            ],
            5,
        ),
    ]
    ruled = [
        shapes.lens((x + k * 2.1 * u + 1.2 * u, y + 3 * u), (x + k * 2.1 * u + 1.2 * u, y + 20 * u), 0.14 * u)
        for k in range(5)
    ]
    lay(
        on,
        Sheet(
            [curled],
            mix(red, (255, 200, 160), 0.08),
            scale(red, 0.85),
            0.8 * u,
            holes=ruled,
            rim=mix(red, (255, 220, 180), 0.5),
            rim_width=0.15 * u,
        ),
    )


def _long_table(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    u = frame.u
    cx = frame.x(0.5)
    cloth = mix(mix(colours.leaf, tones.near, 0.55), tones.floor, 0.2)
    top = frame.y(0.735)
    lay(
        on,
        Sheet(
            [
                [
                    (cx - 62 * u, top),
                    (cx + 62 * u, top),
                    (cx + 66 * u, top + 3.4 * u),
                    (cx + 66 * u, top + 13 * u),
                    (cx - 66 * u, top + 13 * u),
                    (cx - 66 * u, top + 3.4 * u),
                ]
            ],
            mix(cloth, tones.day, 0.22),
            scale(cloth, 0.7),
            1.4 * u,
            rim=mix(cloth, tones.edge, 0.7),
            rim_width=0.25 * u,
        ),
    )
    red = scale(RED, 0.5 if state.hour == "night" else 0.8)
    spread: Shape = [
        (cx - 7 * u, top + 0.5 * u),
        (cx + 4 * u, top + 0.5 * u),
        (cx + 5 * u, top + 3.0 * u),
        (cx - 8 * u, top + 3.0 * u),
    ]
    lay(on, Sheet([spread], red, scale(red, 0.85), 0.3 * u, rim=mix(red, (255, 220, 180), 0.4), rim_width=0.14 * u))
    mugs: list[Shape] = []
    gaps: list[Shape] = []
    for i in (-6, -5, -4, -3, -2, 1, 2, 3, 4, 5):
        x, foot = cx + (i * 10.5 + 5.2) * u, top + 1.5 * u
        mugs += [
            shapes.ellipse(x + 1.5 * u, foot - 1.5 * u, 0.95 * u, 0.95 * u, 20),
            shapes.box(x - 1.3 * u, foot - 3.0 * u, 2.6 * u, 3.0 * u),
            shapes.ellipse(x, foot - 3.0 * u, 1.5 * u, 0.55 * u, 20),
            shapes.ellipse(x, foot - 3.6 * u, 0.42 * u, 0.36 * u, 12),
        ]
        gaps += [
            shapes.ellipse(x + 1.75 * u, foot - 1.5 * u, 0.42 * u, 0.5 * u, 14),
            shapes.lens((x - 1.3 * u, foot - 2.5 * u), (x + 1.3 * u, foot - 2.5 * u), 0.14 * u),
        ]
    white = mix(colours.rim, tones.wall, 0.25)
    lay(on, Sheet(mugs, white, scale(white, 0.75), 0.5 * u, holes=gaps, rim=colours.rim, rim_width=0.15 * u))
    rng = random.Random("county bench")
    k = 1.5 * u
    base = frame.y(0.97)
    cuts = []
    for i in range(-8, 9):
        x = cx + (i * 9.4 + rng.uniform(-0.7, 0.7)) * u + 4.5 * u
        taken = abs(i * 7 % 10) < state.people
        cut = figures.bust(rng, x, base, k, "cap" if i % 4 else "cropped")
        if taken and -8 * k < x < frame.w + 8 * k:
            cuts.append(cut)
    coat = mix(mix(colours.roof, colours.wood, 0.25), tones.near, 0.6)
    if cuts:
        figures.group(on, cuts, coat, mix(coat, colours.ink, 0.5), tones.edge, k)
    wood = tones.near
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, base - 0.6 * u, frame.w + 4 * u, 2.6 * u)],
            mix(wood, tones.edge, 0.1),
            scale(wood, 0.8),
            1.6 * u,
            rim=mix(wood, tones.edge, 0.6),
            rim_width=0.3 * u,
        ),
    )
