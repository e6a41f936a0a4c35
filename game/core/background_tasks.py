"""Background tasks: one that fails is logged and started again, and one that is ended does end."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0  # seconds before a task that failed is started again; each is twice the last
_STEADY = 60.0  # seconds after which a task that runs has recovered, and its pauses begin again
_CANCEL_AGAIN = 0.1  # seconds between two cancellations of a task that did not end


def keep_running(
    name: str, run: Callable[[], Awaitable[object]], failed: Callable[[], None] = lambda: None
) -> asyncio.Task[None]:
    """Start a task that does `run` until it is cancelled, and does it again after each failure.

    Args:
        name: what the log calls it.
        run: returns only because it failed.
        failed: is called after each failure.
    """

    async def run_again() -> None:
        now = asyncio.get_running_loop().time
        pause = FIRST_PAUSE
        while True:
            began = now()
            await run_logged(name, run, failed)
            if now() - began > _STEADY:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    return asyncio.create_task(run_again(), name=name)


async def run_logged(
    name: str, run: Callable[[], Awaitable[object]], failed: Callable[[], None] = lambda: None
) -> None:
    """Do `run` once. An error is logged, and not raised."""
    try:
        await run()
    except Exception as error:
        logging.getLogger(__name__).error("the background task `%s` failed: %s", name, _where(error))
        failed()


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks, and return once they have ended.

    A task may survive one cancellation: `asyncio.wait_for` of Python 3.11 swallows the one that comes at the moment
    its own work is done, and the client of Valkey sends by it. So each is cancelled until it has ended.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_CANCEL_AGAIN)


def _where(error: Exception) -> str:
    """An error's kind and the lines of code that it came through. Its message may hold what people sent: it is left
    out."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip()
