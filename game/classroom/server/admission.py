"""Admission of phones: wrong codes, limits for addresses, one seat for each browser, and waiting phones."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.host import Host
from game.classroom.join_codes import new_token, same_code, seat_of
from game.classroom.server.limits import ServerLimits
from game.classroom.server.presence import Presence
from game.classroom.state import ClassState, apply_event
from game.classroom.write_batcher import WriteBatcher
from game.core.rate_limits import Buckets, SlotCounter, TokenBucket
from game.core.values import frozen

_BROWSERS = 5000  # the most names of browsers that are kept; the newest stay
_FORGIVEN = 10_000  # the most addresses whose first wrong code costs nothing
_HOUR = 3600.0


class AskAgain(Exception):
    """Raised for a browser without a name (see `browser_names`). The browser gets a name, and must ask again."""


@frozen
class Asker:
    """The sender of a request. Its browser is known by the `token` of its seat or, before it has a seat, by `names`."""

    address: str  # for the limits: its own, or "relay" with the relay's word for it
    relayed: bool = False  # it comes through a relay, which itself limits the seats of an address
    token: str = ""  # from its browser's cookie
    names: tuple[str, ...] = ()  # from its browser's cookies and the request's address (see `browser_names`)
    room_code: str = ""  # the code of the relay's room, which lets it in like the class's code


class Admission:
    """Gives phones their seats. Call it from one event loop. `now` returns monotonic seconds."""

    def __init__(
        self, host: Host, writer: WriteBatcher, presence: Presence, limits: ServerLimits, now: Callable[[], float]
    ) -> None:
        self._host, self._writer, self._presence, self._limits, self._now = host, writer, presence, limits, now
        self._seats = SlotCounter(limits.seats, limits.seats_per_address)
        self._joins: Buckets[str] = Buckets(limits.joins_rate, limits.joins, now)
        self._guesses: Buckets[str] = Buckets(limits.wrong_codes_rate, limits.wrong_codes, now)
        self._forgiven: Buckets[str] = Buckets(1 / _HOUR, 1, now)
        self._class_guesses = TokenBucket(limits.class_wrong_codes_rate, limits.class_wrong_codes, now)
        self._joining: dict[str, asyncio.Task[str]] = {}  # a browser's name -> the task that gives it a seat
        self._waiting: dict[str, str] = {}  # a waiting seat -> its address

    def check_code(self, typed: str, codes: Iterable[str], address: str) -> None:
        """Check a code. Raises Refused for a wrong code, and for any code after too many wrong ones.

        All addresses also share one limit, because a code has only four letters. That limit does not count the first
        wrong code of an address, so that somebody who guesses codes does not keep the class's own pupils out.
        """
        known = self._forgiven.left(address) == 0 or len(self._forgiven) >= _FORGIVEN
        if not self._guesses.left(address) or (known and not self._class_guesses.left):
            raise Refused("slow-down")
        if any(same_code(typed, code) for code in codes if code):
            return
        self._guesses.take(address)
        if known:
            self._class_guesses.take()
        else:
            self._forgiven.take(address)
        raise Refused("wrong-code")

    async def new_seat(self, door: str | None, asker: Asker) -> str:
        """Return the token of a browser's seat, the same for all its requests. A removed phone keeps its token.

        Raises AskAgain if the request has no name of its browser, or Refused if no seat is left.
        """
        names = tuple(filter(None, (asker.token, *asker.names)))
        if not names:
            raise AskAgain
        asked = next((self._joining[name] for name in names if name in self._joining), None)
        if asked is None or (asked.done() and not self._has_seat(asked)):
            asked = asyncio.create_task(self._join(door, asker))
            asked.add_done_callback(lambda task: task.cancelled() or task.exception())  # perhaps nobody waits for it
        for name in names:
            self._joining.pop(name, None)
            self._joining[name] = asked
        while len(self._joining) > _BROWSERS:
            del self._joining[next(iter(self._joining))]
        return await asyncio.shield(asked)

    def _has_seat(self, asked: asyncio.Task[str]) -> bool:
        if asked.cancelled() or asked.exception() is not None:
            return False
        state, seat = self._host.state, seat_of(asked.result())
        return seat in state.seats or seat in state.waiting

    async def _join(self, door: str | None, asker: Asker) -> str:
        state = self._host.state
        was_removed = bool(asker.token) and seat_of(asker.token) in state.removed
        if not asker.relayed:
            self._count_join(asker.address, is_new_seat=not was_removed)
        token = asker.token if was_removed else new_token()
        seat = seat_of(token)
        known = (state.seats.keys() | state.removed.keys()) - state.waiting.keys()
        self._waiting = {seat: whose for seat, whose in self._waiting.items() if seat not in known}
        self._waiting[seat] = asker.address

        def join(state: ClassState) -> Events:
            if len(state.seats) >= self._limits.seats:
                raise Refused("full")
            gone = gives_way(state.waiting, self._waiting, asker.address) if commands.has_to_wait(state, seat) else ()
            for event in gone:
                state = apply_event(state, event)
            return (*gone, *commands.join(state, seat, door))

        # This comes before the write, or else the phone could be logged as gone in between. It does no harm if the
        # seat is never written.
        self._presence.seen(seat, self._now() + self._limits.poll_grace)
        try:
            await self._writer.execute(join)
        except Refused:
            self._waiting.pop(seat, None)
            if not asker.relayed and not was_removed:
                self._seats.release(asker.address)
            raise
        return token

    def _count_join(self, address: str, is_new_seat: bool) -> None:
        """Count a request to join and, if it gets a new seat, the seat. Raises Refused if there are too many."""
        if not self._joins.take(address):
            raise Refused("slow-down")
        if is_new_seat and not self._seats.acquire(address):
            raise Refused("full")


def gives_way(waiting: Collection[str], addresses: dict[str, str], address: str) -> tuple[ev.Removed, ...]:
    """Return the event that removes a waiting phone to make room for a new phone at `address`; () to remove none. If
    too many wait, the newest phone of the address with the most waiting phones goes. It stays if `address` would have
    as many with the new phone. `addresses` maps waiting seats to addresses."""
    if len(waiting) < commands.MOST_WAITING:
        return ()
    count = Counter(addresses.get(seat, "") for seat in waiting)
    most, number = count.most_common(1)[0]
    if number <= count[address] + 1:
        return ()
    newest = [seat for seat in waiting if addresses.get(seat, "") == most][-1]
    return (ev.Removed(newest),)
