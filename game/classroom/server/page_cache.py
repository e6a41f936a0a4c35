"""Cache of the phones' pages as JSON. A page that several phones show is built and serialised once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.classroom import events as ev
from game.classroom.state import ClassState, differ_only_in_ballots
from game.classroom.tracks import Track, advance_tracks, task_tracks, tracks_at
from game.core.compact_json import to_compact_json
from game.core.values import frozen
from game.play import Page, begin
from game.play.voting import WHOLE_CLASS, Round
from game.story.model import Story
from game.ui.tree import TreeNode, to_json

RenderPage = Callable[[Page, Round, str], TreeNode]  # makes the tree of a page, given the vote on it, for a seat


@frozen
class CachedPage:
    """A phone's page as JSON: `head` is the tree without children, `parts` the children, `number` the vote's number."""

    head: str
    number: int
    parts: tuple[str, ...] = ()

    @property
    def tree(self) -> str:
        return f'{self.head[:-1]},"children":[{",".join(self.parts)}]}}'


def changed_parts(before: CachedPage, after: CachedPage) -> str | None:
    """Return the changed parts of a page as a JSON object, index -> part; None if the pages differ in anything else."""
    if (before.head, len(before.parts)) != (after.head, len(after.parts)):
        return None
    pairs = enumerate(zip(before.parts, after.parts, strict=True))
    changed = ",".join(f'"{at}":{new}' for at, (old, new) in pairs if new != old)
    return f"{{{changed}}}"


def change_pages(before: ClassState, after: ClassState) -> bool:
    """Return whether phones' pages may differ between two states, apart from each phone's own ballot."""
    return after.phase == "revealed" or not differ_only_in_ballots(before, after)


class TranslatedClass:
    """Gives a class's states in the language of `story`. It keeps earlier pages, and applies only new decisions."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._task: str | None = None
        self._decisions: tuple[ev.Decided, ...] = ()
        self._steps: list[tuple[Track, ...]] = []  # the first pages, and the pages after each of `_decisions`

    def state(self, state: ClassState) -> ClassState:
        """Return the class's state with its pages in this language."""
        task = state.aside.task if state.aside is not None else None
        if not self._steps or task != self._task:
            self._task, self._steps = task, [self._first_pages(state)]
        else:
            pairs = enumerate(zip(self._decisions, state.decisions, strict=False))
            same = next((at for at, (old, new) in pairs if old is not new), len(state.decisions))
            del self._steps[same + 1 :]
        for decision in state.decisions[len(self._steps) - 1 :]:
            self._steps.append(advance_tracks(self._steps[-1], decision.takes))
        self._decisions = state.decisions
        return replace(state, tracks=self._steps[-1])

    def _first_pages(self, state: ClassState) -> tuple[Track, ...]:
        at = state.tracks[0].now
        if state.aside is None:
            return tracks_at(begin(self._story, role=at.role, cut=at.cut.id))
        return task_tracks(self._story, at.role, state.aside.task)


class PageCache:
    """The pages of the present state. Seats at one door (role) with the same ballot share a page.

    `translation` is the story in the language of these pages; None for the class's own language.
    """

    def __init__(self, render: RenderPage, state: ClassState, translation: Story | None = None) -> None:
        self._in_language = TranslatedClass(translation).state if translation is not None else (lambda state: state)
        self._render, self._state = render, self._in_language(state)
        # The keys of both are: the track's door, the seat's door, the seat's ballot.
        self._made: dict[tuple[str, str, str | None], tuple[Page, Round, CachedPage]] = {}
        self._valid: dict[tuple[str, str, str | None], CachedPage] = {}
        self._drop_changed_pages()

    def set_state(self, state: ClassState) -> None:
        before, self._state = self._state, self._in_language(state)
        if change_pages(before, self._state):
            self._drop_changed_pages()

    def _drop_changed_pages(self) -> None:
        state = self._state
        self._open = {track.door: (track, _visible_to_phones(state.round(track))) for track in state.tracks}
        pages = {door: track.page for door, (track, _) in self._open.items()}
        self._made = {key: made for key, made in self._made.items() if made[0] is pages.get(key[0])}
        # Compare once for each page, not for each phone.
        self._valid = {key: made[2] for key, made in self._made.items() if made[1] == self._open[key[0]][1]}

    def page_for(self, seat: str) -> CachedPage:
        state = self._state
        key = state.track_of(seat).door, state.seats.get(seat, WHOLE_CLASS), state.ballot(seat)
        if key not in self._valid:
            self._valid[key] = self._make_page(seat, *key)
        return self._valid[key]

    def _make_page(self, seat: str, door: str, own_door: str, ballot: str | None) -> CachedPage:
        track, round = self._open[door]
        own_decisions = tuple(decision for decision in round.decisions if decision.door in (WHOLE_CLASS, own_door))
        own_round = replace(round, decisions=own_decisions)
        if ballot is not None:
            own_round = replace(own_round, ballots={**round.ballots, seat: ballot})
        tree = to_json(self._render(track.page_for(own_door), own_round, seat))
        parts = tuple(map(to_compact_json, tree.pop("children", ())))
        page = CachedPage(to_compact_json(tree), round.number, parts)
        self._made[door, own_door, ballot] = track.page, round, page
        return page


def _visible_to_phones(round: Round) -> Round:
    """Return a round (the vote on a page) without presence and, unless the result is shown, without votes."""
    round = replace(round, present=frozenset())
    if round.phase == "revealed":
        return round
    return replace(round, ballots={}, hands={}, pupils={}, left_out=frozenset(), polled=None)
