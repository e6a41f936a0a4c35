"""Report: explores every cut (length) and role of a story, and reports the findings as values and as JSON."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from game.core.values import frozen
from game.explore.coverage import Coverage, Side
from game.explore.covering_search import covering_playthroughs, directed_playthroughs
from game.explore.explorer import explore_cut
from game.explore.felt import FeltChoice, felt_choices
from game.explore.path_stats import CostRange, PathLink
from game.explore.progress import ProgressReport, ProgressTimer
from game.explore.result import ExploredCut
from game.explore.sampler import sample_cut
from game.explore.transition_table import TransitionTable, claim_id
from game.lang.reading_speed import WORDS_A_MINUTE
from game.play import Playthrough, begin
from game.play.debrief_sections import facts_met
from game.play.engine import Engine
from game.story.model import Story

MOST_STATES = 3_000_000
PLAYED_FIRST = 40  # random playthroughs after each record of another role, before exploring: they meet most


class Sample(NamedTuple):
    """How many random playthroughs of each cut and role to play, and the seed of the random numbers."""

    playthroughs: int
    seed: int


@frozen
class CutResult:
    """The result of exploring a cut played as one role (None: both). No other role was played before."""

    cut: str
    role: str | None
    explored: ExploredCut

    @property
    def name(self) -> str:
        """The key of this result in reports: `cut/role`."""
        return f"{self.cut}/{self.role or 'both'}"


@frozen
class Report:
    """The result of exploring a story. `partial` has the reasons why it is not complete; empty if it is.

    `open_choices` has the full ids of the choices that were open on some page. `sample` is None if all playthroughs
    were explored. `felt` has the choices of the first cut by node; None if it was not asked for.
    """

    story: Story
    results: tuple[CutResult, ...]
    coverage: Coverage
    open_choices: frozenset[str]
    seconds: float
    partial: tuple[str, ...]
    sample: Sample | None = None
    felt: Mapping[str, FeltChoice] | None = None

    @property
    def missing_nodes(self) -> list[str]:
        """The full ids of the nodes that no explored path reached."""
        return [id for id in self.story.nodes if id not in self.coverage.nodes]

    @property
    def missing_choices(self) -> list[str]:
        """The full ids of the choices that were never open."""
        return [choice for choice in _choices(self.story) if choice not in self.open_choices]

    @property
    def missing_sides(self) -> list[Side]:
        """The outcomes of conditions that were not seen."""
        return self.coverage.missing

    @property
    def first_cut(self) -> list[CutResult]:
        """The results of the first cut that plays one role at a time; all results if no cut does."""
        return _of_first_cut(self.results)

    @property
    def missing_endings(self) -> list[str]:
        """The endings that the first cut does not reach."""
        reached = {ending for result in self.first_cut for ending in result.explored.endings}
        return sorted({node.end for node in self.story.nodes.values() if node.end} - reached)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain JSON. Counts of playthroughs are text, because they outgrow JSON's numbers."""
        story = self.story
        nodes = {id: node.where for id, node in story.nodes.items()}
        sides = [str(side) for side in self.missing_sides]
        cuts: dict[str, dict[str, Any]] = {}
        for result in self.results:
            if result.explored.total is not None:
                cuts.setdefault(result.cut, {})[result.role or "both"] = _measures(result.explored)
        data = {
            "nodes": _covered(nodes, self.missing_nodes),
            "choices": _covered(_choices(story), self.missing_choices),
            "conditions": {"total": self.coverage.sides, "visited": self.coverage.sides - len(sides), "missing": sides},
            "endings": {
                ending: {"role": role, "playthroughs": str(count)}
                for result in self.first_cut
                for ending, (role, count) in sorted(result.explored.endings.items())
            },
            "unreached_endings": self.missing_endings,
            "dead_ends": sorted({_placed(nodes, at) for result in self.results for at in result.explored.dead_ends}),
            "endless": sorted({_placed(nodes, at) for result in self.results for at in result.explored.endless}),
            "claims": {
                claim: not any(claim in result.explored.broken_claims for result in self.results)
                for claim in _claims(story)
            },
            "ledgers": _ledgers(self.results),
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
                result.name: [
                    {"chapter": at.chapter, "states": at.states, "live": list(at.live)}
                    for at in result.explored.boundaries
                ]
                for result in self.results
            },
            "states": sum(result.explored.states for result in self.results),
            "seconds": round(self.seconds, 3),
            "partial": bool(self.partial) or self.sample is not None,
            "why_partial": list(self.partial),
            "sample": self.sample._asdict() if self.sample is not None else None,
        }
        if self.felt is not None:
            data["choices_felt"] = {id: felt.as_json() for id, felt in self.felt.items()}
        return data


