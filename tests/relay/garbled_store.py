"""A store that sends wrong bytes: forwards TCP to a Valkey, and inserts what a test requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HERE = "127.0.0.1"


class GarbledStore:
    """A proxy between relays and a Valkey's port.

    Attributes:
        wrong_answer: sent as the answer to the next `GET`, before the right answer.
    """

    def __init__(self, to_port: int) -> None:
        self._to_port, self.wrong_answer = to_port, b""
        self._clients: set[asyncio.StreamWriter] = set()

    def send(self, garbage: bytes) -> None:
        """Send it to every client."""
        for writer in self._clients:
            writer.write(garbage)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection both ways until either end closes it."""
        far_reader, far_writer = await asyncio.open_connection(HERE, self._to_port)
        self._clients.add(writer)
        ways = [
            asyncio.create_task(self._ask(reader, far_writer, writer)), asyncio.create_task(_pump(far_reader, writer))
        ]  # fmt: skip
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        self._clients.discard(writer)
        for way, end in zip(ways, (writer, far_writer), strict=True):
            way.cancel()
            end.transport.abort()

    async def _ask(
        self, reader: asyncio.StreamReader, far_writer: asyncio.StreamWriter, writer: asyncio.StreamWriter
    ) -> None:
        while chunk := await reader.read(65536):
            if self.wrong_answer and b"GET" in chunk:
                writer.write(self.wrong_answer)
                self.wrong_answer = b""
                await asyncio.sleep(0.1)
            far_writer.write(chunk)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()


@asynccontextmanager
async def garbled_store(to_port: int) -> AsyncIterator[tuple[GarbledStore, str]]:
    """A proxy before a Valkey, and its address."""
    store = GarbledStore(to_port)
    server = await asyncio.start_server(store.carry, HERE, 0)
    try:
        yield store, f"valkey://{HERE}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
