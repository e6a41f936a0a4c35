"""Trees of charts: a weighing, several side by side, and the map of a playthrough. All are drawn, and read as text.

A weighing shows how much grain a harvest gave, how much was taken, and how much was left. Its chart is a group of style
"chart", with the units in the longest possible bar as `level`. Its children:

- A row stands for a `LedgerRow`, with the `kind` as its style and the amount as its `level`. Its marks are the parts
  of its bar, with a `level` in units; `PARTS` explains their styles.
- A paragraph of style "remark" stands below the row that it explains.
- A group of style "bowls" may follow. Its rows have tenths of a portion as `level`, and a mark for each bowl. No row
  has fewer marks than an ordinary year has bowls, so that empty bowls show what is missing. A row of style "cause"
  says why the row below it has less or more than the row above it.

A chart of style "years" holds groups of style "year" with the same content. A group of style "map" holds stations
(chapters). If several roles are read, a group of style "date" holds the stations of one date. A station holds, for each
choice that was taken, a group of style "doors" with a mark for each possible choice (`chosen` if taken), an item with
the deed, and its outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from game.lang.numbers import NUMBER
from game.play.history import MetWeighing, ReadingMap, Station
from game.play.page import LedgerRow, Portions, Weighing
from game.story.ledger import LedgerKind, Measures
from game.story.model import Story
from game.ui.components.parts import change_lines, outcome_lines, plain
from game.ui.i18n import Catalogue
from game.ui.tree import Action, TreeNode

# The words of steps and causes that say "usual", and what they are without an ordinary year.
UNCOMPARED = {"bowls.brought_in": "bowls.kept", "bowls.left.less": "bowls.rest.less",
              "bowls.left.more": "bowls.rest.more"}  # fmt: skip
BOWL = 10  # tenths of a portion in a bowl, so that text and drawing have the same precision
TAKEN, SEED, OUTLINE, FALSE, LOST, GAP = "taken", "seed", "outline", "false", "lost", "gap"
PARTS = {  # from the style of a mark to how that part of a bar is drawn
    "": "amount",  # grain that is there
    TAKEN: "amount.taken",  # grain that is taken away
    SEED: "amount.seed",  # seed, as a part of what is taken or left
    OUTLINE: "amount.outline",  # an amount that stood, was reported or asked for, and is not itself grain
    FALSE: "amount.false",  # reported grain that was never there
    LOST: "amount.lost",  # grain that stood and never came in
    GAP: "",  # nothing is drawn: the rest begins where the taken part ends
}


def weighing_chart(words: Catalogue, weighing: Weighing, full: int) -> TreeNode:
    """Build the chart of a page's weighing, with the portions. `full` is the units in the longest possible bar."""
    children = (*_rows(words, weighing, "row"), *_bowls(words, weighing, "bowls"))
    return TreeNode("group", "ledger", words("ledger"), style="chart", level=full, children=children)


def weighings_chart(story: Story, words: Catalogue, weighings: Sequence[MetWeighing]) -> TreeNode:
    """Build the chart of all weighings of a reading, all to one scale. If the story says what an ordinary year gave,
    that year comes first. It shows only the kinds of rows that at least one of the weighings has."""
    years = [_year(words, f"year-{i}", met.when or met.title, met.weighing) for i, met in enumerate(weighings)]
    if story.measures is not None and story.measures.ordinary_stood:
        kinds = {row.kind for met in weighings for row in met.weighing.rows}
        ordinary = _ordinary_year(story.measures, kinds)
        years.insert(0, _year(words, "year-ordinary", words("bowls.ordinary"), ordinary))
    return TreeNode("group", "weighings", words("chart.years"), style="years", level=full_length(story),
                    children=(*years, plain(words("chart.scale"), style="key"),
                              plain(words("chart.patterns"), style="key")))  # fmt: skip


def full_length(story: Story) -> int:
    """Return the units in the longest possible bar: the most that a ledger of the story can show, rounded up."""
    ordinary = story.measures.ordinary_stood if story.measures is not None else 0
    return round_up(max(story.ledger_max, ordinary, 1))


