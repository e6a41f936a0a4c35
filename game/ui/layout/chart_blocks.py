"""Lay out the charts of weighings: bars to one scale, and bowls filled to a level.

A weighing shows how much grain a harvest gave, how much was taken, and how much was left. A cell is a row of a chart,
with the notes under it. `full` is the number of units in the longest possible bar, and `long` its length in pixels.
An animation shows how grain is taken: bowls first show the level `before` (tenths of a bowl), then that of their row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from game.core.values import frozen
from game.lang.numbers import NUMBER
from game.ui.components.chart_trees import BOWL, bar_parts, bowls_of, cells, number_of
from game.ui.icon_outlines import BOWL_HEIGHT
from game.ui.layout.geometry import Block, Box, Item, Rect, Run, Style, moved
from game.ui.layout.scale import Scale
from game.ui.layout.typesetting import Column, Typesetter, beside, marked, stack
from game.ui.tree import TreeNode

Cell = tuple[TreeNode, ...]
Step = tuple[TreeNode, TreeNode | None, int]  # a row of bowls, the cause of its change, the level `before`

SMALL = 0.7  # ems of names and numbers
ROW_LEADING = 1.3  # of one-line names and numbers
NOTE, NOTE_LEADING = 0.62, 1.4  # notes on a bar; two may stand below each other
WRAPPED = 1.42  # of names of several lines
FULL_BAR = 13.5  # ems of the longest bar: a wider sheet has the same scale, so that readers can compare years
LEAST_BAR = 5.0  # ems: a shorter bar stands under its name, not beside it
BAR = 0.7  # ems: the thickness of a bar
LEAST_YEAR = 3.1  # ems of a column of a year
BOWL_WIDTH = 1.7  # ems of a bowl, if there is room
TABLE_BOWL = 1.45  # ems, in a table of years
BOWL_GAP = 0.15  # ems
LEAST_BOWLS = 6.6  # ems of a column of bowls


def chart(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out one weighing: a bar for each number, and below the bars the daily portions as bowls."""
    bowls = (_bowl_columns(setter, child, width) for child in node.children if child.style == "bowls")
    return stack([(0, _bars(setter, node, node.level, width)), *((setter.scale.em(0.7), each) for each in bowls)])


# Bars


def _bars(setter: Typesetter, node: TreeNode, full: int, width: int) -> Block:
    """Lay out the rows of a weighing: name, bar and number beside each other, or below each other on a narrow sheet."""
    scale = setter.scale
    rows = list(cells(node))
    gap = scale.em(0.5)
    name_style, number_style = scale.label(SMALL), scale.label(SMALL, bold=True)
    names = max((setter.measure.width(row.label, name_style) for row, *_ in rows), default=0)
    longest = (NUMBER.sub(f"{full:,}", row.value, count=1) for row, *_ in rows)  # one scale for all pages
    numbers = max((setter.measure.width(value, number_style) for value in longest), default=0)
    names = min(names, round(width * 0.36))
    room = width - numbers - gap
    long = min(room - names - gap, scale.em(FULL_BAR))
    if long < scale.em(LEAST_BAR):
        block = stack([(scale.em(0.35), _bar_below(setter, cell, full, width)) for cell in rows])
    else:
        stops = names + gap, room, width
        block = stack([(scale.em(0.12), _bar_between(setter, cell, full, stops, long)) for cell in rows])
    return Block(tuple(_slides(block.items, [row for row, *_ in rows])), block.height)


def _slides(items: Sequence[Item], rows: Sequence[TreeNode]) -> Iterator[Item]:
    """Yield `items`, the content of all `rows`. In the bars of what is taken or left, set `Box.slide`: the distance in
    pixels from the bar of the whole harvest down to that bar."""
    feet = [item.rect.y for item in items if isinstance(item, Box) and item.kind == "bar"]
    whole = next((y for y, row in zip(feet, rows, strict=True) if row.style == "brought_in"), None)
    at = 0
    for item in items:
        if isinstance(item, Box) and item.kind == "bar":  # the last item of its row's bar
            at += 1
        elif isinstance(item, Box) and whole is not None and rows[at].style in ("taken", "left"):
            item = replace(item, slide=feet[at] - whole)
        yield item


