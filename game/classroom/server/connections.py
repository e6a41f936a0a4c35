"""One connection of a phone, counted from its first byte on: those beyond the caps are dropped, and silent ones."""

from __future__ import annotations

import asyncio
import logging
from typing import cast

from aiohttp import web

from game.classroom.server import phone_messages
from game.classroom.server.host_check import headers
from game.classroom.server.limits import ConnectionSlots, ServerLimits, TokenBucket


class Connection(web.RequestHandler):
    """HTTP as aiohttp speaks it, with a place to take, a rate to keep, and answers of ours to what is no HTTP."""

    __slots__ = ("_address", "_limits", "_places", "_stuck", "bucket")

    def __init__(
        self, server: web.Server, limits: ServerLimits, places: ConnectionSlots, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(
            server, loop=loop, keepalive_timeout=limits.patience, lingering_time=1.0,
            max_line_size=2048, max_field_size=4096, auto_decompress=False,
            access_log=None,  # type: ignore[arg-type]  # it takes none, and says so nowhere
        )  # fmt: skip
        self._limits, self._places, self._address = limits, places, ""
        self._stuck: asyncio.TimerHandle | None = None
        self.bucket = TokenBucket(limits.rate, limits.burst, loop.time)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        address = peer[0] if peer else "gone already"
        if self._places.take(address):
            self._address = address
            super().connection_made(transport)
        else:
            cast(asyncio.Transport, transport).abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._address:
            self._places.give_back(self._address)
            self._address = ""
            super().connection_lost(exc)

    def pause_writing(self) -> None:
        """What was sent is not taken. Were it to stay so, it would be kept here for ever."""
        super().pause_writing()
        self._stuck = asyncio.get_running_loop().call_later(self._limits.patience, self._abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()

    def drop_unsent(self) -> None:
        """Let go of what nobody takes any more, once all is said."""
        if self.transport is not None and self.transport.get_write_buffer_size():
            self._abort()

    def _abort(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """The answer to what cannot be read as HTTP, and to a mistake of ours, which alone is logged."""
        if status >= 500:
            logging.getLogger(__name__).error("a request could not be answered", exc_info=exc)
        if request.writer.output_size > 0:  # a socket, or half an answer: there is no place for another one
            raise ConnectionError("an answer was begun already")
        text = phone_messages.to_compact_json({"refused": "malformed" if status < 500 else "broken"})
        response = web.Response(status=status, text=text, content_type="application/json", headers=headers())
        response.force_close()
        return response
