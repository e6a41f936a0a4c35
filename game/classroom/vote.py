"""A class's vote on its current pages, as a value; and the decisions that led to these pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from game.classroom import events as ev
from game.classroom.tracks import Track
from game.core.values import frozen
from game.play import Page
from game.play.page import Option
from game.play.voting import WHOLE_CLASS, Decision, Phase


@frozen
class Vote:
    """One vote of a class.

    A ballot belongs to a vote, a door and a seat. While the seat has another door, or is removed, the ballot does not
    count (`ClassState.round`).
    """

    number: int = 0  # counts a class's votes; while pages are read, it is the number of the last vote
    phase: Phase = "reading"  # `reading` without a vote
    ballots: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # door -> seat -> the id of its choice
    hands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # door -> a choice's id -> raised hands
    left_out: frozenset[str] = frozenset()  # seats whose ballots are not counted
    polled: frozenset[str] = frozenset()  # seats that were connected when the vote was closed

    @property
    def has_votes(self) -> bool:
        """Whether anybody has voted, even if no vote counts."""
        return any(self.ballots.values()) or any(any(hands.values()) for hands in self.hands.values())

    def with_ballots(self, door: str, ballots: Mapping[str, str]) -> Vote:
        """Return the vote with ballots of a door added. A seat that was left out counts again when it votes."""
        cast = {**self.ballots, door: {**self.ballots.get(door, {}), **ballots}}
        return replace(self, ballots=cast, left_out=self.left_out.difference(ballots))

    def with_hands(self, door: str, choice: str, hands: int) -> Vote:
        """Return the vote with a count of hands for one choice, in place of an earlier count."""
        return replace(self, hands={**self.hands, door: {**self.hands.get(door, {}), choice: hands}})

    def closed(self, present: frozenset[str]) -> Vote:
        """Return the vote closed, so that it takes no more ballots. `present` are the seats that are connected now."""
        return replace(self, phase="closed", polled=present if self.phase == "open" else self.polled)

    def reopened(self) -> Vote:
        """Return the vote open again, so that it takes more ballots. Ballots that were left out count again."""
        return replace(self, phase="open", left_out=frozenset(), polled=frozenset())


def last_decisions(track: Track, decisions: Sequence[ev.Decided]) -> tuple[Decision, ...]:
    """Return the decision on the page before a track's page. For a date's first page, return the last decisions of the
    date before, if the story tells what came of them or they changed a variable. `decisions` has all, oldest first."""
    if track.is_at_start:
        own = (WHOLE_CLASS, track.door)
        whose = track.led if track.door == WHOLE_CLASS else [step for step in track.led if step.door in own]
        several = len(whose) > 1
        found = (
            _decision(decisions, step.door, step.option, step.page, step.door if several else WHOLE_CLASS)
            for step in whose
            if step.page.answer is not None or step.page.changes
        )
        return tuple(decision for decision in found if decision is not None)
    if track.chapter_over or track.now.previous is None:
        return ()
    taken = track.now.entries[-1].take
    option = next((choice for choice in track.now.previous.page.choices if choice.id == taken and choice.say), None)
    decision = _decision(decisions, track.door, option, track.now.page)
    return () if decision is None else (decision,)


def _decision(
    decisions: Sequence[ev.Decided], door: str, option: Option | None, page: Page, shown_door: str = WHOLE_CLASS
) -> Decision | None:
    """Return the decision for `option`, which led to `page`, with `shown_door` as its door; None without a vote."""
    event = next((decision for decision in reversed(decisions) if door in decision.takes), None)
    if option is None or event is None:
        return None
    how = event.how.get(door, "most")
    if how == "onward":  # of a task, whose votes decide nothing
        return None
    reason = event.reason if how == "override" else ""
    return Decision(option, how, reason, shown_door, page.answer, page.changes)
