"""Trees of charts: a weighing, several side by side, and the map of a playthrough; each is drawn, and has its text.

A chart is a group of style "chart" whose `level` is what one drawn mark stands for. Its rows have their number as
`level` and hold marks, whose levels add up to it: what was there, then (style "hollow") what was only said. A chart
of style "years" holds groups of style "year" with rows. A group of style "map" holds stations, alone or (style
"date") beside each other; a station holds, for each fork, a group of style "doors" with a mark for each door,
`chosen` where it was taken, an item with the deed, and what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from game.core.values import frozen
from game.play.history import Fork, MetWeighing, ReadingMap, Station
from game.play.page import LedgerRow
from game.story.model import Story
from game.ui.components.changes import change_lines
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode

IN_A_ROW = 20  # marks in the longest row of one weighing
IN_A_YEAR = 10  # and of weighings side by side, which have less room each
SMALLEST = 0.1  # of a sack: where something was, something is seen
ROUNDING = 1e-9  # what a sum of fractions may be off


def weighing_chart(words: Catalogue, rows: Sequence[LedgerRow]) -> TreeNode:
    """A page's ledger."""
    each = round_number(max((row.sacks for row in rows), default=0) / IN_A_ROW)
    children = (*_rows(words, rows, "row"), *_key(words, rows, each))
    return TreeNode("group", "ledger", words("ledger"), style="chart", level=each, children=children)


def weighings_chart(words: Catalogue, weighings: Sequence[MetWeighing]) -> TreeNode:
    """All that were met, in one measure."""
    every = [row for weighing in weighings for row in weighing.rows]
    each = round_number(max((row.sacks for row in every), default=0) / IN_A_YEAR)
    years = (
        TreeNode("group", f"year-{i}", weighing.when or weighing.title, style="year",
             children=tuple(_rows(words, weighing.rows, f"year-{i}-row")))
        for i, weighing in enumerate(weighings)
    )  # fmt: skip
    return TreeNode("group", "weighings", words("chart.years"), style="years", level=each,
                children=(*years, *_key(words, every, each)))  # fmt: skip


def _rows(words: Catalogue, rows: Sequence[LedgerRow], prefix: str) -> Iterator[TreeNode]:
    there = max((row.sacks for row in rows if row.kind != "said"), default=0)
    for i, row in enumerate(rows):
        hollow = max(0, row.sacks - there) if row.kind == "said" else 0
        marks = [TreeNode("mark", level=row.sacks - hollow), TreeNode("mark", level=hollow, style="hollow")]
        yield TreeNode("row", f"{prefix}-{i}", row.label, value=words("ledger.sacks", n=row.sacks), level=row.sacks,
                   children=tuple(mark for mark in marks if mark.level))  # fmt: skip
        if hollow:
            yield _text(words("ledger.hollow", n=hollow), "hollow")


def _key(words: Catalogue, rows: Iterable[LedgerRow], each: int) -> Iterator[TreeNode]:
    """What a drawn mark stands for."""
    parts = [words("chart.each", n=each), *([words("chart.hollow")] if any(row.kind == "said" for row in rows) else [])]
    yield _text(" ".join(parts), "key")


def cells(node: TreeNode) -> Iterator[tuple[TreeNode, ...]]:
    """Each row of a chart, or of one of its years, with what is said under it."""
    cell: tuple[TreeNode, ...] = ()
    for child in node.children:
        if child.role == "row":
            if cell:
                yield cell
            cell = (child,)
        elif child.style == "hollow":
            cell += (child,)
    if cell:
        yield cell


@frozen
class ChartMark:
    """One shape in its place in a row, from 0. `cut` is the part of it that there is, from left to right, of 1."""

    kind: Literal["sack", "sack.hollow"]
    place: int
    cut: tuple[float, float]


def sacks(row: TreeNode, each: int) -> Iterator[ChartMark]:
    """A sack for each so many, the last one cut off; where it turns hollow inside one, that one is cut in two."""
    start = 0.0
    for mark in row.children:
        end = start + max(SMALLEST, mark.level / each)
        kind: Literal["sack", "sack.hollow"] = "sack.hollow" if mark.style == "hollow" else "sack"
        at = start
        while at < end - ROUNDING:
            place = int(at + ROUNDING)
            yield ChartMark(kind, place, (max(0.0, at - place), min(1.0, end - place)))
            at = place + 1
        start = end


def round_number(number: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50, ...: what one drawn mark stands for."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if number <= step * factor:
                return step * factor
        step *= 10


def _no_sources(fork: Fork, number: int) -> tuple[TreeNode, ...]:
    return ()


def way_map(
    story: Story, words: Catalogue, way: ReadingMap, sources: Callable[[Fork, int], tuple[TreeNode, ...]] = _no_sources
) -> TreeNode:
    """The way that was taken; `sources` makes the links under a deed, which is the n-th of all."""
    count = 0

    def station(of: Station) -> TreeNode:
        nonlocal count
        children: list[TreeNode] = []
        for fork in of.forks:
            doors = tuple(TreeNode("mark", style="door", chosen=at == fork.at) for at in range(fork.doors))
            children.append(TreeNode("group", f"doors-{count}", words("way.doors", n=fork.doors), style="doors",
                                 children=doors))  # fmt: skip
            children.append(TreeNode("group", f"item-{count}", fork.say, style="item", children=sources(fork, count)))
            children += change_lines(words, fork.changes, f"changed-{count}")
            count += 1
        if of.told:
            children.append(_text(words("way.told"), "small"))
            children += change_lines(words, of.changes, f"changed-{count}")
            count += 1
        lane = way.lanes.index(of.role) + 1 if of.role in way.lanes else 0
        name = story.roles[of.role].name if lane and of.role else ""
        date = words("page.dateline.join").join(filter(None, (of.when, of.title)))
        return TreeNode("group", label=date, value=name, style="station", level=lane, children=tuple(children))

    def date(stations: tuple[Station, ...]) -> TreeNode:
        nodes = tuple(station(of) for of in stations)
        return TreeNode("group", style="date", children=nodes) if way.lanes else nodes[0]

    dates = tuple(date(stations) for stations in way.dates)
    key = (_text(words("way.key"), "key"),) if any(of.forks for at in way.dates for of in at) else ()
    return TreeNode("group", "way", words("way"), style="map", children=(*key, *dates))


def _text(label: str, style: str) -> TreeNode:
    return TreeNode("paragraph", label=label, style=style)
