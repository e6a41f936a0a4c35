"""Liveness: which variables and `seen`/`chose` bits are live: the rest of a playthrough can still read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.lang.expressions import Effects, Expression
from game.lang.grammar import Conditional, Name, Recall, Tree, parse_statement, walk
from game.lang.markup import InWords, Passage
from game.lang.typecheck import full_id
from game.play.engine import Engine
from game.story.chapter_mode import ChapterMode
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip

Live = frozenset[str | int]  # names of variables, and numbers of bits


class Liveness:
    """The live set at each node of a cut (a length of the story): the variables and bits that the rest of a playthrough
    can still read. It is computed backwards along the calendar.

    `at` has the live set of a node, by full id. `shown` is what the page itself reads: texts, picture, ledger (the sums
    of a harvest), open choices. `touched` is what the page and the steps from it to the next pages read or write.
    `entering` has the live set before a chapter, and `skipping` before a chapter that is skipped, by the chapter's id.
    """

    def __init__(self, engine: Engine, with_changes: bool = False, only_ways: bool = False) -> None:
        """Analyse the engine's cut. With `with_changes`, a page also reads the variables whose changes it shows; with
        `only_ways`, only what decides where a playthrough can go is live."""
        self._only_ways = only_ways
        self._story = engine.story
        variables = self._story.variables.values() if with_changes else ()
        # the variables whose changes pages show
        self._worded = frozenset(variable.name for variable in variables if variable.is_told)
        self._engine = engine
        nodes = self._story.nodes.values()
        seen = [(("seen", node.full_id), node.bit) for node in nodes]
        chose = [(("chose", choice.full_id), choice.bit) for node in nodes for choice in node.choices]
        self._bits = {recall: bit for recall, bit in seen + chose if bit is not None}
        self._at_end = self._of(() if only_ways else self._story.always)
        self.at: dict[str, Live] = {}
        self.shown: dict[str, Live] = {}
        self.touched: dict[str, Live] = {}
        self.entering: dict[str, Live] = {}
        self.skipping: dict[str, Live] = {}
        after = touched = self._at_end
        for i in reversed(range(len(self._story.order))):
            chapter = self._story.chapters[self._story.order[i]]
            self.skipping[chapter.id] = self._before_skip(chapter.skip, after)
            after = self._chapter(chapter, engine.modes[i], after)
            self.entering[chapter.id] = after
            touched = self._touch_chapter(chapter, engine.modes[i], touched)

    def at_page(self, node: str | None) -> Live:
        """Return the live set of a page; empty if no reader plays it. None stands for the story's end."""
        return self.at.get(node, frozenset()) if node is not None else self._at_end

    def _chapter(self, chapter: Chapter, mode: ChapterMode, after: Live) -> Live:
        if mode is ChapterMode.PLAYED:
            entering = self._before_chapter(chapter, after)
            if chapter.note and chapter.skip:  # a reader may skip the chapter
                entering |= self.skipping[chapter.id]
        elif mode is ChapterMode.RESOLVED and self._engine.recorded:
            entering = self._before_chapter(chapter, after) | self._before_skip(chapter.skip, after)
        else:
            entering = self._before_skip(chapter.skip, after)
        # after a role's ending, the story skips that role's later chapters
        return entering | after if self._engine.cut.both_roles else entering

    def _touch_chapter(self, chapter: Chapter, mode: ChapterMode, beyond: Live) -> Live:
        """Fill `touched` for a chapter's pages. `beyond` is what is read or written on the way from the chapter's end
        to the next page. Return what is read or written on the way from the chapter's beginning to the next page."""
        nodes = {node.full_id: node for node in chapter.nodes.values()}

        def onward(branches: Iterable[Branch], passed: frozenset[str] = frozenset()) -> Live:
            live: Live = frozenset()
            for branch in branches:
                node = nodes[branch.to] if branch.to != NEXT else None
                if node is None:
                    live |= beyond
                elif node.is_page(self._engine.cut):
                    live |= self._run(node.effects)
                elif branch.to not in passed:
                    live |= self._touched_by(node) | onward(node.goto, passed | {branch.to})
            return live

        skip, before = chapter.skip, frozenset[str | int]()
        if skip is not None:
            stood_for = (bit for bit in self._bits.values() if skip.stands_for >> bit & 1)
            before |= self._of_text(skip.text) | self._of_text(skip.brief) | self._run(skip.effects, *stood_for)
        if mode is ChapterMode.PLAYED:
            for node in chapter.nodes.values():
                live = self._touched_by(node) | onward(node.goto)
                live |= onward(branch for choice in node.choices for branch in choice.goto)
                self.touched[node.full_id] = live | beyond | self._at_end if node.end is not None else live
            before |= self._of(branch.condition for branch in chapter.begin if branch.condition) | onward(chapter.begin)
            skipped = chapter.note and skip is not None
            return before | beyond if skipped or self._can_be_closed(chapter) else before
        if mode is ChapterMode.RESOLVED and self._engine.recorded:
            before = before.union(*map(self._touched_by, chapter.nodes.values()))
        return before | beyond

    def _can_be_closed(self, chapter: Chapter) -> bool:
        """Return whether the chapter's role can have reached an ending in an earlier chapter."""
        order = self._story.order
        earlier = (self._story.chapters[id] for id in order[: order.index(chapter.id)])
        nodes = (node for part in earlier if part.role == chapter.role for node in part.nodes.values())
        return self._engine.cut.both_roles and any(node.end is not None for node in nodes)

    def _touched_by(self, node: Node) -> Live:
        """Return what a node and its choices read and write, and what decides where they lead."""
        live = self.shown[node.full_id]
        parts: tuple[Node | Choice, ...] = (node, *node.choices)
        for part in parts:
            live |= self._run(part.effects, part.bit)
            live |= self._of(branch.condition for branch in part.goto if branch.condition)
        texts = (text for choice in node.choices for text in (*choice.answer, *choice.anyway))
        return live | self._of_text(texts)

    def _run(self, effects: Effects | None, *bits: int | None) -> Live:
        """Return what effects read and write, and the numbers in `bits`; None adds nothing."""
        live = frozenset(bit for bit in bits if bit is not None)
        return live | self._of([effects]) | effects.writes if effects is not None else live

    def _before_skip(self, skip: Skip | None, after: Live) -> Live:
        if skip is None:
            return after
        left = frozenset(name for name in after if not (isinstance(name, int) and skip.stands_for >> name & 1))
        return self._before(skip.effects, left | self._of_text(skip.text) | self._of_text(skip.brief))

    def _before_chapter(self, chapter: Chapter, after: Live) -> Live:
        for node in chapter.nodes.values():
            self.shown[node.full_id] = self._picture(chapter, node) | self._page(node)
        arriving: dict[str, Live] = {node.full_id: frozenset() for node in chapter.nodes.values()}
        changed = True
        while changed:
            changed = False
            for node in chapter.nodes.values():
                at = self.at[node.full_id] = self.shown[node.full_id] | self._after_node(node, arriving, after)
                before = self._before(node.effects, at)
                changed = changed or before != arriving[node.full_id]
                arriving[node.full_id] = before
        return self._goto(chapter.begin, arriving, after)

    def _picture(self, chapter: Chapter, node: Node) -> Live:
        place = self._story.place_of(chapter, node)
        if self._only_ways:
            return frozenset()
        if node.image is not None or place is None:
            return self._of_text(node.alt)
        params = [value for value in place.params.values() if isinstance(value, Expression)]
        return self._of(params) | self._of_text(place.alt)

    def _page(self, node: Node) -> Live:
        asked = [choice.condition for choice in node.choices if choice.condition]
        if not self._only_ways:
            asked += (*(node.ledger.values if node.ledger is not None else ()), *node.always)
        return self._of_text(node.text) | self._of_text(node.brief) | self._of(asked)

    def _after_node(self, node: Node, arriving: Mapping[str, Live], after: Live) -> Live:
        """Return what can still be read after a node. `arriving` has the live set before each node of the chapter,
        `after` is the live set after the chapter."""
        left: Live = frozenset()
        for choice in node.choices:
            onward = self._goto(choice.goto, arriving, after)
            onward |= self._of_text(choice.answer) | self._of_text(choice.anyway)
            left |= self._before(choice.effects, onward - {choice.bit})
        if not node.choices:
            left |= self._goto(node.goto, arriving, after)
        if node.end is not None:
            left |= after | self._at_end
        return left - {node.bit}

    def _goto(self, branches: Iterable[Branch], arriving: Mapping[str, Live], after: Live) -> Live:
        live: Live = frozenset()
        for branch in branches:
            live |= after if branch.to == NEXT else arriving[branch.to]
            live |= self._of([branch.condition] if branch.condition else [])
        return live

    def _of(self, expressions: Iterable[Expression | Effects]) -> Live:
        live: set[str | int] = set()
        for expression in expressions:
            live |= expression.reads
            live |= {self._bits[recall] for recall in expression.recalls}
        return frozenset(live)

    def _of_text(self, passages: Iterable[Passage]) -> Live:
        passages = () if self._only_ways else tuple(passages)
        shown = {part.variable for passage in passages for part in passage.parts if isinstance(part, InWords)}
        return self._of(passage.condition for passage in passages if passage.condition) | shown

    def _before(self, effects: Effects | None, after: Live) -> Live:
        """Return the live set before effects, given the live set `after` them."""
        if effects is None:
            return after
        for statement in reversed([parse_statement(text) for text in effects.texts]):
            asks = any(isinstance(part, Conditional) for part in walk(statement.value))
            if statement.name in self._worded:
                after |= {statement.name}
            elif statement.name not in after and not asks:
                continue  # nothing reads what it sets
            elif statement.operator == "=":
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
