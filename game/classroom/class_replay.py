"""Apply the events of a class's log with the ids of today's story, even if the story was edited since.

The events `Decided` and `Opened` have each choice in the form of a save's entry, so that the choice is migrated as in a
save. Once a track is merged (see `tracks`), its choices are in the class's playthrough and in the log's save.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import get_args

from game.classroom import events as ev
from game.classroom.state import SeatEvent, apply_event, initial_state
from game.classroom.tracks import Track
from game.core.values import frozen
from game.play import Entry, Playthrough
from game.play.engine import LEAVE
from game.play.id_migration import IdMigration
from game.play.save_check import SavedEntry, parse_entries, parse_renames
from game.story.model import Story

_VOTING = (
    ev.Opened, ev.Voted, ev.Counted, ev.Closed, ev.Revealed, ev.Covered, ev.Reopened, ev.Reread, ev.LeftOut,
    ev.Restored,
)  # fmt: skip
_BESIDE = (*get_args(SeatEvent), ev.Paused, ev.Recorded, ev.RoomOpened)  # events that belong to no page
_LEAVES_TALK = (ev.Opened, ev.Reread, ev.Restored, ev.Decided, ev.WentBack)


class OutOfStep(Exception):
    """Raised if the class is not on the page of an event, because the story was edited."""


@frozen
class _Taken:
    """What the readers of one door (role) chose, and how it was decided."""

    saved: SavedEntry  # the choice, as an entry of a save
    how: ev.How
    reason: str  # the teacher's, for an override
    votes: tuple[tuple[IdMigration, ev.Event], ...]  # the events of the vote, each with the migration of its ids


class ClassReplay:
    """A class that is being read from its log. `migration` turns the ids of the last noted event into today's."""

    def __init__(self, story: Story, first: ev.Begun) -> None:
        self._story, self.state = story, initial_state(story, first)
        self.lost = set[str]()  # the seats whose votes on the class's pages cannot be counted
        self.dropped = list[Entry]()  # of a door that was not merged; they could not be taken again
        self._votes: list[tuple[IdMigration, ev.Event]] = []  # the votes on the pages where the class stands
        self._steps: list[tuple[_Taken, ...]] = []  # the decisions that still hold
        self._ids: Mapping[str, Mapping[str, str]] = {}  # by door: a choice's id when the vote opened -> its id today
        self._ended = self._in_task = False
        self.note(first)

    def note(self, event: ev.Event) -> None:
        """Keep what `apply` and `take_up` will need of an event. Raises RestoreError if the event is damaged."""
        match event:
            case ev.Begun(renames=renames) | ev.Resumed(renames=renames):
                self.migration = IdMigration(self._story, parse_renames([[*rename] for rename in renames]))
                return
            case ev.TaskBegun() | ev.TaskEnded():
                self._in_task = isinstance(event, ev.TaskBegun)
                return
            case _ if self._in_task:
                return  # a task is no part of the reading
            case ev.Decided(_, how, reason, entries=entries):
                saved = zip(entries, parse_entries(self.migration, [*entries.values()]), strict=True)
                votes = tuple(self._votes)
                self._steps.append(tuple(_Taken(entry, how.get(door, "most"), reason, votes) for door, entry in saved))
                self._votes = []
            case ev.WentBack() if self._steps:
                self._votes = [vote for taken in self._steps.pop()[:1] for vote in taken.votes]
            case _ if isinstance(event, _VOTING):
                self._votes.append((self.migration, event))
        self._ended = isinstance(event, ev.Ended) or (self._ended and not isinstance(event, _LEAVES_TALK))

    def apply(self, event: ev.Event) -> tuple[ev.Event, ...]:
        """Apply a noted event. Return it under today's ids; an empty tuple if today's story lacks its choice.

        Raises OutOfStep if the class is on another page, or LookupError if the event does not fit.
        """
        today = event if self._in_task else self._under_todays_ids(event, self.migration)
        if today is None:
            return ()
        self.state = apply_event(self.state, today)
        if isinstance(event, ev.WentBack) and not self._in_task:
            opened = next((both for both in reversed(self._votes) if isinstance(both[1], ev.Opened)), None)
            self._ids = self._options(opened[1], opened[0]) if opened is not None else {}
        return (today,)

    def take_up(self, again: Playthrough, rest: Iterable[ev.Event], merged: Collection[Entry]) -> list[ev.Event]:
        """Bring the class to `again`, page by page, and apply the votes that were cast on each page.

        Args:
            again: the playthrough that was restored from the save.
            rest: the log's events that were not applied.
            merged: the entries of the save. A decision that is not among them belongs to a track that was not merged.

        Returns all events that this method applied.
        """
        applied: list[ev.Event] = []
        for event in rest:
            if isinstance(event, _BESIDE):
                with suppress(LookupError):
                    self._do(event, applied)
        if self.state.ended:
            self._do(ev.Reread(self.state.number), applied)
        while self.state.before and not self._leads_to(again):
            self._do(ev.WentBack(), applied)
        left, read = [taken for step in self._steps for taken in step], len(self.state.playthrough.entries)
        for number, entry in enumerate(again.entries):
            found = next((i for i, step in enumerate(left) if entry in step.saved.now), None)
            taken = left.pop(found) if found is not None else None
            if number >= read:
                self._take([entry], taken, applied)
        for taken in left:
            if taken.saved.entry not in merged and not self._take(taken.saved.now, taken, applied):
                self.dropped.append(taken.saved.entry)
        if self._ended and not self.state.ended:
            self._do(ev.Ended(), applied)
        elif not self.state.ended:
            self.lost |= self._vote_again(self._votes, applied)
        return applied

    def _leads_to(self, again: Playthrough) -> bool:
        """Return whether the class can go on from here to `again`. Each track but the first must be at its start."""
        entries = self.state.playthrough.entries
        return again.entries[: len(entries)] == entries and all(track.is_at_start for track in self.state.tracks[1:])

    def _do(self, event: ev.Event, applied: list[ev.Event]) -> None:
        self.state = apply_event(self.state, event)
        applied.append(event)

    def _take(self, entries: Iterable[Entry], taken: _Taken | None, applied: list[ev.Event]) -> bool:
        """Take the first of `entries` that is possible now, with the vote in `taken`. If none is possible, but LEAVE is
        among them (which ends a story early), end the class. Return False if neither could be done."""
        entry, track = next(
            ((candidate, at) for candidate in entries if (at := self._track_at(candidate)) is not None), (None, None)
        )
        if entry is None or track is None:
            if leaves := any(candidate.take == LEAVE for candidate in entries):
                self._do(ev.Ended(), applied)
            return leaves
        how: ev.How = "onward"
        if taken is not None and taken.how != "onward":
            how = taken.how
            self._vote_again(taken.votes, applied)
        takes, door = track.saved_entry(entry.take), track.door
        reason = taken.reason if taken is not None and how == "override" else ""
        self._do(ev.Decided({door: entry.take}, {door: how}, reason, entries={door: takes}), applied)
        return True

    def _vote_again(self, votes: Iterable[tuple[IdMigration, ev.Event]], applied: list[ev.Event]) -> set[str]:
        """Apply those events of a vote that are still possible. Return the seats whose ballots could not be applied."""
        self.lost = set()
        for migration, event in votes:
            with suppress(LookupError, OutOfStep):
                today = self._under_todays_ids(event, migration, every_door=False)
                if today is not None:
                    self._do(today, applied)
                    continue
            if isinstance(event, ev.Voted):
                self.lost.add(event.seat)
        return self.lost

    def _track_at(self, entry: Entry) -> Track | None:
        for track in self.state.tracks:
            if not track.done and track.page.node == entry.node and track.now.can_take(entry.take):
                return track
        return None

    def _under_todays_ids(self, event: ev.Event, migration: IdMigration, every_door: bool = True) -> ev.Event | None:
        """Return an event with the ids of today's story; None if the story lacks its choice.

        Raises OutOfStep if a door is on another page than in the event; for a vote without `every_door`, if all are.
        """
        match event:
            case ev.Opened(options=options) if options:
                self._ids, self.lost = self._options(event, migration), set()
                if not self._ids or (every_door and len(self._ids) < len(options)):
                    raise OutOfStep
                tracks = [track for track in self.state.tracks if track.door in self._ids]
                return replace(
                    event, options={track.door: [*map(track.saved_entry, track.options)] for track in tracks}
                )
            case ev.Voted(_, seat, choice):
                found = self._todays_choice(self.state.track_of(seat).door, choice)
                (self.lost.discard if found else self.lost.add)(seat)
                return replace(event, choice=found) if found else None
            case ev.Counted(_, door, choice):
                found = self._todays_choice(door, choice)
                return replace(event, choice=found) if found else None
            case ev.Decided(_, how, entries=entries) if entries:
                takes, hows = dict[str, str](), dict[str, ev.How]()
                for door, saved in zip(entries, parse_entries(migration, [*entries.values()]), strict=True):
                    at = next(
                        ((t, entry.take) for entry in saved.now if (t := self._track_at(entry)) is not None), None
                    )
                    if at is None:
                        raise OutOfStep
                    takes[at[0].door], hows[at[0].door] = at[1], how.get(door, "most")
                return replace(event, takes=takes, how=hows)
        return event

    def _options(self, event: ev.Event, migration: IdMigration) -> dict[str, dict[str, str]]:
        """For each door that is on a vote's page now, return its choices: the id in the log -> the id today."""
        found: dict[str, dict[str, str]] = {}
        for choices in event.options.values() if isinstance(event, ev.Opened) else ():
            saved = parse_entries(migration, [*choices])
            for track in self.state.tracks:
                here = [(old.entry.take, now.take) for old in saved for now in old.now if now.node == track.page.node]
                if here and track.has_vote:
                    found[track.door] = {then: now for then, now in here if now in track.options}
        return found

    def _todays_choice(self, door: str, choice: str) -> str:
        """Return today's id of a choice in the open vote; "" if the story lacks it. An older log does not say what the
        choices of its votes were: then return the id unchanged."""
        if not self._ids:
            return choice
        known = self._ids.get(door, {})
        options = next((track.options for track in self.state.tracks if track.door == door), ())
        return known.get(choice, "" if choice not in options or choice in known.values() else choice)
