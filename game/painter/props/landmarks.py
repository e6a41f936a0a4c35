"""Landmarks: draws a small sign for a place on a map. The place's scene decides which sign."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from game.core.values import frozen
from game.painter.canvas import Brush, Colour, Origin, Palette, mix, scale, shapes
from game.painter.props import buildings, furnaces, orchard
from game.painter.props.buildings import House


@frozen
class Landmark(Origin):
    """The middle of a landmark's foot on the map, with the brush that draws it."""

    brush: Brush

    @property
    def colours(self) -> Palette:
        return self.brush.colours

    def roofs(self, *sizes: tuple[float, float, float, bool], grand: bool = False) -> None:
        """Draw houses, tiled if `grand`. `sizes`: left edge, foot, width (in units); True if the gable is in front."""
        unit, high = 0.52 * self.u, (5.4 if grand else 4.4) * self.u
        row = [House(*self.at(dx, dy), wide * self.u, high, unit, False, grand, gable) for dx, dy, wide, gable in sizes]
        buildings.row(self.brush, row, 0.9, f"landmark {len(sizes)}")

    def ground(self, rx: float, ry: float, tone: Colour, lift: float = 0.15) -> None:
        """Draw a patch of ground, whose half width is `rx` and whose half height is `ry`, in units."""
        patch = shapes.crown(random.Random(f"ground {rx} {ry}"), self.x, self.y, rx * self.u, ry * self.u, 9)
        rim = mix(tone, self.colours.ink, 0.3)
        self.brush.lay([patch], tone, scale(tone, 0.92), lift * self.u, edge=(rim, 0.12 * self.u))


def houses(at: Landmark) -> None:
    """Draw a few houses: the sign of a village, a street, and any place that has no sign of its own."""
    at.roofs((-6.6, -1.6, 5, False), (-0.6, -2.2, 4.4, True), (3.6, -1.4, 5, False))
    at.roofs((-4.4, 1, 5.4, False), (1.8, 1.2, 5.6, False))


def _yard(at: Landmark) -> None:
    at.roofs((-4.2, 0, 7, False))
    tone = mix(at.colours.wall, at.colours.earth, 0.4)
    at.brush.cut([at.box(2.8, -1.5, 3.6, 1.7), at.box(-4.6, 0, 11, 1)], tone, 0.25 * at.u)


def _hall(at: Landmark) -> None:
    at.roofs((-5.6, 0, 11.2, False), grand=True)


def _office(at: Landmark) -> None:
    at.roofs((-6.4, -1, 6, False), (1.2, -1.2, 6, False))
    at.roofs((-3.2, 1.2, 7.4, False))
    buildings.loudspeaker(at.brush, *at.at(6, 1), 9 * at.u, 0.62 * at.u)


def _kilns(at: Landmark) -> None:
    burning = at.brush.state.furnaces > 0 and at.brush.state.glow
    if burning:
        at.brush.glow(at.at(0, -2), 9 * at.u, at.colours.fire, 0.35, 0.7)
    for i, place in enumerate(at.points((-4.4, 0), (0, 0.5), (4.4, 0))):
        furnaces.furnace(at.brush, *place, 5.2 * at.u, burning, f"landmark kiln {i}")


def _reservoir(at: Landmark) -> None:
    water = at.colours.water
    at.ground(7.2, 3.0, water, 0.0)
    ripples = [at.lens((-4, k), (3 - k, k), 0.24) for k in (-1, 0, 1)]
    at.brush.slit(ripples, mix(water, (255, 255, 255), 0.5), water)
    dam = at.curve((-8, 1.5), (0, 4), (8, 1.2), steps=8, closed=False)
    at.brush.cut([shapes.ribbon(dam, 2.1 * at.u)], mix(at.colours.earth, at.colours.wall, 0.25), 0.6 * at.u)


def _dike(at: Landmark) -> None:
    bank = at.curve((-9, 1), (-2, -0.8), (9, 0.6), steps=8, closed=False)
    at.brush.cut([shapes.ribbon(bank, 2.6 * at.u)], mix(at.colours.earth, at.colours.wall, 0.2), 0.8 * at.u)
    barrows = [at.ellipse(k, -1.4, 0.5, 0.5, 12) for k in (-3, 1.4, 4)]
    at.brush.cut(barrows, mix(at.colours.wood, at.colours.ink, 0.4), 0.2 * at.u)


def _orchard(at: Landmark) -> None:
    trees = [
        (*at.at(-6 + 4 * column + 2 * (row % 2), -2 + 2.6 * row), 2.1 * at.u)
        for row in range(2)
        for column in range(4 - row)
    ]
    orchard.standing_and_felled(at.brush, random.Random("map orchard"), trees, at.u)


def _claypit(at: Landmark) -> None:
    for k, (rx, ry) in enumerate(((6.4, 3.2), (4.6, 2.2), (2.6, 1.2))):
        at.ground(rx, ry, scale(mix(at.colours.earth, at.colours.wall, 0.3), 0.95 - 0.2 * k), 0.0)


def _threshing_floor(at: Landmark) -> None:
    at.ground(6.2, 2.6, mix(at.colours.wall, at.colours.rim, 0.35))
    tripod = [at.ribbon([(0, -6.4), foot], [0.4, 0.5]) for foot in ((-2.2, 0.4), (2.2, 0.4), (0.3, -0.6))]
    beam = at.ribbon([(-3.6, -4.6), (4.2, -5.4)], [0.4, 0.3])
    wood = mix(at.colours.wood, at.colours.ink, 0.3)
    at.brush.cut([*tripod, beam, at.ellipse(3.4, -4.4, 0.5, 0.7, 14)], wood, 0.5 * at.u)


def _show_field(at: Landmark) -> None:
    bare = at.brush.state.crops == "bare"
    tone = at.colours.earth if bare else at.colours.ear
    at.brush.cut([at.points((-4.6, -2.6), (4.8, -2.4), (5.4, 2), (-5.4, 1.8))], tone, 0.9 * at.u)
    if not bare:
        stalks = [
            at.lens((dx * 0.62, 1.4 - row * 1.3), (dx * 0.62 + 0.1, 0.3 - row * 1.3), 0.24)
            for row in range(3)
            for dx in range(-7, 8)
        ]
        at.brush.slit(stalks, mix(tone, at.colours.ink, 0.4), mix(tone, at.colours.rim, 0.4))


# All other scenes have the sign `houses`.
LANDMARKS: Mapping[str, Callable[[Landmark], None]] = {
    "claypit": _claypit, "county": _office, "courtyard": _yard, "desk": _office, "dike": _dike, "dining": _hall,
    "furnaces": _kilns, "brickworks": _kilns, "hall": _hall, "kitchen": _yard, "orchard": _orchard,
    "reservoir": _reservoir, "scales": _threshing_floor, "showfield": _show_field,
}  # fmt: skip
