"""Background tasks: run a task again after it failed, and make sure that a task has ended."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0  # seconds until a restart, doubled after each failure
_STEADY = 60.0  # seconds: a task that ran so long has recovered, and its next pause is short again
_CANCEL_AGAIN = 0.1  # seconds between two cancellations of a task that did not end


def keep_running(
    name: str, run: Callable[[], Awaitable[object]], failed: Callable[[], None] = lambda: None
) -> asyncio.Task[None]:
    """Start a task that calls `run`, and calls it again after each failure, until the task is cancelled. `run` should
    not return; `failed` is called after each failure."""

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
    """Call `run` once. If it fails, log its error instead of raising it, and call `failed`."""
    try:
        await run()
    except Exception as error:
        logging.getLogger(__name__).error("the background task `%s` failed: %s", name, _where(error))
        failed()


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks, and wait until all have ended. A task that goes on is cancelled again: in Python 3.11,
    `asyncio.wait_for`, which the Valkey client calls, ignores a cancellation that comes just as the work is done."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_CANCEL_AGAIN)


def _where(error: Exception) -> str:
    """Return an error's type and traceback for the log. Leave out its message, which may hold what people sent."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip()
