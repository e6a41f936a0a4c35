"""Editions finder: finds the languages and lengths of a story behind the first frames of the first start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread

from game.desktop.listeners import Listener
from game.ui.editions import Edition
from game.ui.intents import EditionsFound, Intent


class EditionsFinder(Listener):
    """Calls `find` in a thread of its own, and reports its answer; a story that cannot be read meanwhile has none."""

    def __init__(self, find: Callable[[], Sequence[Edition]]) -> None:
        self._answers: SimpleQueue[Sequence[Edition]] = SimpleQueue()
        # No daemon: Python ends such a thread inside pydantic's native code, which then aborts the whole program.
        Thread(target=self._run, args=(find,), name="editions").start()

    def _run(self, find: Callable[[], Sequence[Edition]]) -> None:
        with suppress(OSError):
            self._answers.put(find())

    def poll(self) -> Intent | None:
        """`EditionsFound`, once."""
        try:
            return EditionsFound(self._answers.get_nowait())
        except Empty:
            return None
