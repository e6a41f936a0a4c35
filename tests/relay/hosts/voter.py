"""A pupil's phone that keeps changing its vote, and reconnects as its page's script does."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from contextlib import suppress
from random import Random
from typing import Any

import aiohttp

from game.classroom.join_codes import seat_of

PATIENCE, QUICKEST, SLOWEST = 4.0, 0.5, 4.0  # seconds, as in connection.js
_COME_BACK = 1012  # a relay's close code, as in connection.js
PAUSE = 0.4  # between two votes


class Voter:
    """One phone. `acknowledged` holds its acknowledged votes, with the times of sending."""

    def __init__(self, session: aiohttp.ClientSession, url: str, code: str, chance: Random) -> None:
        self._session, self._url, self._code, self._chance = session, url, code, chance
        self.token = ""
        self.acknowledged: list[str] = []
        self.sent_at = self.acknowledged_at = 0.0  # of the last acknowledged vote
        self.failed = 0  # unanswered tries in a row
        self.stopping = False

    @property
    def seat(self) -> str:
        return seat_of(self.token)

    async def join(self) -> None:
        async with self._session.post(f"{self._url}/join", json={"code": self._code}) as answer:
            self.token = (await answer.json())["token"]

    async def run(self) -> None:
        """Vote until `stopping`, then until the last vote is acknowledged."""
        wish = ""
        while not (self.stopping and not wish):
            heard = called = False
            with suppress(aiohttp.ClientError, OSError, TimeoutError, TypeError):
                async with asyncio.timeout(PATIENCE):
                    socket = await self._session.ws_connect(f"{self._url}/socket")
                try:
                    await socket.send_json({"token": self.token})
                    page = await self._page(socket)
                    heard = True
                    while not (self.stopping and not wish):
                        wish = wish or self._other_choice(page)
                        sent, number = time.monotonic(), page["round"]
                        await socket.send_json({"vote": wish, "round": number})
                        async with asyncio.timeout(PATIENCE):
                            answer = await self._answer(socket)
                        if "voted" in answer:
                            assert (answer["voted"], answer["round"]) == (wish, number)
                            self.acknowledged.append(wish)
                            self.sent_at, self.acknowledged_at, wish = sent, time.monotonic(), ""
                        await asyncio.sleep(PAUSE)
                finally:
                    called = socket.close_code == _COME_BACK
                    await socket.close()
            self.failed = 0 if heard or called else self.failed + 1
            longest = min(SLOWEST, QUICKEST * 2 ** min(self.failed + 1, 8))
            await asyncio.sleep(QUICKEST + self._chance.random() * (longest - QUICKEST))

    def _other_choice(self, page: dict[str, Any]) -> str:
        before = self.acknowledged[-1] if self.acknowledged else ""
        return self._chance.choice([choice for choice in choices(page) if choice != before])

    async def _page(self, socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                message: dict[str, Any] = json.loads((await socket.receive()).data)
                if "page" in message:
                    return message

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads((await socket.receive()).data)
            if "voted" in message or "refused" in message:
                return message


def choices(page: dict[str, Any]) -> list[str]:
    nodes = [page["page"]]
    found = []
    while nodes:
        node = nodes.pop(0)
        nodes += node.get("children", ())
        if node.get("id", "").startswith("choice:") and node.get("action"):
            found.append(node["id"].removeprefix("choice:"))
    return found


def trusting(certificate: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate)
