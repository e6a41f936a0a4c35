"""Many wishes in few writes: whatever comes while one write is on its way goes into the next one, all together."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from game.classroom.commands import Refused
from game.classroom.host import Host, Wish


class WriteBatcher:
    """Asks the host on a thread of its own, since a write waits for the disk. To be used on one event loop."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._thread = ThreadPoolExecutor(1, "class-log")
        self._waiting: list[tuple[Wish, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._closed = False

    async def ask(self, wish: Wish) -> None:
        """Return once what was wished is on disk. Raises Refused; `not-kept` where the disk does not take it."""
        if self._closed:
            raise Refused("not-kept")
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((wish, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await done

    async def close(self) -> None:
        """Take nothing more, and write what was taken."""
        self._closed = True
        if self._writer is not None:
            await self._writer
        self._thread.shutdown()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            outcomes: list[Exception | None]
            try:
                reasons = await loop.run_in_executor(self._thread, self._host.ask_each, [wish for wish, _ in batch])
                outcomes = [None if reason is None else Refused(reason) for reason in reasons]
            except OSError:
                outcomes = [Refused("not-kept") for _ in batch]
            except Exception as error:  # whoever waits is told, whatever it is
                outcomes = [error for _ in batch]
            for (_, done), outcome in zip(batch, outcomes, strict=True):
                if done.cancelled():
                    continue
                if outcome is None:
                    done.set_result(None)
                else:
                    done.set_exception(outcome)
        self._writer = None
