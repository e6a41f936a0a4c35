"""Paintings, made beside the frame: a page shows at once, and its picture joins it when it is done."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pygame

from game.desktop.render.lazy_painter import paint_later
from game.lang.expressions import Value
from game.painter.canvas.byte_cache import ByteCache
from game.play.page import Picture

if TYPE_CHECKING:
    from game.painter import Painting

Paint = Callable[..., "Painting"]
KEPT = 42_000_000  # bytes of paintings: five for a window of 1920 by 1080
WISHES = 24  # that wait: whoever turns pages quickly is not owed the pictures of all that was passed
LEAST = 3  # paintings kept however large they are: this page's, the last one's and the next one's


class PictureRequest(NamedTuple):
    """A picture for a window: equal ones are the same pixels."""

    scene: str
    params: tuple[tuple[str, Value], ...]
    size: tuple[int, int]
    clear: tuple[int, int, int, int]


def request_for(picture: Picture, size: tuple[int, int], clear: tuple[int, int, int, int]) -> PictureRequest:
    return PictureRequest(picture.scene, tuple(sorted(picture.params.items())), size, clear)


def paint_picture(paint: Paint, what: PictureRequest) -> Painting:
    return paint(what.scene, dict(what.params), what.size, pygame.Rect(what.clear))


class PictureCache(Protocol):
    """Where paintings are asked for, and found once they are there."""

    def get(self, what: PictureRequest) -> Painting | None: ...
    def ask(self, *wishes: PictureRequest) -> None: ...


class ImmediatePictures:
    """A shelf for whoever has time: what is looked for is painted then and there, and the last few are kept."""

    def __init__(self) -> None:
        self._ready: ByteCache[PictureRequest, Painting] = ByteCache(0, _bytes, LEAST)

    def get(self, what: PictureRequest) -> Painting:
        return self._ready.get_or_make(what, lambda: paint_picture(paint_later, what))

    def ask(self, *wishes: PictureRequest) -> None:
        """Nothing is painted ahead."""


class PictureWorker:
    """A worker that paints the newest wish first, and a cache of what it painted, of `kept` bytes.

    `done` is called from the worker whenever a picture is ready; `failed` with a line where one could not be made.
    """

    def __init__(self, paint: Paint, done: Callable[[], None], failed: Callable[[str], None], kept: int = KEPT) -> None:
        self._paint, self._done, self._failed = paint, done, failed
        self._ready: ByteCache[PictureRequest, Painting | None] = ByteCache(kept, _bytes, LEAST)
        self._lock = threading.Condition()
        self._wishes: deque[PictureRequest] = deque(maxlen=WISHES)
        self._closed = False
        self._worker: threading.Thread | None = None

    def get(self, what: PictureRequest) -> Painting | None:
        """The picture, or None where it is not ready (or could not be painted)."""
        return self._ready.get(what)

    def ask(self, *wishes: PictureRequest) -> None:
        """Paint these, the first one first, unless they are there."""
        with self._lock:
            self._wishes += [what for what in reversed(wishes) if what not in self._ready]
            self._lock.notify()
        if self._worker is None and self._wishes:
            self._worker = threading.Thread(target=self._work, name="painter", daemon=True)
            self._worker.start()

    def close(self) -> None:
        """Let the worker end with the painting that it is at."""
        with self._lock:
            self._closed = True
            self._lock.notify()
        if self._worker is not None:
            self._worker.join(5)

    def _next(self) -> PictureRequest | None:
        """The newest wish that is not there yet; waits for one, and gives None once it is closed."""
        with self._lock:
            while not self._closed:
                while self._wishes:
                    what = self._wishes.pop()
                    if what not in self._ready:
                        return what
                self._lock.wait()
            return None

    def _work(self) -> None:
        while (what := self._next()) is not None:
            painting: Painting | None = None
            try:
                painting = paint_picture(self._paint, what)
            except Exception as error:  # a page without its picture can still be read
                self._failed(f"{what.scene} cannot be painted: {error}")
            with self._lock:
                self._ready.put(what, painting)
            self._done()


def _bytes(what: PictureRequest, _: object) -> int:
    """Of a painting; also of one that could not be made, so that not any number of these is remembered."""
    return what.size[0] * what.size[1] * 4
