"""A process of phones that vote whenever they can, and drop and return, until ended: `... class_voters PORT PHONES`."""

from __future__ import annotations

import asyncio
import json
import sys
from random import Random

import aiohttp

from tests.benchmarks.harness import CODE, HERE
from tests.relay.hosts.voter import choices

DROPS = 0.05  # of the pages that a phone gets: after so many of them its connection is gone


async def phone(session: aiohttp.ClientSession, port: int, chance: Random) -> None:
    url, voted = f"http://{HERE}:{port}", 0
    async with session.post(f"{url}/join", json={"code": CODE}) as response:
        token = (await response.json())["token"]
    while True:
        try:
            async with session.ws_connect(f"{url}/socket", compress=0) as socket:
                await socket.send_str(json.dumps({"token": token}))
                async for message in socket:
                    data = json.loads(message.data)
                    options = choices(data) if "page" in data else []
                    if options and data["round"] != voted:
                        voted = data["round"]
                        await socket.send_str(json.dumps({"vote": chance.choice(options), "round": voted}))
                    if chance.random() < DROPS:
                        break
        except (aiohttp.ClientError, ConnectionError):
            await asyncio.sleep(0.1)


async def main(port: int, phones: int) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(phone(session, port, Random(n)) for n in range(phones)))


if __name__ == "__main__":
    asyncio.run(main(*(int(argument) for argument in sys.argv[1:3])))
