"""One class that several hands reach for: the teacher's keys and the phones' ballots, one after the other.

What is wished is checked, written down, and only then true; whoever listens is told afterwards.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from game.classroom.commands import Events, Refused
from game.classroom.events import Event
from game.classroom.log import Log
from game.classroom.state import ClassState, apply_event

Wish = Callable[[ClassState], Events]


class Host:
    """Owns the room and its log. May be asked from any thread; a room once read does not change any more."""

    def __init__(self, state: ClassState, log: Log) -> None:
        self._state, self._log = state, log
        self._lock = threading.Lock()
        self._listeners: list[Callable[[ClassState], None]] = []

    @property
    def state(self) -> ClassState:
        """The class as it stands."""
        return self._state

    def listen(self, tell: Callable[[ClassState], None]) -> None:
        """Have `tell` called with the room after each change, on the thread that made it. It must not block."""
        self._listeners.append(tell)

    def ask(self, wish: Wish) -> ClassState:
        """Do what one wish gives. Raises Refused, or OSError where it cannot be kept; then nothing has changed."""
        (reason,) = self.ask_each([wish])
        if reason is not None:
            raise Refused(reason)
        return self._state

    def ask_each(self, wishes: Sequence[Wish]) -> list[str | None]:
        """Do what each wish gives, in one write: None where it was done, else the reason why it was refused.

        Raises OSError where it cannot be kept; then none of them was done.
        """
        answers: list[str | None] = []
        with self._lock:
            state, events = self._state, list[Event]()
            for wish in wishes:
                try:
                    wished = wish(state)
                except Refused as refused:
                    answers.append(refused.reason)
                    continue
                for event in wished:
                    state = apply_event(state, event)
                events += wished
                answers.append(None)
            if events:
                self._log.write(events)
                self._state = state
        if events:
            for tell in self._listeners:
                tell(state)
        return answers
