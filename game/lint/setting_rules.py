"""Rules on what pack.yaml sets: weighings, measures, sources and the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, product
from typing import Any

from game.core.findings import Finding
from game.lang.expressions import Expression, State
from game.story.model import LedgerEntry, LedgerKind, Story, Variable
from game.story.schema.chapter_schema import ChapterShape
from game.yamlio.reader import Document

MOST = 1_000  # states that a weighing is tried in
STEPS = 4  # parts into which the range of a number is cut for that


def check_weighings(story: Story, chapters: Iterable[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    """Weighings whose rows do not add up; a share that does not say what it would have been of the crop."""
    for shape, document in chapters:
        for id, node in story.chapters[shape.chapter].nodes.items():
            path = ("nodes", id, "ledger")
            rows = {row.kind: row for row in node.ledger}
            if {"grown", "taken", "left"} <= rows.keys() and (state := _state_amiss(rows, story)) is not None:
                amounts = ", ".join(f"{kind} {int(rows[kind].value(state))}" for kind in rows if kind in _SUMMED)
                problem = f"what is left of `{node.full_id}` is not what grew without what was taken: {amounts}"
                at = next(i for i, row in enumerate(node.ledger) if row.kind == "left")
                yield document.finding(
                    "WG630", (*path, at), problem, "Mend one of the values; the seed may be taken off."
                )
            for i, row in enumerate(node.ledger):
                if story.measures is not None and row.kind == "taken" and row.of_crop is None:
                    problem = f"the share of `{node.full_id}` does not say what it would have been of the crop"
                    remedy = (
                        "Add `of_crop:`, as in `of_crop: crop // 4`: what people would have been left by it is shown."
                    )
                    yield document.finding("WG631", (*path, i), problem, remedy)


_SUMMED: tuple[LedgerKind, ...] = ("grown", "taken", "seed", "left")


def _state_amiss(rows: dict[LedgerKind, LedgerEntry], story: Story) -> State | None:
    """A state in which the rows do not add up, whether or not the seed is taken off; None where there is none."""
    values = [rows[kind].value for kind in _SUMMED if kind in rows]
    amiss = None
    for with_seed in (True, False) if "seed" in rows else (False,):
        amiss = _first_amiss(rows, values, story, with_seed=with_seed)
        if amiss is None:
            return None
    return amiss


def _first_amiss(
    rows: dict[LedgerKind, LedgerEntry], values: Sequence[Expression], story: Story, *, with_seed: bool
) -> State | None:
    for state in islice(_states(values, story), MOST):
        amount = {kind: int(rows[kind].value(state)) for kind in _SUMMED if kind in rows}
        left = amount["grown"] - amount["taken"] - (amount["seed"] if with_seed else 0)
        if amount["left"] not in (left, max(0, left)):
            return state
    return None


def _states(values: Sequence[Expression], story: Story) -> Iterator[State]:
    """States with samples of all that the values read: numbers over their range, and each other value."""
    read = {name for value in values for name in value.reads}
    samples = [_samples(one) if name in read else (one.start,) for name, one in story.variables.items()]
    marks = [1 << value.scope.bits[recall] for value in values for recall in value.recalls]
    for one in product(*samples):
        for bits in dict.fromkeys((0, *marks, sum(set(marks)))):
            yield (*one, bits)


def _samples(variable: Variable) -> tuple[Any, ...]:
    if variable.kind == "bool":
        return (False, True)
    if variable.kind == "word":
        return variable.one_of
    low = variable.low if variable.low is not None else 0
    high = variable.high if variable.high is not None else max(1_000, low + 1)
    over = (low + (high - low) * i // STEPS for i in range(STEPS + 1))
    # beside round numbers others too: rounding shows in these only
    return tuple(dict.fromkeys((variable.start, *over, min(low + 1, high), max(high - 1, low), (low + high) // 2 - 1)))


def check_measures(story: Story, pack: Document) -> Iterator[Finding]:
    """Measures by which an ordinary year leaves nobody anything."""
    if story.measures is not None and not story.measures.ordinary_per_day:
        problem = "by these measures nobody has anything to eat in an ordinary year"
        remedy = "Of the crop, the share and the seed are taken off: mend one of them."
        yield pack.finding("WG632", ("measures", "ordinary"), problem, remedy, on_key=True)


def check_sources(story: Story, pack: Document) -> Iterator[Finding]:
    """Sources that no fact is taken from."""
    cited = {fact.source for fact in story.facts.values()}
    for id in story.sources:
        if id not in cited:
            remedy = "Name it as the `source:` of a fact, or take it out."
            yield pack.finding("WG625", ("sources", id), f"no fact is taken from `{id}`", remedy, on_key=True)


LABEL = (0.14, 0.055)  # of a map's width and height: nearer than both, two places have no room for their labels


def check_spots(story: Story, pack: Document) -> Iterator[Finding]:
    """Spots of the map where no place lies, and those that lie so near one another that no label stands between."""
    used = {place.spot for place in story.places.values()}
    for id in story.spots:
        if id not in used:
            remedy = "Name it as the `spot:` of a place, or take it out."
            yield pack.finding("WG626", ("map", "spots", id), f"no place lies at `{id}`", remedy, on_key=True)
    for one, other in combinations(story.spots.values(), 2):
        if all(abs(a - b) < room for a, b, room in zip(one.at, other.at, LABEL, strict=True)):
            across, down = LABEL
            remedy = f"Move one of them {across} to the side, or {down} up or down."
            problem = f"`{other.id}` lies so near `{one.id}` that their labels cover each other"
            yield pack.finding("WG633", ("map", "spots", other.id, "at"), problem, remedy)
