"""The other role's chapters by an earlier record: each entry is taken where it was, and the rest falls to `skip`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from game.lang.expressions import State
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip, Story

CONTINUE, SKIP, LEAVE = "continue", "skip", "leave"

Recorded = Mapping[str, Sequence[str]]  # a node's full id -> what was taken there, first time first


class Part(NamedTuple):
    """What a record has of one chapter: how many entries, its decisions as full ids, and whether it was told."""

    entries: int = 0
    decisions: tuple[str, ...] = ()
    told: bool = False


NOTHING = Part()


def by_chapter(recorded: Recorded) -> dict[str, Part]:
    """The parts of a record, by the ids of their chapters."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for node, takes in recorded.items():
        parts.setdefault(node.partition(".")[0], []).extend((node, take) for take in takes)
    return {
        chapter: Part(
            len(taken),
            tuple(f"{node}.{take}" for node, take in taken if take not in (CONTINUE, SKIP)),
            any(take == SKIP for _, take in taken),
        )
        for chapter, taken in parts.items()
    }


class Resolved(NamedTuple):
    """How a chapter that made no page came out.

    `fits`: the record has the chapter, and all that it decided was taken. `untaken` is the full id of the first
    decision of the record that could not be; empty where there is none. `end` is the ending that was come to.
    """

    chapter: str
    before: State
    after: State
    fits: bool = False
    untaken: str = ""
    end: str | None = None


def resolved(story: Story, chapter: Chapter, start: State, recorded: Recorded, part: Part) -> Resolved:
    """A chapter of the other role by the record, as far as it goes.

    1. Standing at a page for the n-th time, what was recorded there for the n-th time is taken, if it is still open.
    2. A page that only goes on, and that nobody read, is turned: on the way to one that was read, after a decision that
       was taken, or where nothing is left to take.
    3. A page that asks for a decision, and asked for none when it was read, is turned by the first open choice that
       does nothing (it has no `do`, and nothing asks for it) and leads to a page that was read, or where none is left.
    4. Any other page that asks for a decision which the record cannot answer is answered as `skip.as` says that it
       happened, if that choice is open, and once a decision of the chapter was taken.
    5. In every other case nothing of the chapter was walked: it is its `skip`, from the state at its start. So it is
       for a chapter that the record had told, or does not have.

    No decision is ever made up, and each outcome is one to which a reading of both doors can come: what is proven of
    all readings holds for it.
    """
    if part.told:
        return Resolved(chapter.id, start, after_skip(chapter.skip, start), chapter.skip is not None)
    way = _Way(story, chapter, recorded, part.entries)
    state = way.walked(start)
    left: Sequence[str] = ()
    if len(way.taken) < len(part.decisions):
        left = [*part.decisions]
        for one in way.taken:
            left.remove(one)
    if state is not None:
        fits = part.entries > 0 and way.fits and not left
        return Resolved(chapter.id, start, state, fits, left[0] if left else "", way.end)
    untaken = way.closed or (left[0] if left else "")
    return Resolved(chapter.id, start, after_skip(chapter.skip, start), False, untaken)


class _Way:
    """The recorded way through one chapter."""

    __slots__ = ("_chapter", "_left", "_recorded", "_story", "_walks", "closed", "end", "fits", "taken")

    def __init__(self, story: Story, chapter: Chapter, recorded: Recorded, entries: int) -> None:
        self._story, self._chapter, self._recorded = story, chapter, recorded
        self._left, self._walks = entries, entries > 0  # what is not yet taken of the record in this chapter
        self.taken: list[str] = []  # the full ids of the choices that were
        self.fits, self.closed = True, ""
        self.end: str | None = None

    def walked(self, state: State) -> State | None:
        """The state after the chapter, or None where the record does not lead through it."""
        if not self._chapter.nodes:
            return None
        story, visits = self._story, dict[str, int]()
        unread: set[str] = set()  # pages turned since the last that was read
        branches: Sequence[Branch] = self._chapter.begin
        while (to := open_branch(branches, state)) != NEXT:
            node = story.nodes[to]
            if node.effects is not None:
                state = node.effects(state)
            if node.end is not None:
                self.end = node.end
                break
            branches = node.goto
            if node.text:
                take = nth_recorded(self._recorded, node.full_id, visits)
                if node.choices:
                    choice = self._choice(node, take, state, unread)
                    if choice is None:
                        return None
                    state = with_bits(state, bit_of(node.bit) | bit_of(choice.bit))
                    if choice.effects is not None:
                        state = choice.effects(state)
                    branches = choice.goto
                    continue
                if take == CONTINUE:
                    self._left -= 1
                    unread.clear()
                elif take is not None or node.in_brief:  # a brief reading has no page of the others
                    if not self._walks or node.full_id in unread:
                        return None
                    unread.add(node.full_id)
                    self.fits = self.fits and node.bit is None  # that it is read now, something asks
            state = with_bits(state, bit_of(node.bit))
        return None if unread and self._left and not self.taken else state

    def _choice(self, node: Node, take: str | None, state: State, unread: set[str]) -> Choice | None:
        """What is taken on a page that asks for a decision; None where nothing is."""
        choice = open_choice(node, take or "", state)
        if choice is not None:
            self._left -= 1
            self.taken.append(choice.full_id)
            unread.clear()
            return choice
        if not self._walks or node.full_id in unread:  # else it leads in a circle
            return None
        unread.add(node.full_id)
        now = [one for one in node.choices if open_choice(node, one.id, state) is not None]
        if take is None or take == CONTINUE:  # it asked for nothing then
            self._left -= take == CONTINUE
            for choice in now:
                if choice.effects is None and choice.bit is None and self._leads_on(choice, state):
                    self.fits = self.fits and node.bit is None
                    return choice
        else:
            self.closed = self.closed or f"{node.full_id}.{take}"
        self.fits = False
        skip = self._chapter.skip
        held = skip.takes if skip is not None and self.taken else frozenset[str]()
        return next((one for one in now if one.full_id in held), None)

    def _leads_on(self, choice: Choice, state: State) -> bool:
        """Whether a choice leads to where the record goes on, or ends as well."""
        return not self._left or open_branch(choice.goto, state) in self._recorded


def nth_recorded(recorded: Recorded, node: str, visits: dict[str, int]) -> str | None:
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


def open_branch(branches: Iterable[Branch], state: State) -> str:
    """Where the first branch that holds leads."""
    for branch in branches:
        if branch.condition is None or branch.condition.run(state):
            return branch.to
    raise AssertionError("a checked story has a last branch without a condition")


def after_skip(skip: Skip | None, state: State) -> State:
    """The state once a chapter was told; where it has no `skip`, nothing happens."""
    if skip is None:
        return state
    if skip.effects is not None:
        state = skip.effects.run(state)
    return with_bits(state, skip.stands_for)


def bit_of(bit: int | None) -> int:
    return 0 if bit is None else 1 << bit


def with_bits(state: State, bits: int) -> State:
    return (*state[:-1], state[-1] | bits) if bits else state
