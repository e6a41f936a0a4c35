"""An unsteady network: forwards TCP to a port, delays the data, and cuts connections on request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random

HERE = "127.0.0.1"
USUAL, LOST = 0.02, 0.2  # longest delay of a chunk in seconds, usually and after a lost packet
LOST_SHARE = 0.05  # of the chunks


class UnsteadyNetwork:
    """A proxy between clients and a port of this machine, with random delays from `seed`."""

    def __init__(self, to_port: int, seed: int) -> None:
        self._to_port, self._chance = to_port, Random(seed)
        self._open: set[asyncio.StreamWriter] = set()

    def cut(self) -> int:
        """Cut all connections and drop pending data. Return how many there were."""
        cut = len(self._open)
        for writer in self._open:
            writer.transport.abort()
        return cut

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection both ways until either end closes it."""
        try:
            far_reader, far_writer = await asyncio.open_connection(HERE, self._to_port)
        except OSError:
            writer.transport.abort()
            return
        self._open.add(writer)
        ways = [asyncio.create_task(self._pump(*way)) for way in ((reader, far_writer), (far_reader, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open.discard(writer)
            for way in ways:
                way.cancel()
            for end in (writer, far_writer):
                end.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(65536):
                longest = LOST if self._chance.random() < LOST_SHARE else USUAL
                await asyncio.sleep(self._chance.random() * longest)
                writer.write(chunk)
                await writer.drain()


@asynccontextmanager
async def unsteady_network(to_port: int, seed: int) -> AsyncIterator[tuple[UnsteadyNetwork, str]]:
    """A network before a port, and its address."""
    network = UnsteadyNetwork(to_port, seed)
    server = await asyncio.start_server(network.carry, HERE, 0)
    try:
        yield network, f"http://{HERE}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        network.cut()
