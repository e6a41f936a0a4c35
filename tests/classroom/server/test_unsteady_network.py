"""A class through a relay over a network that delays data and cuts connections during a vote."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import aiohttp

from game.classroom import events as ev
from game.classroom.join_codes import seat_of
from game.story import Story
from tests.classroom.logged_class import logged_events
from tests.classroom.phone_client import PhoneClient
from tests.classroom.server.relayed_class import LOST, port_of, relayed, return_to
from tests.relay.relay_client import QUICK, options, relay
from tests.relay.tcp_proxies import UnsteadyNetwork

PHONES, BALLOTS = 8, 4


async def vote_until_acknowledged(phone: PhoneClient, choice: str) -> None:
    """Send a ballot again, on a new socket, until it is acknowledged, as the page's script does."""
    while True:
        try:
            async with asyncio.timeout(1):
                assert (await phone.vote(choice, phone.pages[-1]["round"]))["voted"] == choice
                return
        except LOST:
            with suppress(*LOST):
                async with asyncio.timeout(0.1):
                    await phone.close()
            await return_to(phone)


async def test_an_unsteady_network_loses_and_doubles_nothing(shipped: Story, tmp_path: Path) -> None:
    limits = replace(QUICK, heartbeat=5.0, phone_heartbeat=5.0, timeout=5.0)
    counts, last = Counter[str](), dict[str, str]()
    async with (
        relay(options(limits)) as relay_server,
        UnsteadyNetwork(port_of(relay_server.url), seed=2).listening() as (pupils_way, base),
        UnsteadyNetwork(port_of(relay_server.url), seed=3).listening() as (teachers_way, address),
        relayed(shipped, tmp_path, f"http://{address}", listen=None) as class_,
        aiohttp.ClientSession() as session,
    ):
        info = await class_.opened()
        base = f"http://{base}/{info.code}"
        phones = [await PhoneClient(session, 0, base=base).enter(info.code) for _ in range(PHONES)]

        async def vote_often(phone: PhoneClient) -> None:
            for number in range(BALLOTS):
                choice = phone.pages[-1].choices[number % 2]
                await vote_until_acknowledged(phone, choice)
                seat = seat_of(phone.token)
                assert class_.host.state.ballots[seat] == choice
                last[seat] = choice
                counts["ballots"] += 1
                if counts["ballots"] % 10 == 5:
                    counts["pupils"] += pupils_way.cut()
                elif counts["ballots"] % 10 == 0:
                    counts["teacher"] += teachers_way.cut()

        await asyncio.gather(*map(vote_often, phones))
        assert counts["pupils"] > PHONES and counts["teacher"] > 1
        async with asyncio.timeout(10):
            pupils_way.cut()
            teachers_way.cut()
            await asyncio.gather(*map(return_to, phones))
            assert await class_.opened() == info
        for phone in phones:
            assert phone.pages[-1].chosen == [last[seat_of(phone.token)]]
        assert class_.host.state.ballots == last and len(class_.host.state.seats) == PHONES
    events = logged_events(tmp_path / "a.class")
    assert len([event for event in events if isinstance(event, ev.Voted)]) == BALLOTS * PHONES
