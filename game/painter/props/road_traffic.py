"""Road traffic: a loaded cart from behind, a rider from behind, and a child who waves."""

from __future__ import annotations

import random

from game.painter.canvas import shapes
from game.painter.canvas.colour import mix
from game.painter.canvas.frame import Frame
from game.painter.canvas.palette import Palette
from game.painter.canvas.paper import PaperTable, Point
from game.painter.canvas.scene_state import SceneState
from game.painter.props import figures, landscape
from game.painter.props.sacks import sack


def cart(on: PaperTable, frame: Frame, colours: Palette, state: SceneState, at: Point, k: float, seed: str) -> None:
    """A cart from behind, its wheels at `at`: sacks in three courses under a rope, a paper flag, the carter on foot."""
    edge = landscape.rim(colours, state, frame.u)
    (x, y), rng = at, random.Random(seed)
    wood = mix(colours.wood, colours.ink, 0.3)
    ground = mix(mix(colours.earth, colours.ink, 0.4), colours.wall, 0.2)
    landscape.cut(on, (ground, 0), [shapes.ellipse(x, y, 15 * k, 1.7 * k, 36)], ground, 0, lit=0, dark=1, rim=0)
    ox = [
        shapes.ribbon([(x - 12 * k, y - 11.4 * k), (x - 4 * k, y - 12 * k)], [0.8 * k] * 2),
        *(
            shapes.smooth(
                [
                    (x + s * 2 * k, y - 27 * k),
                    (x + s * 6.4 * k, y - 28.6 * k),
                    (x + s * 8 * k, y - 32 * k),
                    (x + s * 5.4 * k, y - 29.4 * k),
                    (x + s * 2 * k, y - 28.6 * k),
                ],
                4,
                closed=True,
            )
            for s in (-1, 1)
        ),
    ]
    if k > 0.5 * frame.u:
        landscape.cut(on, edge, ox, mix(colours.ink, colours.wood, 0.3), 0.4 * k)
    wheels = [shapes.ellipse(x + s * 11.4 * k, y - 6.6 * k, 1.7 * k, 6.8 * k, 30) for s in (-1, 1)]
    hubs = [shapes.box(x + s * 11.4 * k - 2.4 * k, y - 7.4 * k, 4.8 * k, 1.6 * k) for s in (-1, 1)]
    landscape.cut(on, edge, wheels, mix(wood, colours.ink, 0.3), 0.8 * k, rim=0.7)
    bed = [
        (x - 10.6 * k, y - 9.6 * k),
        (x + 10.6 * k, y - 9.6 * k),
        (x + 10.0 * k, y - 6.8 * k),
        (x - 10.0 * k, y - 6.8 * k),
    ]
    landscape.cut(on, edge, [bed, *hubs], wood, 0.9 * k, lit=0.2, rim=0.6)
    cloth = mix(mix(colours.wall, colours.ear, 0.28), colours.earth, 0.16)
    for row, (count, lift) in enumerate(((3, 9.0), (3, 15.2), (2, 21.0))):
        for i in range(count):
            sx = x + (i - (count - 1) / 2) * 6.6 * k + rng.uniform(-0.5, 0.5) * k
            outline, slits = sack(sx, y - lift * k, 0.96 * k)
            landscape.cut(
                on, edge, [outline], mix(cloth, colours.ink, 0.05 * (2 - row)), 0.8 * k, slits, lit=0.2, rim=0.6
            )
    rope = shapes.smooth(
        [
            (x - 10.4 * k, y - 9 * k),
            (x - 7.6 * k, y - 24 * k),
            (x, y - 31.4 * k),
            (x + 7.4 * k, y - 24 * k),
            (x + 10.4 * k, y - 9 * k),
        ],
        6,
    )
    landscape.cut(on, edge, [shapes.ribbon(rope, [0.5 * k] * len(rope))], mix(colours.wood, colours.ear, 0.3), 0.3 * k)
    pole = shapes.ribbon([(x + 8.8 * k, y - 12 * k), (x + 10.4 * k, y - 41 * k)], [0.6 * k, 0.4 * k])
    flag = [
        (x + 10.4 * k, y - 41 * k),
        (x + 15 * k, y - 40.4 * k),
        (x + 18.4 * k, y - 38 * k),
        (x + 10.2 * k, y - 36.6 * k),
    ]
    landscape.cut(on, edge, [pole], wood, 0.4 * k)
    landscape.cut(on, edge, [flag], mix(colours.rim, colours.wall, 0.35), 0.6 * k, rim=0.7)
    man = figures.standing(rng, x - 17.4 * k, y + 0.6 * k, 1.24 * k, "cap" if seed.endswith("2") else "cropped")
    coat = mix(mix(colours.roof, colours.wood, 0.35), colours.ink, 0.2)
    figures.group(on, [man], coat, mix(coat, colours.ink, 0.55), edge[0], k)


