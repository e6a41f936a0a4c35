"""The phones of one room that are connected to this process. Each socket needs a place; the places are limited."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from game.core.rate_limits import SlotCounter
from game.relay.frames import Out
from game.relay.limits import RelayLimits


class Phone(Protocol):
    """Interface to a phone's socket, or to a phone's request that waits for an answer. Its methods return at once."""

    def send(self, answer: Out) -> None:
        """Send an answer of the teacher's program."""

    def connect_again(self) -> None:
        """Ask the phone to reconnect, because it may have missed something."""


class RoomPhones:
    """The phones of one room.

    A phone is a newcomer until the teacher's program has accepted it with an answer; then a socket gets a place. So a
    socket that sends nothing, or no token of a seat, takes no place. If there are too many newcomers, the oldest
    newcomer of the address with the most newcomers must reconnect.

    `owner` is the process that the room's teacher is connected to. `phones` has all phones by id. `places` counts the
    places that sockets have.
    """

    def __init__(self, owner: str, limits: RelayLimits) -> None:
        self.owner = owner
        self.phones: dict[str, Phone] = {}
        self._limits = limits
        # a phone's id -> its address, and whether it is a socket; in the order of arrival
        self._newcomers: dict[str, tuple[str, bool]] = {}
        self._seated: dict[str, str] = {}  # the id of a socket with a place -> its address
        self.places = SlotCounter(limits.phones_per_room, limits.phones_per_address)

    def enter(self, name: str, phone: Phone, address: str, *, stays: bool) -> None:
        """Add a phone. `stays` is True for a socket."""
        if len(self._newcomers) >= self._limits.newcomers_per_room:
            most = Counter(whose for whose, _ in self._newcomers.values()).most_common(1)[0][0]
            longest = next(newcomer for newcomer, (whose, _) in self._newcomers.items() if whose == most)
            del self._newcomers[longest]
            self.phones[longest].connect_again()
        self._newcomers[name] = address, stays
        self.phones[name] = phone

    def leave(self, name: str) -> bool:
        """Remove a phone. Return False if the phone was not here."""
        self._newcomers.pop(name, None)
        if name in self._seated:
            self.places.release(self._seated.pop(name))
        return self.phones.pop(name, None) is not None

    def is_new(self, name: str) -> bool:
        return name in self._newcomers

    def deliver(self, frame: Out) -> None:
        """Send an answer to phones. If it accepts a new socket, but no place is free, the phone reconnects instead."""
        if frame.phones is None:
            for phone in tuple(self.phones.values()):
                phone.send(frame)
            return
        for name in frame.phones:
            if name not in self.phones:
                continue
            if frame.status == 200 and not self._take_place(name):
                self.phones[name].connect_again()
            else:
                self.phones[name].send(frame)

    def _take_place(self, name: str) -> bool:
        """Give a socket a place if it has no place yet. Return False if no place is left, otherwise True."""
        address, stays = self._newcomers.get(name, ("", False))
        if stays:
            if not self.places.acquire(address):
                return False
            del self._newcomers[name]
            self._seated[name] = address
        return True