def round_up(number: int) -> int:
    """Round a number up to two significant digits: 1,234 becomes 1,300."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step


def _rows(words: Catalogue, weighing: Weighing, prefix: str) -> Iterator[TreeNode]:
    brought_in, taken = weighing.amount("brought_in"), weighing.amount("taken")
    for row in weighing.rows:
        marks = tuple(TreeNode("mark", level=level, style=style)
                      for style, level in _bar(row, brought_in, taken) if level > 0)  # fmt: skip
        yield TreeNode("row", f"{prefix}-{row.kind}", row.label or words(f"ledger.{row.kind}"),
                       value=words("ledger.sacks", n=row.amount), level=row.amount, style=row.kind,
                       children=marks)  # fmt: skip
        yield from (plain(note, style="remark") for note in _notes(words, row, weighing) if note)


def _notes(words: Catalogue, row: LedgerRow, weighing: Weighing) -> Iterator[str]:
    brought_in, reported = weighing.amount("brought_in"), weighing.amount("reported")
    if row.kind in ("stood", "reported") and brought_in is not None and row.amount > brought_in:
        yield words(f"ledger.{row.kind}.more", n=row.amount - brought_in)
    if row.kind == "asked" and brought_in and reported:
        shares = {"reported": round(100 * row.amount / reported), "there": round(100 * row.amount / brought_in)}
        yield words("ledger.asked.shares", **shares)
    if row.of_seed:
        yield words("ledger.of-seed", n=row.of_seed)
    if row.kind == "taken" and weighing.usual is not None:
        yield words("ledger.taken.usual", n=weighing.usual)
    if row.kind == "left" and weighing.back:
        yield words("ledger.back", n=weighing.back)


def _bar(row: LedgerRow, brought_in: int | None, taken: int | None) -> Iterator[tuple[str, int]]:
    """Yield a bar's parts from the left, as (style, units). `brought_in` or `taken` is None if that row is missing."""
    match row.kind:
        case "stood" if brought_in is not None:
            yield OUTLINE, min(row.amount, brought_in)
            yield LOST, row.amount - brought_in
        case "reported" if brought_in is not None:
            yield OUTLINE, min(row.amount, brought_in)
            yield FALSE, row.amount - brought_in
        case "stood" | "reported" | "asked":
            yield OUTLINE, row.amount
        case "taken":
            yield TAKEN, row.amount - row.of_seed
            yield SEED, row.of_seed
        case "left":
            yield GAP, min(taken or 0, brought_in or 0)
            yield "", row.amount - row.of_seed
            yield SEED, row.of_seed
        case _:
            yield "", row.amount


def _year(words: Catalogue, id: str, label: str, weighing: Weighing) -> TreeNode:
    """Build the group of one weighing, for a chart of several. If the weighing has no row of what was brought in, show
    what stood in the fields; if it has no row of what was taken, show what was asked for."""
    kinds = {
        "stood" if weighing.amount("brought_in") is None else "brought_in",
        "asked" if weighing.amount("taken") is None else "taken",
        "reported",
        "left",
    }
    children = [row for row in _rows(words, weighing, id) if row.style in kinds]
    if weighing.portions is not None and weighing.portions.left is not None:
        bowls = _bowl_row(words, f"{id}-bowls-left", words("bowls"), weighing.portions.left, "left",
                          weighing.portions.ordinary)  # fmt: skip
        children.append(TreeNode("group", f"{id}-bowls", style="bowls", children=(bowls,)))
    return TreeNode("group", id, label, style="year", children=tuple(children))


def _ordinary_year(measures: Measures, kinds: Collection[LedgerKind]) -> Weighing:
    stood, taken, reported = measures.ordinary_stood, measures.ordinary_taken, measures.ordinary_reported
    rows = (LedgerRow("stood", stood), LedgerRow("brought_in", stood),
            *((LedgerRow("reported", reported),) if reported is not None else ()),
            LedgerRow("taken", taken), LedgerRow("left", stood - taken, measures.seed))  # fmt: skip
    met = tuple(row for row in rows if row.kind in kinds)
    return Weighing(measures.people[0][1], met, Portions(measures.ordinary, left=measures.ordinary))


