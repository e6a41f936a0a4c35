"""Card of one tone, cut into several pieces: each piece that touches no other is laid by itself.

A sheet costs as much as the box around it, so a row of posts is cheaper post by post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.window.painter.colour import Colour, mix, scale
from game.window.painter.paper import Shape, Sheet, Table, lay

_Box = tuple[float, float, float, float]  # left, top, right, foot


def _box(shape: Shape) -> _Box:
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    return min(xs), min(ys), max(xs), max(ys)


# To lay one more sheet costs about as much as this many pixels of a larger one.
_WORTH = 50_000


def _join(a: _Box, b: _Box) -> _Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _area(box: _Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _touch(a: _Box, b: _Box, gap: float) -> bool:
    return a[0] - gap < b[2] and b[0] - gap < a[2] and a[1] - gap < b[3] and b[1] - gap < a[3]


def islands(cuts: Sequence[Shape], gap: float = 0.0, worth: float = _WORTH) -> list[tuple[_Box, list[Shape]]]:
    """`cuts` in groups whose boxes lie more than `gap` pixels apart.

    Groups are one where to part them would save less than `worth` pixels.
    """
    groups: list[tuple[_Box, list[Shape]]] = []
    for cut in cuts:
        if not cut:
            continue
        box, mine = _box(cut), [cut]
        while True:
            apart: list[tuple[_Box, list[Shape]]] = []
            for around, others in groups:
                whole = _join(around, box)
                if _touch(around, box, gap) or _area(whole) - _area(around) - _area(box) < worth:
                    box, mine = whole, [*others, *mine]
                else:
                    apart.append((around, others))
            if len(apart) == len(groups):
                break
            groups = apart
        groups = [*apart, (box, mine)]
    return groups


def pieces(on: Table, sheet: Sheet) -> None:
    """Lay `sheet` island by island, with its colours running over the whole of it."""
    groups = islands(sheet.shapes, 2 * sheet.lift)
    if not groups:
        return
    span = sheet.span or (min(box[1] for box, _ in groups), max(box[3] for box, _ in groups))
    boxed = [(_box(hole), hole) for hole in sheet.holes if hole]
    for box, cuts in groups:
        holes = [hole for around, hole in boxed if _touch(box, around, 0)]
        lay(on, replace(sheet, shapes=cuts, holes=holes, span=span, solid=None))


def board(
    on: Table,
    edge: Colour,
    cuts: Sequence[Shape],
    tone: Colour,
    lift: float,
    holes: Sequence[Shape] = (),
    lit: float = 0.12,
    dark: float = 0.78,
    rim: float = 0.5,
    width: float | None = None,
) -> None:
    """Cut `cuts` out of card of one tone: lighter above, darker below, and a rim where the light meets it.

    width: of the rim, in pixels; unsaid, it is that of a thing in a room.
    """
    broad = max(0.8, min(on.size) * 0.0019) if width is None else width
    pieces(on, Sheet(cuts, mix(tone, edge, lit), scale(tone, dark), lift, holes, mix(tone, edge, rim), broad))


def stain(on: Table, cuts: Sequence[Shape], tone: Colour, alpha: int, foot: Colour | None = None) -> None:
    """Tint what is there in the outline of `cuts`, without an edge or a shadow."""
    pieces(on, Sheet(cuts, tone, foot or tone, 0, alpha=alpha))
