"""Trees of charts: a weighing, several side by side, and the map of a playthrough; each is drawn, and has its text.

A chart is a group of style "chart" whose `level` is how many sacks its longest possible bar stands for: the same on
every page of a story. Its rows (style: the kind of the ledger's row) have their number as `level` and hold marks,
whose levels add up to it: what was there, then (style "hollow") what was only said. Under the rows there may be a
group of style "bowls": its rows have tenths of a bowl as `level`, and a mark for each bowl. A chart of style "years"
holds groups of style "year" with the same in them. A group of style "map" holds stations, alone or (style "date")
beside each other; a station holds, for each fork, a group of style "doors" with a mark for each door, `chosen` where
it was taken, an item with the deed, and what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from game.play.history import MetWeighing, ReadingMap, Station
from game.play.page import LedgerRow
from game.story.model import Measures, Story
from game.ui.components.changes import change_lines, outcome_lines
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode

Words = Callable[..., str]  # a catalogue, or what stands for one

BOWL = 10  # tenths of a bowl in one: what is written and what is drawn have the same precision


def weighing_chart(story: Story, words: Words, rows: Sequence[LedgerRow]) -> TreeNode:
    """A page's ledger, and what it came to for each person and day where the story has measures."""
    bowls = _bowl_rows(words, rows, "bowls")
    if bowls and story.measures is not None:
        bowls.append(_bowl_row(words, "bowls-ordinary", "bowls.ordinary", story.measures.ordinary_per_day))
    children = (*_rows(words, rows, "row"), *_bowls(words, bowls, "bowls"), *_between(story.measures, words, rows))
    return TreeNode("group", "ledger", words("ledger"), style="chart", level=full_length(story, rows),
                    children=children)  # fmt: skip


def weighings_chart(story: Story, words: Words, weighings: Sequence[MetWeighing]) -> TreeNode:
    """All that were met, in one measure, with an ordinary year before them where the story knows one.

    Of each year's bowls those come first that there were.
    """
    every = [row for weighing in weighings for row in weighing.rows]
    years = [
        TreeNode("group", f"year-{i}", weighing.when or weighing.title, style="year",
             children=(*_rows(words, weighing.rows, f"year-{i}-row"),
                       *_bowls(words, _bowl_rows(words, weighing.rows, f"year-{i}-bowls")[::-1], f"year-{i}-bowls")))
        for i, weighing in enumerate(weighings)
    ]  # fmt: skip
    if story.measures is not None and any(row.per_day is not None for row in every):
        years.insert(0, _ordinary_year(story.measures, words, every))
    said = any(mark.style == "hollow" for year in years for row in year.children for mark in row.children)
    key = (words("chart.scale"), *((words("chart.hatched"),) if said else ()))
    return TreeNode("group", "weighings", words("chart.years"), style="years", level=full_length(story, every),
                    children=(*years, *(_text(text, "key") for text in key)))  # fmt: skip


def full_length(story: Story, rows: Sequence[LedgerRow]) -> int:
    """How many sacks the longest possible bar stands for: all that any ledger of the story can show, rounded up."""
    ordinary = story.measures.ordinary_crop if story.measures is not None else 0
    return round_up(max(story.ledger_max, ordinary, *(row.sacks for row in rows), 1))


