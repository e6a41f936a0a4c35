"""Send queues of WebSockets, and a request that waits for its answer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from aiohttp import web

from game.core.compact_json import to_compact_json
from game.relay.frames import Out

NORMAL = 1000  # WebSocket's code for a normal end
AGAIN = 1012  # WebSocket's code "service restart", which asks to reconnect at once
_AWAY = 503


class SendQueue:
    """The messages for one socket, in order. `run` sends them until the socket closes.

    If more than `most` messages or `most_characters` characters wait for a slow reader, `abort` ends its connection.
    """

    def __init__(
        self, socket: web.WebSocketResponse, most: int, most_characters: int, abort: Callable[[], None]
    ) -> None:
        self._socket, self._most, self._most_characters, self._abort = socket, most, most_characters, abort
        self._waiting: deque[str] = deque()
        self._unsent = 0
        self._changed = asyncio.Event()
        self._close_code: int | None = None

    def send(self, text: str) -> None:
        """Add a text to the queue, and return at once. A queue that is closed ignores it."""
        if self._close_code is not None:
            return
        self._waiting.append(text)
        self._unsent += len(text)
        if len(self._waiting) > self._most or self._unsent > self._most_characters:
            self._waiting.clear()
            self._unsent = 0
            self._close_code = AGAIN
            self._abort()
        self._changed.set()

    def close(self, code: int) -> None:
        """Close the socket once everything is sent."""
        if self._close_code is None:
            self._close_code = code
            self._changed.set()

    async def run(self) -> None:
        """Send messages until the socket is closed. An error ends the connection."""
        try:
            while True:
                while self._waiting:
                    text = self._waiting.popleft()
                    self._unsent -= len(text)
                    await self._socket.send_str(text)
                if self._close_code is not None:
                    await self._socket.close(code=self._close_code)
                    return
                self._changed.clear()
                await self._changed.wait()
        except ConnectionError:
            pass
        except BaseException:
            self._abort()
            raise


class TeacherLink:
    """A teacher's WebSocket, with a send queue."""

    def __init__(self, queue: SendQueue) -> None:
        self.queue = queue

    def send(self, text: str) -> None:
        self.queue.send(text)

    def close(self, *, moving: bool) -> None:
        self.queue.close(AGAIN if moving else NORMAL)


class PhoneSocket:
    """A phone's WebSocket, with a send queue."""

    def __init__(self, queue: SendQueue) -> None:
        self.queue = queue

    def send(self, answer: Out) -> None:
        self.queue.send(answer.data)

    def connect_again(self) -> None:
        self.queue.close(AGAIN)


class WaitingRequest:
    """A phone's request that waits for an answer of the teacher's program."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[Out] = asyncio.get_running_loop().create_future()

    def send(self, answer: Out) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def connect_again(self) -> None:
        self.send(Out((), to_compact_json({"refused": "away"}), _AWAY))
