"""The dining hall: coats on their pegs, bowls on the long table, the cauldrons with steam or without."""

from __future__ import annotations

import math
import random

from game.window.painter import landscape, shapes
from game.window.painter.colour import mix, scale
from game.window.painter.frame import Frame
from game.window.painter.interior import coats, lattice
from game.window.painter.motion import Move
from game.window.painter.palette import Palette, Room, room
from game.window.painter.paper import Shape, Sheet, Table, backing, beam, finish, glow, lay
from game.window.painter.state import State


def dining(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """Paint the dining hall."""
    u = frame.u
    tones = room(colours, state)
    cx = frame.x(0.5)
    backing(on, colours.sky_top, colours.sky_low, frame.y(0.45))
    crest = shapes.profile(random.Random("dining ridge"), frame.y(0.34), 2 * u, 50 * u)
    landscape.wooded(on, frame, colours, state, crest, 0.2, 14 * u, "dining wood", (6 * u, 2.6 * u))
    _wall(on, frame, colours, tones, state)
    _stove(on, frame, colours, tones, state)
    coats(on, colours, tones, frame.x(0.5) - 39.5 * u, frame.y(0.335), u, state.coats)
    _tables(on, frame, colours, tones, state)
    beams = [shapes.box(-2 * u, frame.y(0.035), frame.w + 4 * u, 4.4 * u)]
    beams += [
        shapes.ribbon([(cx + k * 30 * u, -2 * u), (cx + k * 30 * u, frame.y(0.08))], [4 * u, 3.2 * u])
        for k in range(-4, 5)
    ]
    lay(
        on,
        Sheet(
            beams,
            scale(tones.near, 0.8),
            mix(tones.near, tones.far, 0.15),
            2.6 * u,
            rim=mix(tones.near, tones.edge, 0.35),
            rim_width=0.22 * u,
        ),
    )
    finish(on, (cx, frame.y(0.6)), 0.36)


def _wall(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    u = frame.u
    cx, foot = frame.x(0.5), frame.y(0.62)
    panes: list[Shape] = []
    windows = [cx + (k * 44 - 6) * u for k in range(-3, 4)]
    for x in windows:
        panes += lattice(x - 9 * u, frame.y(0.13), 18 * u, 17 * u, 6, 5, 0.55 * u)
    wall = mix(tones.wall, colours.wall, 0.25)
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, -2 * u, frame.w + 4 * u, foot + 2 * u)],
            scale(wall, 0.75),
            wall,
            1.8 * u,
            holes=panes,
            rim=mix(wall, tones.edge, 0.7),
            rim_width=0.25 * u,
        ),
    )
    dado = mix(wall, tones.near, 0.4)
    sills = [shapes.box(x - 10.4 * u, frame.y(0.13) + 17 * u, 20.8 * u, 1.4 * u) for x in windows]
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, frame.y(0.545), frame.w + 4 * u, foot - frame.y(0.545)), *sills],
            dado,
            scale(dado, 0.85),
            0.5 * u,
            rim=mix(dado, tones.edge, 0.5),
            rim_width=0.18 * u,
        ),
    )
    lay(
        on,
        Sheet(
            [shapes.box(-2 * u, foot, frame.w + 4 * u, frame.h)],
            mix(tones.floor, tones.day, 0.14),
            scale(tones.floor, 0.6),
            0.6 * u,
            rim=mix(tones.floor, tones.edge, 0.5),
            rim_width=0.2 * u,
            span=(foot, frame.y(1.0)),
            solid=foot + 2,
        ),
    )
    strength = 0.06 if state.hour == "night" else 0.26
    shafts: list[Shape] = [
        [
            (x - 8 * u, frame.y(0.14)),
            (x + 8 * u, frame.y(0.14)),
            (x + 34 * u, frame.y(0.95)),
            (x + 10 * u, frame.y(0.95)),
        ]
        for x in windows
    ]
    beam(on, shafts, tones.day, strength * 0.7, 2.8 * u)


