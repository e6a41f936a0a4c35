"""A process of many phones: `python -m tests.benchmarks.class_phones CLASS_PORT ECHO_PORT PHONES`.

It prints JSON. For `class` and `echo`: the seconds from a ballot to its answer, when all phones send at one moment
(`at_once`, a list for each burst) and when each sends about once a second (`paced`); and the ballots `a_second` when
each phone sends its next one as soon as the last is answered. Of the churn, what was `said` last by each seat. And
`cpu`, the share of a core that this process took in its `seconds`.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from contextlib import suppress
from random import Random
from typing import Any

import aiohttp

from game.classroom.join_codes import seat_of
from tests.benchmarks.harness import CODE, HERE
from tests.relay.hosts.voter import choices

BURSTS, PACED, FLAT_OUT, CHURN = 15, 5, 5, 6  # ballots of one phone in each part
TOGETHER = 50  # phones that join at the same time


class Line:
    """A socket, with a waiter for the next answer. It reads pages and ignores them."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session, self._url = session, f"http://{HERE}:{port}"
        self._answer: asyncio.Future[tuple[float, dict[str, Any]]] | None = None
        self._socket: aiohttp.ClientWebSocketResponse
        self._reading: asyncio.Task[None] | None = None
        self.choices: list[str] = []
        self.token = ""

    async def open(self, join: bool) -> None:
        if join and not self.token:
            async with self._session.post(f"{self._url}/join", json={"code": CODE}) as response:
                self.token = (await response.json())["token"]
        self._socket = await self._session.ws_connect(f"{self._url}/socket", compress=0)
        if join:
            await self._socket.send_str(json.dumps({"token": self.token}))
            self.choices = choices(json.loads((await self._socket.receive()).data))
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            if not message.data.startswith('{"page"') and self._answer is not None:
                self._answer.set_result((time.perf_counter(), json.loads(message.data)))
                self._answer = None

    async def say(self, choice: str) -> float:
        """Seconds until a ballot is answered."""
        self._answer = answer = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        await self._socket.send_str(json.dumps({"vote": choice, "round": 1}))
        end, said = await answer
        assert isinstance(end, float)
        assert choice in (said.get("voted"), said.get("vote")), said
        return end - start

    async def close(self) -> None:
        await self._socket.close()
        if self._reading is not None:
            await self._reading

    async def cut(self, choice: str) -> None:
        """Break the connection while a ballot is on its way."""
        self._answer = None
        with suppress(ConnectionError):
            await self._socket.send_str(json.dumps({"vote": choice, "round": 1}))
        self._socket._response.connection.transport.abort()  # type: ignore[union-attr]
        await self.close()


async def opened(lines: list[Line], join: bool) -> None:
    for first in range(0, len(lines), TOGETHER):
        await asyncio.gather(*(line.open(join) for line in lines[first : first + TOGETHER]))


async def paced(line: Line, choices: list[str], chance: Random) -> list[float]:
    took = []
    for n in range(PACED):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        took.append(await line.say(choices[n % 2]))
    return took


async def flat_out(line: Line, choices: list[str]) -> None:
    for n in range(FLAT_OUT):
        await line.say(choices[n % 2])


async def churn(line: Line, chance: Random) -> str:
    """Vote, change, repeat, drop, return, in random order; returns the last acknowledged choice."""
    said = line.choices[0]
    await line.say(said)
    for _ in range(CHURN):
        match chance.choice(["vote", "repeat", "drop", "cut"]):
            case "vote":
                said = chance.choice(line.choices)
                await line.say(said)
            case "repeat":
                await line.say(said)
            case "drop":
                await line.close()
                await line.open(True)
            case "cut":
                said = chance.choice(line.choices)
                await line.cut(said)
                await line.open(True)
                await line.say(said)
    return said


async def main(class_port: int, echo_port: int, phones: int) -> dict[str, Any]:
    start, cpu = time.perf_counter(), time.process_time()
    took: dict[str, Any] = {kind: {"at_once": [], "paced": [], "a_second": 0.0} for kind in ("class", "echo")}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        ours = [Line(session, class_port) for _ in range(phones)]
        echoes = [Line(session, echo_port) for _ in range(phones)]
        await opened(ours, True)
        await opened(echoes, False)
        await asyncio.sleep(1)
        both = {"class": [(line, line.choices[:2]) for line in ours], "echo": [(line, ["a", "b"]) for line in echoes]}
        for n in range(BURSTS):
            for kind, lines in both.items():
                took[kind]["at_once"].append(await asyncio.gather(*(line.say(two[n % 2]) for line, two in lines)))
                await asyncio.sleep(0.3)  # what follows a vote, its page, is not in the way of the next one
        # side by side, so that whatever else this machine does in these seconds is met by both
        each = await asyncio.gather(*(
            asyncio.gather(*(paced(line, two, Random(n)) for n, (line, two) in enumerate(lines)))
            for lines in both.values()
        ))  # fmt: skip
        for kind, lists in zip(both, each, strict=True):
            took[kind]["paced"] = [seconds for phone in lists for seconds in phone]
        for kind, lines in both.items():
            begun = time.perf_counter()
            await asyncio.gather(*(flat_out(line, two) for line, two in lines))
            took[kind]["a_second"] = phones * FLAT_OUT / (time.perf_counter() - begun)
        said = await asyncio.gather(*(churn(line, Random(n)) for n, line in enumerate(ours)))
        took["said"] = {seat_of(line.token): choice for line, choice in zip(ours, said, strict=True)}
        for line in (*ours, *echoes):
            await line.close()
    took["cpu"] = (time.process_time() - cpu) / (time.perf_counter() - start)
    took["seconds"] = time.perf_counter() - start
    return took


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    print(json.dumps(asyncio.run(main(*(int(argument) for argument in sys.argv[1:4])))))
