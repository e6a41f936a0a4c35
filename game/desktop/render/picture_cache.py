"""Picture cache: paints on a worker thread, so that a page shows at once and its picture follows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pygame

from game.desktop.process_memory import trim_memory
from game.lang.typecheck import Value
from game.painter.canvas.byte_cache import ByteCache
from game.play.page import Picture

if TYPE_CHECKING:
    from game.painter import Painting

BUDGET = 42_000_000  # bytes of paintings kept: five for a window of 1920 by 1080
MAX_QUEUED = 24  # requests that may wait: if a reader passes pages quickly, the worker drops the oldest
MOST = 240_000_000  # the most bytes of paintings kept: seven for a window of 3840 by 2160
MIN_KEPT = 3  # so many paintings are kept at any size: those of this page, the last and the next


class PictureRequest(NamedTuple):
    """A request for a picture, in pixels of a window. Equal requests give the same pixels. `covered`: left, top,
    width and height of what the reading sheet covers. `foot`: the height of what the tools cover at the lower edge."""

    scene: str  # a name in game/scene_table.py
    params: tuple[tuple[str, Value], ...]  # sorted by name
    size: tuple[int, int]
    covered: tuple[int, int, int, int]
    foot: int = 0


def request_for(
    picture: Picture, size: tuple[int, int], covered: tuple[int, int, int, int], foot: int = 0
) -> PictureRequest:
    """Return the request for `picture`. The other arguments are as in `PictureRequest`."""
    return PictureRequest(picture.scene, tuple(sorted(picture.painted.items())), size, covered, foot)


def _bytes(request: PictureRequest, _: object = None) -> int:
    """Return the bytes that a painting takes. A failed painting counts as much, so that few failures are kept."""
    return request.size[0] * request.size[1] * 4


def budget_for(pictures: int, size: tuple[int, int]) -> int:
    """Return the bytes to keep for this number of pictures of `size` pixels, at least `BUDGET` and at most `MOST`."""
    return min(max(BUDGET, pictures * size[0] * size[1] * 4), MOST)


def paint_picture(request: PictureRequest, scratch: dict[str, bytearray]) -> Painting:
    """Paint a picture. `scratch` keeps working memory by name, for the next painting to use again."""
    from game.painter import painting  # imported late: the first frame need not wait for the painter

    covered = pygame.Rect(request.covered)
    return painting(request.scene, dict(request.params), request.size, covered, request.foot, scratch=scratch)


class PictureCache(Protocol):
    """Interface for caches that take requests for paintings and keep the paintings that are ready."""

    def get(self, request: PictureRequest) -> Painting | None:
        """Return the painting; None if it is not ready or has failed."""

    def request(self, *requests: PictureRequest) -> None:
        """Request these paintings. The first is painted first."""

    def keep(self, requests: Iterable[PictureRequest]) -> None:
        """Until the next call, never evict the paintings of these requests."""


class ImmediatePictures:
    """A picture cache for screenshots: `get` paints at once."""

    def __init__(self) -> None:
        self._ready: ByteCache[PictureRequest, Painting] = ByteCache(0, _bytes, MIN_KEPT)

    def get(self, request: PictureRequest) -> Painting:
        return self._ready.get_or_make(request, lambda: paint_picture(request, {}))

    def request(self, *requests: PictureRequest) -> None:
        """Do nothing: `get` paints."""

    def keep(self, requests: Iterable[PictureRequest]) -> None:
        """Do nothing: a screenshot is drawn once."""


class PictureWorker:
    """A picture cache whose worker thread paints the newest request first.

    The worker calls `on_ready` after each picture, and `on_error` with one line if painting fails. `budget` is the
    number of bytes of paintings to keep.
    """

    def __init__(
        self,
        on_ready: Callable[[], None],
        on_error: Callable[[str], None],
        budget: int = BUDGET,
        paint: Callable[[PictureRequest, dict[str, bytearray]], Painting] = paint_picture,
    ) -> None:
        self._paint, self._on_ready, self._on_error = paint, on_ready, on_error
        self._ready: ByteCache[PictureRequest, Painting | None] = ByteCache(budget, _bytes, MIN_KEPT)
        self._lock = threading.Condition()
        self._queue: deque[PictureRequest] = deque(maxlen=MAX_QUEUED)
        self._scratch: dict[str, bytearray] = {}  # the worker's; 16 MB for a window of 1920 by 1080
        self._closed = False
        self._worker: threading.Thread | None = None

    def get(self, request: PictureRequest) -> Painting | None:
        return self._ready.get(request)

    def request(self, *requests: PictureRequest) -> None:
        with self._lock:
            self._queue += [request for request in reversed(requests) if request not in self._ready]
            self._lock.notify()
        if self._worker is None and self._queue:
            self._worker = threading.Thread(target=self._work, name="painter", daemon=True)
            self._worker.start()

    def keep(self, requests: Iterable[PictureRequest]) -> None:
        """Never evict the paintings of `requests`. If these leave no room for `MIN_KEPT` others, keep only the first.

        An unused kiosk shows the same few pictures all day. To paint nine of 3840 by 2160 again in each round would
        take a sixth of a core.
        """
        pinned: list[PictureRequest] = []
        for request in dict.fromkeys(requests):
            pinned.append(request)
            if sum(map(_bytes, pinned)) > self._ready.budget - MIN_KEPT * _bytes(request):
                pinned.pop()
                break
        self._ready.pin(pinned)

    def close(self) -> None:
        """Stop the worker after its current painting. Wait up to 5 s."""
        with self._lock:
            self._closed = True
            self._lock.notify()
        if self._worker is not None:
            self._worker.join(5)

    def _next(self) -> PictureRequest | None:
        """Wait for the newest request that is not ready, and return it. Return None once the cache is closed."""
        with self._lock:
            while not self._closed:
                while self._queue:
                    request = self._queue.pop()
                    if request not in self._ready:
                        return request
                self._scratch.clear()
                self._lock.wait()
            return None

    def _work(self) -> None:
        while (request := self._next()) is not None:
            painting: Painting | None = None
            self._ready.make_room(_bytes(request))
            trim_memory()  # painting takes the most memory: this gives back 4 to 11 MB of gaps left by words
            try:
                painting = self._paint(request, self._scratch)
            except Exception as error:  # a page can be read without its picture
                self._on_error(f"{request.scene} cannot be painted: {error}")
            with self._lock:
                self._ready.put(request, painting)
            self._on_ready()