def _stove(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    """Two cauldrons in a brick stove; the fire below shows where there is something to boil."""
    u = frame.u
    top, foot = frame.y(0.53), frame.y(0.66)
    left = frame.x(0.5) + 4.5 * u
    brick = mix(mix(colours.earth, colours.wall, 0.3), colours.ink, 0.3)
    mouths: list[Shape] = []
    joints: list[Shape] = []
    for i in range(2):
        x = left + (9 + 17.5 * i) * u
        mouths.append(
            [
                *shapes.ellipse(x, foot - 5.2 * u, 2.6 * u, 2.6 * u, 24)[12:],
                (x + 2.6 * u, foot - 1.2 * u),
                (x - 2.6 * u, foot - 1.2 * u),
            ]
        )
    rng = random.Random("stove")
    for course in range(4):
        for k in range(9):
            x, y = left + (k * 3.9 + 1.8 * (course % 2)) * u, top + (2 + course * 2.6) * u
            if all(abs(x + 1.4 * u - left - (9 + 17.5 * i) * u) > 5.2 * u for i in (0, 1)) and rng.random() < 0.8:
                joints.append(shapes.lens((x, y), (x + 2.8 * u, y), 0.16 * u))
    fire = colours.fire if state.steam else colours.ink
    lay(
        on,
        Sheet(
            [shapes.box(left + 4 * u, foot - 9 * u, 28 * u, 8.6 * u)],
            mix(fire, (255, 240, 200), 0.4) if state.steam else fire,
            fire,
            0,
        ),
    )
    lay(
        on,
        Sheet(
            [[(left, top), (left + 35.5 * u, top), (left + 36.9 * u, foot), (left - 1.4 * u, foot)]],
            mix(brick, tones.edge, 0.15),
            scale(brick, 0.75),
            1.5 * u,
            holes=[*mouths, *joints],
            rim=mix(brick, tones.edge, 0.6),
            rim_width=0.25 * u,
        ),
    )
    iron = mix(colours.ink, colours.roof, 0.3)
    pots = [
        [
            *shapes.ellipse(left + (9 + 17.5 * i) * u, top, 7.0 * u, 4.2 * u, 40)[20:],
            (left + (16 + 17.5 * i) * u, top + 0.6 * u),
            (left + (2 + 17.5 * i) * u, top + 0.6 * u),
        ]
        for i in range(2)
    ]
    for i in range(2):
        x = left + (9 + 17.5 * i) * u
        if state.steam:
            glow(on, (x, foot - 3.4 * u), 10 * u, colours.fire, 0.5)
    rims = [shapes.box(left + (1 + 17.5 * i) * u, top - 0.5 * u, 16 * u, 1.3 * u) for i in range(2)]
    lids = pots if not state.steam else []
    lid_tone = mix(colours.wood, tones.near, 0.3)
    lay(
        on,
        Sheet(
            lids,
            mix(lid_tone, tones.edge, 0.2),
            scale(lid_tone, 0.8),
            0.9 * u,
            rim=mix(lid_tone, tones.edge, 0.6),
            rim_width=0.2 * u,
        ),
    )
    lay(on, Sheet(rims, mix(iron, tones.edge, 0.15), iron, 0.7 * u, rim=mix(iron, tones.edge, 0.8), rim_width=0.2 * u))
    if state.steam:
        for i in range(2):
            x = left + (9 + 17.5 * i) * u
            for k in range(3):
                rng = random.Random(f"steam {i} {k}")
                curl = shapes.curl(rng, x + (k - 1) * 4 * u, top - 0.6 * u, (26 + 5 * k) * u, 5.5 * u, (5 - 2 * k) * u)
                tone = mix(colours.rim, tones.day, 0.5)
                lay(on, Sheet([curl], tone, colours.rim, 0.7 * u, alpha=96, shade=0.16))
            on.moves.append(Move("steam", (x, top - 0.6 * u), (4 * u, -36 * u), 15 * u, tone, seed=f"pot {i}"))


def _bench(
    on: Table, x0: float, x1: float, y: float, k: float, tone: tuple[int, int, int], edge: tuple[int, int, int]
) -> None:
    parts = [
        shapes.box(x0, y, x1 - x0, 1.2 * k),
        *(shapes.box(x0 + (x1 - x0) * p, y, 1.0 * k, 5 * k) for p in (0.05, 0.48, 0.92)),
    ]
    lay(
        on,
        Sheet(parts, mix(tone, edge, 0.15), scale(tone, 0.75), 0.8 * k, rim=mix(tone, edge, 0.65), rim_width=0.2 * k),
    )


def _tables(on: Table, frame: Frame, colours: Palette, tones: Room, state: State) -> None:
    u = frame.u
    cx = frame.x(0.5)
    wood = mix(tones.far, colours.earth, 0.25)
    far_y = frame.y(0.69)
    for sign in (-1, 1):
        x0, x1 = sorted((cx + sign * 3 * u, cx + sign * 60 * u))
        tone = mix(wood, tones.near, 0.25)
        lay(
            on,
            Sheet(
                [
                    [(x0 + u, far_y), (x1 - u, far_y), (x1, far_y + 2.2 * u), (x0, far_y + 2.2 * u)],
                    shapes.box(x0 + 2 * u, far_y + 2 * u, 1.4 * u, 8 * u),
                    shapes.box(x1 - 3.4 * u, far_y + 2 * u, 1.4 * u, 8 * u),
                ],
                mix(tone, tones.day, 0.2),
                scale(tone, 0.7),
                1.2 * u,
                rim=mix(tone, tones.edge, 0.7),
                rim_width=0.2 * u,
            ),
        )
        _bench(on, x0 + 2 * u, x1 - 2 * u, far_y + 6.4 * u, u, tone, tones.edge)
    top = frame.y(0.83)
    left, right = cx - 44 * u, cx + 44 * u
    board: Shape = [(left + 4 * u, top), (right - 4 * u, top), (right, frame.y(0.965)), (left, frame.y(0.965))]
    grain = [
        shapes.lens(
            (left + (4 + 9 * i) * u, top + (3 + (i * 5) % 9) * u),
            (left + (15 + 9 * i) * u, top + (3.2 + (i * 5) % 9) * u),
            0.22 * u,
        )
        for i in range(8)
    ]
    lay(
        on,
        Sheet(
            [board, shapes.box(left, frame.y(0.965) - 0.1 * u, right - left, 2.6 * u)],
            mix(wood, tones.day, 0.3),
            scale(wood, 0.75),
            2.4 * u,
            holes=grain,
            rim=mix(wood, tones.edge, 0.85),
            rim_width=0.28 * u,
        ),
    )
    rings: list[Shape] = []
    holes: list[Shape] = []
    for i in range(6):
        x, y = cx + (i - 2.5) * 13.2 * u, frame.y(0.912) - (i % 2) * 2.2 * u
        if i >= state.bowls:
            rings.append(shapes.ellipse(x, y + 0.8 * u, 3.0 * u, 0.95 * u, 40))
            holes.append(shapes.ellipse(x, y + 0.8 * u, 2.6 * u, 0.72 * u, 36))
    stain = mix(wood, colours.ink, 0.5)
    lay(on, Sheet(rings, stain, stain, 0, holes=holes, alpha=120))
    for i in range(state.bowls):
        _bowl(on, cx + (i - 2.5) * 13.2 * u, frame.y(0.912) - (i % 2) * 2.2 * u, u, colours, tones, state)


def _bowl(on: Table, x: float, y: float, u: float, colours: Palette, tones: Room, state: State) -> None:
    """A bowl and its chopsticks; what is in it stands high only where there is steam."""
    glaze = mix(colours.rim, tones.wall, 0.12)
    mouth = shapes.ellipse(x, y - 4.2 * u, 4.6 * u, 1.25 * u, 44)
    lay(
        on,
        Sheet(
            [mouth],
            scale(glaze, 0.62),
            scale(glaze, 0.8),
            0.4 * u,
            rim=mix(glaze, (255, 255, 255), 0.5),
            rim_width=0.22 * u,
        ),
    )
    if state.steam:
        heap = shapes.smooth(
            [
                (x - 3.9 * u, y - 4.1 * u),
                (x - 2 * u, y - 5.8 * u),
                (x, y - 6.4 * u),
                (x + 2.1 * u, y - 5.7 * u),
                (x + 3.9 * u, y - 4.1 * u),
                (x, y - 3.2 * u),
            ],
            5,
            closed=True,
        )
        rice = mix((250, 244, 224), colours.ear, 0.2)
        lay(on, Sheet([heap], rice, scale(rice, 0.85), 0.4 * u, rim=(255, 255, 250), rim_width=0.15 * u))
    side = [
        (x + 4.6 * u * math.cos(a), y - 4.2 * u + 1.25 * u * math.sin(a)) for a in (math.pi * i / 22 for i in range(23))
    ]
    body = [
        *side,
        *shapes.smooth(
            [(x - 4.6 * u, y - 4.2 * u), (x - 4.0 * u, y - 1.6 * u), (x - 1.9 * u, y), (x - 1.9 * u, y + 0.8 * u)], 5
        ),
        (x + 1.9 * u, y + 0.8 * u),
        *shapes.smooth([(x + 1.9 * u, y), (x + 4.0 * u, y - 1.6 * u), (x + 4.6 * u, y - 4.2 * u)], 5),
    ]
    band = [shapes.lens((x - 3.4 * u, y - 1.6 * u), (x + 3.4 * u, y - 1.6 * u), 0.3 * u)]
    lay(
        on,
        Sheet(
            [body],
            mix(glaze, (255, 255, 255), 0.15),
            scale(glaze, 0.7),
            0.9 * u,
            holes=band,
            rim=mix(glaze, (255, 255, 255), 0.6),
            rim_width=0.2 * u,
        ),
    )
