"""Batch commands into few writes of the log: all commands that come during one write go into the next write."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from game.classroom.commands import Refused
from game.classroom.host import Command, Host

_Waiting = tuple[Command, asyncio.Future[None]]


class WriteBatcher:
    """Executes commands on a thread of its own, because a write waits for the disk. Call it from one event loop."""

    def __init__(self, host: Host) -> None:
        self._host, self._loop = host, asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, "class-log")
        self._queue: list[_Waiting] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False

    async def execute(self, command: Command) -> None:
        """Execute a command, and return once it is on disk. Raises Refused, with `not-kept` if the log fails."""
        if self._closed:
            raise Refused("not-kept")
        done = self._loop.create_future()
        self._queue.append((command, done))
        if self._idle.is_set():
            self._idle.clear()
            self._loop.call_soon(self._start_write)  # not at once, so that other ready commands go with it
        await done

    @property
    def is_busy(self) -> bool:
        return not self._idle.is_set()

    async def close(self) -> None:
        """Take no more commands. Write those that have come."""
        self._closed = True
        await self._idle.wait()
        self._thread.shutdown()

    def _start_write(self) -> None:
        batch, self._queue = self._queue, []
        self._thread.submit(self._write, batch)

    def _write(self, batch: list[_Waiting]) -> None:
        outcomes: list[Exception | None]
        try:
            reasons = self._host.execute_all([command for command, _ in batch])
            outcomes = [None if reason is None else Refused(reason) for reason in reasons]
        except OSError:
            outcomes = [Refused("not-kept") for _ in batch]
        except Exception as error:  # whatever the error is, every waiting caller gets it
            outcomes = [error for _ in batch]
        self._loop.call_soon_threadsafe(self._finish_write, batch, outcomes)

    def _finish_write(self, batch: list[_Waiting], outcomes: list[Exception | None]) -> None:
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if done.cancelled():
                continue
            if outcome is None:
                done.set_result(None)
            else:
                done.set_exception(outcome)
        if self._queue:
            self._start_write()
        else:
            self._idle.set()
