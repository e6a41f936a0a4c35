"""The phones of a class, without HTTP: joining, voting, presence, and each phone's page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from game.classroom import commands
from game.classroom.commands import Refused
from game.classroom.host import Host
from game.classroom.join_codes import seat_of
from game.classroom.server import phone_messages
from game.classroom.server.admission import Admission, Asker
from game.classroom.server.limits import ServerLimits
from game.classroom.server.page_cache import CachedPage, PageCache, change_pages
from game.classroom.server.phone_view import PhoneView
from game.classroom.server.presence import Presence
from game.classroom.state import ClassState
from game.classroom.write_batcher import WriteBatcher
from game.core.background_tasks import end_tasks, keep_running
from game.core.rate_limits import TokenBucket
from game.core.values import frozen

# These stand in place of a page: for a phone without a seat, and for all phones at the end of the class.
WAITS, REMOVED, OVER = CachedPage("waits", 0), CachedPage("removed", 0), CachedPage("over", 0)


@frozen
class JoinedSeat:
    """The answer to a phone that joined: its token, its door, and whether it has to wait."""

    token: str
    door: str
    waits: bool = False


@dataclass(slots=True, eq=False)
class Phone:
    """The phone of one seat: its page, and for each of its sockets the function to call when the page is a new one."""

    seat: str
    number: int | None  # of its seat; None while it waits for a seat
    language: str  # of its pages; "" for the class's own
    bucket: TokenBucket  # limits how fast it may send
    page: CachedPage
    version: int  # of its page
    sockets: set[Callable[[], None]] = field(default_factory=set)

    @property
    def has_page(self) -> bool:
        return self.page not in (WAITS, REMOVED, OVER)

    @property
    def message(self) -> str:
        """The phone's page as JSON, with its seat's number; or that it waits, was removed, or the class is over."""
        seat = f',"seat":{self.number}' if self.number and self.has_page else ""
        return f"{self.shared_message[:-1]}{seat}}}"

    @property
    def shared_message(self) -> str:
        """The message without the seat's number. It is equal for all phones with the same page and version."""
        if self.page is WAITS:
            return f'{{"wait":true,"version":{self.version}}}'
        if self.page is REMOVED:
            return '{"refused":"removed"}'
        if self.page is OVER:
            return '{"over":true}'
        return f'{{"page":{self.page.tree},"version":{self.version},"round":{self.page.number}}}'

    def show(self, page: CachedPage, version: int) -> None:
        """Give the phone a page, unless it has this page already."""
        if page != self.page:
            self.page, self.version = page, version
            for changed in self.sockets:
                changed()


