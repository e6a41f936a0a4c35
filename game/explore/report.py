"""All sittings of a story explored, and what they show: as values, as JSON, as text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from game.explore.coverage import Coverage
from game.explore.exploring import Explored, Progress, Range, Ways, explore_sitting
from game.play.playthrough import Playthrough, begin, recorded
from game.play.walk import Walker
from game.story.model import Story

WORDS_A_MINUTE = 150
MOST_STATES = 3_000_000
LONGEST = 1_000  # entries of a record that is made to cover choices


@dataclass(frozen=True, slots=True)
class Sitting:
    """A cut as one role (or both, None) without an earlier record, and all that it holds."""

    cut: str
    role: str | None
    explored: Explored


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a story. `partial` holds the reasons why not all of it is."""

    story: Story
    sittings: tuple[Sitting, ...]
    coverage: Coverage
    choices: frozenset[str]
    seconds: float
    partial: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The keys of the design's contract; counts of playthroughs are text, since they outgrow numbers."""
        story = self.story
        nodes = {id: node.where for id, node in story.nodes.items()}
        choices = {c.full_id: c.where for node in story.nodes.values() for c in node.choices}
        first = _of_first_cut(self.sittings)
        missing = self.coverage.missing
        cuts: dict[str, dict[str, Any]] = {}
        for sitting in self.sittings:
            if sitting.explored.whole is not None:
                cuts.setdefault(sitting.cut, {})[sitting.role or "both"] = _measures(sitting.explored.whole)
        return {
            "nodes": _covered(nodes, self.coverage.nodes),
            "choices": _covered(choices, self.choices),
            "conditions": {
                "total": self.coverage.sides,
                "visited": self.coverage.sides - len(missing),
                "missing": missing,
            },
            "endings": {
                ending: {"role": role, "playthroughs": str(count)}
                for sitting in first
                for ending, (role, count) in sorted(sitting.explored.endings.items())
            },
            "unreached_endings": sorted(
                {node.end for node in story.nodes.values() if node.end}
                - {ending for sitting in first for ending in sitting.explored.endings}
            ),
            "dead_ends": sorted({place for one in self.sittings for place in one.explored.dead_ends}),
            "endless": sorted({place for one in self.sittings for place in one.explored.endless}),
            "claims": {
                claim.text: not any(claim.text in one.explored.broken_claims for one in self.sittings)
                for claim in story.always
            },
            "cuts": cuts,
            "boundaries": {
                f"{one.cut}/{one.role or 'both'}": [
                    {"chapter": at.chapter, "states": at.states, "live": list(at.live)}
                    for at in one.explored.boundaries
                ]
                for one in self.sittings
            },
            "states": sum(one.explored.states for one in self.sittings),
            "seconds": round(self.seconds, 3),
            "partial": bool(self.partial),
            "why_partial": list(self.partial),
        }


