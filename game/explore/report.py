"""All sittings of a story explored, and what they show, as values and as JSON."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from random import Random
from typing import Any, NamedTuple

from game.core.values import frozen
from game.explore.coverage import Coverage, Side
from game.explore.covering_search import covering, directed
from game.explore.explorer import explore_cut
from game.explore.path_stats import CostRange, PathLink
from game.explore.progress import ProgressReport, ProgressTimer
from game.explore.result import ExploredCut
from game.explore.sampler import sample_cut
from game.play import Playthrough, begin
from game.play.debrief_sections import facts_met
from game.play.engine import Engine
from game.story.model import Story

WORDS_A_MINUTE = 150
MOST_STATES = 3_000_000


class Sample(NamedTuple):
    """How many playthroughs of each sitting are played by chance, and what the chance begins from."""

    playthroughs: int
    seed: int


@frozen
class CutResult:
    """A cut as one role (or both, None) without an earlier record, and all that it holds."""

    cut: str
    role: str | None
    explored: ExploredCut

    @property
    def name(self) -> str:
        return f"{self.cut}/{self.role or 'both'}"


@frozen
class Report:
    """What is known of a story. `partial` holds the reasons why not all of it is."""

    story: Story
    sittings: tuple[CutResult, ...]
    coverage: Coverage
    open_choices: frozenset[str]
    seconds: float
    partial: tuple[str, ...]
    sample: Sample | None = None

    @property
    def missing_nodes(self) -> list[str]:
        return [id for id in self.story.nodes if id not in self.coverage.nodes]

    @property
    def missing_choices(self) -> list[str]:
        return [choice for choice in _choices(self.story) if choice not in self.open_choices]

    @property
    def missing_sides(self) -> list[Side]:
        return self.coverage.missing

    @property
    def first(self) -> list[CutResult]:
        """The sittings of the first cut that is played as one role: where each ending must be reachable."""
        return _of_first_cut(self.sittings)

    @property
    def missing_endings(self) -> list[str]:
        reached = {ending for sitting in self.first for ending in sitting.explored.endings}
        return sorted({node.end for node in self.story.nodes.values() if node.end} - reached)

    def as_json(self) -> dict[str, Any]:
        """The keys of the design's contract; counts of playthroughs are text, since they outgrow numbers."""
        story = self.story
        nodes = {id: node.where for id, node in story.nodes.items()}
        sides = [str(side) for side in self.missing_sides]
        cuts: dict[str, dict[str, Any]] = {}
        for sitting in self.sittings:
            if sitting.explored.whole is not None:
                cuts.setdefault(sitting.cut, {})[sitting.role or "both"] = _measures(sitting.explored)
        return {
            "nodes": _covered(nodes, self.missing_nodes),
            "choices": _covered(_choices(story), self.missing_choices),
            "conditions": {
                "total": self.coverage.sides,
                "visited": self.coverage.sides - len(sides),
                "missing": sides,
            },
            "endings": {
                ending: {"role": role, "playthroughs": str(count)}
                for sitting in self.first
                for ending, (role, count) in sorted(sitting.explored.endings.items())
            },
            "unreached_endings": self.missing_endings,
            "dead_ends": sorted({_placed(nodes, at) for one in self.sittings for at in one.explored.dead_ends}),
            "endless": sorted({_placed(nodes, at) for one in self.sittings for at in one.explored.endless}),
            "claims": {
                claim.text: not any(claim.text in one.explored.broken_claims for one in self.sittings)
                for claim in story.always
            },
            "bounds": {
                name: {
                    "min": variable.low,
                    "max": variable.high,
                    "least": self.coverage.least[name]._asdict(),
                    "most": self.coverage.most[name]._asdict(),
                }
                for name, variable in story.variables.items()
                if variable.kind == "int"
            },
            "cuts": cuts,
            "boundaries": {
                one.name: [
                    {"chapter": at.chapter, "states": at.states, "live": list(at.live)}
                    for at in one.explored.boundaries
                ]
                for one in self.sittings
            },
            "states": sum(one.explored.states for one in self.sittings),
            "seconds": round(self.seconds, 3),
            "partial": bool(self.partial) or self.sample is not None,
            "why_partial": list(self.partial),
            "sample": self.sample._asdict() if self.sample is not None else None,
        }


