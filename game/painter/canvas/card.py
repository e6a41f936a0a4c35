"""Card: shapes of one tone, grouped so that shapes far from each other are laid as separate sheets.

A sheet costs as much as its bounding box, so a row of posts is cheaper post by post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.painter.canvas.colour import Colour, mix, scale
from game.painter.canvas.paper import Extent, PaperSheet, PaperTable, Shape, extent, lay

# One more sheet costs about as much as this many pixels of a larger one.
_WORTH = 50_000


def _touch(a: Extent, b: Extent) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def islands(cuts: Sequence[Shape], gap: float = 0.0, worth: float = _WORTH) -> list[tuple[Extent, list[Shape]]]:
    """Group shapes so that the groups' bounding boxes lie more than `gap` pixels apart.

    Groups are also merged where keeping them apart saves less than `worth` pixels.

    Returns:
        Each group's bounding box (left, top, right, foot in pixels) and shapes.
    """
    groups: list[tuple[Extent, float, list[Shape]]] = []  # with its area in pixels
    for cut in cuts:
        if not cut:
            continue
        left, top, right, foot = extent(cut)
        mine = [cut]
        grown = True
        # written out, since a tree in winter is hundreds of boughs and each is held against all groups
        while grown:
            grown = False
            area = (right - left) * (foot - top)
            apart: list[tuple[Extent, float, list[Shape]]] = []
            for group in groups:
                (west, north, east, south), size, others = group
                x0, y0 = (west if west < left else left), (north if north < top else top)
                x1, y1 = (east if east > right else right), (south if south > foot else foot)
                whole = (x1 - x0) * (y1 - y0)
                near = west - gap < right and left - gap < east and north - gap < foot and top - gap < south
                if near or whole - size - area < worth:
                    left, top, right, foot, area = x0, y0, x1, y1, whole
                    others += mine
                    mine = others
                    grown = True
                else:
                    apart.append(group)
            groups = apart
        groups.append(((left, top, right, foot), area, mine))
    return [(box, mine) for box, _, mine in groups]


def pieces(on: PaperTable, sheet: PaperSheet) -> None:
    """Lay `sheet` group by group, with its colour gradient over all of them."""
    groups = islands(sheet.shapes, 2 * sheet.lift)
    if not groups:
        return
    span = sheet.span or (min(box[1] for box, _ in groups), max(box[3] for box, _ in groups))
    boxed = [(extent(hole), hole) for hole in sheet.holes if hole]
    for box, cuts in groups:
        holes = [hole for around, hole in boxed if _touch(box, around)]
        lay(on, replace(sheet, shapes=cuts, holes=holes, span=span, solid=None), box)


def board(
    on: PaperTable,
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
    """Lay shapes of card in one tone: lighter above, darker below, with a rim where the light meets it.

    Args:
        on: what to lay them on.
        edge: the light's colour.
        cuts: outlines in pixels.
        tone: the card's colour.
        lift: pixels above what lies below.
        holes: outlines in pixels that are cut out.
        lit: 0 to 1, how much of `edge` the upper end has.
        dark: the factor that darkens the lower end.
        rim: 0 to 1, how much of `edge` the rim has.
        width: of the rim in pixels; None: that of things in a room.
    """
    broad = max(0.8, min(on.size) * 0.0019) if width is None else width
    pieces(on, PaperSheet(cuts, mix(tone, edge, lit), scale(tone, dark), lift, holes, mix(tone, edge, rim), broad))


def stain(on: PaperTable, cuts: Sequence[Shape], tone: Colour, alpha: int, foot: Colour | None = None) -> None:
    """Tint the area of shapes with `alpha` (0 to 255), from `tone` down to `foot`, without an edge or a shadow."""
    pieces(on, PaperSheet(cuts, tone, foot or tone, 0, alpha=alpha))
