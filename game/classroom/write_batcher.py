"""Batches commands into few log writes: what comes while one write runs goes into the next, all together."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from game.classroom.commands import Refused
from game.classroom.host import Command, Host


class WriteBatcher:
    """Executes commands on a thread of its own, since a write waits for the disk. To be used on one event loop."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._thread = ThreadPoolExecutor(1, "class-log")
        self._queue: list[tuple[Command, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._closed = False

    async def execute(self, command: Command) -> None:
        """Return once the command is on disk. Raises Refused; with `not-kept` where the disk does not take it."""
        if self._closed:
            raise Refused("not-kept")
        done = asyncio.get_running_loop().create_future()
        self._queue.append((command, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_queue())
        await done

    @property
    def is_busy(self) -> bool:
        """Whether a command is not on disk yet, or was only just acknowledged."""
        return self._writer is not None

    async def close(self) -> None:
        """Take nothing more, and write what was taken."""
        self._closed = True
        if self._writer is not None:
            await self._writer
        self._thread.shutdown()

    async def _write_queue(self) -> None:
        loop = asyncio.get_running_loop()
        while self._queue:
            batch, self._queue = self._queue, []
            outcomes: list[Exception | None]
            try:
                commands = [command for command, _ in batch]
                reasons = await loop.run_in_executor(self._thread, self._host.execute_all, commands)
                outcomes = [None if reason is None else Refused(reason) for reason in reasons]
            except OSError:
                outcomes = [Refused("not-kept") for _ in batch]
            except Exception as error:  # every waiting caller gets it, whatever it is
                outcomes = [error for _ in batch]
            for (_, done), outcome in zip(batch, outcomes, strict=True):
                if done.cancelled():
                    continue
                if outcome is None:
                    done.set_result(None)
                else:
                    done.set_exception(outcome)
        self._writer = None
