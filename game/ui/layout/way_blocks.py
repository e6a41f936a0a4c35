"""Blocks of the map of a playthrough: stations along a line, with the doors that stood open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from game.ui.layout.geometry import Block, Box, Item, Rect, moved
from game.ui.layout.scale import Scale
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.layout.wrap_layout import wrapped_row
from game.ui.tree import TreeNode

Column = Callable[[Typesetter, Iterable[TreeNode], int], Block]


def way(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """The stations of a playthrough below one another; where two lanes have room, side by side."""
    scale = setter.scale
    gap = scale.em(1.0)
    lanes = max((station.level for date in node.children for station in date.children), default=0)
    lane = (width - gap) // 2
    abreast = lanes == 2 and lane >= scale.em(11)  # else the names say whose they are
    blocks = []
    for child in node.children:
        if child.style == "station":
            block = _station(setter, child, width, column)
        elif child.style != "date":
            block = column(setter, [child], width)
        elif abreast:
            sides = [stack([(scale.em(0.4), _station(setter, one, lane, column)) for one in child.children
                              if max(1, one.level) == side]) for side in (1, 2)]  # fmt: skip
            items = (*sides[0].items, *moved(sides[1].items, lane + gap, 0))
            block = Block(items, max(side.height for side in sides))
        else:
            block = stack([(scale.em(0.6), _station(setter, one, width, column)) for one in child.children])
        blocks.append((scale.em(0.9), block))
    map_ = stack(blocks)
    return Block((*_connecting_lines(scale, map_.items), *map_.items), map_.height)


def _connecting_lines(scale: Scale, items: Iterable[Item]) -> Iterator[Box]:
    """A line from the first dot of each lane to its last."""
    knots: dict[int, list[Rect]] = {}
    for item in items:
        if isinstance(item, Box) and item.kind == "dot":
            knots.setdefault(item.rect.x, []).append(item.rect)
    for x, lane in knots.items():
        top, bottom = (min(knot.y for knot in lane), max(knot.bottom for knot in lane))
        yield Box("bar", Rect(x + (lane[0].w - scale.px(3)) // 2, top, scale.px(3), bottom - top))


def _station(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """A station: a dot with its date, and what was decided there."""
    scale = setter.scale
    indent = scale.em(0.9)
    room = width - indent
    blocks = []
    if node.value:
        blocks.append((0, setter.line(node.value, scale.label(0.6, bold=True), room, "soft", 1.35)))
    blocks.append((0, setter.line(node.label.upper(), scale.label(caps=True), room, "accent", 1.4)))
    children = iter(node.children)
    for child in children:
        if child.style == "doors":
            blocks.append((scale.em(0.35), _fork(setter, child, next(children), room)))
        else:
            blocks.append((scale.em(0.2), column(setter, [child], room)))
    inner = stack(blocks)
    knot = Box("dot", Rect(0, scale.em(0.25), scale.em(0.4), scale.em(0.4)))
    return Block((knot, *moved(inner.items, indent, 0)), inner.height)


def _fork(setter: Typesetter, doors: TreeNode, item: TreeNode, width: int) -> Block:
    """The doors, the sources of the taken one beside or under them, and the deed."""
    scale = setter.scale
    row = _doors(scale, doors, width)
    deed = setter.line(item.label, scale.reading(0.92), width, leading=1.42)
    if not item.children:
        return stack([(0, row), (scale.em(0.15), deed)])
    sources = wrapped_row(setter, item, width)
    right = max(each.rect.right for each in row.items) + scale.em(0.8)
    wide = max(each.rect.right for each in sources.items)
    if right + wide > width:
        return stack([(0, row), (scale.em(0.15), deed), (scale.em(0.15), sources)])
    height = max(row.height, sources.height)
    head = Block((*moved(row.items, 0, (height - row.height) // 2),
                  *moved(sources.items, width - wide, (height - sources.height) // 2)), height)  # fmt: skip
    return stack([(0, head), (scale.em(0.15), deed)])


def _doors(scale: Scale, node: TreeNode, width: int) -> Block:
    """The doors in the order in which they stood on the page, on as many lines as they need."""
    size, pitch = scale.em(1.25), scale.em(1.5)
    in_line = max(1, width // pitch)
    items = []
    for i, door in enumerate(node.children):
        line, place = divmod(i, in_line)
        kind = "door.open" if door.chosen else "door.closed"
        items.append(Box(kind, Rect(place * pitch, line * pitch, size, size)))
    return Block(tuple(items), (len(items) - 1) // in_line * pitch + size)