class Phones:
    """All phones of one class, on one event loop. `revision` is the version of each phone's first page."""

    def __init__(self, host: Host, view: PhoneView, limits: ServerLimits, revision: int) -> None:
        self.host, self._limits = host, limits
        self._now: Callable[[], float] = asyncio.get_running_loop().time
        self._state = host.state
        self._view, self._pages, self._asked_of = view, dict[str, PageCache](), self._state
        self._revision = revision
        self._phones: dict[str, Phone] = {}
        self._writer = WriteBatcher(host)
        self._presence = Presence()
        self._admission = Admission(host, self._writer, self._presence, limits, self._now)
        self._debounce: asyncio.TimerHandle | None = None
        self._pages_due = 0.0  # when pages stop waiting for ballots
        self.is_over = False
        # Phones that were here before the program stopped have a moment to return.
        for seat in self._state.present:
            self._presence.seen(seat, self._now() + limits.reconnect_grace)
        self._presence_task = keep_running("presence of phones", self._update_presence)

    async def end(self) -> None:
        """End the class and tell every phone, even a phone that is between two requests or two sockets."""
        self.is_over = True
        self._revision += 1
        for phone in self._phones.values():
            phone.show(OVER, self._revision)
        if self._presence.awaits_sockets(self._now()):
            await asyncio.sleep(self._limits.farewell)

    async def close(self) -> None:
        """Take no more ballots. Write and acknowledge those that have come."""
        await end_tasks([self._presence_task])
        await self._writer.close()
        if self._debounce is not None:
            self._debounce.cancel()

    def seat_of(self, token: str) -> JoinedSeat:
        """Return the seat of a phone that joined before, by its token. Raises Refused if the token has no seat."""
        state, seat = self.host.state, seat_of(token)
        door = state.seats.get(seat, state.waiting.get(seat))
        if door is None:
            raise Refused(commands.reason_without_seat(state, seat))
        return JoinedSeat(token, door, seat in state.waiting)

    async def join(self, request: phone_messages.Join, asker: Asker) -> JoinedSeat:
        """Give a phone a seat, or its own seat again if its browser has a token.

        Raises AskAgain if the request has no name of its browser; Refused if the code is wrong or no seat is left.
        """
        self._admission.check_code(request.code, (self.host.state.code, asker.room_code), asker.address)
        with suppress(Refused):
            return self.seat_of(asker.token)
        return self.seat_of(await self._admission.new_seat(request.door, asker))

    def phone_of_socket(self, token: str, language: str = "") -> Phone:
        """Return the phone of a new socket. Raises Refused, also if the phone's seat has too many sockets."""
        phone = self.phone_of(token, language)
        if len(phone.sockets) >= self._limits.sockets_per_seat:
            raise Refused("full")
        return phone

    def phone_of(self, token: str, language: str | None = None) -> Phone:
        """Return the phone with a token, and note its `language`, if given. Raises Refused if the token has no seat."""
        seat = seat_of(token)
        if seat not in self._phones:
            if seat not in self._state.seats:
                self._refresh_state()
            page = self._page_for(seat, language or "")
            if page is REMOVED:
                raise Refused(commands.reason_without_seat(self._state, seat))
            bucket = TokenBucket(self._limits.rate, self._limits.burst, self._now)
            number = self._state.numbers.get(seat)
            self._phones[seat] = Phone(seat, number, language or "", bucket, page, self._revision)
        phone = self._phones[seat]
        if language is not None and language != phone.language:
            phone.language = language
            self._revision += 1  # another page, although the class has not changed
            phone.show(self._page_for(seat, language), self._revision)
        return phone

    def _page_for(self, seat: str, language: str) -> CachedPage:
        if self.is_over and (seat in self._state.seats or seat in self._state.waiting):
            return OVER
        if seat in self._state.seats:
            return self._pages_in(language).page_for(seat)
        return WAITS if seat in self._state.waiting else REMOVED

    def _pages_in(self, language: str) -> PageCache:
        edition = self._view.edition(language)
        if edition.language not in self._pages:
            self._pages[edition.language] = PageCache(edition.render, self._state, edition.translation)
        return self._pages[edition.language]

    def socket_opened(self, phone: Phone, changed: Callable[[], None]) -> None:
        """Note that a phone opened a socket. From now on, call `changed` whenever the phone has a new page."""
        phone.sockets.add(changed)
        self._presence.socket_opened(phone.seat)

    def socket_closed(self, phone: Phone, changed: Callable[[], None]) -> None:
        """Note that a phone's socket closed. `changed` is the function that `socket_opened` got for this socket."""
        phone.sockets.remove(changed)
        self._presence.socket_closed(phone.seat, self._now() + self._limits.reconnect_grace)

    def polled(self, phone: Phone) -> None:
        self._presence.seen(phone.seat, self._now() + self._limits.poll_grace)

    async def vote(self, phone: Phone, ballot: phone_messages.Ballot) -> None:
        """Cast a ballot, and return once it is on disk. Raises Refused."""
        await self._writer.execute(commands.CastBallot(phone.seat, ballot.number, ballot.choice))

    def changes_pages(self, state: ClassState) -> bool:
        """Return whether a new state changes pages other than a voter's own. Call it for each state, on any thread."""
        before, self._asked_of = self._asked_of, state
        return change_pages(before, state)

    def show_page(self, phone: Phone) -> None:
        self._refresh_state()
        phone.show(self._page_for(phone.seat, phone.language), self._revision)

    def show_pages_soon(self) -> None:
        """Give the phones their new pages after a moment, so that several changes are sent together."""
        if self._debounce is None:
            self._pages_due = self._now() + self._limits.longest_debounce
            self._start_debounce()

    def _start_debounce(self) -> None:
        self._debounce = asyncio.get_running_loop().call_later(self._limits.debounce, self._update_pages)

    def _update_pages(self) -> None:
        if self._writer.is_busy and self._now() < self._pages_due:
            self._start_debounce()
            return
        self._debounce = None
        self._refresh_state()
        for phone in tuple(self._phones.values()):
            page = self._page_for(phone.seat, phone.language)
            if page is REMOVED:
                del self._phones[phone.seat]
            phone.number = self._state.numbers.get(phone.seat)
            phone.show(page, self._revision)

    def _refresh_state(self) -> None:
        if self._state is self.host.state:
            return
        self._state = self.host.state
        for pages in self._pages.values():
            pages.set_state(self._state)
        self._revision += 1

    async def _update_presence(self) -> None:
        """Log who is present, again and again. After a failed write, try again the next time."""
        while True:
            await asyncio.sleep(self._limits.presence_interval)
            pending = self._presence.pending_commands(self.host.state, self._now())
            await asyncio.gather(*(self._writer.execute(command) for command in pending), return_exceptions=True)
