"""A class through two relays, a Valkey and Caddy, all on separate hosts: each part breaks during a vote."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest

from game.classroom import events as ev
from tests.classroom.logged_class import logged_events
from tests.relay.hosts.network import missing
from tests.relay.hosts.relayed_class import RelayedClass, relayed_class
from tests.relay.hosts.voter import Voter, trusting

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")

PUPILS = 30
BACK = 10.0  # seconds until everybody has voted again


@pytest.fixture
def held(tmp_path: Path) -> Iterator[RelayedClass]:
    with relayed_class(tmp_path) as found:
        yield found


class Everybody:
    """All pupils' phones."""

    def __init__(self, voters: list[Voter]) -> None:
        self.voters = voters

    async def given_up(self) -> None:
        """Return when everybody has failed so often that the pauses are longest."""
        async with asyncio.timeout(60):
            while not all(voter.failed >= 2 for voter in self.voters):
                await asyncio.sleep(0.02)

    async def back(self, since: float) -> float:
        """Seconds after `since` until everybody has an acknowledged vote from after it."""
        async with asyncio.timeout(30):
            while not all(voter.sent_at > since for voter in self.voters):
                await asyncio.sleep(0.02)
        return time.monotonic() - since


@pytest.mark.usefixtures("home")
def test_whatever_breaks_no_acknowledged_ballot_is_lost_and_none_is_doubled(held: RelayedClass) -> None:
    """One relay is killed, then the other; Valkey is stopped and started; the teacher's uplink is cut."""
    took: dict[str, float] = {}

    async def body() -> None:
        async with voting(held) as everybody:
            await everybody.back(time.monotonic())
            owner = 0 if await asyncio.to_thread(held.rooms_at, 0) else 1
            for name, number in (("the room's relay", owner), ("the other relay", 1 - owner)):
                since = time.monotonic()
                await asyncio.to_thread(held.kill_relay, number)
                took[name] = await everybody.back(since)
                await asyncio.to_thread(held.start_relay, number)

            await asyncio.to_thread(held.store.stop)
            await asyncio.to_thread(held.relay_says, lambda info: info["trouble"] == "store-lost")
            await asyncio.to_thread(held.store.start)
            since = time.monotonic()
            await asyncio.to_thread(held.relay_says, lambda info: not info["trouble"])
            took["the store"] = await everybody.back(since)

            held.teacher.plug(False)
            cut = time.monotonic()
            await asyncio.to_thread(held.relay_says, lambda info: info["trouble"] == "lost")
            took["noticed"] = time.monotonic() - cut
            await everybody.given_up()
            took["cut for"] = time.monotonic() - cut
            held.teacher.plug(True)
            took["the uplink"] = await everybody.back(time.monotonic())
        state = await held.state()
        assert state["ballots"] == {voter.seat: voter.acknowledged[-1] for voter in everybody.voters}
        assert sorted(state["seats"]) == sorted(voter.seat for voter in everybody.voters)
        voted = defaultdict[str, list[str]](list)
        for event in logged_events(held.log):
            if isinstance(event, ev.Voted):
                voted[event.seat].append(event.choice)
        for voter in everybody.voters:
            assert voted[voter.seat] == voter.acknowledged

    asyncio.run(body())
    assert took.pop("noticed") < 8 < took.pop("cut for"), took
    assert max(took.values()) < BACK, took


@asynccontextmanager
async def voting(held: RelayedClass) -> Any:
    """Everybody joins and votes during the block; the last vote of each is acknowledged."""
    connector = aiohttp.TCPConnector(limit=0, ssl=trusting(str(held.certificate)))
    async with aiohttp.ClientSession(connector=connector) as session:
        code = held.url.rpartition("/")[2]
        voters = [Voter(session, held.url, code, Random(number)) for number in range(PUPILS)]
        await asyncio.gather(*(voter.join() for voter in voters))
        async with asyncio.TaskGroup() as running:
            for voter in voters:
                running.create_task(voter.run())
            yield Everybody(voters)
            for voter in voters:
                voter.stopping = True
