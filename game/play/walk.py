"""Where a reader stands in the calendar, and what one step does. Values in, values out.

A `Walker` knows the rules of one sitting (which chapters are played, told, resolved or left out); a `Stop` is
one place in it. Everything that a page or a save needs follows from the stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from game.play.telling import Told, paragraphs
from game.story.expressions import State
from game.story.markup import Passage
from game.story.model import NEXT, Branch, Chapter, Choice, Cut, Node, Skip, Story
from game.story.sittings import Mode, mode_of

CONTINUE, SKIP, LEAVE = "continue", "skip", "leave"


Block = Choice | Node | Skip  # what happens in a step: each has its effects, and what it rests on


class Stop(NamedTuple):
    """One place where a reader meets a page. `chapter` counts along the calendar; past it, `node` is None."""

    chapter: int
    node: Node | None
    state: State
    entered: State  # before the chapter began: where `skip` starts from
    first: bool = True  # no entry was taken in this chapter yet
    told: tuple[Told, ...] = ()
    done: tuple[Block, ...] = ()  # what the step to here did, the other door's part left out
    closed: frozenset[str] = frozenset()  # roles whose ending was read

    def chapter_of(self, story: Story) -> Chapter | None:
        return story.chapters[story.order[self.chapter]] if self.node else None


Recorded = Mapping[str, Sequence[str]]  # a node's full id -> what was taken there, first time first


class Walker:
    """The rules of one sitting. Holds no position; every method gives a new Stop."""

    __slots__ = ("cut", "modes", "recorded", "role", "story")

    def __init__(self, story: Story, role: str | None, cut: Cut, recorded: Recorded | None = None) -> None:
        self.story, self.role, self.cut, self.recorded = story, role, cut, recorded or {}
        self.modes = tuple(mode_of(story.chapters[id], role, cut) for id in story.order)

    def start(self) -> Stop:
        """The first page. The last part of a state holds no bit yet."""
        state = (*(variable.start for variable in self.story.variables.values()), 0)
        return self._next(_Step(state), 0)

    def take(self, stop: Stop, choice: Choice) -> Stop:
        """Where an open choice leads: its effects, then its way on, then the new node's effects."""
        step = _Step(_with_bit(_left(stop), choice.bit), stop.closed)
        step.do(choice)
        return self._follow(step, stop.chapter, choice.goto, stop.entered)

    def go_on(self, stop: Stop) -> Stop:
        """Where `continue` leads; from an ending, on to the other door."""
        assert stop.node is not None
        step = _Step(_left(stop), stop.closed)
        if stop.node.end is not None:
            chapter = stop.chapter_of(self.story)
            if chapter is not None and chapter.role is not None:
                step.closed |= {chapter.role}
            return self._next(step, stop.chapter + 1)
        return self._follow(step, stop.chapter, stop.node.goto, stop.entered)

    def skip(self, stop: Stop) -> Stop:
        """The chapter told instead of walked, from the state before it."""
        chapter = stop.chapter_of(self.story)
        assert chapter is not None and chapter.skip is not None
        step = _Step(stop.entered, stop.closed)
        self._tell(step, chapter, chapter.skip)
        return self._next(step, stop.chapter + 1)

    def goes_on(self, stop: Stop) -> bool:
        """Whether anything can be read after this stop: no ending, or another door still open."""
        if stop.node is None:
            return False
        if stop.node.end is None:
            return True
        return self.cut.both_roles and self.go_on(stop).node is not None

    def _follow(
        self, step: _Step, chapter: int, branches: Iterable[Branch], entered: State, first: bool = False
    ) -> Stop:
        """Along the branches that hold, through nodes without text, to the next page."""
        while True:
            to = _open(branches, step.state)
            if to == NEXT:
                return self._next(step, chapter + 1)
            node = self.story.nodes[to]
            step.do(node)
            if node.text or node.end is not None:
                return Stop(chapter, node, step.state, entered, first, step.told, step.done, step.closed)
            step.state = _with_bit(step.state, node.bit)
            branches = node.goto

    def _next(self, step: _Step, chapter: int) -> Stop:
        """Along the calendar, through what makes no page, to the next chapter that does."""
        order = self.story.order
        for i in range(chapter, len(order)):
            at = self.story.chapters[order[i]]
            mode = self.modes[i]
            if at.role in step.closed:
                continue
            if mode is Mode.PLAYED:
                return self._follow(step, i, at.begin, step.state, first=True)
            if mode is Mode.RESOLVED:
                step.state = self._resolved(at, step.state)
            elif at.skip is not None:
                self._tell(step, at, at.skip)
        return Stop(len(order), None, step.state, step.state, True, step.told, step.done, step.closed)

    def _tell(self, step: _Step, chapter: Chapter, skip: Skip) -> None:
        step.do(skip)
        step.state = _with_bits(step.state, skip.stands_for)
        passages: tuple[Passage, ...] = skip.brief if self.cut.brief else skip.text
        if told := paragraphs(passages, self.story, step.state):
            step.told += (Told(chapter.id, chapter.title, chapter.when, chapter.note, told),)

    def _resolved(self, chapter: Chapter, start: State) -> State:
        """The other door's chapter by the earlier record, node by node; else wholly by its `skip`."""
        state = self._retraced(chapter, start)
        if state is None:
            state = start
            if chapter.skip is not None:
                if chapter.skip.effects is not None:
                    state = chapter.skip.effects(state)
                state = _with_bits(state, chapter.skip.stands_for)
        return state

    def _retraced(self, chapter: Chapter, state: State) -> State | None:
        """The state after a recorded way through a chapter, or None where the record does not fit."""
        visits: dict[str, int] = {}
        branches: Sequence[Branch] = chapter.begin
        while chapter.nodes:
            to = _open(branches, state)
            if to == NEXT:
                return state
            node = self.story.nodes[to]
            if node.effects is not None:
                state = node.effects(state)
            if node.end is not None:
                return state
            branches = node.goto
            if node.text:
                taken = nth(self.recorded, node.full_id, visits)
                if node.choices:
                    choice = open_choice(node, taken or "", state)
                    if choice is None:
                        return None
                    state = _with_bit(_with_bit(state, node.bit), choice.bit)
                    if choice.effects is not None:
                        state = choice.effects(state)
                    branches = choice.goto
                    continue
                if taken != CONTINUE:
                    return None
            state = _with_bit(state, node.bit)
        return None


