"""A class that dials a relay, and its phones after a lost connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.server.http_server import ClassServer
from game.classroom.server.relay_link import RelayUse
from game.relay.broker import Broker
from game.story import Story
from game.ui.class_state import RelayInfo
from tests.classroom.phone_client import PhoneClient, serve_class, wait_until
from tests.relay.relay_client import relay


@dataclass
class RelayedClass:
    """A class that dials a relay, and its reports on it."""

    host: Host
    server: ClassServer
    url: str
    reports: list[RelayInfo] = field(default_factory=list)

    @property
    def info(self) -> RelayInfo:
        return self.reports[-1] if self.reports else RelayInfo(trouble="connecting")

    async def until(self, holds: Callable[[RelayInfo], bool]) -> RelayInfo:
        await wait_until(lambda: holds(self.info))
        return self.info

    async def opened(self) -> RelayInfo:
        return await self.until(lambda info: info.is_open)


@asynccontextmanager
async def relayed(
    story: Story, folder: Path, url: str, token: str = "", room: ev.RoomOpened | None = None, **more: Any
) -> AsyncIterator[RelayedClass]:
    """A class at a relay, which had this room before."""
    reports: list[RelayInfo] = []
    with serve_class(story, folder, relay=RelayUse(url, reports.append, token, room), **more) as (host, server):
        yield RelayedClass(host, server, url, reports)
        await asyncio.to_thread(server.stop)  # in a thread, because the relay runs in this loop


@asynccontextmanager
async def class_at_relay(
    story: Story, folder: Path, broker: Broker | None = None, **more: Any
) -> AsyncIterator[tuple[RelayedClass, RelayInfo, aiohttp.ClientSession]]:
    async with (
        relay(broker=broker) as relay_server, relayed(story, folder, relay_server.url, **more) as class_,
        aiohttp.ClientSession() as session,
    ):  # fmt: skip
        yield class_, await class_.opened(), session


LOST = (aiohttp.ClientError, OSError, TypeError, TimeoutError, AssertionError)  # errors after a lost connection


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
    return int(url.rpartition(":")[2])
