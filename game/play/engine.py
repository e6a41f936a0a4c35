"""The step function of the game: from a position and an entry, compute the next position.

An `Engine` has the rules of one role and cut. Each chapter is played, or told (a summary is shown), or resolved (it
takes effect without a page, for the other role), or left out. A `Position` is a page in the calendar. Pages and saves
are made from positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from game.lang.expressions import State
from game.lang.markup import Passage
from game.play.cut_dates import CutDates, cut_dates
from game.play.recorded_chapters import CONTINUE as CONTINUE
from game.play.recorded_chapters import LEAVE as LEAVE
from game.play.recorded_chapters import (
    NO_PART,
    Recorded,
    Resolved,
    after_skip,
    bit_of,
    by_chapter,
    open_branch,
    resolve_chapter,
    with_bits,
)
from game.play.recorded_chapters import SKIP as SKIP
from game.play.text_eval import ToldChapter, paragraphs
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.story.model import NEXT, Branch, Chapter, Choice, Cut, Node, Skip, Story

Block = Choice | Node | Skip  # one part of a step, which may have effects and facts


class Position(NamedTuple):
    """A page of a playthrough, and the step that led to it.

    `chapter` is an index in `Story.order`; `node` is None past the calendar's end. `state` has the variables' values,
    then the bits of `seen` and `chose`. `entered` is the state before the chapter, from which `skip` starts. `first`:
    no entry was taken in this chapter yet. `closed` are the roles whose ending was read.

    The rest is what the step did: `done` are the blocks that it ran (the choice, then nodes and skips with effects or
    causes; none of a chapter of the other role), `told` the summaries that it showed, and `passed` the chapters that it
    ended or went past, in calendar order.
    """

    chapter: int
    node: Node | None
    state: State
    entered: State
    first: bool = True
    told: tuple[ToldChapter, ...] = ()
    done: tuple[Block, ...] = ()
    closed: frozenset[str] = frozenset()
    passed: tuple[Resolved, ...] = ()

    @property
    def resolved(self) -> tuple[Resolved, ...]:
        """The other role's chapters that the record decided in the step to this position."""
        return tuple(resolved for resolved in self.passed if resolved.by_record)

    def chapter_of(self, story: Story) -> Chapter | None:
        """Return the chapter of the position; None past the calendar's end."""
        return story.chapters[story.order[self.chapter]] if self.node else None