def explore(
    story: Story,
    most_states: int = MOST_STATES,
    sample: Sample | None = None,
    progress: Callable[[ProgressReport], None] | None = None,
    with_felt: bool = False,
) -> Report:
    """Explore every cut and role. Each role is also explored with skips, and after playthroughs of the other roles.

    Nobody else may play the story (see `Coverage`). A chapter may have at most `most_states`. With `sample`, only so
    many random playthroughs are played. `progress` may raise KeyboardInterrupt, which stops exploring. `with_felt`
    finds how long each choice of the first cut is felt, if the cut has no endless circle. If exploring stopped early,
    the report's `partial` says why.
    """
    start = time.perf_counter()
    coverage = Coverage(story)
    results: list[CutResult] = []
    reached: set[str] = set()
    partial: list[str] = []
    planned = [(cut.id, role) for cut in story.cuts.values() for role in ((None,) if cut.both_roles else story.roles)]
    skip_runs = sum(role is not None for _, role in planned)
    timer = ProgressTimer(progress or (lambda _: None), time.perf_counter, len(planned) + skip_runs)
    random = Random(sample.seed if sample is not None else 0)

    def explore_one(
        role: str | None,
        cut: str,
        earlier: Playthrough | None = None,
        with_skips: bool = False,
        at_random: Sample | None = sample,
        table: TransitionTable | None = None,
    ) -> ExploredCut:
        engine = begin(story, role, cut, earlier).engine if table is None else table.engine
        name = f"{cut} as {role or 'both'}"
        tell = timer.start(name) if progress is not None else None
        if at_random is not None:
            found = sample_cut(engine, at_random.playthroughs, random, tell, with_skips)
        else:
            found = explore_cut(engine, most_states, tell, with_skips, table)
        timer.done(found.states)
        reached.update(found.choices)
        if found.stopped is not None:
            partial.append(f"{name}: {found.stopped}")
        return found

    for cut, role in planned:
        if not partial:
            table = TransitionTable(begin(story, role, cut).engine, with_skips=role is not None)
            results.append(CutResult(cut, role, explore_one(role, cut, table=table)))
        if not partial and role is not None:
            explore_one(role, cut, with_skips=True, table=table)

    def missing() -> list[str]:
        nodes = [id for id in story.nodes if id not in coverage.nodes]
        return nodes + [id for id in _choices(story) if id not in reached]

    def explore_after(records: Callable[[ExploredCut], Iterable[Playthrough]], at_random: Sample | None) -> None:
        """`records` yields playthroughs of each role. Play the other roles after each, until all of the story was met.
        `at_random` is the sample to play; None explores all playthroughs."""
        played = [result for result in _of_first_cut(results) if result.role is not None]
        roles = [(result, other) for result in played for other in story.roles if other != result.role]
        tries = [(other, result.cut, earlier) for result, other in roles for earlier in records(result.explored)]
        timer.add_parts(len(tries))
        for role, cut, earlier in tries:
            if not partial and (missing() or coverage.unseen):
                explore_one(role, cut, earlier, with_skips=True, at_random=at_random)

    def directed(explored: ExploredCut) -> Iterator[Playthrough]:
        return directed_playthroughs(explored.engine, coverage, missing())

    # first at random, which is quick and meets most of it; then every playthrough
    for at_random in (Sample(PLAYED_FIRST, 0), sample):
        for records in (covering_playthroughs, directed):
            if not partial and (missing() or coverage.unseen):
                explore_after(records, at_random)
    felt: dict[str, FeltChoice] | None = {} if with_felt else None
    for result in _of_first_cut(results):
        if felt is not None and not partial and not result.explored.endless:
            felt |= felt_choices(result.explored.engine, *(sample or ()))
    seconds = time.perf_counter() - start
    return Report(story, tuple(results), coverage, frozenset(reached), seconds, tuple(partial), sample, felt)


def _choices(story: Story) -> dict[str, str]:
    """Return the file:line:column of each choice, by its full id."""
    return {choice.full_id: choice.where for node in story.nodes.values() for choice in node.choices}


def _of_first_cut(results: Iterable[CutResult]) -> list[CutResult]:
    results = list(results)
    single = [result for result in results if result.role is not None]
    return [result for result in single if result.cut == single[0].cut] or results


def _placed(places: dict[str, str], id: str) -> str:
    return f"{places.get(id, '')} {id}".strip()


def _covered(places: dict[str, str], missing: list[str]) -> dict[str, Any]:
    there = [_placed(places, id) for id in missing]
    return {"total": len(places), "visited": len(places) - len(missing), "missing": there}


def _claims(story: Story) -> Iterator[str]:
    """Yield the names of all claims (conditions in `always`): first those for every ending, then those of pages."""
    yield from (claim.text for claim in story.always)
    yield from (claim_id(node, claim) for node in story.nodes.values() for claim in node.always)


def _ledgers(results: Iterable[CutResult]) -> dict[str, dict[str, Any]]:
    """Return page id -> number's name -> that number's least, mean and greatest value over all cuts. Only pages with a
    weighing (the sums of a harvest) have numbers."""
    pages: dict[str, dict[str, Counter[float]]] = {}  # a page -> a row -> an amount -> how many paths have it
    for result in results:
        for (page, amounts), paths in result.explored.weighed.items():
            for name, amount in amounts:
                pages.setdefault(page, {}).setdefault(name, Counter())[amount] += paths

    def three(paths: Counter[float]) -> dict[str, float]:
        mean = sum(amount * count for amount, count in paths.items()) / paths.total()
        return {"least": round(min(paths), 2), "mean": round(mean, 2), "most": round(max(paths), 2)}

    return {page: {name: three(paths) for name, paths in amounts.items()} for page, amounts in pages.items()}


def _measures(explored: ExploredCut) -> dict[str, Any]:
    paths = explored.total
    assert paths is not None

    def three(of: CostRange, by: float = 1) -> dict[str, float]:
        least, most = (round(cost / by, 1 if by != 1 else None) for cost in (of.least, of.most))
        return {"shortest": least, "mean": round(of.total / paths.count / by, 1), "longest": most}

    mean = explored.facts.mean(paths)
    return {
        "playthroughs": str(paths.count),
        "choices": three(paths.choices),
        "words": three(paths.words),
        "minutes": three(paths.words, WORDS_A_MINUTE),
        "facts": {
            "shortest": _facts_of(explored.engine, paths.shortest),
            "mean": round(mean, 1) if mean is not None else None,
            "longest": _facts_of(explored.engine, paths.longest),
        },
    }


def _facts_of(engine: Engine, path: PathLink | None) -> int:
    playthrough = begin(engine.story, engine.role, engine.cut.id)
    for _, take in path.entries() if path is not None else ():
        playthrough = playthrough.take(take)
    return len(facts_met(playthrough))
