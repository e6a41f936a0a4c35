"""One generated story graph as a value, and its two writers: a pack of ours, and ink's source.

All nodes stand on one ring of first choices, so that every one is reached by choices alone; the second choice
has a condition; the third leads anywhere. Each node moves one variable on arrival, and its page shows one.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

VARIABLES = 8
BASE = 7  # every variable runs through 0..6
WORDS = """
the a of in by on at and then but grain mill rain field road jar lamp gate well yard barn ox plough sickle
winter morning evening ridge river neighbour brother aunt elder carter clerk child gave took kept carried
counted weighed heard said asked left found bent waited old low dry thin long heavy quiet half full bare
"""


class Way(NamedTuple):
    """A choice: its text, the number of its target node, and its condition (variable, number), which needs a greater
    value."""

    say: str
    to: int
    above: tuple[int, int] | None = None


class Place(NamedTuple):
    """A node: `moves` (variable, amount) on arrival; two paragraphs, with `shows` inside the first."""

    moves: tuple[int, int]
    before: str
    shows: int
    after: str
    second: str
    ways: tuple[Way, ...]


Graph = tuple[Place, ...]  # by their number; the reader begins at the first, and each variable at 0


def generated(size: int, seed: int = 1958) -> Graph:
    """A graph of `size` nodes with 60 to 100 words and three choices each; the same for the same seed."""
    chance, known = random.Random(seed * 1_000_003 + size), WORDS.split()

    def words(count: int) -> str:
        return " ".join(chance.choice(known) for _ in range(count))

    ring = [*range(1, size)]
    chance.shuffle(ring)
    after = dict(zip([0, *ring], [*ring, 0], strict=True))

    def place(number: int) -> Place:
        half = chance.randint(14, 24)
        return Place(
            moves=(chance.randrange(VARIABLES), chance.randint(1, BASE - 1)),
            before=words(half).capitalize(),
            shows=chance.randrange(VARIABLES),
            after=f"{words(half)}.",
            second=" ".join(f"{words(chance.randint(8, 13)).capitalize()}." for _ in range(4)),
            ways=(
                Way(f"I {words(6)}.", after[number]),
                Way(
                    f"I {words(7)}.", chance.randrange(size), (chance.randrange(VARIABLES), chance.randrange(BASE - 2))
                ),
                Way(f"I {words(5)}.", chance.randrange(size)),
            ),
        )

    return tuple(place(number) for number in range(size))


def write_pack(graph: Graph, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    variables = "".join(f"  v{i}: {{start: 0, min: 0, max: {BASE - 1}}}\n" for i in range(VARIABLES))
    (folder / "pack.yaml").write_text(
        f"pack: graph\ntitle: Graph\nversion: 1\nvariables:\n{variables}"
        "roles: {reader: {name: Reader}}\nplaces: {field: {name: a field, scene: field}}\ncalendar: [graph]\n",
        encoding="utf-8",
    )
    lines = ["chapter: graph", "role: reader", "title: Graph", "place: field", "nodes:"]
    for number, place in enumerate(graph):
        variable, by = place.moves
        lines += [
            f"  n{number}:",
            f"    do: [v{variable} = (v{variable} + {by}) % {BASE}]",
            "    text:",
            f"      - {place.before} {{v{place.shows}}} {place.after}",
            f"      - {place.second}",
            "    choices:",
        ]
        for id, way in zip("abc", place.ways, strict=True):
            condition = f"if: v{way.above[0]} > {way.above[1]}, " if way.above else ""
            lines.append(f"      - {{id: {id}, say: {way.say}, {condition}goto: n{way.to}}}")
    (folder / "graph.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def ink_source(graph: Graph) -> str:
    lines = [*(f"VAR v{i} = 0" for i in range(VARIABLES)), "-> n0"]
    for number, place in enumerate(graph):
        variable, by = place.moves
        lines += [
            f"=== n{number} ===",
            f"~ v{variable} = (v{variable} + {by}) % {BASE}",
            f"{place.before} {{v{place.shows}}} {place.after}",
            place.second,
        ]
        for way in place.ways:
            condition = f"{{v{way.above[0]} > {way.above[1]}}} " if way.above else ""
            lines.append(f"+ {condition}[{way.say}] -> n{way.to}")
    return "\n".join(lines) + "\n"
