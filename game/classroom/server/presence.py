"""Presence: which seats are connected, and the commands that put this into the class's state."""

from __future__ import annotations

from collections import Counter
from functools import partial

from game.classroom import commands
from game.classroom.host import Command
from game.classroom.state import ClassState


class Presence:
    """Knows which seats are present: those with an open socket, and those seen lately. Times are in seconds."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._until: dict[str, float] = {}

    def socket_opened(self, seat: str) -> None:
        self._sockets[seat] += 1

    def socket_closed(self, seat: str, until: float) -> None:
        """Note that a socket closed. Until `until` the seat stays present, because most phones return at once."""
        self._sockets[seat] -= 1
        if not self._sockets[seat]:
            del self._sockets[seat]
        self.seen(seat, until)

    def seen(self, seat: str, until: float) -> None:
        """Note that a seat without a socket is present until `until`."""
        self._until[seat] = max(until, self._until.get(seat, until))

    def awaits_sockets(self, now: float) -> bool:
        """Return whether any present seat has no open socket."""
        return any(until > now for seat, until in self._until.items() if seat not in self._sockets)

    def pending_commands(self, state: ClassState, now: float) -> list[Command]:
        """Return the commands that update who is present in a state."""
        self._until = {seat: until for seat, until in self._until.items() if until > now}
        here = (self._sockets.keys() | self._until.keys()) & state.seats.keys()
        came = [partial(commands.join, seat=seat) for seat in here - state.present]
        went = [partial(commands.leave, seat=seat) for seat in state.present - here]
        return [*came, *went]
