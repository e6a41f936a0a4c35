"""What is known of one sitting: a value that exploring, or playing a sample, fills."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.core.values import frozen
from game.explore.path_stats import FactCounter, PathLink, PathStats
from game.play.engine import Engine, Position


@frozen
class Boundary:
    """How many states enter a chapter, and what keeps them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class ExploredCut:
    """What a sitting holds. `stopped` says why it is not all that there is, or is None."""

    engine: Engine
    facts: FactCounter
    endings: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    whole: PathStats | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)  # those that were open
    ways: dict[str, PathLink] = field(default_factory=dict)  # a way to each node and choice
    dead_ends: dict[str, PathLink | None] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)
    broken_claims: dict[str, PathLink | None] = field(default_factory=dict)
    states: int = 0
    stopped: str | None = None

    def reached(self, id: str, link: PathLink | None) -> None:
        """A way to a node or a choice; the first one known is kept."""
        if link is not None:
            self.ways.setdefault(id, link)

    def ended(self, position: Position, ways: PathStats, over: bool) -> None:
        """An ending was read; `over` unless another door is still open."""
        node, story = position.node, self.engine.story
        assert node is not None and node.end is not None
        chapter = position.chapter_of(story)
        role = chapter.role if chapter is not None else None
        _, count = self.endings.get(node.end, (role, 0))
        self.endings[node.end] = (role, count + ways.count)
        for claim in story.always:
            if not claim(position.state):
                self.broken_claims.setdefault(claim.text, ways.shortest)
        if over:
            self.finished(ways)

    def stuck(self, position: Position, ways: PathStats) -> None:
        """Nothing can be taken here, and it is no ending; past the calendar it is the last page left that is named."""
        node = position.node
        link = ways.shortest
        last = node.full_id if node is not None else link.node if link is not None else self.engine.story.order[-1]
        self.dead_ends.setdefault(last, link)
        self.finished(ways)

    def finished(self, ways: PathStats) -> None:
        self.whole = self.whole.joined(ways) if self.whole is not None else ways
