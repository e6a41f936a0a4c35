"""Blocks of charts (rows of marks), and of the map of a playthrough (stations along a line)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from game.ui.components.chart_trees import cells, sacks
from game.ui.layout.geometry import Block, Box, Item, Rect, Run, moved
from game.ui.layout.scale import Scale
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.layout.wrap_layout import wrapped_row
from game.ui.tree import TreeNode

Column = Callable[[Typesetter, Iterable[TreeNode], int], Block]

ROOM = 20  # marks in a line of a chart
FIVE = 5  # marks in a line of a narrow column: fives can be counted at a glance


def chart(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """One weighing: a row of marks for each number, as wide as the sheet."""
    pitch = min(width // ROOM, setter.scale.em(1.3))
    rows = [(setter.scale.em(0.3), _cell(setter, cell, node.level, width, pitch, ROOM)) for cell in cells(node)]
    return stack([*rows, (setter.scale.em(0.5), column(setter, _key(node), width))])


def years(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Weighings in columns, as many as have room, with their rows at the same heights."""
    scale = setter.scale
    all_years = [child for child in node.children if child.style == "year"]
    gap = scale.em(0.9)
    at_once = next(n for n in (len(all_years), 2, 1) if n == 1 or (width - (n - 1) * gap) // n >= scale.em(5.2))
    wide = (width - (at_once - 1) * gap) // at_once
    pitch = min(wide // FIVE, scale.em(1.3))
    blocks = []
    for first in range(0, len(all_years), at_once):
        abreast = all_years[first : first + at_once]
        blocks.append((scale.em(1.1), _year_columns(setter, abreast, node.level, wide, wide + gap, pitch)))
    return stack([*blocks, (scale.em(0.7), column(setter, _key(node), width))])


def _year_columns(setter: Typesetter, abreast: list[TreeNode], each: int, wide: int, step: int, pitch: int) -> Block:
    scale = setter.scale
    heads = [setter.line(year.label, scale.reading(0.74, bold=True), wide, leading=1.3) for year in abreast]
    top = max(head.height for head in heads)
    items: list[Item] = []
    for i, head in enumerate(heads):
        items += moved(head.items, i * step, top - head.height)  # two-line dates stand on the same line as short ones
        items.append(Box("rule", Rect(i * step, top + scale.em(0.1), wide, scale.px(2))))
    top += scale.em(0.4)
    columns = [[_cell(setter, cell, each, wide, pitch, FIVE) for cell in cells(year)] for year in abreast]
    for row in range(max(map(len, columns))):
        across = [column[row] if row < len(column) else Block((), 0) for column in columns]
        for i, cell in enumerate(across):
            items += moved(cell.items, i * step, top)
        top += max(cell.height for cell in across) + scale.em(0.5)
    return Block(tuple(items), top - scale.em(0.5))


def _key(node: TreeNode) -> tuple[TreeNode, ...]:
    return tuple(child for child in node.children if child.style == "key")


def _cell(setter: Typesetter, cell: tuple[TreeNode, ...], each: int, width: int, pitch: int, in_line: int) -> Block:
    """A row's name and number, its marks, and how many of them are hollow."""
    scale, row = setter.scale, cell[0]
    name_style, number_style, small = scale.label(0.7), scale.label(0.7, bold=True), scale.label(0.62)
    gap = scale.em(0.6)
    number = setter.measure.width(row.value, number_style)
    name = setter.measure.width(row.label, name_style)
    if name + gap + number > width:
        head = stack([(0, setter.line(row.label, name_style, width, leading=1.3)),
                        (0, setter.line(row.value, number_style, width, leading=1.3))])  # fmt: skip
    else:
        head = setter.line(row.label, name_style, width - number, leading=1.3)
        baseline = max(run.baseline for run in head.items if isinstance(run, Run))
        items = [*head.items, Run(width - number, baseline, number, row.value, number_style)]
        aside = [setter.measure.width(one.label, small) for one in cell[1:]]
        if aside and name + number + 2 * gap + aside[0] <= width:  # what is said under a row has room in its line
            items.append(Run(name + gap, baseline, aside[0], cell[1].label, small, "soft"))
            cell = cell[:1]
        head = Block(tuple(items), head.height)
    under = [(scale.em(0.1), setter.line(one.label, small, width, "soft", 1.3)) for one in cell[1:]]
    return stack([(0, head), (scale.em(0.05), _marks(row, each, pitch, in_line)), *under])


def _marks(row: TreeNode, each: int, pitch: int, in_line: int) -> Block:
    """The row's sacks, on as many lines as they need."""
    size = pitch - max(2, round(pitch * 0.1))
    items: list[Item] = []
    lines = 1
    for sack in sacks(row, each):
        line, place = divmod(sack.place, in_line)
        lines = line + 1
        items.append(Box(sack.kind, Rect(place * pitch, line * pitch, size, size), cut=sack.cut))
    return Block(tuple(items), lines * pitch - (pitch - size))


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
