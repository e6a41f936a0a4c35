"""Run a coroutine as a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


def async_test(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """Decorator: run a coroutine test on an event loop of its own, for half a minute at most."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def body() -> None:
            async with asyncio.timeout(30):
                await test(*args, **kwargs)

        asyncio.run(body())

    return run
