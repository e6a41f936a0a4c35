"""Road traffic: a loaded cart and a rider from behind, and a waving child. `k` is the number of pixels in a unit."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Point, Shape, mix, shapes
from game.painter.props import figures
from game.painter.props.vessels import sack


def cart(brush: Brush, at: Point, k: float, seed: str) -> None:
    """Draw a loaded cart from behind, with a paper flag and the carter on foot. Its wheels stand at `at`."""
    colours = brush.colours
    (x, y), rng = at, random.Random(seed)
    wood = mix(colours.wood, colours.ink, 0.3)
    ground = mix(mix(colours.earth, colours.ink, 0.4), colours.wall, 0.2)
    brush.cut([shapes.ellipse(x, y, 15 * k, 1.7 * k, 36)], ground, 0, lit=0, dark=1, rim=0, edge=(ground, 0))
    ox = [
        shapes.ribbon([(x - 12 * k, y - 11.4 * k), (x - 4 * k, y - 12 * k)], 0.8 * k),
        *(
            shapes.smooth(
                shapes.points(x, y, k, (s * 2, -27), (s * 6.4, -28.6), (s * 8, -32), (s * 5.4, -29.4), (s * 2, -28.6)),
                4,
                closed=True,
            )
            for s in (-1, 1)
        ),
    ]
    if k > 0.5 * brush.frame.u:
        brush.cut(ox, mix(colours.ink, colours.wood, 0.3), 0.4 * k)
    wheels = [shapes.ellipse(x + s * 11.4 * k, y - 6.6 * k, 1.7 * k, 6.8 * k, 30) for s in (-1, 1)]
    hubs = [shapes.box(x + s * 11.4 * k - 2.4 * k, y - 7.4 * k, 4.8 * k, 1.6 * k) for s in (-1, 1)]
    brush.cut(wheels, mix(wood, colours.ink, 0.3), 0.8 * k, rim=0.7)
    bed = shapes.points(x, y, k, (-10.6, -9.6), (10.6, -9.6), (10, -6.8), (-10, -6.8))
    brush.cut([bed, *hubs], wood, 0.9 * k, lit=0.2, rim=0.6)
    cloth = mix(mix(colours.wall, colours.ear, 0.28), colours.earth, 0.16)
    for row, (count, lift) in enumerate(((3, 9.0), (3, 15.2), (2, 21.0))):
        for i in range(count):
            sx = x + (i - (count - 1) / 2) * 6.6 * k + rng.uniform(-0.5, 0.5) * k
            outline, slits = sack(sx, y - lift * k, 0.96 * k)
            brush.cut([outline], mix(cloth, colours.ink, 0.05 * (2 - row)), 0.8 * k, holes=slits, lit=0.2, rim=0.6)
    rope = shapes.smooth(shapes.points(x, y, k, (-10.4, -9), (-7.6, -24), (0, -31.4), (7.4, -24), (10.4, -9)), 6)
    brush.cut([shapes.ribbon(rope, 0.5 * k)], mix(colours.wood, colours.ear, 0.3), 0.3 * k)
    pole = shapes.ribbon([(x + 8.8 * k, y - 12 * k), (x + 10.4 * k, y - 41 * k)], [0.6 * k, 0.4 * k])
    flag = shapes.points(x, y, k, (10.4, -41), (15, -40.4), (18.4, -38), (10.2, -36.6))
    brush.cut([pole], wood, 0.4 * k)
    brush.cut([flag], mix(colours.rim, colours.wall, 0.35), 0.6 * k, rim=0.7)
    man = figures.standing(rng, x - 17.4 * k, y + 0.6 * k, 1.24 * k, "cap" if seed.endswith("2") else "cropped")
    coat = mix(mix(colours.roof, colours.wood, 0.35), colours.ink, 0.2)
    figures.group(brush, [man], coat, mix(coat, colours.ink, 0.55), brush.light, k)


def rider(brush: Brush, at: Point, k: float) -> None:
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


def child(brush: Brush, at: Point, k: float) -> None:
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
