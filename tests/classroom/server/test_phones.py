"""Pages of phones while ballots are being written."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from game.classroom import events as ev
from game.classroom.log import Log
from game.classroom.seat_tokens import seat_of
from game.story import Story
from tests.async_test import async_test
from tests.classroom.phone_client import QUICK, PhoneClient, choices_of, chosen_on, serve_class, wait_until


@async_test
async def test_a_page_waits_for_others_ballots_only_so_long(
    shipped: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that hangs at one phone's ballot keeps no page from another."""
    begun, goes_on, late, write = threading.Event(), threading.Event(), list[str](), Log.write

    def hanging_write(self: Log, events: Sequence[ev.Event]) -> None:
        if any(isinstance(event, ev.Voted) and event.seat in late for event in events):
            begun.set()
            assert goes_on.wait(10)
        write(self, events)

    monkeypatch.setattr(Log, "write", hanging_write)
    limits = replace(QUICK, debounce=0.05, longest_debounce=0.1, presence_interval=60.0)
    with serve_class(shipped, tmp_path, limits) as (_, server):
        async with aiohttp.ClientSession() as session:
            first, second = [await (await PhoneClient(session, server.port).join()).open() for _ in range(2)]
            late.append(seat_of(second.token))
            choice = choices_of(first.pages[-1])[0]
            assert (await first.vote(choice, 1))["voted"] == choice
            voting = asyncio.create_task(second.vote(choices_of(second.pages[-1])[0], 1))
            await wait_until(begun.is_set)
            await first.until(lambda page: chosen_on(page) == [choice])
            assert not voting.done()
            goes_on.set()
            assert "voted" in await voting
