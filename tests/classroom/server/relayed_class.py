"""A class that dials a relay, and what its phones do where a part of the way is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from game.classroom.host import Host
from game.classroom.server.http_server import ClassServer
from game.classroom.server.relay_link import RelayTarget, RelayUse
from game.story import Story
from game.ui.class_state import RelayInfo
from tests.classroom.phone_client import PhoneClient, choices_of, serve_class, wait_until
from tests.relay.relay_client import relay


@dataclass
class Held:
    """A class that dials a relay, and what it said of it."""

    host: Host
    server: ClassServer
    dialled: str
    told: list[RelayInfo] = field(default_factory=list)

    @property
    def info(self) -> RelayInfo:
        return self.told[-1] if self.told else RelayInfo(trouble="connecting")

    async def until(self, holds: Callable[[RelayInfo], bool]) -> RelayInfo:
        """What it says as soon as that meets a condition."""
        await wait_until(lambda: holds(self.info))
        return self.info

    async def opened(self) -> RelayInfo:
        return await self.until(lambda info: info.is_open)


@asynccontextmanager
async def held_class(story: Story, folder: Path, url: str, token: str = "", **more: Any) -> AsyncIterator[Held]:
    """A class at its first vote that dials the relay at `url`."""
    told: list[RelayInfo] = []
    with serve_class(story, folder, relay=RelayUse(RelayTarget(url, token), told.append), **more) as (host, server):
        yield Held(host, server, url, told)
        await asyncio.to_thread(server.stop)  # the relay, which is in this loop, is told


@asynccontextmanager
async def class_at_relay(story: Story, folder: Path) -> AsyncIterator[tuple[Held, RelayInfo, aiohttp.ClientSession]]:
    """A class whose room at a relay is open, and a session for its phones."""
    async with relay() as one, held_class(story, folder, one.url) as held, aiohttp.ClientSession() as session:
        yield held, await held.opened(), session


async def vote(phone: PhoneClient, choice: int = 0) -> str:
    """Vote for the choice with this number, and give its id."""
    chosen = choices_of(phone.pages[-1])[choice]
    number = phone.pages[-1]["round"]
    assert await phone.vote(chosen, number) == {"voted": chosen, "round": number}
    return chosen


LOST = (aiohttp.ClientError, OSError, TypeError, TimeoutError, AssertionError)  # what a phone meets on its way


async def return_to(phone: PhoneClient) -> None:
    """Try until the phone has a page on a new socket, as its page's script does."""
    while True:
        try:
            async with asyncio.timeout(2):
                await phone.open()
                return
        except LOST:
            await asyncio.sleep(0.02)


def port_of(url: str) -> int:
    """The port in an address."""
    return int(url.rpartition(":")[2])