def nth(recorded: Recorded, node: str, visits: dict[str, int]) -> str | None:
    """What was recorded for standing at a node now; `visits` counts and is counted on."""
    taken = recorded.get(node, ())
    visit = visits.get(node, 0)
    visits[node] = visit + 1
    return taken[visit] if visit < len(taken) else None


def open_choice(node: Node, id: str, state: State) -> Choice | None:
    """The choice of that id where it exists and is open."""
    for choice in node.choices:
        if choice.id == id:
            return choice if choice.condition is None or choice.condition.run(state) else None
    return None


class _Step:
    """What gathers on the way from one page to the next."""

    __slots__ = ("closed", "done", "state", "told")

    def __init__(self, state: State, closed: frozenset[str] = frozenset()) -> None:
        self.state, self.closed = state, closed
        self.told: tuple[Told, ...] = ()
        self.done: tuple[Block, ...] = ()

    def do(self, block: Block) -> None:
        if block.effects is not None:
            self.state = block.effects.run(self.state)
            self.done += (block,)
        elif block.because:
            self.done += (block,)


def _left(stop: Stop) -> State:
    """The state in which a node counts as seen: it does once it is left."""
    node = stop.node
    assert node is not None
    return stop.state if node.bit is None else _with_bit(stop.state, node.bit)


def _with_bit(state: State, bit: int | None) -> State:
    return state if bit is None else _with_bits(state, 1 << bit)


def _with_bits(state: State, bits: int) -> State:
    return (*state[:-1], state[-1] | bits) if bits else state


def _open(branches: Iterable[Branch], state: State) -> str:
    for branch in branches:
        if branch.condition is None or branch.condition.run(state):
            return branch.to
    raise AssertionError("a checked story has a last branch without a condition")
