"""What the program's web servers share: checks of Host and Origin, the headers of every answer, and an error log.

aiohttp's own loggers write a client's address and parts of its request; this log does not.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Awaitable, Callable, Collection, Iterable
from ipaddress import IPv4Address
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from game.core.compact_json import to_compact_json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SUBPROTOCOL = "Sec-WebSocket-Protocol"  # no page of ours sends it, and aiohttp logs the address of a client that does
_HOST = re.compile(r"([A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?")
_NOWHERE = URL.build(path="/-")  # a path that none of our servers has
_REASONS = {404: "not-found", 405: "not-allowed", 413: "too-big"}
_OF_CLIENTS = (HttpProcessingError, web.RequestPayloadError, ConnectionError)


def is_known_host(host: str, names: Collection[str]) -> bool:
    """Return whether a Host header is an IPv4 address or one of `names` (in lower case), with or without a port.

    This prevents DNS rebinding: another site's page can make its own name point to this machine, but its requests then
    have that name in the Host header.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    if found[1].casefold() in names:
        return True
    try:
        IPv4Address(found[1])
    except ValueError:
        return False
    return True


def is_same_origin(request: web.Request, schemes: Collection[str] = ("http",)) -> bool:
    """Return whether a request comes from a page of this server, or has no Origin header."""
    scheme, _, host = request.headers.get("Origin", "").partition("://")
    own = request.headers.get("Host", "").casefold()
    return "Origin" not in request.headers or (scheme.casefold() in schemes and host.casefold() == own)


def security_headers(server: str, connect: Iterable[str] = (), policy: str = "form-action 'none'") -> dict[str, str]:
    """Return the headers that every answer has. `server` replaces the library's name and version.

    Scripts are allowed to connect to the page's own origin and to `connect`: older Safaris need the socket's address.
    `policy` is the part of the content policy that differs between servers.
    """
    sources = " ".join(("'self'", *connect))
    return {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src {sources}; base-uri 'none'; {policy}; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Server": server,
    }


def json_response(data: object, status: int = 200) -> web.Response:
    """Return an answer in JSON. `data` may already be JSON text."""
    text = data if isinstance(data, str) else to_compact_json(data)
    return web.Response(text=text, status=status, content_type="application/json")


def reason_of(error: web.HTTPException) -> str:
    """Return the word with which to refuse a request for which aiohttp raised `error`. Most are "malformed"."""
    return _REASONS.get(error.status, "malformed")


def new_socket(heartbeat: float, most_bytes: int, **more: Any) -> web.WebSocketResponse:
    """Return a WebSocket without compression, which pings every `heartbeat` seconds. `more` are further arguments."""
    return web.WebSocketResponse(timeout=1.0, heartbeat=heartbeat, max_msg_size=most_bytes, compress=False, **more)


async def start_runner(app: web.Application, **more: Any) -> web.AppRunner:
    """Return a runner that logs no clients, unpacks no bodies and does not listen yet. `more` are further arguments."""
    runner = web.AppRunner(
        app, handle_signals=False, access_log=None, shutdown_timeout=1.0, auto_decompress=False, logger=ServerLog(),
        **more,
    )  # fmt: skip
    await runner.setup()
    assert runner.server is not None
    _avoid_faults(runner.server)
    return runner


def abort_of(request: web.Request) -> Callable[[], None]:
    """Return a function that ends a request's connection without waiting for the client."""

    def abort() -> None:
        if request.transport is not None:
            request.transport.abort()

    return abort


def _avoid_faults(server: web.Server) -> None:
    """Make a server answer two kinds of requests for which aiohttp 3.14 logs a traceback.

    One has an empty address, such as `CONNECT` alone on a line. The other has an `Expect` header whose bytes are not
    text: aiohttp fails when it copies such a header into its answer.
    """
    make, handle = server.request_factory, server.request_handler

    def make_request(message: Any, *more: Any) -> web.BaseRequest:
        return make(message if message.url is not None else message._replace(url=_NOWHERE), *more)

    async def handle_request(request: web.BaseRequest) -> web.StreamResponse:
        if request.headers.get("Expect", "").lower() not in ("", "100-continue"):
            return json_response({"refused": "malformed"}, 417)
        return await handle(request)

    server.request_factory, server.request_handler = make_request, handle_request


def log_fault(error: BaseException | None, name: str = __name__) -> None:
    """Log that a request could not be answered, unless the client caused it by malformed HTTP or by disconnecting."""
    if error is not None and not isinstance(error, _OF_CLIENTS):
        logging.getLogger(name).error("a request could not be answered", exc_info=_without_message(error))


def _without_message(error: BaseException) -> RuntimeError:
    """Return an error with the same traceback but without the message, which may hold what a client sent."""
    bare = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
    before = error.__cause__ or error.__context__
    bare.__cause__ = _without_message(before) if before is not None else None
    return bare


class ServerLog:
    """The `logger` of an aiohttp server. It names no clients."""

    def exception(self, message: str, *args: object, exc_info: object = None) -> None:
        log_fault(exc_info if isinstance(exc_info, BaseException) else sys.exc_info()[1])

    def debug(self, message: str, *args: object, exc_info: object = None) -> None:
        """Log nothing: aiohttp logs here only what clients did."""
