"""A WebSocket's send queue: sends in order without letting the sender wait, and drops a reader that is too slow."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from aiohttp import web

AGAIN = 1012  # WebSocket's "service restart": connect again at once


class SendQueue:
    """What is to be sent by one socket. `run` sends it, until the socket closes.

    Args:
        messages, characters: what may wait unsent; a reader that falls behind further is dropped.
        abort: ends the connection without waiting for its reader.
    """

    def __init__(
        self, socket: web.WebSocketResponse, messages: int, characters: int, abort: Callable[[], None]
    ) -> None:
        self._socket, self._messages, self._characters, self._abort = socket, messages, characters, abort
        self._waiting: deque[str] = deque()
        self._unsent = 0
        self._changed = asyncio.Event()
        self._close_code: int | None = None

    def send(self, text: str) -> None:
        """Send a text after those before it."""
        if self._close_code is not None:
            return
        self._waiting.append(text)
        self._unsent += len(text)
        if len(self._waiting) > self._messages or self._unsent > self._characters:
            self._waiting.clear()
            self._unsent = 0
            self._close_code = AGAIN
            self._abort()
        self._changed.set()

    def close(self, code: int) -> None:
        """Close the socket after what is to be sent."""
        if self._close_code is None:
            self._close_code = code
            self._changed.set()

    async def run(self) -> None:
        """Send whatever comes, until the socket is closed. Where that fails, the connection ends."""
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
