"""Rules on what pack.yaml sets: measures, sources and the map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from game.core.findings import Finding
from game.story.model import Story
from game.yamlio.reader import Document


def check_measures(story: Story, pack: Document) -> Iterator[Finding]:
    """Measures by which an ordinary year leaves nobody anything."""
    if story.measures is not None and not story.measures.ordinary:
        problem = "by these measures nobody has anything to eat in an ordinary year"
        remedy = "The share and the seed are taken off what stood: mend one of them."
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
