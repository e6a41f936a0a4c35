"""Host of a class: takes commands one at a time. It checks, logs and applies each, and then calls its listeners."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from game.classroom.class_reader import reading_to_json
from game.classroom.commands import CastBallot, Events, Refused
from game.classroom.events import Event
from game.classroom.log import Log, UnsavedLog
from game.classroom.state import ClassState, apply_event, with_ballots

Command = Callable[[ClassState], Events]


class Host:
    """Owns the state of a class and its log. Thread-safe. `remarks` say what changed when the class was resumed."""

    def __init__(self, state: ClassState, log: Log | UnsavedLog, remarks: Sequence[str] = ()) -> None:
        self._state, self._log, self.remarks = state, log, remarks
        self._lock = threading.Lock()
        self.is_saved = isinstance(log, Log)  # whether the last write to a file succeeded
        self._listeners: list[Callable[[ClassState], None]] = []

    @property
    def state(self) -> ClassState:
        return self._state

    def subscribe(self, listener: Callable[[ClassState], None]) -> None:
        """Call `listener` with the state after each change, on the thread of the change. It must not block."""
        self._listeners.append(listener)

    def execute(self, command: Command) -> ClassState:
        """Log and apply the events of one command. Raises Refused, or OSError if the log cannot be written."""
        (reason,) = self.execute_all([command])
        if reason is not None:
            raise Refused(reason)
        return self._state

    def execute_all(self, commands: Sequence[Command]) -> list[str | None]:
        """Log and apply the events of several commands, in one write.

        Return for each the reason why it was refused, or None. Raises OSError if none could be written.
        """
        reasons: list[str | None] = []
        with self._lock:
            state, events = self._state, list[Event]()
            cast: dict[str, str] = {}  # ballots that `state` does not have yet; copying it for each would be quadratic
            for command in commands:
                ballot = command if isinstance(command, CastBallot) else None
                if cast and (ballot is None or ballot.seat in cast):
                    state, cast = with_ballots(state, cast), {}
                try:
                    found = command(state)
                except Refused as refused:
                    reasons.append(refused.reason)
                    continue
                if ballot is not None and found:
                    cast[ballot.seat] = ballot.choice
                else:
                    for event in found:
                        state = apply_event(state, event)
                events += found
                reasons.append(None)
            if cast:
                state = with_ballots(state, cast)
            if events:
                try:
                    is_same = state.tracks is self._state.tracks and state.ended == self._state.ended
                    self._log.write(events, None if is_same else reading_to_json(state))
                except OSError:
                    self.is_saved = False
                    raise
                self.is_saved = isinstance(self._log, Log)
                self._state = state
        if events:
            for listener in self._listeners:
                listener(state)
        return reasons
