"""Requests whose address is empty, as `CONNECT` alone on a line: aiohttp 3.14 makes no request of them, and fails.

Its connection then stays open for ever, and a traceback is logged.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from yarl import URL

_NOWHERE = URL.build(path="/-")  # where none of our servers has anything


def take_requests_without_address(server: web.Server | None) -> None:
    """Have a server answer them, as any other address that it does not know."""
    assert server is not None
    make = server.request_factory

    def make_request(message: Any, *more: Any) -> web.BaseRequest:
        return make(message if message.url is not None else message._replace(url=_NOWHERE), *more)

    server.request_factory = make_request