def _bar_between(setter: Typesetter, cell: Cell, full: int, stops: tuple[int, int, int], long: int) -> Block:
    """Lay out a cell on one line: name, bar, number. `stops` are three x in pixels: where the bar begins, where the
    room for notes ends, and where the line ends."""
    scale, row, (at, room, width) = setter.scale, cell[0], stops
    name = _name(setter, row.label, scale.label(SMALL), at)
    line = round(scale.label(SMALL).size * ROW_LEADING)
    thick = scale.em(BAR)
    items = [*name.items, _at_right(setter, row.value, width, name)]
    items += moved(_bar(scale, row, full, long, thick).items, at, (line - thick) // 2)
    end = at + round(max((end for _, _, end in bar_parts(row, full)), default=0) * long) + scale.em(0.3)
    notes = [_note(setter, line, end, room) for line in cell[1:]]
    height = name.height
    if notes and notes[0].height < 2 * line:  # the first note has room on one line behind the bar
        height = max(height, notes[0].height)
        items += notes.pop(0).items
    head = Block(tuple(items), height)
    below = cell[len(cell) - len(notes) :]
    return stack([(0, head), *((0, _note(setter, line, at, width)) for line in below)])


def _bar_below(setter: Typesetter, cell: Cell, full: int, width: int) -> Block:
    scale, row = setter.scale, cell[0]
    name = _name(setter, row.label, scale.label(SMALL), width)
    if setter.measure.width(row.label, scale.label(SMALL)) + scale.em(0.6) + _number_width(setter, row) <= width:
        head = Block((*name.items, _at_right(setter, row.value, width, name)), name.height)
    else:
        number = setter.line(row.value, scale.label(SMALL, bold=True), width, leading=ROW_LEADING)
        head = stack([(0, name), (0, number)])
    bar = _bar(scale, row, full, width, scale.em(BAR))
    return stack([(0, head), (scale.em(0.05), bar), *((0, _note(setter, line, 0, width)) for line in cell[1:])])


def _at_right(setter: Typesetter, text: str, width: int, name: Block) -> Run:
    style = setter.scale.label(SMALL, bold=True)
    wide = setter.measure.width(text, style)
    baseline = min((run.baseline for run in name.runs), default=style.size)
    return Run(width - wide, baseline, wide, text, style)


def _note(setter: Typesetter, node: TreeNode, at: int, width: int) -> Block:
    text = setter.line(node.label, setter.scale.label(NOTE), width - at, "soft", NOTE_LEADING)
    return marked(text, at)


def _bar(scale: Scale, row: TreeNode, full: int, long: int, thick: int) -> Block:
    """Lay out a row's bar. Even the smallest part can be seen."""
    least = scale.px(3)
    items = []
    for kind, start, end in bar_parts(row, full):
        x = round(start * long)
        items.append(Box(kind, Rect(x, 0, max(least, round(end * long) - x), thick)))
    return Block((*items, Box("bar", Rect(0, -scale.px(2), scale.px(2), thick + 2 * scale.px(2)))), thick)


# Bowls


def _steps(node: TreeNode) -> Iterator[Step]:
    """Yield (row, cause, before) for each row of bowls. `cause` is the row of style "cause" above it, or None. For the
    row "left", `before` is the level of the bowls above it; for other rows, the row's own level."""
    cause, before = None, 0
    for row in node.children:
        if row.style == "cause":
            cause = row
        else:
            yield row, cause, before if row.style == "left" and before else row.level
            cause, before = None, row.level


def _bowl_columns(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the rows of bowls beside each other, each under its heading. If that makes the columns too narrow, or a
    heading too high, lay out a list."""
    scale = setter.scale
    gap = scale.em(0.8)
    steps = list(_steps(node))
    wide = (width - (len(steps) - 1) * gap) // len(steps)
    heads = [_name(setter, row.label, _bowl_name(scale, row), wide) for row, _, _ in steps]
    top = max(head.height for head in heads)
    if wide < scale.em(LEAST_BOWLS) or top > 3 * round(_bowl_name(scale, steps[0][0]).size * ROW_LEADING):
        return _bowl_list(setter, node, width)
    items: list[Item] = []
    bottom = top
    for i, ((row, cause, before), head) in enumerate(zip(steps, heads, strict=True)):
        under = stack([(0, _bowls_with_number(setter, row, wide, before)), *_cause(setter, cause, wide)])
        items += moved(head.items, i * (wide + gap), top - head.height)
        items += moved(under.items, i * (wide + gap), top + scale.em(0.15))
        bottom = max(bottom, top + scale.em(0.15) + under.height)
    return stack([(0, _bowl_title(setter, node, width)), (scale.em(0.1), Block(tuple(items), bottom))])


def _cause(setter: Typesetter, cause: TreeNode | None, width: int) -> Iterator[tuple[int, Block]]:
    """Yield (gap above in pixels, block) for the cause of a step's change; nothing if `cause` is None."""
    if cause is not None:
        text = f"{cause.value} {cause.label}"
        yield setter.scale.em(0.05), _name(setter, text, setter.scale.label(0.62), width, "soft")


def _bowl_list(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the rows of bowls below each other. Bowls stand beside their heading, or on a narrow sheet under it."""
    scale = setter.scale
    steps = list(_steps(node))
    most = max(len(row.children) for row, _, _ in steps)
    bowls = min(most, 3) * _pitch(scale) + max(_number_width(setter, row) for row, _, _ in steps) + scale.em(0.3)
    blocks = [(0, _bowl_title(setter, node, width))]
    room = width - bowls - scale.em(0.6)
    for row, cause, before in steps:
        wide = width if room < scale.em(4.5) else room
        head, causes = _name(setter, row.label, _bowl_name(scale, row), wide), _cause(setter, cause, wide)
        shown = _bowls_with_number(setter, row, width if wide == width else bowls, before)
        if wide == width:
            blocks.append((scale.em(0.3), stack([(0, head), (scale.em(0.1), shown), *causes])))
        else:
            right = bowls + scale.em(0.6), stack([(0, head), *causes])
            blocks.append((scale.em(0.2), beside((0, shown), right, middle=True)))
    return stack(blocks)


def _bowl_title(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return setter.line(node.label, setter.scale.label(SMALL), width, "accent", 1.4) if node.label else Block((), 0)


def _bowl_name(scale: Scale, row: TreeNode) -> Style:
    return scale.label(0.62, bold=row.style == "left")


def _pitch(scale: Scale) -> int:
    return scale.em(BOWL_WIDTH) + scale.em(BOWL_GAP)


def _number_width(setter: Typesetter, row: TreeNode) -> int:
    return setter.measure.width(row.value, setter.scale.label(SMALL, bold=True))


def _bowls_with_number(setter: Typesetter, row: TreeNode, width: int, before: int) -> Block:
    """Lay out the bowls of a row with their number beside or under them."""
    scale = setter.scale
    bowls = _bowls(scale, row, scale.em(BOWL_WIDTH), width, before)
    at = len(row.children) * _pitch(scale) + scale.em(0.15)
    style = scale.label(SMALL, bold=True)
    number = setter.line(row.value, style, width, leading=ROW_LEADING)
    if at + _number_width(setter, row) > width:
        return stack([(0, bowls), (scale.em(0.05), number)])
    height = max(bowls.height, number.height)
    return Block((*moved(bowls.items, 0, height - bowls.height),
                  *moved(number.items, at, (height - number.height) // 2)), height)  # fmt: skip


def _bowls(scale: Scale, row: TreeNode, wide: int, width: int, before: int) -> Block:
    """Lay out the bowls of a row, each `wide` pixels wide, on as many lines as they need."""
    high = round(wide * BOWL_HEIGHT)
    gap = scale.em(BOWL_GAP)
    in_line = max(1, (width + gap) // (wide + gap))
    items = []
    for i in range(len(row.children)):
        line, place = divmod(i, in_line)
        rect = Rect(place * (wide + gap), line * (high + gap), wide, high)
        items.append(Box("bowl", rect, cut=(before / BOWL - i, row.level / BOWL - i)))
    return Block(tuple(items), max(item.rect.bottom for item in items))


# Years


def years(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out weighings as columns of a table, all bars to one scale. If the columns have no room beside a column of
    names, each name stands above its line. If that is not enough, lay out several tables, or each weighing alone."""
    scale = setter.scale
    all_years = [child for child in node.children if child.style == "year"]
    key = column(setter, (child for child in node.children if child.style == "key"), width)
    names = (setter.measure.width(row.label, scale.label(SMALL)) for year in all_years for row, *_ in cells(year))
    name_width = min(scale.em(5.2), max(names, default=0))
    gap = scale.em(0.5)
    least = _least_year(setter, all_years) + gap
    room = (width - name_width) // least
    if room < len(all_years) <= (width + gap) // least:
        name_width, room = -gap, len(all_years)
    if room < 2 and room < len(all_years):
        blocks = [(scale.em(1.0), _year_block(setter, year, node.level, width)) for year in all_years]
        return stack([*blocks, (scale.em(0.7), key)])
    tables = -(-len(all_years) // room)
    at_once = -(-len(all_years) // tables)
    wide = (width - name_width) // at_once - gap
    groups = (all_years[first : first + at_once] for first in range(0, len(all_years), at_once))
    parts = (_YearTable(setter, group, node.level, width, name_width, wide, gap).block() for group in groups)
    return stack([*((scale.em(1.1), part) for part in parts), (scale.em(0.7), key)])


def _least_year(setter: Typesetter, all_years: Iterable[TreeNode]) -> int:
    """Return the least width of a year's column that breaks no word of its heading and cuts no number, in pixels."""
    head, number = setter.scale.label(0.62, bold=True), setter.scale.label(SMALL, bold=True)
    wide = [setter.measure.width(word, head) for year in all_years for word in year.label.split()]
    wide += [setter.measure.width(number_of(row), number) for year in all_years for row, *_ in cells(year)]
    wide += [setter.measure.width(row.value, head) for year in all_years for row in bowls_of(year)]
    return max(setter.scale.em(LEAST_YEAR), *wide)


def _year_block(setter: Typesetter, year: TreeNode, full: int, width: int) -> Block:
    scale = setter.scale
    head = _name(setter, year.label, scale.reading(0.8, bold=True), width)
    rule = Block((Box("rule", Rect(0, 0, width, scale.px(2))),), scale.px(2))
    bowls = [(scale.em(0.4), _bowl_columns(setter, child, width)) for child in year.children if child.style == "bowls"]
    return stack([(0, head), (scale.em(0.1), rule), (scale.em(0.3), _bars(setter, year, full, width)), *bowls])


@frozen
class _YearTable:
    """A table with a column for each year's weighing. A line has a name, and for each year a number above its bar. In
    pixels, `names` is the width of the column of names (below 0: names stand above their lines), `wide` is the width
    of a year's column, and `gap` is the space before it."""

    setter: Typesetter
    years: Sequence[TreeNode]
    full: int
    width: int
    names: int
    wide: int
    gap: int

    def block(self) -> Block:
        scale = self.setter.scale
        lines = [(0, self._heads())]
        for found in self._lines(lambda year: [row for row, *_ in cells(year)]):
            name = _name(self.setter, _first(found).label, scale.label(SMALL), max(self.names, 0) or self.width)
            cells_ = self._across(found, self._amount)
            if self.names < 0:
                lines += [(scale.em(0.25), name), (0, cells_)]
                continue
            height = max(name.height, cells_.height)
            lines.append((scale.em(0.15), Block((*name.items, *cells_.items), height)))
        for found in self._lines(bowls_of):
            title = _bowl_title(self.setter, _first(found), self.width)
            lines += [(scale.em(0.5), title), (scale.em(0.1), self._across(found, self._bowls))]
        return stack(lines)

    def _lines(self, rows: Callable[[TreeNode], Iterable[TreeNode]]) -> Iterator[list[TreeNode | None]]:
        """Yield the lines of the table, in the order of the year with the most rows. A line has a row for each year;
        None if the year has no such row."""
        keyed = [{row.style: row for row in rows(year)} for year in self.years]
        for key in dict.fromkeys([*max(keyed, key=len), *(key for by_key in keyed for key in by_key)]):
            yield [by_key.get(key) for by_key in keyed]

    def _x(self, at: int) -> int:
        return self.names + self.gap + at * (self.wide + self.gap)

    def _heads(self) -> Block:
        scale = self.setter.scale
        style = scale.label(0.62, bold=True)
        heads = [_name(self.setter, year.label, style, self.wide) for year in self.years]
        top = max(head.height for head in heads)
        items: list[Item] = []
        for i, head in enumerate(heads):
            items += moved(head.items, self._x(i), top - head.height)  # all headings end on the same line
            items.append(Box("rule", Rect(self._x(i), top + scale.em(0.1), self.wide, scale.px(2))))
        return Block(tuple(items), top + scale.em(0.1) + scale.px(2))

    def _across(self, rows: Sequence[TreeNode | None], draw: Callable[[TreeNode], Block]) -> Block:
        return beside(*((self._x(i), draw(row)) for i, row in enumerate(rows) if row is not None))

    def _amount(self, row: TreeNode) -> Block:
        """Lay out a number over its bar. It has no unit, because the key under the chart names it."""
        scale = self.setter.scale
        number = self.setter.line(number_of(row), scale.label(SMALL, bold=True), self.wide, leading=1.25)
        return stack([(0, number), (scale.em(0.05), _bar(scale, row, self.full, self.wide, scale.em(0.45)))])

    def _bowls(self, row: TreeNode) -> Block:
        scale = self.setter.scale
        most = max(len(bowl.children) for year in self.years for bowl in bowls_of(year))
        number = self.setter.line(row.value, scale.label(0.62, bold=True), self.wide, leading=1.25)
        size = min(scale.em(TABLE_BOWL), (self.wide + scale.em(BOWL_GAP)) // most - scale.em(BOWL_GAP))
        bowls = _bowls(scale, row, max(scale.em(0.8), size), self.wide, row.level)
        return stack([(0, bowls), (scale.em(0.05), number)])


def _first(rows: Iterable[TreeNode | None]) -> TreeNode:
    """Return the row whose label names a line of the table: the row of the last year that has this line."""
    return [row for row in rows if row is not None][-1]


def _name(setter: Typesetter, text: str, style: Style, width: int, ink: str = "ink") -> Block:
    """Lay out a name. If it needs several lines, they have more space between them."""
    block = setter.line(text, style, width, ink, ROW_LEADING)
    return block if block.height <= round(style.size * ROW_LEADING) else setter.line(text, style, width, ink, WRAPPED)
