"""Sixty phones act at random over real sockets: the server's tally equals a plain count."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import aiohttp
import pytest

from game.classroom import commands
from game.classroom.join_codes import seat_of
from game.story import Story
from tests.classroom.logged_class import logged_events, replay, tally
from tests.classroom.phone_client import PhoneClient, serve_class

PHONES, STEPS = 60, 25


async def use_at_random(phone: PhoneClient, chance: Random, acknowledged: dict[str, tuple[int, str]]) -> None:
    """Vote, reload and drop out at random; `acknowledged` gets the phone's last acknowledged ballot."""
    await (await phone.join()).open()
    for _ in range(STEPS):
        page = phone.pages[-1]
        choice, number = chance.choice(page.choices), page["round"]
        match chance.choice(["vote", "vote", "vote", "repeat", "drop", "cut", "poll", "strange", "late", "wait"]):
            case "vote":
                answer = await phone.vote(choice, number)
            case "repeat":
                await phone.vote(choice, number)
                answer = await phone.vote(choice, number)
            case "drop":
                await phone.close()
                await phone.open()
                continue
            case "cut":
                # the socket breaks while a ballot is on its way, and the phone sends the ballot again
                with suppress(ConnectionError):
                    await phone.socket.send_str(json.dumps({"vote": choice, "round": number}))
                phone.socket._response.connection.transport.abort()
                await phone.open()
                answer = await phone.vote(choice, number)
            case "poll":
                _, answer = await phone.post("/vote", {"token": phone.token, "vote": choice, "round": number})
            case "strange":
                refused = (await phone.vote("no-such-choice", number))["refused"]
                assert refused in ("unknown-choice", "closed", "other-round")
                continue
            case "late":
                assert (await phone.vote(choice, number + 100)) == {"refused": "other-round", "round": number + 100}
                continue
            case _:
                await asyncio.sleep(chance.random() / 100)
                continue
        if "voted" in answer:
            assert answer == {"voted": choice, "round": number}
            acknowledged[seat_of(phone.token)] = number, choice
        else:
            assert answer["refused"] in ("closed", "other-round")


@pytest.mark.parametrize("seed", range(3))
async def test_no_ballot_is_lost_and_none_counts_twice(shipped: Story, tmp_path: Path, seed: int) -> None:
    chance, acknowledged = Random(seed), dict[str, tuple[int, str]]()
    with serve_class(shipped, tmp_path) as (host, server):
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            phones = [PhoneClient(session, server.port) for _ in range(PHONES)]
            everybody = asyncio.gather(
                *(use_at_random(phone, Random(f"{seed} {n}"), acknowledged) for n, phone in enumerate(phones))
            )
            for command in (commands.close_vote, commands.open_vote, commands.close_vote, commands.open_vote) * (
                seed % 2
            ):
                await asyncio.sleep(chance.random() / 5)
                await asyncio.to_thread(host.execute, command)
            await everybody
            # on a fast machine all phones are done before the last vote opens
            number = host.state.number
            for phone in phones[: PHONES // 2]:
                choice = chance.choice(phone.pages[-1].choices)
                assert await phone.vote(choice, number) == {"voted": choice, "round": number}
                acknowledged[seat_of(phone.token)] = number, choice
            model = {seat: choice for seat, (round, choice) in acknowledged.items() if round == number}
            assert model and host.state.ballots == model
            assert tally(host.state) == Counter((host.state.seats[seat], choice) for seat, choice in model.items())
    assert len(host.state.seats) == PHONES
    assert replay(shipped, logged_events(tmp_path / "a.class")).ballots == model
