"""The phones of a class: who they are, what each has before it, and what they may do. No word here is HTTP's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from game.classroom import commands
from game.classroom.commands import Refused
from game.classroom.events import Event
from game.classroom.host import Host
from game.classroom.join_codes import same_code
from game.classroom.seat_tokens import new_token, seat_of
from game.classroom.server import phone_messages
from game.classroom.server.limits import CodeGuesses, ConnectionSlots, ServerLimits, TokenBucket
from game.classroom.server.page_cache import CachedPage, PageCache, Pages
from game.classroom.server.presence import Presence
from game.classroom.state import ClassState
from game.classroom.write_batcher import WriteBatcher


class Phone:
    """One seat's phone: what it has before it, since which version, and who waits to hear of the next one."""

    __slots__ = ("bucket", "listeners", "seat", "sheet", "version")

    def __init__(self, seat: str, bucket: TokenBucket, sheet: CachedPage, version: int) -> None:
        self.seat, self.bucket, self.sheet, self.version = seat, bucket, sheet, version
        self.listeners: set[asyncio.Event] = set()

    @property
    def message(self) -> str:
        """The page that it has, as it is sent."""
        return f'{{"page":{self.sheet.tree},"version":{self.version},"round":{self.sheet.number}}}'

    def show(self, sheet: CachedPage, version: int) -> None:
        """Put a sheet before it, unless it has the same one already."""
        if sheet != self.sheet:
            self.sheet, self.version = sheet, version
            for listener in self.listeners:
                listener.set()


class Phones:
    """All phones of one class, on one event loop. `revision` is where versions begin to count."""

    def __init__(self, host: Host, code: str, pages: Pages, limits: ServerLimits, revision: int) -> None:
        self._host, self._code, self._limits = host, code, limits
        self._now: Callable[[], float] = asyncio.get_running_loop().time
        self._shown = host.state
        self._sheets = PageCache(pages, self._shown)
        self._revision = revision
        self._phones: dict[str, Phone] = {}
        self._commits = WriteBatcher(host)
        self._presence = Presence()
        self._places = ConnectionSlots(limits.seats, limits.seats_of_one)
        self._guesses = CodeGuesses(limits.wrong_codes_rate, limits.wrong_codes, self._now)
        self._due: asyncio.TimerHandle | None = None
        # those who were here before the program stopped have a moment to come back
        for seat in self._shown.present:
            self._presence.seen(seat, self._now() + limits.returning)
        self._watch = asyncio.create_task(self._look())

    async def close(self) -> None:
        """Take nothing more. What was taken is written and acknowledged."""
        self._watch.cancel()
        await self._commits.close()
        if self._due is not None:
            self._due.cancel()

    async def join(self, asked: phone_messages.Join, address: str) -> tuple[str, str]:
        """A new seat's token, and the door that it is behind. Raises Refused."""
        if not self._guesses.may(address):
            raise Refused("slow-down")
        if not same_code(asked.code, self._code):
            self._guesses.wrong(address)
            raise Refused("wrong-code")
        if not self._places.take(address):
            raise Refused("full")
        token = new_token()
        seat = seat_of(token)

        def wish(state: ClassState) -> tuple[Event, ...]:
            if len(state.seats) >= self._limits.seats:
                raise Refused("full")
            return commands.join(state, seat, asked.door)

        # Before it is written, or a look that falls in between would write it down as gone; a seat that is never
        # written is nobody's.
        self._presence.seen(seat, self._now() + self._limits.polled)
        try:
            await self._commits.ask(wish)
        except Refused:
            self._places.give_back(address)
            raise
        return token, self._host.state.seats[seat]

    def of(self, token: str) -> Phone:
        """The phone that has this token. Raises Refused."""
        seat = seat_of(token)
        if seat not in self._phones:
            if seat not in self._shown.seats:
                self._turn()
            if seat not in self._shown.seats:
                raise Refused("unknown-seat")
            bucket = TokenBucket(self._limits.rate, self._limits.burst, self._now)
            self._phones[seat] = Phone(seat, bucket, self._sheets.of(seat), self._revision)
        return self._phones[seat]

    def opened(self, phone: Phone, news: asyncio.Event) -> None:
        """A socket of the phone opened; `news` is set whenever it has something new before it."""
        phone.listeners.add(news)
        self._presence.opened(phone.seat)

    def closed(self, phone: Phone, news: asyncio.Event) -> None:
        """That socket closed."""
        phone.listeners.remove(news)
        self._presence.closed(phone.seat, self._now() + self._limits.returning)

    def polled(self, phone: Phone) -> None:
        """The phone asked, since it has no socket."""
        self._presence.seen(phone.seat, self._now() + self._limits.polled)

    async def vote(self, phone: Phone, ballot: phone_messages.Ballot) -> None:
        """Return once the ballot is on disk. Raises Refused."""
        await self._commits.ask(lambda state: commands.vote(state, phone.seat, ballot.number, ballot.choice))

    def changed(self) -> None:
        """The room has changed: the phones are told in a moment, of all that changes until then."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._limits.gather, self._tell)

    def _tell(self) -> None:
        self._due = None
        self._turn()
        for phone in self._phones.values():
            phone.show(self._sheets.of(phone.seat), self._revision)

    def _turn(self) -> None:
        self._shown = self._host.state
        self._sheets.turn_to(self._shown)
        self._revision += 1

    async def _look(self) -> None:
        """Have the room know who is present. What the disk does not take now is wished again at the next look."""
        while True:
            await asyncio.sleep(self._limits.look)
            wishes = self._presence.wishes(self._host.state, self._now())
            await asyncio.gather(*(self._commits.ask(wish) for wish in wishes), return_exceptions=True)
