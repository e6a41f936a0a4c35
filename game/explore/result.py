"""The result of exploring or sampling one cut as one role."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.core.values import frozen
from game.explore.path_stats import FactCounter, PathLink, PathStats
from game.play.engine import Engine, Position


@frozen
class Boundary:
    """The number of states that enter a chapter, and the live variables that keep them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class ExploredCut:
    """All that is known of a cut as one role, filled while it is explored.

    `endings` gives each ending's role and number of playthroughs; `total` is over all finished playthroughs.
    `dead_ends` and `broken_claims` have a path to each. `stopped` is why exploring was stopped, None if it was not.
    """

    engine: Engine
    facts: FactCounter
    endings: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    total: PathStats | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)  # those that were open
    paths: dict[str, PathLink] = field(default_factory=dict)  # a path to each node and choice
    dead_ends: dict[str, PathLink | None] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)  # nodes on a circle that can be gone round for ever
    broken_claims: dict[str, PathLink | None] = field(default_factory=dict)
    states: int = 0
    stopped: str | None = None

    def add_path(self, id: str, link: PathLink | None) -> None:
        """Keep a path to a node or a choice, unless one is known."""
        if link is not None:
            self.paths.setdefault(id, link)

    def add_ending(self, position: Position, paths: PathStats, over: bool) -> None:
        """Count the paths to an ending; `over` unless another role is still to be read."""
        node, story = position.node, self.engine.story
        assert node is not None and node.end is not None
        chapter = position.chapter_of(story)
        role = chapter.role if chapter is not None else None
        _, count = self.endings.get(node.end, (role, 0))
        self.endings[node.end] = (role, count + paths.count)
        for claim in story.always:
            if not claim(position.state):
                self.broken_claims.setdefault(claim.text, paths.shortest)
        if over:
            self._add_total(paths)

    def add_dead_end(self, position: Position, paths: PathStats) -> None:
        """Note that nothing can be taken here and it is no ending; past the calendar the last page is named."""
        node = position.node
        link = paths.shortest
        last = node.full_id if node is not None else link.node if link is not None else self.engine.story.order[-1]
        self.dead_ends.setdefault(last, link)
        self._add_total(paths)

    def _add_total(self, paths: PathStats) -> None:
        self.total = self.total.merged(paths) if self.total is not None else paths
