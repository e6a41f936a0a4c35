"""Our web servers log faults of the program, and nothing about clients."""

from __future__ import annotations

import asyncio
import gc
import logging

import pytest

from game.relay.web_server import ServerLog
from tests.relay.raw_http import bad_requests, send_raw
from tests.relay.relay_client import relay, teacher


async def test_malformed_requests_to_a_relay_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with relay() as server, teacher(server.url) as she:
        room, port = await she.open(), int(server.url.rpartition(":")[2])
        for path in (f"/{room.code}", "/BBBBBBBB"):
            said = await asyncio.gather(*(send_raw(port, parts) for parts in bad_requests(path)))
        assert all(line.split(b" ")[1].startswith((b"101", b"4")) for line in said if line), said
    gc.collect()  # so that a failed task is reported
    assert caplog.records == []


def test_a_fault_is_logged_with_its_traceback_and_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    """Also the cause: a message may hold the room, or what a phone sent."""
    room, address = "K7QPBCDF", "203.0.113.7"
    try:
        try:
            dict[str, str]()[room]
        except KeyError as missing:
            raise ValueError(address) from missing
    except ValueError as error:
        ServerLog().exception("Error handling request from %s", address, exc_info=error)
        ServerLog().exception("Unhandled exception")
    assert len(caplog.records) == 2
    for record in caplog.records:
        text = logging.Formatter().format(record)
        assert address not in text and room not in text
        assert "ValueError" in text and "KeyError" in text and __file__ in text


def test_what_a_client_does_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    log = ServerLog()
    log.exception("Unhandled exception", exc_info=ConnectionResetError("203.0.113.7"))
    log.debug("Error handling request from %s", "203.0.113.7")
    assert caplog.records == []
