"""The phones that connect through a relay: their requests, and the sessions of their sockets, over one link."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from game.classroom.commands import Refused
from game.classroom.server.admission import Asker
from game.classroom.server.phone_api import PhoneAnswer, PhoneApi, refusal
from game.classroom.server.phones import Phone
from game.core.background_tasks import run_logged
from game.relay.frames import SOCKET, In, Out

_BUSY = 1000  # the most unfinished answers; with more, the link is not read


@dataclass(slots=True)
class _Session:
    """A phone's socket at the relay. `number` (of its seat) and `version` (of its page) are those last sent to it."""

    phone: Phone
    changed: Callable[[], None]  # notes that the phone has a new page
    number: int | None = None  # None: not sent yet
    version: int = -1  # -1: not sent yet


class RelayedPhones:
    """Answers the phones of one link.

    `room_code` returns the code of the relay's room if phones can join with it; "" if they need the class's code.
    """

    def __init__(self, api: PhoneApi, room_code: Callable[[], str]) -> None:
        self._api, self._room_code = api, room_code
        self._sessions: dict[str, _Session] = {}
        self._answers: deque[tuple[str, PhoneAnswer]] = deque()
        self._changed: dict[str, None] = {}  # the phones with a new page, in order
        self._some_unsent = asyncio.Event()
        self._sending = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def receive(self, frame: In) -> None:
        """Take a phone's message; the answer is sent later. Wait only if too many other messages have no answer yet."""
        if frame.path != SOCKET:
            names = tuple(frame.browser.split()) if frame.sender else (frame.phone,)  # an old relay cannot ask again
            asker = Asker(f"relay {frame.sender}", True, frame.cookie, names, self._room_code())
            self._start(partial(self._answer_request, frame, asker))
        elif frame.phone in self._sessions:
            self._start(partial(self._answer_ballot, frame.phone, self._sessions[frame.phone], frame.data))
        else:
            self._open_session(frame)
        while len(self._tasks) > _BUSY:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    def gone(self, phone: str) -> None:
        """Note that a phone's socket closed."""
        session = self._sessions.pop(phone, None)
        self._changed.pop(phone, None)
        if session is not None:
            self._api.phones.socket_closed(session.phone, session.changed)

    def close(self) -> None:
        """Count the socket of each phone as closed, because the link is lost. Ballots that arrived still count."""
        for phone in tuple(self._sessions):
            self.gone(phone)

    async def send(self, send: Callable[[Out], Awaitable[None]]) -> None:
        """Send answers and pages as they come, until cancelled. A slow link gets only the newest pages."""
        while True:
            await self._some_unsent.wait()
            self._some_unsent.clear()
            await self._send_unsent(send)

    async def finish(self, send: Callable[[Out], Awaitable[None]]) -> None:
        """Wait for the answers that are being made, and send them."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._send_unsent(send)

    async def _send_unsent(self, send: Callable[[Out], Awaitable[None]]) -> None:
        async with self._sending:  # so that the last sender waits for the one before it
            for frame in self._take_unsent():
                await send(frame)

    def _take_unsent(self) -> list[Out]:
        answers = list(self._answers)
        self._answers.clear()
        for name in self._changed:
            session = self._sessions[name]
            phone = session.phone
            if phone.number != session.number and phone.has_page:  # without the page, which others have too
                session.number = phone.number
                answers.append((name, PhoneAnswer(f'{{"seat":{phone.number}}}')))
            if phone.version != session.version:
                session.version = phone.version
                answers.append((name, PhoneAnswer(phone.shared_message)))
        self._changed.clear()
        return grouped(answers)

    def _open_session(self, frame: In) -> None:
        try:
            phone = self._api.phone_of_socket(frame.data)
        except Refused as refused:
            self._send(frame.phone, refusal(refused.reason))
            return

        def changed() -> None:
            self._changed[frame.phone] = None
            self._some_unsent.set()

        self._sessions[frame.phone] = _Session(phone, changed)
        self._api.phones.socket_opened(phone, changed)
        changed()

    async def _answer_request(self, frame: In, asker: Asker) -> None:
        self._send(frame.phone, await self._api.answer(frame.path, frame.data, asker))

    async def _answer_ballot(self, name: str, session: _Session, text: str) -> None:
        # In one frame with the page: two would be twice the work for the link, the relays and the store.
        answer = await self._api.cast_ballot(session.phone, text, lambda: session.version)
        if answer.version is not None:
            session.version = answer.version
        self._send(name, answer)

    def _send(self, phone: str, answer: PhoneAnswer) -> None:
        self._answers.append((phone, answer))
        self._some_unsent.set()

    def _start(self, answer: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(run_logged("answer a phone", answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def grouped(answers: list[tuple[str, PhoneAnswer]]) -> list[Out]:
    """Return the frames for answers, given as pairs of a phone's id and an answer. Equal answers share a frame. The
    answers to one phone keep their order."""
    frames: list[tuple[PhoneAnswer, list[str]]] = []
    newest: dict[PhoneAnswer, int] = {}  # an answer -> the number of the frame to which phones can still be added
    last: dict[str, int] = {}  # a phone -> the number of its last frame
    for phone, answer in answers:
        at = newest.get(answer, -1)
        if at <= last.get(phone, -1):
            at = newest[answer] = len(frames)
            frames.append((answer, []))
        frames[at][1].append(phone)
        last[phone] = at
    return [Out(tuple(phones), answer.text, answer.status, answer.token) for answer, phones in frames]
