"""The result of exploring or sampling one cut as one role."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from game.core.values import frozen
from game.explore.path_stats import FactCounter, PathLink, PathStats
from game.lang.expressions import Expression
from game.play.engine import Engine, Position
from game.play.page_context import weighing
from game.story.model import Node


@frozen
class Boundary:
    """The number of states that enter a chapter, and the live variables that keep them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class AmountRange:
    """The least and the most that a number of a page is on any path, and its sum over all paths to the page."""

    least: float
    most: float
    total: float
    paths: int

    def merged(self, other: AmountRange) -> AmountRange:
        """The range over the paths of both."""
        return AmountRange(
            min(self.least, other.least),
            max(self.most, other.most),
            self.total + other.total,
            self.paths + other.paths,
        )


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
    amounts: dict[str, dict[str, AmountRange]] = field(default_factory=dict)  # of each page that weighs, by its rows
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

    def add_page(self, position: Position, paths: PathStats) -> None:
        """Keep what a page weighs on some paths, and what must hold on it and does not."""
        node, story = position.node, self.engine.story
        assert node is not None
        for claim in node.always:
            if not claim(position.state):
                self.broken_claims.setdefault(claim_id(node, claim), paths.shortest)
        weighed = weighing(story, node, position.state)
        if weighed is None:
            return
        amounts: dict[str, float] = {row.kind: row.amount for row in weighed.rows}
        if weighed.portions is not None:
            amounts |= {f"portions.{field.name}": one for field in fields(weighed.portions)
                        if (one := getattr(weighed.portions, field.name)) is not None}  # fmt: skip
        here = self.amounts.setdefault(node.full_id, {})
        for name, amount in amounts.items():
            met = AmountRange(amount, amount, amount * paths.count, paths.count)
            here[name] = here[name].merged(met) if name in here else met

    def add_dead_end(self, position: Position, paths: PathStats) -> None:
        """Note that nothing can be taken here and it is no ending; past the calendar the last page is named."""
        node = position.node
        link = paths.shortest
        last = node.full_id if node is not None else link.node if link is not None else self.engine.story.order[-1]
        self.dead_ends.setdefault(last, link)
        self._add_total(paths)

    def _add_total(self, paths: PathStats) -> None:
        self.total = self.total.merged(paths) if self.total is not None else paths


def claim_id(node: Node, claim: Expression) -> str:
    """What must hold on a page, with the page's id before it."""
    return f"{node.full_id}: {claim.text}"
