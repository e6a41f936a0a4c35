"""A process of phones in two topologies: `... relay_phones FILE`, which holds for each its addresses and its rooms.

Thirty phones join each room, at the addresses in turn; then it prints `{}`. For each line of its standard input, as
`relay 10`, all phones of that topology vote, each at a random moment of so many seconds. Then it prints, as JSON, the
seconds from each vote to its acknowledgement (`took`), and how often sockets of the topology were closed so far
(`dropped`).
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import aiohttp

PUPILS = 30


class Phone:
    """A phone in a room that votes for one choice after the other, and comes back where its socket was closed."""

    def __init__(self, connect: Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]], room: dict[str, Any]) -> None:
        self._connect, self._room, self._choice = connect, room, 0
        self._acknowledged: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.dropped = -1

    async def open(self) -> None:
        self._socket = await self._connect()
        self._reading = asyncio.create_task(self._read())  # also between votes: it answers pings
        self.dropped += 1

    async def vote(self, wait: float) -> float:
        """Vote after so many seconds; returns the seconds until the acknowledgement."""
        await asyncio.sleep(wait)
        self._choice = (self._choice + 1) % len(self._room["choices"])
        choice, began = self._room["choices"][self._choice], time.perf_counter()
        while True:
            self._acknowledged = asyncio.get_running_loop().create_future()
            if self._socket.closed:
                await self.open()
            with suppress(ConnectionError):
                await self._socket.send_str(json.dumps({"vote": choice, "round": self._room["number"]}))
                answer = json.loads(await self._acknowledged)
                assert answer.get("voted") == choice, answer
                return time.perf_counter() - began

    async def _read(self) -> None:
        async for message in self._socket:
            if message.data.startswith(('{"voted"', '{"refused"')) and not self._acknowledged.done():
                self._acknowledged.set_result(message.data)
        if not self._acknowledged.done():
            self._acknowledged.set_exception(ConnectionResetError())
            self._acknowledged.exception()  # between votes nobody waits for it


async def join(session: aiohttp.ClientSession, url: str, room: dict[str, Any], joins: bool, limit: Any) -> Phone:
    """A phone of a room; it gets a page if one of our relays carries it."""
    base, headers, token = f"{url}/{room['room']}", {"X-Forwarded-For": room["from"]}, ""

    async def connect() -> aiohttp.ClientWebSocketResponse:
        socket = await session.ws_connect(f"{base}/socket", compress=0, headers=headers, max_msg_size=0)
        if joins:
            await socket.send_json({"token": token})
            while '{"page"' not in (await socket.receive(60)).data[:8]:
                pass
        return socket

    phone = Phone(connect, room)
    async with limit:
        if joins:
            async with session.post(f"{base}/join", json={"code": room["room"]}, headers=headers) as answer:
                token = (await answer.json())["token"]
        await phone.open()
    return phone


async def main(topologies: dict[str, Any]) -> None:
    chance, limit = Random(1), asyncio.Semaphore(50)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        phones: dict[str, list[Phone]] = {}
        for kind, about in topologies.items():
            for number, room in enumerate(about["rooms"]):
                room["from"] = f"10.0.{number // 250}.{number % 250}"
            phones[kind] = await asyncio.gather(*(
                join(session, about["urls"][number % len(about["urls"])], room, kind == "relay", limit)
                for room in about["rooms"] for number in range(PUPILS)
            ))  # fmt: skip
        print("{}", flush=True)
        while asked := await asyncio.to_thread(sys.stdin.readline):
            kind, spread = asked.split()
            took = await asyncio.gather(*(phone.vote(chance.random() * float(spread)) for phone in phones[kind]))
            print(json.dumps({"took": took, "dropped": sum(phone.dropped for phone in phones[kind])}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