def _bowls(words: Catalogue, weighing: Weighing, id: str) -> tuple[TreeNode, ...]:
    """Return the group of bowls, with a row each for an ordinary year, the grain that stood, what was brought in, and
    what is left; empty if the weighing has no portions."""
    portions = weighing.portions
    if portions is None or weighing.people is None:
        return ()
    steps = {"ordinary": portions.ordinary, "stood": portions.stood, "brought_in": portions.brought_in,
             "left": portions.left}  # fmt: skip
    named = {} if portions.ordinary is not None else UNCOMPARED
    rows: list[TreeNode] = []
    for step, per_day in steps.items():
        if per_day is None:
            continue
        label = words(named.get(f"bowls.{step}", f"bowls.{step}"))
        row = _bowl_row(words, f"{id}-{step}", label, per_day, step, portions.ordinary)
        if rows and (change := row.level - rows[-1].level):
            cause = f"bowls.{step}.{'more' if change > 0 else 'less'}"
            cause = words(named.get(cause, cause))
            value = f"{'+' if change > 0 else '−'}{abs(change) / BOWL:.1f}"
            rows.append(TreeNode("row", f"{id}-{step}-cause", cause, value=value, style="cause"))
        rows.append(row)
    label = words("bowls.people.left" if weighing.missing else "bowls.people", people=words.number(weighing.people))
    return (TreeNode("group", id, label, style="bowls", children=tuple(rows)),)


