"""Result: what exploring or sampling one cut (a length of the story) played as one role has found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from game.core.values import frozen
from game.explore.path_stats import CostRange, FactCounter, PathLink, PathStats, Segment
from game.explore.transition_table import Amounts, PageForm, Transition
from game.play.engine import Engine


@frozen
class Boundary:
    """How many states enter a chapter, and the live variables that can tell them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class ExploredCut:
    """All that is known of a cut played as one role. Exploring fills it.

    `endings` has each ending's role and number of playthroughs. `total` has the statistics of all paths that end: at an
    ending or a dead end. `boundaries` has an entry for each chapter. `choices` are open in some state. `paths` has a
    path to each node and choice; `dead_ends` a path to each dead end, `broken_claims` to a page where the claim
    (`always`) is false. None stands for a path without entries. `endless` has nodes on a circle that never ends.
    `weighed` has, for each node and the amounts of its weighing (the sums of a harvest), the number of paths. `stopped`
    says why exploring stopped early; None if it did not.
    """

    engine: Engine
    facts: FactCounter
    endings: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    total: PathStats | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)
    paths: dict[str, PathLink] = field(default_factory=dict)
    dead_ends: dict[str, PathLink | None] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)
    broken_claims: dict[str, PathLink | None] = field(default_factory=dict)
    weighed: Counter[tuple[str, Amounts]] = field(default_factory=Counter)
    states: int = 0
    stopped: str | None = None

    def add_step(self, step: Transition, paths: PathStats, onward: PathStats) -> None:
        """Add `paths`, each continued by a step, to `onward`, the paths to the page after it."""
        onward.add(paths, step.segment)
        if step.choice and step.choice not in self.paths:
            self.paths[step.choice] = PathLink(paths.shortest, step.segment.shortest)

    def add_page(self, form: PageForm, paths: PathStats) -> None:
        """Record a page to which all of `paths` lead: its weighing, its broken claims, its ending or dead end."""
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
        elif not form.steps:  # past the calendar, the last page is named
            last = shortest.taken[-1][0] if shortest is not None else self.engine.story.order[-1]
            self.dead_ends.setdefault(node.full_id if node is not None else last, shortest)
        if not form.steps:
            self.total = self.total or PathStats()
            self.total.add(paths, Segment(words=CostRange.of_one(form.words)))

    def add_endless(self, form: PageForm) -> None:
        """Record a page from which a reader can go in a circle for ever."""
        assert form.node is not None
        self.endless.add(form.node.full_id)
