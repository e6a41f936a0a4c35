"""Who is connected, as far as a server can see it, and what the room has to be told of it."""

from __future__ import annotations

from collections import Counter
from functools import partial

from game.classroom import commands
from game.classroom.host import Wish
from game.classroom.state import ClassState


class Presence:
    """A seat is present while one of its sockets is open, and until the time that something else of it holds good.

    Times are in seconds of one clock, whichever.
    """

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._until: dict[str, float] = {}

    def opened(self, seat: str) -> None:
        """A socket of the seat opened."""
        self._open[seat] += 1

    def closed(self, seat: str, until: float) -> None:
        """One of its sockets closed. It counts as present for a moment, since most come back at once."""
        self._open[seat] -= 1
        if not self._open[seat]:
            del self._open[seat]
        self.seen(seat, until)

    def seen(self, seat: str, until: float) -> None:
        """The seat showed itself without a socket."""
        self._until[seat] = max(until, self._until.get(seat, until))

    def wishes(self, state: ClassState, now: float) -> list[Wish]:
        """What makes the room's seats present or absent as they are now."""
        self._until = {seat: until for seat, until in self._until.items() if until > now}
        here = (self._open.keys() | self._until.keys()) & state.seats.keys()
        came = [partial(commands.join, seat=seat) for seat in here - state.present]
        went = [partial(commands.leave, seat=seat) for seat in state.present - here]
        return [*came, *went]
