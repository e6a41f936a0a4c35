"""Proofs: findings that an exploration proves (WG701 to WG709): unreachable parts, dead ends, broken claims, size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.core.findings import Finding
from game.explore.progress import ProgressReport
from game.explore.report import CutResult, Report, explore
from game.explore.transition_table import claim_id
from game.story.model import Node, Story

MANY_STATES = 300_000  # states that enter a chapter; with more, a story that grows soon has too many to count
MOST_STATES = 2_000_000  # states of a chapter; with more, `check` stops exploring, because a person waits for it


def prove(
    story: Story,
    progress: Callable[[ProgressReport], None] | None = None,
    most_states: int = MOST_STATES,
    many: int = MANY_STATES,
) -> list[Finding]:
    """Explore a story that nobody else plays (see `Coverage`), and return the findings in the order of their places.

    Exploring stops at a chapter with more than `most_states`: then a finding says so, and no finding calls a part
    unreachable. A finding reports each chapter that more than `many` states enter.
    """
    return findings_of(explore(story, most_states, progress=progress), many)


def findings_of(report: Report, many: int = MANY_STATES) -> list[Finding]:
    """Return the findings of an exploration, in the order of their places. `many` is as for `prove`."""
    findings = [*_stopped(report), *_wide(report, many), *_stuck(report), *_claims(report)]
    if not report.partial:
        findings += [*_never(report), *_one_sided(report)]
    return sorted(findings)


def _never(report: Report) -> Iterator[Finding]:
    story = report.story
    unreached = set(report.missing_nodes)
    for id in unreached:
        remedy = "Lead somewhere to it, mend the conditions before it, or take it out."
        yield Finding.at(story.nodes[id].where, "WG701", f"no playthrough comes to `{id}`", remedy)
    closed = set(report.missing_choices)
    for node in story.nodes.values():
        for choice in node.choices:
            if choice.full_id in closed and node.full_id not in unreached:
                remedy = "Mend its `if`, or take the choice out."
                yield Finding.at(choice.where, "WG702", f"`{choice.full_id}` is never open", remedy)
    for ending in report.missing_endings:
        for node in story.nodes.values():
            if node.end == ending and node.full_id not in unreached:
                problem = f"the ending `{ending}` is reached only after another role was played"
                yield Finding.at(node.where, "WG703", problem, "Let a first playthrough come to it as well.")


def _one_sided(report: Report) -> Iterator[Finding]:
    sides = report.missing_sides
    for side in sides:
        never_asked = side._replace(held=not side.held) in sides
        if not never_asked:
            problem = f"`{side.text}` {'never holds' if side.held else 'always holds'}, in any playthrough"
            remedy = "take out what it decides" if side.held else "take it out and keep the rest"
            yield Finding.at(side.where, "WG704", problem, f"Mend it, or {remedy}.")


def _stuck(report: Report) -> Iterator[Finding]:
    dead_ends = {id: result for result in report.results for id in result.explored.dead_ends}
    for id, result in dead_ends.items():
        problem = f"a reader can come to `{id}` with nothing left to take ({_named(result)})"
        yield Finding.at(_node(report, id).where, "WG705", problem, "Leave one choice always open, or lead on.")
    endless = {id: result for result in report.results for id in result.explored.endless}
    for id, result in endless.items():
        problem = f"`{id}` can be come back to without end ({_named(result)})"
        remedy = "Let something that was done there close the way back, such as a number that grows."
        yield Finding.at(_node(report, id).where, "WG706", problem, remedy)


def _claims(report: Report) -> Iterator[Finding]:
    story = report.story
    claims = [(claim.text, claim, "in every ending") for claim in story.always]
    claims += [(claim_id(node, claim), claim, f"each time that `{node.full_id}` is reached")
               for node in story.nodes.values() for claim in node.always]  # fmt: skip
    for id, claim, where in claims:
        for result in report.results:
            if id in result.explored.broken_claims:
                link = result.explored.broken_claims[id]
                takes = ",".join(take for _, take in link.entries()) if link is not None else ""
                remedy = f"See how with `read --cut {result.cut} --take {takes}`."
                problem = f"`{claim.text}` does not hold {where} ({_named(result)})"
                yield Finding.at(claim.where, "WG707", problem, remedy)
                break


def _wide(report: Report, many: int) -> Iterator[Finding]:
    for result in report.results:
        if result.explored.boundaries:
            at = max(result.explored.boundaries, key=lambda boundary: boundary.states)
            if at.states > many:
                chapter = report.story.chapters[at.chapter]
                apart = ", ".join(at.live)
                problem = f"{at.states:,} states enter `{at.chapter}` ({_named(result)}), kept apart by {apart}"
                remedy = "Let some of these end earlier: assign them afresh, or narrow them to a few values."
                yield Finding.at(next(iter(chapter.nodes.values())).where, "WG708", problem, remedy)


def _stopped(report: Report) -> Iterator[Finding]:
    remedy = "Narrow what keeps states apart there: give numbers a small range, or assign them afresh."
    for why in report.partial:
        yield Finding("pack.yaml", 0, 0, "WG709", f"not every playthrough was explored: {why}", remedy)


def _node(report: Report, id: str) -> Node:
    """Return the node with an id. A dead end without any page has a chapter's id: return that chapter's last node."""
    nodes = report.story.nodes
    return nodes[id] if id in nodes else list(report.story.chapters[id].nodes.values())[-1]


def _named(result: CutResult) -> str:
    return f"the cut `{result.cut}` as {result.role}" if result.role else f"the cut `{result.cut}`"
