"""Replay the record of an earlier playthrough in the other role's chapters. Skip a chapter if the record does not reach
the chapter's end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from game.lang.expressions import State
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip, Story

CONTINUE, SKIP, LEAVE = "continue", "skip", "leave"

Recorded = Mapping[str, Sequence[str]]  # a node's full id -> what was taken there at each visit, in order


class RecordedPart(NamedTuple):
    """A chapter's part of a record: how many entries, the choices (full ids), and whether it was skipped (`told`)."""

    entries: int = 0
    decisions: tuple[str, ...] = ()
    told: bool = False


NO_PART = RecordedPart()


def by_chapter(recorded: Recorded) -> dict[str, RecordedPart]:
    """Split a record into its parts, by chapter id."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for node, takes in recorded.items():
        parts.setdefault(node.partition(".")[0], []).extend((node, take) for take in takes)

    def part_of(taken: list[tuple[str, str]]) -> RecordedPart:
        decisions = tuple(f"{node}.{take}" for node, take in taken if take not in (CONTINUE, SKIP))
        return RecordedPart(len(taken), decisions, any(take == SKIP for _, take in taken))

    return {chapter: part_of(taken) for chapter, taken in parts.items()}


class Resolved(NamedTuple):
    """What became of a chapter, with the states before and after it, and the ending that was reached (None without
    one).

    `by_record`: the record of the other role decided the chapter. `fits`: the record has the chapter, and all its
    choices could be taken. `untaken` is the full id of the first choice that could not be taken, or "".
    """

    chapter: str
    before: State
    after: State
    fits: bool = False
    untaken: str = ""
    end: str | None = None
    by_record: bool = False


def resolve_chapter(story: Story, chapter: Chapter, start: State, recorded: Recorded, part: RecordedPart) -> Resolved:
    """Decide a chapter of the other role by the record, as far as the record goes.

    1. At the n-th visit to a page, take what the record has for the n-th visit, if that choice is still open.
    2. If a page has no choices, and the record lacks the page, pass it if one of these is true: a recorded page
       follows; a recorded choice of the chapter was taken before; the record has no entries left for the chapter.
    3. If a page has choices, and the record has none for it, take the first open choice that does nothing: it has no
       `do`, and no `chose` asks for it. It must lead to a recorded page, unless the record has no entries left.
    4. If neither 1 nor 3 gives a choice, take the choice that the chapter's `skip` names in its field `as`. It must be
       open, and a recorded choice of the chapter must have been taken before.
    5. In every other case skip the whole chapter, from the state at its start; also if the record skipped or lacks it.

    A playthrough of both roles can make all these decisions, too. So what is proven of all playthroughs of both roles
    also holds here.
    """
    if part.told:
        return Resolved(chapter.id, start, after_skip(chapter.skip, start), chapter.skip is not None)
    replay = _ChapterReplay(story, chapter, recorded, part.entries)
    state = replay.run(start)
    left: Sequence[str] = ()
    if len(replay.taken) < len(part.decisions):
        left = [*part.decisions]
        for entry in replay.taken:
            left.remove(entry)
    if state is not None:
        fits = part.entries > 0 and replay.fits and not left
        return Resolved(chapter.id, start, state, fits, left[0] if left else "", replay.end)
    untaken = replay.closed or (left[0] if left else "")
    return Resolved(chapter.id, start, after_skip(chapter.skip, start), False, untaken)


class _ChapterReplay:
    """Replays the record's part of one chapter. `closed` is the first recorded choice that was not open, or ""."""

    __slots__ = ("_chapter", "_has_entries", "_left", "_recorded", "_story", "closed", "end", "fits", "taken")

    def __init__(self, story: Story, chapter: Chapter, recorded: Recorded, entries: int) -> None:
        self._story, self._chapter, self._recorded = story, chapter, recorded
        self._left, self._has_entries = entries, entries > 0  # `_left` counts the entries that are not taken yet
        self.taken: list[str] = []  # the full ids of the taken choices
        self.fits, self.closed = True, ""
        self.end: str | None = None

    def run(self, state: State) -> State | None:
        """Replay the chapter. Return the state after it, or None if the record does not lead through it."""
        if not self._chapter.nodes:
            return None
        story, visits = self._story, dict[str, int]()
        unread: set[str] = set()  # pages passed since the last recorded one
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
                elif take is not None or node.in_brief:  # nodes that are not `in_brief` make no page in a brief cut
                    if not self._has_entries or node.full_id in unread:
                        return None
                    unread.add(node.full_id)
                    self.fits = self.fits and node.bit is None  # a condition asks whether it was read
            state = with_bits(state, bit_of(node.bit))
        return None if unread and self._left and not self.taken else state

    def _choice(self, node: Node, take: str | None, state: State, unread: set[str]) -> Choice | None:
        choice = open_choice(node, take or "", state)
        if choice is not None:
            self._left -= 1
            self.taken.append(choice.full_id)
            unread.clear()
            return choice
        if not self._has_entries or node.full_id in unread:  # else the way is a circle
            return None
        unread.add(node.full_id)
        now = [choice for choice in node.choices if open_choice(node, choice.id, state) is not None]
        if take is None or take == CONTINUE:  # it had no choices then
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
        return next((choice for choice in now if choice.full_id in held), None)

    def _leads_on(self, choice: Choice, state: State) -> bool:
        """Return whether a choice leads to a recorded page, or the record has no entries left for the chapter."""
        return not self._left or open_branch(choice.goto, state) in self._recorded


def nth_recorded(recorded: Recorded, node: str, visits: dict[str, int]) -> str | None:
    """Return what was recorded at this visit to a node; None if nothing was. Count the visit in `visits`."""
    taken = recorded.get(node, ())
    visit = visits.get(node, 0)
    visits[node] = visit + 1
    return taken[visit] if visit < len(taken) else None


def open_choice(node: Node, id: str, state: State) -> Choice | None:
    """Return the node's choice with this id; None if there is no such choice, or it is not open."""
    for choice in node.choices:
        if choice.id == id:
            return choice if choice.condition is None or choice.condition.run(state) else None
    return None


def open_branch(branches: Iterable[Branch], state: State) -> str:
    """Return the target of the first branch whose condition holds. In a checked story one always holds."""
    for branch in branches:
        if branch.condition is None or branch.condition.run(state):
            return branch.to
    raise AssertionError("a checked story has a last branch without a condition")


def after_skip(skip: Skip | None, state: State) -> State:
    """Return the state after a chapter was skipped. If `skip` is None, the state stays as it is."""
    if skip is None:
        return state
    if skip.effects is not None:
        state = skip.effects.run(state)
    return with_bits(state, skip.stands_for)


def bit_of(bit: int | None) -> int:
    """Return a number in which only this bit is set; 0 for None."""
    return 0 if bit is None else 1 << bit


def with_bits(state: State, bits: int) -> State:
    """Return the state with these bits of `seen` and `chose` set in addition."""
    return (*state[:-1], state[-1] | bits) if bits else state