def explore(
    story: Story,
    most_states: int = MOST_STATES,
    sample: Sample | None = None,
    progress: Callable[[ProgressReport], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Report:
    """Every playthrough of every cut and role (or a sample), and the union of what they and counterparts visit.

    The story is watched from now on, so it must be one that nobody else plays. `progress` may raise
    KeyboardInterrupt: what is known then is reported as partial.
    """
    start = clock()
    coverage = Coverage(story)
    sittings: list[CutResult] = []
    reached: set[str] = set()
    partial: list[str] = []
    planned = [(cut.id, role) for cut in story.cuts.values() for role in ((None,) if cut.both_roles else story.roles)]
    twice = sum(role is not None for _, role in planned)
    timer = ProgressTimer(progress or (lambda _: None), clock, len(planned) + twice)
    chance = Random(sample.seed) if sample is not None else Random()

    def sit(role: str | None, cut: str, earlier: Playthrough | None = None, with_skips: bool = False) -> ExploredCut:
        engine = begin(story, role, cut, earlier).engine
        name = f"{cut} as {role or 'both'}"
        tell = timer.sitting(name) if progress is not None else None
        if sample is not None:
            found = sample_cut(engine, sample.playthroughs, chance, tell, with_skips)
        else:
            found = explore_cut(engine, most_states, tell, with_skips)
        timer.done(found.states)
        reached.update(found.choices)
        if found.stopped is not None:
            partial.append(f"{name}: {found.stopped}")
        return found

    for cut, role in planned:
        if not partial:
            sittings.append(CutResult(cut, role, sit(role, cut)))
    for sitting in sittings:
        if not partial and sitting.role is not None:
            sit(sitting.role, sitting.cut, with_skips=True)

    def missing() -> list[str]:
        nodes = [id for id in story.nodes if id not in coverage.nodes]
        return nodes + [id for id in _choices(story) if id not in reached]

    def sit_after(records: Callable[[ExploredCut], Iterable[Playthrough]]) -> None:
        """Sit each role after each record that the other roles give, until nothing is missing or something stops it."""
        doors = [one for one in _of_first_cut(sittings) if one.role is not None]
        roles = [(one, other) for one in doors for other in story.roles if other != one.role]
        tries = [(other, one.cut, earlier) for one, other in roles for earlier in records(one.explored)]
        timer.more(len(tries))
        for role, cut, earlier in tries:
            if not partial and (missing() or coverage.unseen):
                sit(role, cut, earlier, with_skips=True)

    if not partial:
        sit_after(covering)
        sit_after(lambda explored: directed(explored.engine, coverage, missing()))
    seconds = clock() - start
    return Report(story, tuple(sittings), coverage, frozenset(reached), seconds, tuple(partial), sample)


def _choices(story: Story) -> dict[str, str]:
    """Every choice's full id, and its place."""
    return {choice.full_id: choice.where for node in story.nodes.values() for choice in node.choices}


def _of_first_cut(sittings: Iterable[CutResult]) -> list[CutResult]:
    sittings = list(sittings)
    single = [sitting for sitting in sittings if sitting.role is not None]
    return [sitting for sitting in single if sitting.cut == single[0].cut] or sittings


def _placed(places: dict[str, str], id: str) -> str:
    return f"{places.get(id, '')} {id}".strip()


def _covered(places: dict[str, str], missing: list[str]) -> dict[str, Any]:
    return {
        "total": len(places),
        "visited": len(places) - len(missing),
        "missing": [_placed(places, id) for id in missing],
    }


def _measures(explored: ExploredCut) -> dict[str, Any]:
    ways = explored.whole
    assert ways is not None

    def three(of: CostRange, by: float = 1) -> dict[str, float]:
        digits = 1 if by != 1 else None
        return {
            "shortest": round(of.least / by, digits),
            "mean": round(of.total / ways.count / by, 1),
            "longest": round(of.most / by, digits),
        }

    mean = explored.facts.mean(ways)
    return {
        "playthroughs": str(ways.count),
        "choices": three(ways.choices),
        "words": three(ways.words),
        "minutes": three(ways.words, WORDS_A_MINUTE),
        "facts": {
            "shortest": _facts_of(explored.engine, ways.shortest),
            "mean": round(mean, 1) if mean is not None else None,
            "longest": _facts_of(explored.engine, ways.longest),
        },
    }


def _facts_of(engine: Engine, way: PathLink | None) -> int:
    """How many facts a way meets, by playing it."""
    playthrough = begin(engine.story, engine.role, engine.cut.id)
    for _, take in way.entries() if way is not None else ():
        playthrough = playthrough.take(take)
    return len(facts_met(playthrough))
