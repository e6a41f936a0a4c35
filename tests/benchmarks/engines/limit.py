"""The same walk by a bare loop over tuples: no story language, no checks, no undo. Commands and answers are JSON
lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.graphs import BASE, VARIABLES, generated

FACTOR, PRIME = 16807, 2147483647
State = tuple[int, ...]


def moving(variable: int, by: int) -> Callable[[State], State]:
    def moved(state: State) -> State:
        values = list(state)
        values[variable] = (values[variable] + by) % BASE
        return tuple(values)

    return moved


class Reader:
    def load(self, size: int) -> dict[str, Any]:
        self.places = [
            (moving(*place.moves), f"{place.before} ", place.shows, f" {place.after}", place.second, place.ways)
            for place in generated(size)
        ]
        return {}

    def walk(self, choices: int, seed: int) -> dict[str, Any]:
        letters, places, kept = 0, self.places, []
        start = time.perf_counter()
        at = places[0]
        state = at[0]((0,) * VARIABLES)
        for _ in range(choices):
            _, before, shows, after, second, ways = at
            letters += len("".join((before, str(state[shows]), after))) + len(second) + 2
            open_ways = [way for way in ways if way.above is None or state[way.above[0]] > way.above[1]]
            for way in open_ways:
                letters += len(way.say)
            seed = seed * FACTOR % PRIME
            at = places[open_ways[seed % len(open_ways)].to]
            state = at[0](state)
            kept.append(state)
        return {"seconds": time.perf_counter() - start, "letters": letters}


reader = Reader()
for line in sys.stdin:
    order = json.loads(line)
    print(json.dumps(getattr(reader, order.pop("do"))(**order)), flush=True)
