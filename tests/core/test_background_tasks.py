"""Background tasks: a failed task is logged and restarted, and a cancelled task ends."""

from __future__ import annotations

import asyncio

import pytest

from game.core.background_tasks import end_tasks, keep_running, run_logged


async def test_a_task_that_fails_is_logged_and_started_again(caplog: pytest.LogCaptureFixture) -> None:
    """The log names the task and the place, not what people sent."""
    failures, again, sent = list[None](), asyncio.Event(), " ".join(["a", "vote"])

    async def run() -> None:
        if len(failures) < 2:
            raise KeyError(sent)
        again.set()
        await asyncio.Event().wait()

    task = keep_running("hear others", run, lambda: failures.append(None))
    await again.wait()
    assert len(failures) == 2
    assert caplog.text.count("`hear others` failed: KeyError") == 2
    assert "in run" in caplog.text and sent not in caplog.text
    await end_tasks([task])
    assert task.cancelled()


async def test_an_error_of_a_task_that_runs_once_is_logged_and_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        "\ud800".encode()

    failures = list[None]()
    await run_logged("send", run, lambda: failures.append(None))
    assert "`send` failed: UnicodeEncodeError" in caplog.text and len(failures) == 1


async def test_a_task_that_survives_a_cancellation_ends() -> None:
    """Like a task in which `asyncio.wait_for` of Python 3.11 has just finished."""
    survived = list[None]()

    async def run() -> None:
        while len(survived) < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                survived.append(None)
        await asyncio.Event().wait()

    task = asyncio.create_task(run())
    await asyncio.sleep(0)
    await end_tasks([task])
    assert task.cancelled() and len(survived) == 3
