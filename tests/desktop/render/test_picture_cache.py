"""Picture cache: the newest request is painted first, the cache is bounded, failures are reported."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.desktop.render.picture_cache import (
    BUDGET,
    MAX_QUEUED,
    MIN_KEPT,
    MOST,
    PictureRequest,
    PictureWorker,
    budget_for,
    request_for,
)
from game.painter import Painting
from game.play.page import Picture
from tests.real.screen import until

SIZE = (40, 30)
BYTES = 40 * 30 * 4
LARGE = (3840, 2160)


def wish(scene: str) -> PictureRequest:
    return request_for(Picture(scene, {"forest": 3}), SIZE, (20, 0, 20, 30))


class Shelf:
    """Pictures whose painter can be held up, with what it painted and what was told."""

    def __init__(self, kept: int = 1_000_000) -> None:
        self.painted: list[str] = []
        self.told: list[str] = []
        self.scratch: dict[str, bytearray] = {}
        self.reused: list[bool] = []  # for each picture: whether there was memory of the one before
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = False  # before the gate
        self.ready = threading.Semaphore(0)
        self.pictures = PictureWorker(self._paint, self.ready.release, self.told.append, kept)

    def _paint(
        self, scene: str, params: dict[str, object], size: tuple[int, int], clear: pygame.Rect, foot: int,
        scratch: dict[str, bytearray],
    ) -> Painting:  # fmt: skip
        self.waiting = True
        self.gate.wait(10)
        self.waiting = False
        self.painted.append(scene)
        self.scratch = scratch
        self.reused.append("work" in scratch)
        scratch["work"] = bytearray(1)
        if scene == "broken":
            raise RuntimeError("no such brush")
        return Painting(pygame.Surface(SIZE), ())

    def kept(self, *scenes: str) -> list[str]:
        return [scene for scene in scenes if self.pictures.get(wish(scene))]

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self.ready.acquire(timeout=10)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    shelf.gate.set()
    shelf.pictures.close()


def test_a_picture_comes_when_it_is_ready(shelf: Shelf) -> None:
    """Asking does not wait; the picture is there after the worker is done, and is made once."""
    shelf.gate.clear()
    shelf.pictures.request(wish("village"))
    assert shelf.pictures.get(wish("village")) is None
    shelf.gate.set()
    shelf.wait_for(1)
    first = shelf.pictures.get(wish("village"))
    assert first is not None
    shelf.pictures.request(wish("village"))
    shelf.pictures.request(wish("hall"))
    shelf.wait_for(1)
    assert shelf.painted == ["village", "hall"]
    assert shelf.pictures.get(wish("village")) is first


def test_newest_request_is_painted_first(shelf: Shelf) -> None:
    """A reader who went on is not kept waiting by the pages that were passed."""
    shelf.gate.clear()
    shelf.pictures.request(wish("one"))
    for scene in ("two", "three", "four"):
        shelf.pictures.request(wish(scene))
    shelf.gate.set()
    shelf.wait_for(4)
    assert shelf.painted[1:] == ["four", "three", "two"] or shelf.painted == ["four", "three", "two", "one"]


def test_queue_drops_the_oldest_requests(shelf: Shelf) -> None:
    """However many were wished for meanwhile, only the latest wait for the painter."""
    shelf.gate.clear()
    for number in range(MAX_QUEUED * 3):
        shelf.pictures.request(wish(f"place-{number}"))
    shelf.gate.set()
    shelf.wait_for(MAX_QUEUED)
    shelf.pictures.close()
    assert MAX_QUEUED <= len(shelf.painted) <= MAX_QUEUED + 1
    assert shelf.painted[-1] == f"place-{MAX_QUEUED * 2}"


@pytest.mark.parametrize(("kept", "stay"), [(5 * BYTES, 5), (1, MIN_KEPT)])
def test_cache_stays_within_its_budget(kept: int, stay: int) -> None:
    """The oldest give way; the newest few stay however large they are."""
    shelf = Shelf(kept)
    for number in range(8):
        shelf.pictures.request(wish(f"place-{number}"))
        shelf.wait_for(1)
    there = [number for number in range(8) if shelf.pictures.get(wish(f"place-{number}"))]
    shelf.pictures.close()
    assert there == list(range(8))[-stay:]


def test_kept_pictures_stay_while_others_come() -> None:
    """Until others are named; what is named and not painted yet stays from then on."""
    shelf = Shelf(5 * BYTES)
    shelf.pictures.keep([wish("year-1"), wish("year-2")])
    for scene in ("year-1", "a", "b", "year-2", "c", "d", "e"):
        shelf.pictures.request(wish(scene))
        shelf.wait_for(1)
    assert shelf.kept("year-1", "year-2", "a", "b", "c", "d", "e") == ["year-1", "year-2", "c", "d", "e"]
    shelf.pictures.keep([wish("c")])
    for scene in ("f", "g"):
        shelf.pictures.request(wish(scene))
        shelf.wait_for(1)
    shelf.pictures.close()
    assert shelf.kept("year-1", "year-2", "c", "d", "e", "f", "g") == ["c", "d", "e", "f", "g"]


def test_kept_pictures_count_in_the_budget() -> None:
    """As many are kept as leave room for the few that a page needs; of nine of 3840 by 2160 these are four."""
    shelf = Shelf(budget_for(10, LARGE))
    years = [PictureRequest("years", (("bowls", bowls),), LARGE, (0, 0, 0, 0)) for bowls in range(9)]
    shelf.pictures.keep(years)
    for year in [*years, *years]:
        if shelf.pictures.get(year) is None:
            shelf.pictures.request(year)
            shelf.wait_for(1)
    shelf.pictures.close()
    assert len(shelf.painted) == 9 + 5, "those that are kept are not painted again"
    assert [shelf.pictures.get(year) is not None for year in years] == [True] * 4 + [False] * 2 + [True] * 3


@settings(max_examples=30)
@given(pictures=st.integers(0, 60), width=st.integers(1, 4000), height=st.integers(1, 4000))
def test_a_budget_has_room_for_its_pictures_and_ends_at_the_most(pictures: int, width: int, height: int) -> None:
    """It is never less than that of a window which shows no picture again and again."""
    budget = budget_for(pictures, (width, height))
    assert BUDGET <= budget <= MOST
    assert budget >= pictures * width * height * 4 or budget == MOST


def test_room_for_a_picture_is_made_before_it_is_painted() -> None:
    """Never one more than the budget has room for, also not while one is painted."""
    there: list[int] = []
    shelf = Shelf(kept=(MIN_KEPT + 1) * BYTES)
    scenes = [f"place-{number}" for number in range(MIN_KEPT + 3)]
    for scene in scenes:
        shelf.gate.clear()
        shelf.pictures.request(wish(scene))
        until(lambda: shelf.waiting, 10, "the painter to begin")
        there.append(len(shelf.kept(*scenes)))
        shelf.gate.set()
        shelf.wait_for(1)
    assert there == [0, 1, 2, 3, 3, 3]
    assert shelf.kept(*scenes) == scenes[-MIN_KEPT - 1 :]
    shelf.pictures.close()


def test_memory_to_paint_with_is_reused_and_freed_at_the_end(shelf: Shelf) -> None:
    """By pictures that are painted one after another; while nothing is requested it takes no room."""
    shelf.gate.clear()
    shelf.pictures.request(wish("one"), wish("two"))
    shelf.gate.set()
    shelf.wait_for(2)
    assert shelf.reused == [False, True]
    until(lambda: not shelf.scratch, 10, "the worker to wait")


def test_painting_error_is_reported_and_survived(shelf: Shelf) -> None:
    """One line names it, it is not tried again, and the next one is painted."""
    shelf.pictures.request(wish("broken"))
    shelf.wait_for(1)
    shelf.pictures.request(wish("broken"), wish("village"))
    shelf.wait_for(1)
    assert shelf.told == ["broken cannot be painted: no such brush"]
    assert shelf.painted == ["broken", "village"]
    assert shelf.pictures.get(wish("broken")) is None


def test_equal_requests_are_painted_once(shelf: Shelf) -> None:
    """The order in which parameters are named makes no other picture."""
    one = request_for(Picture("village", {"a": 1, "b": True}), SIZE, (0, 0, 1, 1))
    assert one == request_for(Picture("village", {"b": True, "a": 1}), SIZE, (0, 0, 1, 1))
    assert _typed(one) != _typed(request_for(Picture("village", {"a": 2, "b": True}), SIZE, (0, 0, 1, 1)))


_typed: Callable[[PictureRequest], tuple[object, ...]] = tuple