def round_up(number: int) -> int:
    """The next number with at most two digits that are not zero."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step


def _rows(words: Words, rows: Sequence[LedgerRow], prefix: str) -> Iterator[TreeNode]:
    there = max((row.sacks for row in rows if row.kind != "said"), default=0)
    for i, row in enumerate(rows):
        hollow = max(0, row.sacks - there) if row.kind == "said" else 0
        yield _row(words, f"{prefix}-{i}", row.label, row.kind, row.sacks, hollow)
        if hollow:
            yield _text(words("ledger.hollow", n=hollow), "hollow")


def _row(words: Words, id: str, label: str, kind: str, sacks: int, hollow: int = 0) -> TreeNode:
    marks = (TreeNode("mark", level=sacks - hollow), TreeNode("mark", level=hollow, style="hollow"))
    return TreeNode("row", id, label, value=words("ledger.sacks", n=sacks), level=sacks, style=kind,
                    children=tuple(mark for mark in marks if mark.level))  # fmt: skip


def _ordinary_year(measures: Measures, words: Words, rows: Sequence[LedgerRow]) -> TreeNode:
    """An ordinary year as one more weighing; its rows have the labels that the story gives to theirs."""
    label = {row.kind: row.label for row in reversed(rows)}
    crop, taken = measures.ordinary_crop, measures.ordinary_taken
    amounts = {"grown": crop, "taken": taken, "left": crop - taken}
    children = [_row(words, f"year-ordinary-{kind}", label[kind], kind, sacks)
                for kind, sacks in amounts.items() if kind in label]  # fmt: skip
    bowls = [_bowl_row(words, "year-ordinary-bowls-0", "bowls.ordinary", measures.ordinary_per_day)]
    return TreeNode("group", "year-ordinary", words("chart.ordinary"), style="year",
                    children=(*children, *_bowls(words, bowls, "year-ordinary-bowls")))  # fmt: skip


def _bowl_rows(words: Words, rows: Sequence[LedgerRow], prefix: str) -> list[TreeNode]:
    """What there was for each person and day: by the share of the crop, and by the share of the report."""
    per_day = {row.kind: row.per_day for row in rows if row.per_day is not None}
    shares = {"bowls.by-crop": per_day.get("grown"), "bowls.by-report": per_day.get("left")}
    return [
        _bowl_row(words, f"{prefix}-{i}", key, bowls)
        for i, (key, bowls) in enumerate(shares.items())
        if bowls is not None
    ]


def _bowl_row(words: Words, id: str, key: str, per_day: float) -> TreeNode:
    """A row of bowls: whole ones, and the last one filled to a level; an empty one where there was nothing."""
    tenths = round(per_day * BOWL)
    levels = [BOWL] * (tenths // BOWL) + ([tenths % BOWL] if tenths % BOWL or not tenths else [])
    number = words("bowls.count", n=1 if tenths == BOWL else 2, bowls=f"{tenths / BOWL:.1f}")
    return TreeNode("row", id, words(key), value=number, level=tenths, style=key.removeprefix("bowls."),
                    children=tuple(TreeNode("mark", level=level, style="bowl") for level in levels))  # fmt: skip


def _bowls(words: Words, rows: Sequence[TreeNode], id: str) -> tuple[TreeNode, ...]:
    return (TreeNode("group", id, words("bowls"), style="bowls", children=tuple(rows)),) if rows else ()


def _between(measures: Measures | None, words: Words, rows: Sequence[LedgerRow]) -> tuple[TreeNode, ...]:
    """The sacks between the two shares, and what each person could have eaten of them."""
    per_day = {row.kind: row.per_day for row in rows if row.per_day}
    if measures is None or "grown" not in per_day or "left" not in per_day:
        return ()
    bowls = ((per_day["grown"] or 0) - (per_day["left"] or 0)) * measures.days
    grams = bowls * measures.bowl_g * measures.people
    sacks = round(grams * 100 / measures.husked_percent / 1000 / measures.sack_kg)
    if sacks <= 0:
        return ()
    return (_text(words("bowls.between", n=sacks, bowls=words("bowls.whole", n=round(bowls))), "between"),)


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


def bowls_of(node: TreeNode) -> tuple[TreeNode, ...]:
    """The rows of bowls of a chart, or of one of its years."""
    return tuple(row for child in node.children if child.style == "bowls" for row in child.children)


def bar_parts(row: TreeNode, full: int) -> Iterator[tuple[str, float, float]]:
    """The parts of a row's bar, each with its start and end in shares of the full length.

    A part is "amount", or "amount.hollow" where it was only said.
    """
    start = 0
    for mark in row.children:
        end = start + mark.level
        yield "amount.hollow" if mark.style == "hollow" else "amount", start / full, end / full
        start = end


def round_number(number: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50, ...: a step of a scale."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if number <= step * factor:
                return step * factor
        step *= 10


def way_map(story: Story, words: Catalogue, way: ReadingMap) -> TreeNode:
    """The way that was taken, for print."""
    count = 0

    def station(of: Station) -> TreeNode:
        nonlocal count
        children: list[TreeNode] = []
        for fork in of.forks:
            doors = tuple(TreeNode("mark", style="door", chosen=at == fork.at) for at in range(fork.doors))
            children.append(TreeNode("group", f"doors-{count}", words("way.doors", n=fork.doors), style="doors",
                                 children=doors))  # fmt: skip
            children.append(TreeNode("group", f"item-{count}", fork.say, style="item"))
            answer, anyway = (said.text if said else "" for said in (fork.answer, fork.anyway))
            children += outcome_lines(words, answer, anyway, fork.changes, f"changed-{count}")
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
