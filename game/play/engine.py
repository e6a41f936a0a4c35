"""Where a reader stands in the calendar, and what one step does. Values in, values out.

A `Engine` knows the rules of one sitting (which chapters are played, told, resolved or left out); a `Position` is
one place in it. Everything that a page or a save needs follows from the stops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.lang.expressions import State
from game.lang.markup import Passage
from game.play.recorded_chapters import CONTINUE as CONTINUE
from game.play.recorded_chapters import LEAVE as LEAVE
from game.play.recorded_chapters import (
    NOTHING,
    Recorded,
    Resolved,
    after_skip,
    by_chapter,
    open_branch,
    resolved,
    with_bits,
)
from game.play.recorded_chapters import SKIP as SKIP
from game.play.text_eval import Told, paragraphs
from game.story.chapter_mode import Mode, chapter_mode
from game.story.model import NEXT, Branch, Chapter, Choice, Cut, Node, Skip, Story

Block = Choice | Node | Skip  # what happens in a step: each has its effects, and what it rests on


class Position(NamedTuple):
    """One place where a reader meets a page. `chapter` counts along the calendar; past it, `node` is None."""

    chapter: int
    node: Node | None
    state: State
    entered: State  # before the chapter began: where `skip` starts from
    first: bool = True  # no entry was taken in this chapter yet
    told: tuple[Told, ...] = ()
    done: tuple[Block, ...] = ()  # what the step to here did, the other door's part left out
    closed: frozenset[str] = frozenset()  # roles whose ending was read
    resolved: tuple[Resolved, ...] = ()  # the other door's chapters that a record decided on the way to here

    def chapter_of(self, story: Story) -> Chapter | None:
        return story.chapters[story.order[self.chapter]] if self.node else None


class Engine:
    """The rules of one sitting. Holds no position; every method gives a new Stop."""

    __slots__ = ("_parts", "cut", "modes", "recorded", "role", "story")

    def __init__(self, story: Story, role: str | None, cut: Cut, recorded: Recorded | None = None) -> None:
        self.story, self.role, self.cut, self.recorded = story, role, cut, recorded or {}
        self._parts = by_chapter(self.recorded)
        self.modes = tuple(chapter_mode(story.chapters[id], role, cut) for id in story.order)

    def start(self) -> Position:
        """The first page. The last part of a state holds no bit yet."""
        state = (*(variable.start for variable in self.story.variables.values()), 0)
        return self._next(state, (), 0, frozenset())

    def take(self, position: Position, choice: Choice) -> Position:
        """Where an open choice leads: its effects, then its way on, then the new node's effects."""
        state: State = _left(position)
        done: tuple[Block, ...] = ()
        if choice.bit is not None:
            state = with_bits(state, 1 << choice.bit)
        if choice.effects is not None:
            state, done = choice.effects.run(state), (choice,)
        elif choice.because:
            done = (choice,)
        return self._follow(state, done, choice.goto, position.chapter, position.entered, position.closed)

    def advance(self, position: Position) -> Position:
        """Where `continue` leads; from an ending, on to the other door."""
        assert position.node is not None
        state, closed = _left(position), position.closed
        if position.node.end is not None:
            chapter = position.chapter_of(self.story)
            if chapter is not None and chapter.role is not None:
                closed |= {chapter.role}
            return self._next(state, (), position.chapter + 1, closed)
        return self._follow(state, (), position.node.goto, position.chapter, position.entered, closed)

    def skip(self, position: Position) -> Position:
        """The chapter told instead of walked, from the state before it."""
        chapter = position.chapter_of(self.story)
        assert chapter is not None and chapter.skip is not None
        state = after_skip(chapter.skip, position.entered)
        told = self._told(chapter, chapter.skip, state)
        return self._next(state, _noted(chapter.skip), position.chapter + 1, position.closed, told)

    def has_next(self, position: Position) -> bool:
        """Whether anything can be read after this stop: no ending, or another door still open."""
        if position.node is None:
            return False
        if position.node.end is None:
            return True
        return self.cut.both_roles and self.advance(position).node is not None

    def ahead(self, position: Position) -> Iterator[Resolved]:
        """How the record would decide the chapters after a stop, were everything between them told."""
        state = position.state
        for i in range(position.chapter + 1, len(self.modes)):
            at = self.story.chapters[self.story.order[i]]
            if self.modes[i] is Mode.RESOLVED:
                one = self._resolved(at, state)
                state = one.after
                yield one
            else:
                state = after_skip(at.skip, state)

    def _follow(
        self,
        state: State,
        done: tuple[Block, ...],
        branches: Sequence[Branch],
        chapter: int,
        entered: State,
        closed: frozenset[str],
        told: tuple[Told, ...] = (),
        first: bool = False,
        others: tuple[Resolved, ...] = (),
    ) -> Position:
        """Along the branches that hold, through nodes without text, to the next page."""
        nodes = self.story.nodes
        while True:
            to = open_branch(branches, state)
            if to == NEXT:
                return self._next(state, done, chapter + 1, closed, told, others)
            node = nodes[to]
            if node.effects is not None:
                state, done = node.effects.run(state), (*done, node)
            elif node.because:
                done = (*done, node)
            if node.is_page(self.cut):
                return Position(chapter, node, state, entered, first, told, done, closed, others)
            if node.bit is not None:
                state = with_bits(state, 1 << node.bit)
            branches = node.goto

    def _next(
        self,
        state: State,
        done: tuple[Block, ...],
        chapter: int,
        closed: frozenset[str],
        told: tuple[Told, ...] = (),
        others: tuple[Resolved, ...] = (),
    ) -> Position:
        """Along the calendar, through what makes no page, to the next chapter that does."""
        order = self.story.order
        for i in range(chapter, len(order)):
            at = self.story.chapters[order[i]]
            mode = self.modes[i]
            if at.role in closed:
                continue
            if mode is Mode.PLAYED:
                return self._follow(state, done, at.begin, i, state, closed, told, first=True, others=others)
            if mode is Mode.RESOLVED:
                if self.recorded:
                    others += (self._resolved(at, state),)
                    state = others[-1].after
                else:
                    state = after_skip(at.skip, state)
            elif at.skip is not None:
                state, done = after_skip(at.skip, state), done + _noted(at.skip)
                told += self._told(at, at.skip, state)
        return Position(len(order), None, state, state, True, told, done, closed, others)

    def _resolved(self, chapter: Chapter, state: State) -> Resolved:
        return resolved(self.story, chapter, state, self.recorded, self._parts.get(chapter.id, NOTHING))

    def _told(self, chapter: Chapter, skip: Skip, state: State) -> tuple[Told, ...]:
        """A chapter told in a state after it; nothing where it has no words for this cut."""
        passages: tuple[Passage, ...] = skip.brief if self.cut.brief else skip.text
        told = paragraphs(passages, self.story, state)
        return (Told(chapter.id, chapter.title, chapter.when, chapter.note, told),) if told else ()


def _noted(block: Block) -> tuple[Block, ...]:
    """A block that a page can tell of: it did something, or rests on something."""
    return (block,) if block.effects is not None or block.because else ()


def _left(position: Position) -> State:
    """The state in which a node counts as seen: it does once it is left."""
    node = position.node
    assert node is not None
    return position.state if node.bit is None else with_bits(position.state, 1 << node.bit)
