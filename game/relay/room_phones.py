"""The phones of one room that are connected to one process, and who of them has a place."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from game.core.rate_limits import SlotCounter
from game.relay.frames import Out
from game.relay.limits import RelayLimits


class Phone(Protocol):
    """A phone's socket, or its request that waits for an answer. Neither method waits."""

    def send(self, answer: Out) -> None:
        """Send what the teacher's program answered."""

    def connect_again(self) -> None:
        """Ask the phone to connect anew: it may have missed something."""


class RoomPhones:
    """The phones of one room.

    A phone is a newcomer until its teacher's program has answered it, and a socket has a place from then on. So sockets
    that say nothing, or no token of a seat, take no place. Where there are too many newcomers, the address that has
    most of them loses the one that has waited longest: a phone that says who it is is answered long before.

    Attributes:
        owner: the process that the room's teacher is connected to.
        phones: all of them, by their ids.
    """

    def __init__(self, owner: str, limits: RelayLimits) -> None:
        self.owner = owner
        self.phones: dict[str, Phone] = {}
        self._limits = limits
        # address, and whether it is a socket; the first one came first
        self._newcomers: dict[str, tuple[str, bool]] = {}
        self._seated: dict[str, str] = {}  # the addresses of sockets that have a place
        self._places = SlotCounter(limits.phones_per_room, limits.phones_per_address)

    def has_place(self, address: str) -> bool:
        """Whether one more socket of an address can get a place."""
        return self._places.has_room(address)

    def enter(self, name: str, phone: Phone, address: str, *, stays: bool) -> None:
        """A phone came; it `stays` where it is a socket."""
        if len(self._newcomers) >= self._limits.newcomers_per_room:
            most = Counter(whose for whose, _ in self._newcomers.values()).most_common(1)[0][0]
            longest = next(one for one, (whose, _) in self._newcomers.items() if whose == most)
            del self._newcomers[longest]
            self.phones[longest].connect_again()
        self._newcomers[name] = address, stays
        self.phones[name] = phone

    def leave(self, name: str) -> bool:
        """A phone went. False if it was not here."""
        self._newcomers.pop(name, None)
        if name in self._seated:
            self._places.release(self._seated.pop(name))
        return self.phones.pop(name, None) is not None

    def is_new(self, name: str) -> bool:
        """Whether a phone has not been answered yet."""
        return name in self._newcomers

    def deliver(self, frame: Out) -> None:
        """Give phones an answer. A socket that is answered well for the first time gets a place, or has to leave."""
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
        """Give a socket a place, if it has none; False where none is left."""
        address, stays = self._newcomers.get(name, ("", False))
        if stays:
            if not self._places.acquire(address):
                return False
            del self._newcomers[name]
            self._seated[name] = address
        return True