def _bowl_row(words: Catalogue, id: str, label: str, per_day: float, style: str, ordinary: float | None) -> TreeNode:
    """Build a row of bowls for `per_day` portions, what a person eats in a day: full bowls, a partly filled bowl, and
    empty bowls. An ordinary year has `ordinary` portions (None: not known); the row has at least as many bowls."""
    tenths = round(per_day * BOWL)
    places = max(1, -(-max(tenths, round((ordinary or 0) * BOWL)) // BOWL))
    levels = [min(BOWL, max(0, tenths - place * BOWL)) for place in range(places)]
    number = words("bowls.count", n=1 if tenths == BOWL else 2, bowls=f"{tenths / BOWL:.1f}")
    return TreeNode("row", id, label, value=number, level=tenths, style=style,
                    children=tuple(TreeNode("mark", level=level, style="bowl") for level in levels))  # fmt: skip


def number_of(row: TreeNode) -> str:
    """Return the number of a chart's row without its unit, as the row's text writes it."""
    found = NUMBER.search(row.value)
    return found[0] if found is not None else str(row.level)


def cells(node: TreeNode) -> Iterator[tuple[TreeNode, ...]]:
    """Yield each row of a chart, or of a year in a chart, together with the notes under the row."""
    cell: tuple[TreeNode, ...] = ()
    for child in node.children:
        if child.role == "row":
            if cell:
                yield cell
            cell = (child,)
        elif child.style == "remark":
            cell += (child,)
    if cell:
        yield cell


def bowls_of(node: TreeNode) -> tuple[TreeNode, ...]:
    """Return the rows of bowls of a chart, or of a year in a chart."""
    return tuple(row for child in node.children if child.style == "bowls" for row in child.children)


def bar_parts(row: TreeNode, full: int) -> Iterator[tuple[str, float, float]]:
    """Yield the drawn parts of a row's bar as (kind of `Box`, start, end). Start and end are fractions of the longest
    possible bar, which has `full` units."""
    start = 0
    for mark in row.children:
        end = start + mark.level
        if PARTS[mark.style]:
            yield PARTS[mark.style], start / full, end / full
        start = end


def round_number(number: float) -> int:
    """Return the least step of a scale that is not below `number`: 1, 2, 5, 10, 20, 50, ..."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if number <= step * factor:
                return step * factor
        step *= 10


def way_map(story: Story, words: Catalogue, way: ReadingMap) -> TreeNode:
    """Build the map of the choices that the reader took, for print."""
    count = 0

    def station(of: Station) -> TreeNode:
        nonlocal count
        children: list[TreeNode] = []
        for fork in of.forks:
            doors = tuple(TreeNode("mark", style="door", chosen=at == fork.at) for at in range(fork.doors))
            children.append(TreeNode("group", f"doors-{count}", words("way.doors", n=fork.doors), style="doors",
                                 children=doors))  # fmt: skip
            children.append(TreeNode("group", f"item-{count}", fork.say, style="item"))
            children += outcome_lines(words, fork, f"changed-{count}")
            count += 1
        if of.told:
            children.append(plain(words("way.told"), style="small"))
            children += change_lines(words, of.changes, f"changed-{count}")
            count += 1
        lane = way.lanes.index(of.role) + 1 if of.role in way.lanes else 0
        name = story.roles[of.role].name if lane and of.role else ""
        date = words.joined(of.when, of.title)
        return TreeNode("group", label=date, value=name, style="station", level=lane, children=tuple(children))

    def date(stations: tuple[Station, ...]) -> TreeNode:
        nodes = tuple(station(of) for of in stations)
        return TreeNode("group", style="date", children=nodes) if way.lanes else nodes[0]

    dates = tuple(date(stations) for stations in way.dates)
    key = (plain(words("way.key"), style="key"),) if any(of.forks for at in way.dates for of in at) else ()
    return TreeNode("group", "way", words("way"), style="map", children=(*key, *dates))


def counted_link(words: Catalogue, weighing: Weighing | None, node_id: str | None) -> tuple[TreeNode, ...]:
    """Return the link that explains a page's weighing; empty if the page has no node, or no weighing in portions."""
    if weighing is None or weighing.portions is None or node_id is None:
        return ()
    return (TreeNode("link", "counted", words("ledger.counted"), action=Action("counted", node_id), style="sources"),)


def measures_text(words: Catalogue, measures: Measures) -> Iterator[str]:
    """Yield the text on how units become portions, and what an ordinary year gave."""
    yield words("measures.sack", kg=measures.unit_kg, percent=measures.husked_percent)
    yield words("measures.bowl", grams=measures.portion_g, many=_in_a_unit(measures))
    if measures.ordinary is None:
        return
    stood, taken = measures.ordinary_stood, measures.ordinary_taken
    amounts = {"stood": stood, "taken": taken, "eaten": stood - taken - measures.seed, "people": measures.people[0][1]}
    numbers = {name: words.number(amount) for name, amount in amounts.items()}
    bowls = f"{measures.ordinary:.1f}"
    yield _with_seed(words, "measures.ordinary", measures.seed, **numbers, days=measures.days, bowls=bowls)


def counted_text(words: Catalogue, measures: Measures, weighing: Weighing) -> Iterator[str]:
    """Yield each step of one weighing as a calculation that a reader can check."""
    assert weighing.people is not None
    people, compared = weighing.people, measures.ordinary is not None
    for row in weighing.rows:
        named = {"row": row.label or words(f"ledger.{row.kind}"), "amount": words.number(row.amount)}
        if row.kind in ("stood", "brought_in"):
            share = measures.ordinary_share(row.amount)
            eaten = measures.after_ordinary_share(row.amount)
            more = {"share": words.number(share)} if compared else {}
            yield _with_seed(words, "counted.compared" if compared else "counted.row", measures.seed, **named, **more,
                             sum=_calculation(words, measures, eaten, people))  # fmt: skip
        elif row.kind == "left":
            yield _with_seed(words, "counted.row", row.of_seed, **named,
                             sum=_calculation(words, measures, row.amount - row.of_seed, people))  # fmt: skip


def _with_seed(words: Catalogue, key: str, seed: int, **fill: object) -> str:
    """Return the text `key`, filled in. If `seed` is not 0, the text also says that so many units are seed."""
    return words(f"{key}.seed", seed=words("ledger.of-seed", n=seed), **fill) if seed else words(key, **fill)


def _calculation(words: Catalogue, measures: Measures, eaten: float, people: int) -> str:
    """Return how `eaten` units become daily portions: `3,700 sacks × 350 ÷ 4,100 people ÷ 240 days = 1.3 bowls`."""
    number, a_unit = words.number, _in_a_unit(measures)
    return words("counted.sum", eaten=number(round(eaten)), portions=number(a_unit), people=number(people),
                 days=measures.days, bowls=f"{measures.portions(eaten, people):.1f}")  # fmt: skip


def _in_a_unit(measures: Measures) -> int:
    return round(measures.unit_kg * measures.husked_percent * 10 / measures.portion_g)
