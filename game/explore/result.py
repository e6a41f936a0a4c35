"""The result of exploring or sampling one cut as one role."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from game.core.values import frozen
from game.explore.path_stats import CostRange, FactCounter, PathLink, PathStats, Segment
from game.explore.transition_table import Amounts, PageForm, Transition
from game.play.engine import Engine


@frozen
class Boundary:
    """The number of states that enter a chapter, and the live variables that keep them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class ExploredCut:
    """All that is known of a cut as one role; exploring fills it.

    `endings` gives each ending's role and number of playthroughs; `total` is over all finished playthroughs.
    `dead_ends` and `broken_claims` have a path to each. `stopped` is the reason why exploring stopped early, or None.
    """

    engine: Engine
    facts: FactCounter
    endings: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    total: PathStats | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)  # those open in some state
    paths: dict[str, PathLink] = field(default_factory=dict)  # a path to each node and choice
    dead_ends: dict[str, PathLink | None] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)  # nodes on a circle without an end
    broken_claims: dict[str, PathLink | None] = field(default_factory=dict)
    weighed: Counter[tuple[str, Amounts]] = field(default_factory=Counter)  # (node, its amounts) -> paths
    states: int = 0
    stopped: str | None = None

    def add_step(self, step: Transition, paths: PathStats, onward: PathStats) -> None:
        """Add some paths to those `onward` of a step, and keep a path through its choice."""
        onward.add(paths, step.segment)
        if step.choice and step.choice not in self.paths:
            self.paths[step.choice] = PathLink(paths.shortest, step.segment.shortest)

    def add_page(self, form: PageForm, paths: PathStats) -> None:
        """Keep the content of a page for all paths to it: its weighing, and an end of any kind."""
        node, shortest = form.node, paths.shortest
        if node is not None and shortest is not None:
            self.paths.setdefault(node.full_id, shortest)
        for claim in form.broken:
            self.broken_claims.setdefault(claim, shortest)
        if form.amounts and node is not None:
            self.weighed[node.full_id, form.amounts] += paths.count
        if node is not None and node.end is not None:
            role = self.engine.story.chapters[node.full_id.partition(".")[0]].role
            _, count = self.endings.get(node.end, (role, 0))
            self.endings[node.end] = (role, count + paths.count)
        elif not form.steps:  # past the calendar the last page is named
            last = (
                node.full_id
                if node is not None
                else shortest.taken[-1][0]
                if shortest is not None
                else self.engine.story.order[-1]
            )
            self.dead_ends.setdefault(last, shortest)
        if not form.steps:
            self.total = self.total or PathStats()
            self.total.add(paths, Segment(words=CostRange.of_one(form.words)))

    def add_endless(self, form: PageForm) -> None:
        """Keep a page on an endless circle."""
        assert form.node is not None
        self.endless.add(form.node.full_id)
