"""Phones of a class: their pages while ballots are written, and the class after an error of the program."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from game.classroom import events as ev
from game.classroom.host import Command
from game.classroom.join_codes import seat_of
from game.classroom.log import Log
from game.classroom.server.phones import Phone
from game.classroom.server.presence import Presence
from game.classroom.state import ClassState
from game.story import Story
from tests.classroom.phone_client import QUICK, PhoneClient, served_class, wait_until


async def test_a_page_waits_only_a_limited_time_for_other_ballots(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, late, write = threading.Event(), threading.Event(), list[str](), Log.write

    def hanging_write(self: Log, events: Sequence[ev.Event], reading: Any = None) -> None:
        if any(isinstance(event, ev.Voted) and event.seat in late for event in events):
            begun.set()
            assert goes_on.wait(10)
        write(self, events, reading)

    monkeypatch.setattr(Log, "write", hanging_write)
    limits = replace(QUICK, debounce=0.05, longest_debounce=0.1, presence_interval=60.0)
    async with served_class(shipped, tmp_path, limits) as (_, server, session):
        first, second = [await PhoneClient(session, server.port).enter() for _ in range(2)]
        late.append(seat_of(second.token))
        choice = await first.choose()
        voting = asyncio.create_task(second.choose())
        await wait_until(begun.is_set)
        await first.until(lambda page: page.chosen == [choice])
        assert not voting.done()
        goes_on.set()
        await voting


async def test_presence_is_updated_after_a_failed_update(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pending, failures = Presence.pending_commands, list[None]()

    def fail_once(self: Presence, state: ClassState, now: float) -> list[Command]:
        if not failures:
            failures.append(None)
            raise LookupError
        return pending(self, state, now)

    monkeypatch.setattr(Presence, "pending_commands", fail_once)
    async with served_class(shipped, tmp_path) as (host, server, session):
        phone = await PhoneClient(session, server.port).enter()
        await phone.close()
        await wait_until(lambda: bool(host.state.seats) and not host.state.present)
    assert "`presence of phones` failed: LookupError" in caplog.text


async def test_a_socket_whose_page_cannot_be_sent_is_closed(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = Phone.message
    async with served_class(shipped, tmp_path) as (_, server, session):
        phone = await PhoneClient(session, server.port).join()
        with monkeypatch.context() as patch:
            patch.setattr(Phone, "message", "\ud800")
            assert (await (await phone.hail()).socket.receive()).type is not aiohttp.WSMsgType.TEXT
        assert Phone.message is message
        await phone.open()
    assert "`send pages to a phone` failed: UnicodeEncodeError" in caplog.text
