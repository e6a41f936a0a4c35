"""Landmarks: draws a small sign for a place on a map. The place's scene decides which sign."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from game.core.values import frozen
from game.painter.canvas import Brush, Colour, Shape, mix, scale, shapes
from game.painter.props import buildings, furnaces, orchard
from game.painter.props.buildings import House


@frozen
class Landmark:
    """Where a landmark stands on the map: the middle of its foot (x, y) and the unit `u`, in pixels."""

    brush: Brush
    x: float
    y: float
    u: float

    def roofs(self, *sizes: tuple[float, float, float, bool], grand: bool = False) -> None:
        """Draw houses, of brick if `grand`. Each of `sizes`: left edge, foot and width in units, and whether a gable is
        in front."""
        unit = 0.52 * self.u
        row = [
            House(self.x + dx * self.u, self.y + dy * self.u, wide * self.u, (5.4 if grand else 4.4) * self.u, unit,
                  False, grand, gable)
            for dx, dy, wide, gable in sizes
        ]  # fmt: skip
        buildings.row(self.brush, row, 0.9, f"landmark {len(sizes)}")

    def ground(self, rx: float, ry: float, tone: Colour, lift: float = 0.15) -> None:
        """Draw a patch of ground, whose half width is `rx` and whose half height is `ry`, in units."""
        patch = shapes.crown(random.Random(f"ground {rx} {ry}"), self.x, self.y, rx * self.u, ry * self.u, 9)
        rim = mix(tone, self.brush.colours.ink, 0.3)
        self.brush.lay([patch], tone, scale(tone, 0.92), lift * self.u, edge=(rim, 0.12 * self.u))


def houses(at: Landmark) -> None:
    """Draw a few houses: the sign of a village, a street, and any place that has no sign of its own."""
    at.roofs((-6.6, -1.6, 5, False), (-0.6, -2.2, 4.4, True), (3.6, -1.4, 5, False))
    at.roofs((-4.4, 1, 5.4, False), (1.8, 1.2, 5.6, False))


def _yard(at: Landmark) -> None:
    at.roofs((-4.2, 0, 7, False))
    tone, u = mix(at.brush.colours.wall, at.brush.colours.earth, 0.4), at.u
    wall = [shapes.box(at.x + 2.8 * u, at.y - 1.5 * u, 3.6 * u, 1.7 * u), shapes.box(at.x - 4.6 * u, at.y, 11 * u, u)]
    at.brush.cut(wall, tone, 0.25 * u)


def _hall(at: Landmark) -> None:
    at.roofs((-5.6, 0, 11.2, False), grand=True)


def _office(at: Landmark) -> None:
    at.roofs((-6.4, -1, 6, False), (1.2, -1.2, 6, False))
    at.roofs((-3.2, 1.2, 7.4, False))
    buildings.loudspeaker(at.brush, at.x + 6 * at.u, at.y + at.u, 9 * at.u, 0.62 * at.u)


def _kilns(at: Landmark) -> None:
    u, burning = at.u, at.brush.state.furnaces > 0 and at.brush.state.glow
    if burning:
        at.brush.glow((at.x, at.y - 2 * u), 9 * u, at.brush.colours.fire, 0.35, 0.7)
    for i, dx in enumerate((-4.4, 0.0, 4.4)):
        x, foot = at.x + dx * u, at.y + (0.5 if i == 1 else 0.0) * u
        furnaces.furnace(at.brush, x, foot, 5.2 * u, burning, f"landmark kiln {i}")


def _reservoir(at: Landmark) -> None:
    u, water = at.u, at.brush.colours.water
    at.ground(7.2, 3.0, water, 0.0)
    at.brush.slit(
        [shapes.lens((at.x - 4 * u, at.y + k * u), (at.x + (3 - k) * u, at.y + k * u), 0.24 * u) for k in (-1, 0, 1)],
        mix(water, (255, 255, 255), 0.5),
        water,
    )
    dam = shapes.smooth(shapes.points(at.x, at.y, u, (-8, 1.5), (0, 4), (8, 1.2)), 8)
    at.brush.cut([shapes.ribbon(dam, 2.1 * u)], mix(at.brush.colours.earth, at.brush.colours.wall, 0.25), 0.6 * u)


def _dike(at: Landmark) -> None:
    u = at.u
    bank = shapes.smooth(shapes.points(at.x, at.y, u, (-9, 1), (-2, -0.8), (9, 0.6)), 8)
    at.brush.cut([shapes.ribbon(bank, 2.6 * u)], mix(at.brush.colours.earth, at.brush.colours.wall, 0.2), 0.8 * u)
    barrow = [shapes.ellipse(at.x + k * u, at.y - 1.4 * u, 0.5 * u, 0.5 * u, 12) for k in (-3, 1.4, 4)]
    at.brush.cut(barrow, mix(at.brush.colours.wood, at.brush.colours.ink, 0.4), 0.2 * u)


def _orchard(at: Landmark) -> None:
    u = at.u
    trees = [
        (at.x + (-6 + 4 * column + 2 * (row % 2)) * u, at.y + (-2 + 2.6 * row) * u, 2.1 * u)
        for row in range(2)
        for column in range(4 - row)
    ]
    orchard.standing_and_felled(at.brush, random.Random("map orchard"), trees, u)


def _claypit(at: Landmark) -> None:
    for k, (rx, ry) in enumerate(((6.4, 3.2), (4.6, 2.2), (2.6, 1.2))):
        at.ground(rx, ry, scale(mix(at.brush.colours.earth, at.brush.colours.wall, 0.3), 0.95 - 0.2 * k), 0.0)


def _threshing_floor(at: Landmark) -> None:
    u, wood = at.u, mix(at.brush.colours.wood, at.brush.colours.ink, 0.3)
    at.ground(6.2, 2.6, mix(at.brush.colours.wall, at.brush.colours.rim, 0.35))
    top = (at.x, at.y - 6.4 * u)
    legs: list[Shape] = [
        shapes.ribbon([top, (at.x + dx * u, at.y + dy * u)], [0.4 * u, 0.5 * u])
        for dx, dy in ((-2.2, 0.4), (2.2, 0.4), (0.3, -0.6))
    ]
    beam = shapes.ribbon([(at.x - 3.6 * u, at.y - 4.6 * u), (at.x + 4.2 * u, at.y - 5.4 * u)], [0.4 * u, 0.3 * u])
    at.brush.cut([*legs, beam, shapes.ellipse(at.x + 3.4 * u, at.y - 4.4 * u, 0.5 * u, 0.7 * u, 14)], wood, 0.5 * u)


def _show_field(at: Landmark) -> None:
    u = at.u
    field = shapes.points(at.x, at.y, u, (-4.6, -2.6), (4.8, -2.4), (5.4, 2), (-5.4, 1.8))
    tone = at.brush.colours.earth if at.brush.state.crops == "bare" else at.brush.colours.ear
    at.brush.cut([field], tone, 0.9 * u)
    stalks: list[Shape] = [
        shapes.lens((at.x + dx * 0.62 * u, at.y + (1.4 - row * 1.3) * u), (at.x + (dx * 0.62 + 0.1) * u,
                    at.y + (0.3 - row * 1.3) * u), 0.24 * u)
        for row in range(3) for dx in range(-7, 8)
    ]  # fmt: skip
    if at.brush.state.crops != "bare":
        at.brush.slit(stalks, mix(tone, at.brush.colours.ink, 0.4), mix(tone, at.brush.colours.rim, 0.4))


# All other scenes have the sign `houses`.
LANDMARKS: Mapping[str, Callable[[Landmark], None]] = {
    "claypit": _claypit, "county": _office, "courtyard": _yard, "desk": _office, "dike": _dike, "dining": _hall,
    "furnaces": _kilns, "brickworks": _kilns, "hall": _hall, "kitchen": _yard, "orchard": _orchard,
    "reservoir": _reservoir, "scales": _threshing_floor, "showfield": _show_field,
}  # fmt: skip
