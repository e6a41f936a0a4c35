"""Proxies that forward TCP to a port of this machine: one inserts wrong bytes, one delays data and cuts connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import Self

HERE = "127.0.0.1"
USUAL, LOST = 0.02, 0.2  # longest delay of a chunk in seconds, usually and after a lost packet
LOST_SHARE = 0.05  # of the chunks


class TcpProxy:
    """Forwards each connection both ways until either end closes it."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._clients: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[tuple[Self, str]]:
        """Forward during the block. Yields the proxy, and its host and port."""
        server = await asyncio.start_server(self._carry, HERE, 0)
        try:
            yield self, f"{HERE}:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            self.cut()

    def cut(self) -> int:
        """Cut all connections and drop pending data. Return how many there were."""
        for writer in self._clients:
            writer.transport.abort()
        return len(self._clients)

    async def _carry(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(HERE, self._to_port)
        except OSError:
            client.transport.abort()
            return
        self._clients.add(client)
        both = ((reader, far_writer), (far_reader, client))
        ways = [asyncio.create_task(self._pump(*way, client)) for way in both]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._clients.discard(client)
            for way, (_, writer) in zip(ways, both, strict=True):
                way.cancel()
                writer.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(65536):
                await self._hold_up(chunk, client)
                writer.write(chunk)
                await writer.drain()

    async def _hold_up(self, chunk: bytes, client: asyncio.StreamWriter) -> None:
        """Do something before a chunk is sent on."""


class GarbledStore(TcpProxy):
    """A proxy between relays and a Valkey. `wrong_answer` is sent to the next `GET`, before the right answer."""

    wrong_answer = b""

    def send(self, garbage: bytes) -> None:
        for writer in self._clients:
            writer.write(garbage)

    async def _hold_up(self, chunk: bytes, client: asyncio.StreamWriter) -> None:
        if self.wrong_answer and b"GET" in chunk:
            client.write(self.wrong_answer)
            self.wrong_answer = b""
            await asyncio.sleep(0.1)


class UnsteadyNetwork(TcpProxy):
    """A proxy with random delays from `seed`."""

    def __init__(self, to_port: int, seed: int) -> None:
        super().__init__(to_port)
        self._chance = Random(seed)

    async def _hold_up(self, chunk: bytes, client: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._chance.random() * (LOST if self._chance.random() < LOST_SHARE else USUAL))
