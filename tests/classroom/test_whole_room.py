"""Sixty phones at once over real sockets, in any order: what the server counts is what a plain count says."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from random import Random

import aiohttp
import pytest

from game.classroom import commands
from game.classroom.log import Log
from game.classroom.seat_tokens import seat_of
from game.classroom.state import replay
from game.play.voting import counts
from game.story import Story
from tests.classroom.devices import Device, choices_of, looped, serving

PHONES, STEPS = 60, 25


async def lives(device: Device, chance: Random, said: dict[str, tuple[int, str]]) -> None:
    """One phone's evening. `said` gets what was acknowledged to it last, with the number of the vote."""
    await (await device.join()).open()
    for _ in range(STEPS):
        page = device.pages[-1]
        choice, number = chance.choice(choices_of(page)), page["round"]
        match chance.choice(["vote", "vote", "vote", "repeat", "drop", "cut", "poll", "strange", "late", "wait"]):
            case "vote":
                answer = await device.vote(choice, number)
            case "repeat":
                await device.vote(choice, number)
                answer = await device.vote(choice, number)
            case "drop":
                await device.close()
                await device.open()
                continue
            case "cut":
                # the socket is torn while a ballot is on its way: whatever became of it, it is sent again
                with suppress(ConnectionError):
                    await device.socket.send_str(json.dumps({"vote": choice, "round": number}))
                device.socket._response.connection.transport.abort()
                await device.open()
                answer = await device.vote(choice, number)
            case "poll":
                _, answer = await device.post("/vote", {"token": device.token, "vote": choice, "round": number})
            case "strange":
                assert (await device.vote("no-such-choice", number))["refused"] in (
                    "unknown-choice",
                    "closed",
                    "other-round",
                )
                continue
            case "late":
                assert (await device.vote(choice, number + 100)) == {"refused": "other-round", "round": number + 100}
                continue
            case _:
                await asyncio.sleep(chance.random() / 100)
                continue
        if "voted" in answer:
            assert answer == {"voted": choice, "round": number}
            said[seat_of(device.token)] = number, choice
        else:
            assert answer["refused"] in ("closed", "other-round")


@pytest.mark.parametrize("seed", range(3))
@looped
async def test_no_ballot_is_lost_and_none_counts_twice(shipped: Story, tmp_path: Path, seed: int) -> None:
    """Voting, changing, repeating, dropping out, coming back, while the vote closes and opens again."""
    chance, said = Random(seed), dict[str, tuple[int, str]]()
    with serving(shipped, tmp_path) as (host, server):
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            phones = [Device(session, server.port) for _ in range(PHONES)]
            evening = asyncio.gather(*(lives(phone, Random(f"{seed} {n}"), said) for n, phone in enumerate(phones)))
            for wish in (commands.close, commands.open_vote, commands.close, commands.open_vote) * (seed % 2):
                await asyncio.sleep(chance.random() / 5)
                await asyncio.to_thread(host.ask, wish)
            await evening
            number = host.state.number
            model = {seat: choice for seat, (round, choice) in said.items() if round == number}
            assert model and host.state.ballots == model
            tallies = [
                (track.door, count.option.id, count.votes)
                for track in host.state.tracks for count in counts(host.state.round(track), track.page.choices)
            ]  # fmt: skip
            assert sum(votes for _, _, votes in tallies) == len(model)
            for door, choice, votes in tallies:
                plain = [one for seat, one in model.items() if host.state.seats[seat] == door]
                assert votes == plain.count(choice)
    assert len(host.state.seats) == PHONES
    with Log(tmp_path / "a.class", lambda: 0.0) as log:
        assert replay(shipped, [event for _, event in log]).ballots == model
