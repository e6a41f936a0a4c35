"""The busy times of a window between two moments at which it listens or rests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import pygame

# where the window listens or sleeps
RESTS = (
    (pygame.event, "wait"), (pygame.event, "get"), (pygame.event, "pump"), (pygame.time, "wait"),
    (pygame.time, "delay"), (time, "sleep"),
)  # fmt: skip


class Watch:
    """Records how long the program is busy between two moments at which it listens or rests."""

    def __init__(self) -> None:
        self.busy: list[float] = []
        self.worked: list[float] = []  # the same, without what other programs and threads took of it
        self._since: tuple[float, float] | None = None

    def around(self, rest: Callable[..., Any]) -> Callable[..., Any]:
        """`rest`, a function in which the program listens or sleeps, with a record of its calls."""

        @wraps(rest)
        def noted(*arguments: Any, **named: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return rest(*arguments, **named)
            if self._since is not None:
                self.busy.append(time.perf_counter() - self._since[0])
                self.worked.append(time.thread_time() - self._since[1])
            try:
                return rest(*arguments, **named)
            finally:
                self._since = time.perf_counter(), time.thread_time()

        return noted
