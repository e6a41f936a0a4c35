"""SIGTERM to one relay after the other under load: `python -m tests.benchmarks.relay_sigterm [TIMES]`, 40 by default.
Two relays share a Valkey; phones and teachers send as fast as they are answered. Prints how long each relay took to
end."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import cycle, islice

import aiohttp

from game.relay.frames import In, MalformedFrame, Open, Out, Room, parse_frame, to_text
from tests.relay.valkey_server import ValkeyServer

PORTS = 18_810, 18_811
ROOMS, PHONES = 10, 10  # and phones in each
LONGEST = 12.0  # seconds from SIGTERM to the end: rooms have eight to move, and sockets are closed after that
BETWEEN = 0.5  # seconds of load before the next SIGTERM
_GONE = aiohttp.ClientError, OSError, TimeoutError, MalformedFrame, TypeError


class LoadedRoom:
    """A teacher's program that answers at once, and phones that send again as soon as they are answered."""

    def __init__(self, session: aiohttp.ClientSession, urls: Sequence[str], number: int) -> None:
        self._session, self._urls, self._number = session, urls, number
        self._room = Room("", "")
        self._opened = asyncio.Event()
        self.answered = 0

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._again(self._teach, self._number))
            for number in range(PHONES):
                tasks.create_task(self._again(self._ask, self._number + number))

    async def _again(self, do: Callable[[str], Awaitable[None]], first: int) -> None:
        for url in islice(cycle(self._urls), first, None):
            with suppress(*_GONE):
                await do(url)
            await asyncio.sleep(0.02)

    async def _teach(self, url: str) -> None:
        async with self._session.ws_connect(f"{url}/teacher") as socket:
            await socket.send_str(to_text(Open("", self._room.code, self._room.secret)))
            async for message in socket:
                match parse_frame(message.data):
                    case Room() as room:
                        self._room = room
                        self._opened.set()
                    case In(phone, data=data):
                        await socket.send_str(to_text(Out((phone,), data)))

    async def _ask(self, url: str) -> None:
        await self._opened.wait()
        async with self._session.ws_connect(f"{url}/{self._room.code}/socket") as socket:
            while True:
                await socket.send_str("a vote")
                await socket.receive_str(timeout=2.0)
                self.answered += 1


async def start_relay(port: int, store: str) -> asyncio.subprocess.Process:
    """Start a relay, and return once phones can connect."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "game", "relay", "--port", str(port), "--store", store, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None and b"listens" in await process.stdout.readline()
    return process


async def seconds_to_end(process: asyncio.subprocess.Process) -> float | None:
    """The seconds from SIGTERM to a relay's end; None: it hangs, and is killed."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(LONGEST):
            assert await process.wait() == 0
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return time.monotonic() - began


async def terminate_often(times: int, rooms: int = ROOMS) -> list[float | None]:
    urls, took = [f"http://127.0.0.1:{port}" for port in PORTS], list[float | None]()
    with ValkeyServer() as valkey:
        relays = [await start_relay(port, valkey.url) for port in PORTS]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            loaded = [LoadedRoom(session, urls, number) for number in range(rooms)]
            loads = [asyncio.create_task(room.run()) for room in loaded]
            for number in range(times):
                before = sum(room.answered for room in loaded)
                await asyncio.sleep(BETWEEN)
                while sum(room.answered for room in loaded) < before + rooms * PHONES:
                    await asyncio.sleep(0.05)
                took.append(await seconds_to_end(relays[number % 2]))
                relays[number % 2] = await start_relay(PORTS[number % 2], valkey.url)
            for load in loads:
                load.cancel()
            await asyncio.wait(loads)
        for relay in relays:
            relay.terminate()
            await relay.wait()
    return took


def main(times: int) -> int:
    took = asyncio.run(terminate_often(times))
    ended = sorted(seconds for seconds in took if seconds is not None)
    print(f"{len(ended)} of {len(took)} ended, after {ended[0]:.1f} to {ended[-1]:.1f} s")
    return len(took) - len(ended)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
