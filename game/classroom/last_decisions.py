"""What was decided on the page before, for the wall and the phones."""

from __future__ import annotations

from collections.abc import Sequence

from game.classroom import events as ev
from game.classroom.tracks import Track
from game.play import Page
from game.play.page import Option
from game.play.voting import WHOLE_CLASS, Decision


def last_decisions(track: Track, decisions: Sequence[ev.Decided]) -> tuple[Decision, ...]:
    """What was decided on the page before a track's, where that had a vote.

    On a date's first page it is what ended the date before, as far as it is told that anything came of it.

    Args:
        track: The track.
        decisions: All decisions of the class, oldest first.
    """
    if track.is_at_start:
        own = (WHOLE_CLASS, track.door)
        whose = track.led if track.door == WHOLE_CLASS else [one for one in track.led if one.door in own]
        several = len(whose) > 1
        found = (
            _decision(decisions, step.door, step.option, step.page, step.door if several else WHOLE_CLASS)
            for step in whose
            if step.page.answer is not None or step.page.changes
        )
        return tuple(one for one in found if one is not None)
    if track.chapter_over or track.now.previous is None:
        return ()
    taken = track.now.entries[-1].take
    option = next((one for one in track.now.previous.page.choices if one.id == taken and one.say), None)
    decision = _decision(decisions, track.door, option, track.now.page)
    return () if decision is None else (decision,)


def _decision(
    decisions: Sequence[ev.Decided], door: str, option: Option | None, page: Page, shown_door: str = WHOLE_CLASS
) -> Decision | None:
    """The decision of a door's readers that led to a page; None without a vote."""
    event = next((one for one in reversed(decisions) if door in one.takes), None)
    if option is None or event is None:
        return None
    how = event.how.get(door, "most")
    reason = event.reason if how == "override" else ""
    return Decision(option, how, reason, shown_door, page.answer, page.changes)