def rider(on: PaperTable, frame: Frame, colours: Palette, state: SceneState, at: Point, k: float) -> None:
    """A rider from behind, the horse's tail towards us."""
    edge = landscape.rim(colours, state, frame.u)
    x, y = at
    ground = mix(mix(colours.earth, colours.ink, 0.4), colours.wall, 0.2)
    landscape.cut(on, (ground, 0), [shapes.ellipse(x, y, 12 * k, 1.4 * k, 32)], ground, 0, lit=0, dark=1, rim=0)
    hide = mix(mix(colours.wood, (116, 70, 40), 0.5), colours.ink, 0.1)
    fore = [
        shapes.ribbon([(x + s * 3 * k, y - 16 * k), (x + s * 2.7 * k, y - 3 * k)], [2.6 * k, 1.5 * k]) for s in (-1, 1)
    ]
    landscape.cut(on, edge, fore, mix(hide, colours.ink, 0.5), 0.4 * k)
    neck = [
        (x - 0.4 * k, y - 30 * k),
        (x + 5.6 * k, y - 30 * k),
        (x + 8.4 * k, y - 39 * k),
        (x + 7.6 * k, y - 43.4 * k),
        (x + 4.8 * k, y - 40 * k),
    ]
    ears = [shapes.lens((x + dx * k, y - 41 * k), (x + (dx + 0.5) * k, y - 46 * k), 1.5 * k) for dx in (5.8, 8.0)]
    landscape.cut(on, edge, [shapes.smooth(neck, 4, closed=True), *ears], mix(hide, colours.ink, 0.2), 0.6 * k)
    legs = [
        shapes.ribbon(
            [
                (x + s * 5 * k, y - 20 * k),
                (x + s * 5.2 * k, y - 11 * k),
                (x + s * 4.2 * k, y - 6 * k),
                (x + s * 4.6 * k, y),
            ],
            [6 * k, 3.6 * k, 1.8 * k, 2.6 * k],
        )
        for s in (-1, 1)
    ]
    landscape.cut(on, edge, legs, mix(hide, colours.ink, 0.2), 0.8 * k, rim=0.6)
    rump = shapes.smooth(
        [
            (x - 4 * k, y - 32.6 * k),
            (x + 4 * k, y - 32.6 * k),
            (x + 8.6 * k, y - 28 * k),
            (x + 9.6 * k, y - 20 * k),
            (x + 6 * k, y - 14 * k),
            (x, y - 15.6 * k),
            (x - 6 * k, y - 14 * k),
            (x - 9.6 * k, y - 20 * k),
            (x - 8.6 * k, y - 28 * k),
        ],
        5,
        closed=True,
    )
    landscape.cut(on, edge, [rump], hide, 1.2 * k, lit=0.24, rim=0.75)
    tail = shapes.smooth(
        [
            (x - 1.2 * k, y - 29.4 * k),
            (x + 1.2 * k, y - 29.4 * k),
            (x + 2.7 * k, y - 17 * k),
            (x + 1.0 * k, y - 5 * k),
            (x - 2.2 * k, y - 16 * k),
        ],
        5,
        closed=True,
    )
    landscape.cut(on, edge, [tail], mix(hide, colours.ink, 0.6), 0.8 * k, rim=0.6)
    coat = mix(mix(colours.roof, colours.leaf, 0.2), colours.ink, 0.2)
    knees = [
        shapes.ribbon(
            [(x + s * 4 * k, y - 33 * k), (x + s * 10.4 * k, y - 27 * k), (x + s * 10 * k, y - 16 * k)],
            [4.4 * k, 3.8 * k, 2.6 * k],
        )
        for s in (-1, 1)
    ]
    landscape.cut(on, edge, knees, mix(coat, colours.ink, 0.3), 0.8 * k, rim=0.6)
    man = figures.bust(random.Random("rider"), x, y - 31 * k, 1.75 * k, "cap")
    figures.group(on, [man], coat, mix(coat, colours.ink, 0.5), edge[0], 1.4 * k)


def child(on: PaperTable, frame: Frame, colours: Palette, state: SceneState, at: Point, k: float) -> None:
    """A small child at the roadside, seen from behind, with both arms up."""
    edge = landscape.rim(colours, state, frame.u)
    x, y = at
    coat = mix(mix(colours.roof, colours.wood, 0.5), colours.ink, 0.3)
    body = figures.standing(random.Random("child"), x, y, 1.05 * k, "child")
    top = y - 9.2 * k
    arms = tuple(
        shapes.ribbon(
            [(x + s * 1.0 * k, top + 1.6 * k), (x + s * 3.6 * k, top - 1.0 * k), (x + s * 4.6 * k, top - 4.8 * k)],
            [1.7 * k, 1.4 * k, 1.0 * k],
        )
        for s in (-1, 1)
    )
    whole = figures.FigureOutlines((*arms, *body.coat), body.head, body.slits)
    figures.group(on, [whole], coat, mix(coat, colours.ink, 0.6), edge[0], k)
