"""The log of our web servers: faults of this program alone, and nothing of who asked.

aiohttp's own loggers write a client's address, and parts of its request in the message of an exception.
"""

from __future__ import annotations

import logging
import sys

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

SUBPROTOCOL = "Sec-WebSocket-Protocol"  # our pages ask for none, and aiohttp logs the address of a client that does
_OF_CLIENTS = (HttpProcessingError, web.RequestPayloadError, ConnectionError)


def is_of_client(error: BaseException | None) -> bool:
    """Whether a client caused an error: it sent malformed HTTP, or it went away."""
    return isinstance(error, _OF_CLIENTS)


def log_fault(error: BaseException | None, name: str = __name__) -> None:
    """Log that a request could not be answered, with the traceback, unless the client caused it."""
    if error is not None and not is_of_client(error):
        logging.getLogger(name).error("a request could not be answered", exc_info=_without_message(error))


def _without_message(error: BaseException) -> RuntimeError:
    """An error with the same traceback. Its message is only the type: the real one may hold what a client sent."""
    bare = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
    before = error.__cause__ or error.__context__
    bare.__cause__ = _without_message(before) if before is not None else None
    return bare


class ServerLog:
    """To be given to aiohttp as a server's `logger`."""

    def exception(self, message: str, *args: object, exc_info: object = None) -> None:
        log_fault(exc_info if isinstance(exc_info, BaseException) else sys.exc_info()[1])

    def debug(self, message: str, *args: object, exc_info: object = None) -> None:
        """aiohttp says here only what clients did."""
