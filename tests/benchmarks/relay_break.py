"""How soon a class's phones are back after a relay was killed: `... relay_break [PUPILS] [TIMES]`.

On hosts of their own behind one Caddy, as in tests/relay/hosts: the room's relay is killed, and then the other one, so
many times. Prints the seconds from the kill until a vote is acknowledged that was sent after it: of the middle phone,
of nine in ten, and of the last. Needs root, for network namespaces.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import aiohttp

from tests.relay.hosts.relayed_class import RelayedClass, relayed_class
from tests.relay.hosts.voter import Voter, trusting


async def back(voters: list[Voter], since: float) -> list[float]:
    times: dict[int, float] = {}
    async with asyncio.timeout(60):
        while len(times) < len(voters):
            for number, voter in enumerate(voters):
                if number not in times and voter.sent_at > since:
                    times[number] = voter.acknowledged_at - since
            await asyncio.sleep(0.01)
    return sorted(times.values())


async def measure(held: RelayedClass, pupils: int, repeats: int) -> None:
    connector = aiohttp.TCPConnector(limit=0, ssl=trusting(str(held.certificate)))
    async with aiohttp.ClientSession(connector=connector) as session:
        code = held.url.rpartition("/")[2]
        voters = [Voter(session, held.url, code, Random(number)) for number in range(pupils)]
        for voter in voters:
            await voter.join()
        async with asyncio.TaskGroup() as running:
            for voter in voters:
                running.create_task(voter.run())
            await back(voters, time.monotonic())
            for _ in range(repeats):
                owner = 0 if await asyncio.to_thread(held.rooms_at, 0) else 1
                for name, number in (("the room's relay", owner), ("the other relay", 1 - owner)):
                    since = time.monotonic()
                    await asyncio.to_thread(held.kill_relay, number)
                    took = await back(voters, since)
                    middle, most, last = took[len(took) // 2], took[len(took) * 9 // 10], took[-1]
                    print(f"{name}: middle {middle:.1f} s, nine in ten {most:.1f} s, last {last:.1f} s", flush=True)
                    await asyncio.to_thread(held.start_relay, number)
                    await asyncio.sleep(3)
            for voter in voters:
                voter.stopping = True


def main(pupils: int = 100, repeats: int = 3) -> None:
    with TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = folder
        with relayed_class(Path(folder)) as held:
            asyncio.run(measure(held, pupils, repeats))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
