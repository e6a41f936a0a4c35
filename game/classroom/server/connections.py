"""A phone's TCP connection. The server drops it if there are too many, or if the phone sends or takes nothing."""

from __future__ import annotations

import asyncio
from typing import cast

from aiohttp import web

from game.classroom.server.limits import ServerLimits
from game.core.rate_limits import SlotCounter, TokenBucket
from game.relay.web_server import ServerLog, json_response, log_fault, security_headers


class Connection(web.RequestHandler):
    """aiohttp's request handler with limits on connections, rate and writing time, and our own answers to errors."""

    __slots__ = ("_address", "_limits", "_slots", "_write_timeout", "bucket")

    def __init__(
        self, server: web.Server, limits: ServerLimits, slots: SlotCounter, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(
            server, loop=loop, keepalive_timeout=limits.timeout, lingering_time=1.0,
            max_line_size=2048, max_field_size=4096, auto_decompress=False,
            access_log=None,  # type: ignore[arg-type]  # None is allowed, although the types say otherwise
            logger=ServerLog(),  # type: ignore[arg-type]  # it has all methods that aiohttp calls
        )  # fmt: skip
        self._limits, self._slots, self._address = limits, slots, ""
        self._write_timeout: asyncio.TimerHandle | None = None
        self.bucket = TokenBucket(limits.rate, limits.burst, loop.time)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        address = peer[0] if peer else "gone already"
        if self._slots.acquire(address):
            self._address = address
            super().connection_made(transport)
        else:
            cast(asyncio.Transport, transport).abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._address:
            self._slots.release(self._address)
            self._address = ""
            super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Start a timeout: data that the phone does not take would stay for ever."""
        super().pause_writing()
        self._write_timeout = asyncio.get_running_loop().call_later(self._limits.timeout, self.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._write_timeout is not None:
            self._write_timeout.cancel()

    def drop_unsent(self) -> None:
        """Abort the connection if there is data that the phone has not taken."""
        if self.transport is not None and self.transport.get_write_buffer_size():
            self.abort()

    def abort(self) -> None:
        """End the connection at once, without waiting for the phone."""
        if self.transport is not None:
            self.transport.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Return the answer to malformed HTTP or to an error of the program. Log only the program's errors."""
        if status >= 500:
            log_fault(exc, __name__)
        if request.writer.output_size > 0:  # a socket or a half-sent answer, after which no other answer can come
            raise ConnectionError("an answer was begun already")
        response = json_response({"refused": "malformed" if status < 500 else "broken"}, status)
        response.headers.update(security_headers("class"))
        response.force_close()
        return response
