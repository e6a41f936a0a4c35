"""Picture cache: it paints the newest request first, is bounded, and reports failures."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.desktop.render import picture_cache
from game.desktop.render.picture_cache import (
    MAX_QUEUED,
    MIN_KEPT,
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


class CacheDriver:
    """A cache whose painter can be stopped, with its paintings and reports."""

    def __init__(self, kept: int = 1_000_000) -> None:
        self.painted: list[str] = []
        self.reports: list[str] = []
        self.scratch: dict[str, bytearray] = {}
        self.reused: list[bool] = []  # for each picture: whether there was memory of the one before
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = False  # before the gate
        self.ready = threading.Semaphore(0)
        self.pictures = PictureWorker(self.ready.release, self.reports.append, kept, self._paint)

    def _paint(self, request: PictureRequest, scratch: dict[str, bytearray]) -> Painting:
        self.waiting = True
        self.gate.wait(10)
        self.waiting = False
        self.painted.append(request.scene)
        self.scratch = scratch
        self.reused.append("work" in scratch)
        scratch["work"] = bytearray(1)
        if request.scene == "broken":
            raise RuntimeError("no such brush")
        return Painting(pygame.Surface(SIZE), ())

    def kept(self, *scenes: str) -> list[str]:
        return [scene for scene in scenes if self.pictures.get(wish(scene))]

    def paint(self, *scenes: str) -> None:
        for scene in scenes:
            self.pictures.request(wish(scene))
            self.wait_for(1)

    def paint_late(self, *scenes: str, painted: int) -> None:
        """Ask for all of these while the painter is stopped, and wait until so many are `painted`."""
        self.gate.clear()
        for scene in scenes:
            self.pictures.request(wish(scene))
        self.gate.set()
        self.wait_for(painted)

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self.ready.acquire(timeout=10)


@pytest.fixture
def driver() -> Iterator[CacheDriver]:
    driver = CacheDriver()
    yield driver
    driver.gate.set()
    driver.pictures.close()


def test_a_picture_comes_when_it_is_ready(driver: CacheDriver) -> None:
    driver.gate.clear()
    driver.pictures.request(wish("village"))
    assert driver.pictures.get(wish("village")) is None
    driver.gate.set()
    driver.wait_for(1)
    first = driver.pictures.get(wish("village"))
    assert first is not None
    driver.pictures.request(wish("village"))
    driver.paint("hall")
    assert driver.painted == ["village", "hall"]
    assert driver.pictures.get(wish("village")) is first


def test_newest_request_is_painted_first(driver: CacheDriver) -> None:
    driver.paint_late("one", "two", "three", "four", painted=4)
    assert driver.painted[1:] == ["four", "three", "two"] or driver.painted == ["four", "three", "two", "one"]


def test_queue_drops_the_oldest_requests(driver: CacheDriver) -> None:
    driver.paint_late(*(f"place-{number}" for number in range(MAX_QUEUED * 3)), painted=MAX_QUEUED)
    driver.pictures.close()
    assert MAX_QUEUED <= len(driver.painted) <= MAX_QUEUED + 1
    assert driver.painted[-1] == f"place-{MAX_QUEUED * 2}"


@pytest.mark.parametrize(("kept", "stay"), [(5 * BYTES, 5), (1, MIN_KEPT)])
def test_cache_stays_within_its_budget(kept: int, stay: int) -> None:
    driver = CacheDriver(kept)
    scenes = [f"place-{number}" for number in range(8)]
    driver.paint(*scenes)
    driver.pictures.close()
    assert driver.kept(*scenes) == scenes[-stay:]


def test_kept_pictures_stay_while_others_come() -> None:
    driver = CacheDriver(5 * BYTES)
    driver.pictures.keep([wish("year-1"), wish("year-2")])
    driver.paint("year-1", "a", "b", "year-2", "c", "d", "e")
    assert driver.kept("year-1", "year-2", "a", "b", "c", "d", "e") == ["year-1", "year-2", "c", "d", "e"]
    driver.pictures.keep([wish("c")])
    driver.paint("f", "g")
    driver.pictures.close()
    assert driver.kept("year-1", "year-2", "c", "d", "e", "f", "g") == ["c", "d", "e", "f", "g"]


def test_kept_pictures_count_in_the_budget() -> None:
    """The cache keeps as many as leave room for a page's few; of nine of 3840 by 2160 it keeps four."""
    driver = CacheDriver(budget_for(10, LARGE))
    years = [PictureRequest("years", (("bowls", bowls),), LARGE, (0, 0, 0, 0)) for bowls in range(9)]
    driver.pictures.keep(years)
    for year in [*years, *years]:
        if driver.pictures.get(year) is None:
            driver.pictures.request(year)
            driver.wait_for(1)
    driver.pictures.close()
    assert len(driver.painted) == 9 + 5, "those that are kept are not painted again"
    assert [driver.pictures.get(year) is not None for year in years] == [True] * 4 + [False] * 2 + [True] * 3


@settings(max_examples=30)
@given(pictures=st.integers(0, 60), width=st.integers(1, 4000), height=st.integers(1, 4000))
def test_a_budget_has_room_for_its_pictures_and_ends_at_the_most(pictures: int, width: int, height: int) -> None:
    budget = budget_for(pictures, (width, height))
    assert picture_cache.BUDGET <= budget <= picture_cache.MOST
    assert budget >= pictures * width * height * 4 or budget == picture_cache.MOST


def test_room_for_a_picture_is_made_before_it_is_painted() -> None:
    there: list[int] = []
    driver = CacheDriver(kept=(MIN_KEPT + 1) * BYTES)
    scenes = [f"place-{number}" for number in range(MIN_KEPT + 3)]
    for scene in scenes:
        driver.gate.clear()
        driver.pictures.request(wish(scene))
        until(lambda: driver.waiting, 10, "the painter to begin")
        there.append(len(driver.kept(*scenes)))
        driver.gate.set()
        driver.wait_for(1)
    assert there == [0, 1, 2, 3, 3, 3]
    assert driver.kept(*scenes) == scenes[-MIN_KEPT - 1 :]
    driver.pictures.close()


def test_memory_to_paint_with_is_reused_and_freed_at_the_end(driver: CacheDriver) -> None:
    driver.paint_late("one", "two", painted=2)
    assert driver.reused == [False, True]
    until(lambda: not driver.scratch, 10, "the worker to wait")


def test_painting_error_is_reported_and_survived(driver: CacheDriver) -> None:
    driver.paint("broken")
    driver.pictures.request(wish("broken"), wish("village"))
    driver.wait_for(1)
    assert driver.reports == ["broken cannot be painted: no such brush"]
    assert driver.painted == ["broken", "village"]
    assert driver.pictures.get(wish("broken")) is None


def test_the_order_of_parameters_does_not_matter() -> None:
    one, same, other = (
        request_for(Picture("village", params), SIZE, (0, 0, 1, 1))
        for params in ({"a": 1, "b": True}, {"b": True, "a": 1}, {"a": 2, "b": True})
    )
    assert one == same != other
