"""Outlines of icons for window and print: doors, bowls, marks of how sure a fact is, and patterns for charts' bars."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt
from types import MappingProxyType
from typing import Literal

from game.core.values import frozen

Outline = tuple[tuple[float, float], ...]

STROKE = 0.075  # the width of a line, as a fraction of the icon's side


@frozen
class IconOutline:
    """The outline of an icon in a square of side 1: filled polygons (`solid`) and polylines (`lined`). A polyline that
    ends at its start is closed."""

    solid: tuple[Outline, ...] = ()
    lined: tuple[Outline, ...] = ()


_EAVES: Outline = (
    (0.00, 0.13), (0.10, 0.15), (0.17, 0.11), (0.21, 0.03), (0.79, 0.03), (0.83, 0.11), (0.90, 0.15), (1.00, 0.13),
    (0.92, 0.26), (0.08, 0.26),
)  # fmt: skip
_SHEET: Outline = ((0.18, 0.04), (0.66, 0.04), (0.84, 0.22), (0.84, 0.96), (0.18, 0.96), (0.18, 0.04))
_BUBBLE: Outline = (
    (0.10, 0.14), (0.90, 0.14), (0.90, 0.66), (0.48, 0.66), (0.26, 0.90), (0.26, 0.66), (0.10, 0.66), (0.10, 0.14),
)  # fmt: skip
_EYE: Outline = (
    (0.02, 0.50), (0.20, 0.30), (0.38, 0.21), (0.50, 0.20), (0.62, 0.21), (0.80, 0.30), (0.98, 0.50), (0.80, 0.70),
    (0.62, 0.79), (0.50, 0.80), (0.38, 0.79), (0.20, 0.70), (0.02, 0.50),
)  # fmt: skip
_PUPIL: Outline = ((0.50, 0.44), (0.56, 0.50), (0.50, 0.56), (0.44, 0.50), (0.50, 0.44))
_HOOK: Outline = ((0.26, 0.30), (0.32, 0.14), (0.50, 0.06), (0.68, 0.14), (0.74, 0.30), (0.66, 0.44), (0.50, 0.54),
                  (0.50, 0.70))  # fmt: skip
_POINT: Outline = ((0.50, 0.94), (0.50, 0.98))
_DASHES: tuple[Outline, ...] = (
    ((0.0, 0.0), (0.3, 0.0)), ((0.7, 0.0), (1.0, 0.0)), ((1.0, 0.0), (1.0, 0.3)), ((1.0, 0.7), (1.0, 1.0)),
    ((1.0, 1.0), (0.7, 1.0)), ((0.3, 1.0), (0.0, 1.0)), ((0.0, 1.0), (0.0, 0.7)), ((0.0, 0.3), (0.0, 0.0)),
)  # fmt: skip
_POSTS: Outline = ((0.17, 0.29), (0.17, 0.96), (0.83, 0.96), (0.83, 0.29))

ICONS: Mapping[str, IconOutline] = MappingProxyType({
    "door.closed": IconOutline(lined=((*_EAVES, _EAVES[0]), _POSTS, ((0.5, 0.29), (0.5, 0.96)))),
    # how sure a fact is: a written sheet, a sheet with a seal, a spoken word, an eye, a flag, a question mark, an open
    # book, a dashed frame
    "standing.recorded": IconOutline(lined=(
        _SHEET, ((0.34, 0.38), (0.68, 0.38)), ((0.34, 0.57), (0.68, 0.57)), ((0.34, 0.76), (0.68, 0.76)),
    )),
    "standing.ordered": IconOutline(
        solid=(((0.46, 0.58), (0.70, 0.58), (0.70, 0.82), (0.46, 0.82)),),
        lined=(_SHEET, ((0.34, 0.38), (0.68, 0.38))),
    ),
    "standing.claimed": IconOutline(lined=(_BUBBLE,)),
    "standing.seen": IconOutline(lined=(_EYE, _PUPIL)),
    "standing.goal": IconOutline(
        solid=(((0.26, 0.08), (0.90, 0.28), (0.26, 0.50)),), lined=(((0.22, 0.04), (0.22, 0.98)),),
    ),
    "standing.question": IconOutline(lined=(_HOOK, _POINT)),
    "standing.outside": IconOutline(lined=(
        ((0.50, 0.24), (0.30, 0.12), (0.04, 0.14), (0.04, 0.80), (0.30, 0.78), (0.50, 0.90), (0.70, 0.78), (0.96, 0.80),
         (0.96, 0.14), (0.70, 0.12), (0.50, 0.24), (0.50, 0.90)),
    )),
    "standing.invented": IconOutline(lined=_DASHES),
    "door.open": IconOutline(solid=(
        _EAVES,
        ((0.30, 0.26), (0.30, 0.86), (0.05, 0.99), (0.05, 0.36)),
        ((0.70, 0.26), (0.70, 0.86), (0.95, 0.99), (0.95, 0.36)),
    )),
})  # fmt: skip


# A bowl seen from the side, open above and on a foot, in a box that is 1 wide and BOWL_HEIGHT high.
BOWL_HEIGHT = 0.7
_FLOOR = 0.62  # the y of its floor; its rim is at 0
_BOWL_STEPS = 12


def _half_width(height: float) -> float:
    """Return half the width of a bowl at a height over its bottom, from 0 to 1 (the rim)."""
    return 0.2 + 0.28 * sqrt(1 - (1 - height) ** 2)


def _side(sign: int, top: float = 1.0) -> Outline:
    heights = [top * step / _BOWL_STEPS for step in range(_BOWL_STEPS + 1)]
    return tuple((0.5 + sign * _half_width(height), _FLOOR * (1 - height)) for height in heights)


BOWL = IconOutline(
    solid=(((0.34, _FLOOR), (0.66, _FLOOR), (0.68, BOWL_HEIGHT), (0.32, BOWL_HEIGHT)),),
    lined=((*_side(-1)[::-1], *_side(1)),),
)


def bowl_food(share: float) -> Outline:
    """Return the outline of the food that fills a bowl to `share` of its height, 0 to 1; empty for 0."""
    top = 1 - (1 - STROKE / 2 / _FLOOR) * (1 - share)
    return (*_side(-1, top)[::-1], *_side(1, top)) if share else ()


Line = tuple[tuple[float, float], tuple[float, float]]


@frozen
class BarPattern:
    """The lines that fill a part of a bar. Lengths are in pixels at 1080p.

    Attributes:
        run: The direction of the lines; "" for an empty part.
        step: The distance from one line to the next.
        line: The width of a line.
        dashes: The length of the dashes in the line around the part; 0 for a solid line.
    """

    run: Literal["", "slanted", "upright", "flat"] = ""
    step: float = 0.0
    line: float = 0.0
    dashes: float = 0.0

    def lines(self, width: float, height: float, unit: float) -> list[Line]:
        """Return the lines that fill a rectangle. `unit` is the scale: a length of 1 at 1080p becomes `unit`."""
        step = self.step * unit
        match self.run:
            case "slanted":
                return hatching(width, height, step)
            case "upright":
                return [((at * step, 0.0), (at * step, height)) for at in range(1, ceil(width / step))]
            case "flat":
                return [((0.0, at * step), (width, at * step)) for at in range(1, ceil(height / step))]
        return []

    def edge(self, width: float, height: float, unit: float) -> list[Line]:
        """Return the dashes of the line around a rectangle; empty if that line is solid."""
        long = self.dashes * unit
        if not long:
            return []
        across = [(at * 2 * long, min(width, (at * 2 + 1) * long)) for at in range(ceil(width / long / 2))]
        sides = [((x, 0.0), (x, height)) for x in (0.0, width)]
        return [*sides, *(((start, y), (end, y)) for y in (0.0, height) for start, end in across)]


BAR_PATTERNS: Mapping[str, BarPattern] = MappingProxyType({
    "amount.taken": BarPattern("slanted", 9.0, 5.0),  # looks cut away
    "amount.seed": BarPattern("upright", 7.0, 3.0),  # looks like sown rows
    "amount.outline": BarPattern(),  # empty: it is not itself grain
    "amount.false": BarPattern(dashes=7.0),  # empty, with a broken line: there was nothing
    "amount.lost": BarPattern("flat", 5.0, 1.6),  # looks like grain that lies in the field
})  # fmt: skip


def hatching(width: float, height: float, step: float) -> list[Line]:
    """Return lines that hatch a rectangle from lower left to upper right, `step` apart along its edge."""
    lines: list[Line] = []
    at = step
    while at < width + height:
        start = (max(0.0, at - height), min(at, height))
        end = (min(at, width), max(0.0, at - width))
        lines.append((start, end))
        at += step
    return lines