def explore(
    story: Story,
    most_states: int = MOST_STATES,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Report:
    """Every playthrough of every cut and role, and the union of what they and their counterparts visit.

    The story is watched from now on, so it must be one that nobody else plays.
    """
    start = clock()
    coverage = Coverage(story)
    sittings: list[Sitting] = []
    choices: set[str] = set()
    partial: list[str] = []

    def sit(role: str | None, cut: str, earlier: Playthrough | None = None, with_skips: bool = False) -> Explored:
        walker = Walker(story, role, story.cuts[cut], recorded(earlier) if earlier is not None else None)
        found = explore_sitting(walker, most_states, progress, with_skips)
        choices.update(found.choices)
        if found.stopped is not None:
            partial.append(f"{cut} as {role or 'both'}: {found.stopped}")
        return found

    for cut in story.cuts.values():
        for role in (None,) if cut.both_roles else story.roles:
            if not partial:
                sittings.append(Sitting(cut.id, role, sit(role, cut.id)))
    for sitting in list(sittings):
        if not partial and sitting.role is not None:
            sit(sitting.role, sitting.cut, with_skips=True)
    for sitting in _of_first_cut(sittings):
        for other in story.roles:
            if sitting.role is not None and other != sitting.role:
                for earlier in covering(story, sitting):
                    if not partial:
                        sit(other, sitting.cut, earlier, with_skips=True)
    return Report(story, tuple(sittings), coverage, frozenset(choices), clock() - start, tuple(partial))


def covering(story: Story, sitting: Sitting) -> Iterator[Playthrough]:
    """A few finished playthroughs of a sitting that together take each of its choices."""
    left = set(sitting.explored.choices)
    for choice in sorted(left, key=lambda id: -_length(sitting, id)):
        link = sitting.explored.shortest.get(choice)
        if choice not in left or link is None:
            continue
        playthrough = begin(story, sitting.role, sitting.cut)
        for _, take in link.entries():
            playthrough = playthrough.take(take)
        # A page can be a dead end, or lead round for ever: then this way is no record of a finished reading.
        for _ in range(LONGEST):
            node, options = playthrough.page.node, playthrough.page.choices
            if not options:
                break
            fresh = (option for option in options if f"{node}.{option.id}" in left)
            playthrough = playthrough.choose(next(fresh, options[0]).id)
        left -= {f"{entry.node}.{entry.take}" for entry in playthrough.entries}
        if playthrough.finished:
            yield playthrough


def way_to(report: Report, id: str) -> tuple[Sitting, list[str]] | None:
    """A sitting and a shortest list of entries to a node, a choice or an ending, in the first cut that has one."""
    for cut in report.story.cuts:
        ways = [
            (link, sitting)
            for sitting in report.sittings
            if sitting.cut == cut and (link := sitting.explored.shortest.get(id)) is not None
        ]
        if ways:
            link, sitting = min(ways, key=lambda way: way[0].length)
            return sitting, [take for _, take in link.entries()]
    return None


def _length(sitting: Sitting, id: str) -> int:
    link = sitting.explored.shortest.get(id)
    return link.length if link is not None else 0


def _of_first_cut(sittings: tuple[Sitting, ...] | list[Sitting]) -> list[Sitting]:
    """The sittings of the first cut that is played as one role: where each ending must be reachable."""
    single = [sitting for sitting in sittings if sitting.role is not None]
    return [sitting for sitting in single if sitting.cut == single[0].cut] or list(sittings)


def _covered(places: dict[str, str], visited: set[str] | frozenset[str]) -> dict[str, Any]:
    missing = [f"{where} {id}".strip() for id, where in places.items() if id not in visited]
    return {"total": len(places), "visited": len(places) - len(missing), "missing": missing}


def _measures(ways: Ways) -> dict[str, Any]:
    def three(of: Range, by: float = 1) -> dict[str, float]:
        digits = 1 if by != 1 else None
        return {
            "shortest": round(of.least / by, digits),
            "mean": round(of.total / ways.count / by, 1),
            "longest": round(of.most / by, digits),
        }

    return {
        "playthroughs": str(ways.count),
        "choices": three(ways.choices),
        "words": three(ways.words),
        "minutes": three(ways.words, WORDS_A_MINUTE),
    }


def as_text(report: Report) -> str:
    """The report for a person."""
    data = report.as_json()
    lines = [f"PARTIAL: {why}." for why in data["why_partial"]]
    for name in ("nodes", "choices", "conditions"):
        part = data[name]
        what = "sides of conditions" if name == "conditions" else name
        lines.append(f"{part['visited']} of {part['total']} {what} visited")
        lines += [f"  never: {place}" for place in part["missing"]]
    lines.append("endings, and how many playthroughs reach each:")
    lines += [f"  {id} ({one['role']}): {int(one['playthroughs']):,}" for id, one in data["endings"].items()]
    lines += [f"  {id}: never reached" for id in data["unreached_endings"]]
    lines += [f"dead end: {place}" for place in data["dead_ends"]]
    lines += [f"endless: {place} can be come back to for ever" for place in data["endless"]]
    lines += [f"claim {'holds' if holds else 'FAILS'}: {claim}" for claim, holds in data["claims"].items()]
    for cut, roles in data["cuts"].items():
        for role, one in roles.items():
            minutes, words, choices = one["minutes"], one["words"], one["choices"]
            lines.append(
                f"{cut} as {role}: {int(one['playthroughs']):,} playthroughs,"
                f" {choices['shortest']} to {choices['longest']} choices,"
                f" {words['shortest']:,} to {words['longest']:,} words,"
                f" {minutes['shortest']} to {minutes['longest']} minutes"
            )
    widest = {name: max(at, key=lambda one: one["states"]) for name, at in data["boundaries"].items() if at}
    lines += [
        f"widest in {name}: {at['states']:,} states enter {at['chapter']}; alive: {', '.join(at['live'])}"
        for name, at in widest.items()
    ]
    lines.append(f"{data['states']:,} states in {data['seconds']:.1f} s")
    return "\n".join(lines)
