"""Which variables and recalls the rest of a sitting can still read, at each page: all else makes no new state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.lang.expressions import Effects, Expression, full_id, walk
from game.lang.grammar import Conditional, Name, Recall, Tree, parse_statement
from game.lang.markup import InWords, Passage
from game.play.engine import Engine
from game.story.chapter_mode import Mode
from game.story.model import NEXT, Branch, Chapter, Node, Skip

Live = frozenset[str | int]  # a variable's name, or the number of a bit


class Liveness:
    """The live set at each node of a sitting, found backwards along its calendar."""

    def __init__(self, engine: Engine) -> None:
        self._story = engine.story
        self._engine = engine
        self._bits = {
            (verb, full): bit
            for node in self._story.nodes.values()
            for verb, full, bit in (
                ("seen", node.full_id, node.bit),
                *(("chose", c.full_id, c.bit) for c in node.choices),
            )
            if bit is not None
        }
        self._at_end = self._of(self._story.always)
        self.at: dict[str, Live] = {}
        self.shown: dict[str, Live] = {}  # what a page itself depends on: its texts, picture, ledger, open choices
        self.entering: dict[str, Live] = {}
        self.skipping: dict[str, Live] = {}
        after = self._at_end
        for i in reversed(range(len(self._story.order))):
            chapter = self._story.chapters[self._story.order[i]]
            self.skipping[chapter.id] = self._told(chapter.skip, after)
            after = self._chapter(chapter, engine.modes[i], after)
            self.entering[chapter.id] = after

    def at_page(self, node: str | None) -> Live:
        """What is live while a page is read: nothing on one that is not walked; past the last, what the pack claims."""
        return self.at.get(node, frozenset()) if node is not None else self._at_end

    def _chapter(self, chapter: Chapter, mode: Mode, after: Live) -> Live:
        if mode is Mode.PLAYED:
            entering = self._played(chapter, after)
        elif mode is Mode.RESOLVED and self._engine.recorded:
            entering = self._played(chapter, after) | self._told(chapter.skip, after)
        else:
            entering = self._told(chapter.skip, after)
        # Where an ending closes a door, its later chapters are passed by.
        return entering | after if self._engine.cut.both_roles else entering

    def _told(self, skip: Skip | None, after: Live) -> Live:
        if skip is None:
            return after
        left = frozenset(one for one in after if not (isinstance(one, int) and skip.stands_for >> one & 1))
        return self._before(skip.effects, left | self._of_text(skip.text) | self._of_text(skip.brief))

    def _played(self, chapter: Chapter, after: Live) -> Live:
        for node in chapter.nodes.values():
            self.shown[node.full_id] = self._painted(chapter, node) | self._shown(node)
        arriving: dict[str, Live] = {node.full_id: frozenset() for node in chapter.nodes.values()}
        changed = True
        while changed:
            changed = False
            for node in chapter.nodes.values():
                at = self.at[node.full_id] = self.shown[node.full_id] | self._left(node, arriving, after)
                before = self._before(node.effects, at)
                changed = changed or before != arriving[node.full_id]
                arriving[node.full_id] = before
        return self._ways(chapter.begin, arriving, after)

    def _painted(self, chapter: Chapter, node: Node) -> Live:
        place = self._story.place_of(chapter, node)
        if place is None:
            return frozenset()
        params = [value for value in place.params.values() if isinstance(value, Expression)]
        return self._of(params) | self._of_text(place.alt)

    def _shown(self, node: Node) -> Live:
        asked = [choice.condition for choice in node.choices if choice.condition]
        asked += [row.value for row in node.ledger]
        return self._of_text(node.text) | self._of_text(node.brief) | self._of(asked)

    def _left(self, node: Node, arriving: Mapping[str, Live], after: Live) -> Live:
        """What the ways on from a node can read."""
        left: Live = frozenset()
        for choice in node.choices:
            ways = self._ways(choice.goto, arriving, after)
            left |= self._before(choice.effects, ways - {choice.bit})
        if not node.choices:
            left |= self._ways(node.goto, arriving, after)
        if node.end is not None:
            left |= after | self._at_end
        return left - {node.bit}

    def _ways(self, branches: Iterable[Branch], arriving: Mapping[str, Live], after: Live) -> Live:
        live: Live = frozenset()
        for branch in branches:
            live |= after if branch.to == NEXT else arriving[branch.to]
            live |= self._of([branch.condition] if branch.condition else [])
        return live

    def _of(self, expressions: Iterable[Expression]) -> Live:
        live: set[str | int] = set()
        for expression in expressions:
            live |= expression.reads
            live |= {self._bits[recall] for recall in expression.recalls}
        return frozenset(live)

    def _of_text(self, passages: Iterable[Passage]) -> Live:
        passages = tuple(passages)
        shown = {part.variable for passage in passages for part in passage.parts if isinstance(part, InWords)}
        return self._of(passage.condition for passage in passages if passage.condition) | shown

    def _before(self, effects: Effects | None, after: Live) -> Live:
        """What is live before effects, statement by statement from the last."""
        if effects is None:
            return after
        for statement in reversed([parse_statement(text) for text in effects.texts]):
            asks = any(isinstance(part, Conditional) for part in walk(statement.value))
            if statement.name not in after and not asks:
                continue  # nobody can tell whether it was done
            if statement.operator == "=":
                after -= {statement.name}
            after |= self._read_by(statement.value, effects)
        return after

    def _read_by(self, tree: Tree, effects: Effects) -> Live:
        read: set[str | int] = set()
        for part in walk(tree):
            if isinstance(part, Name) and part.name in self._story.index:
                read.add(part.name)
            elif isinstance(part, Recall):
                read.add(self._bits[part.verb, full_id(part, effects.scope.chapter)])
        return frozenset(read)