class Engine:
    """The rules of one role (None plays both) and cut. `recorded`: what a reader of the other role took. Immutable."""

    def __init__(self, story: Story, role: str | None, cut: Cut, recorded: Recorded | None = None) -> None:
        self.story, self.role, self.cut, self.recorded = story, role, cut, recorded or {}
        self._parts = by_chapter(self.recorded)
        self.modes = tuple(chapter_mode(story.chapters[id], role, cut) for id in story.order)

    @cached_property
    def dates(self) -> CutDates:
        """The dates that count for progress in this role and cut."""
        return cut_dates(self.story, self.modes)

    def start(self) -> Position:
        """Return the position of the first page."""
        state = (*(variable.start for variable in self.story.variables.values()), 0)
        return self._next(state, (), 0, frozenset(), (), ())

    def take(self, position: Position, choice: Choice) -> Position:
        """Return the position after an open choice, whose effects run before those of the nodes after it."""
        state = state_after_choice(position, choice)
        return self._follow(state, (choice,), choice.goto, position.chapter, position.entered, position.closed)

    def advance(self, position: Position) -> Position:
        """Return the position after `continue`. After an ending, the other role's next chapter follows."""
        assert position.node is not None
        state, closed = _state_after(position), position.closed
        if position.node.end is not None:
            chapter = position.chapter_of(self.story)
            if chapter is not None and chapter.role is not None:
                closed |= {chapter.role}
            passed = self._left(position.chapter, position.entered, state)
            return self._next(state, (), position.chapter + 1, closed, (), passed)
        return self._follow(state, (), position.node.goto, position.chapter, position.entered, closed)

    def skip(self, position: Position) -> Position:
        """Return the position after the chapter's summary, which takes effect on the state before the chapter."""
        chapter = position.chapter_of(self.story)
        assert chapter is not None and chapter.skip is not None
        state = after_skip(chapter.skip, position.entered)
        told = self._told(chapter, chapter.skip, state)
        passed = self._left(position.chapter, position.entered, state)
        return self._next(state, _notable(chapter.skip), position.chapter + 1, position.closed, told, passed)

    def telling(self, position: Position) -> ToldChapter | None:
        """Return the summary that `skip` would show for a position's chapter; None if it is empty."""
        chapter = position.chapter_of(self.story)
        if chapter is None or chapter.skip is None:
            return None
        return next(iter(self._told(chapter, chapter.skip, after_skip(chapter.skip, position.entered))), None)

    def has_next(self, position: Position) -> bool:
        """Return whether a page follows: the page is not an ending, or another role is still to be played."""
        if position.node is None:
            return False
        if position.node.end is None:
            return True
        return self.cut.both_roles and self.advance(position).node is not None

    def resolve_ahead(self, position: Position) -> Iterator[Resolved]:
        """Yield how the record would decide the other role's later chapters if everything between were skipped."""
        state = position.state
        for i in range(position.chapter + 1, len(self.modes)):
            at = self.story.chapters[self.story.order[i]]
            if self.modes[i] is ChapterMode.RESOLVED:
                resolved = self._resolved(at, state)
                state = resolved.after
                yield resolved
            else:
                state = after_skip(at.skip, state)

    def state_at_end(self, position: Position) -> State:
        """Return the state at the calendar's end if the position's chapter and all later chapters were skipped. At an
        ending, return the position's own state, changed by what the record decides after it."""
        chapter = position.chapter_of(self.story)
        if chapter is None or not self.has_next(position):
            ahead = self.resolve_ahead(position) if self.recorded else ()
            return [position.state, *(resolved.after for resolved in ahead)][-1]
        state = after_skip(chapter.skip, position.entered) if chapter.skip is not None else position.state
        for i in range(position.chapter + 1, len(self.modes)):
            at = self.story.chapters[self.story.order[i]]
            resolved = self.modes[i] is ChapterMode.RESOLVED and self.recorded
            state = self._resolved(at, state).after if resolved else after_skip(at.skip, state)
        return state

    def _follow(
        self,
        state: State,
        done: tuple[Block, ...],
        branches: Sequence[Branch],
        chapter: int,
        entered: State,
        closed: frozenset[str],
        told: tuple[ToldChapter, ...] = (),
        first: bool = False,
        passed: tuple[Resolved, ...] = (),
    ) -> Position:
        """Follow the open branches, through nodes without text, and return the position of the next page."""
        nodes = self.story.nodes
        while True:
            to = open_branch(branches, state)
            if to == NEXT:
                return self._next(state, done, chapter + 1, closed, told, passed + self._left(chapter, entered, state))
            node = nodes[to]
            if node.effects is not None:
                state, done = node.effects.run(state), (*done, node)
            elif node.because:
                done = (*done, node)
            if node.is_page(self.cut):
                return Position(chapter, node, state, entered, first, told, done, closed, passed)
            state = with_bits(state, bit_of(node.bit))
            branches = node.goto

    def _next(
        self,
        state: State,
        done: tuple[Block, ...],
        chapter: int,
        closed: frozenset[str],
        told: tuple[ToldChapter, ...],
        passed: tuple[Resolved, ...],
    ) -> Position:
        """Follow the calendar, through chapters without a page, and return the position of the next page."""
        order = self.story.order
        for i in range(chapter, len(order)):
            at = self.story.chapters[order[i]]
            mode = self.modes[i]
            if at.role in closed:
                continue
            if mode is ChapterMode.PLAYED:
                return self._follow(state, done, at.begin, i, state, closed, told, first=True, passed=passed)
            if mode is ChapterMode.RESOLVED and self.recorded:
                passed += (self._resolved(at, state),)
            else:
                passed += self._left(i, state, after_skip(at.skip, state))
                if mode is not ChapterMode.RESOLVED and at.skip is not None:
                    done += _notable(at.skip)
                    told += self._told(at, at.skip, passed[-1].after)
            state = passed[-1].after
        return Position(len(order), None, state, state, True, told, done, closed, passed)

    def _left(self, number: int, before: State, after: State) -> tuple[Resolved, ...]:
        """Return the result of the chapter with this number, which the reader leaves, as a tuple of one."""
        return (Resolved(self.story.order[number], before, after),)

    def _resolved(self, chapter: Chapter, state: State) -> Resolved:
        part = self._parts.get(chapter.id, NO_PART)
        return resolve_chapter(self.story, chapter, state, self.recorded, part)._replace(by_record=True)

    def _told(self, chapter: Chapter, skip: Skip, state: State) -> tuple[ToldChapter, ...]:
        """Return the summary of a skipped chapter in a state, in a tuple; empty if this cut has no text for it."""
        passages: tuple[Passage, ...] = skip.brief if self.cut.brief else skip.text
        told = paragraphs(passages, self.story, state)
        return (ToldChapter(chapter.id, chapter.title, chapter.when, told),) if told else ()


def state_after_choice(position: Position, choice: Choice) -> State:
    """Return the state after the effects of a choice of the position's page, before the effects of the next node."""
    state = with_bits(_state_after(position), bit_of(choice.bit))
    return state if choice.effects is None else choice.effects.run(state)


def _notable(block: Block) -> tuple[Block, ...]:
    return (block,) if block.effects is not None or block.because else ()


def _state_after(position: Position) -> State:
    """Return the state after the position's node was left: `seen` now holds for the node."""
    assert position.node is not None
    return with_bits(position.state, bit_of(position.node.bit))
