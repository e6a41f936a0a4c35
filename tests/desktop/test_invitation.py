"""A kiosk's invitation in the window: one village goes through its years, calmly, and each picture is painted once."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game.desktop.pupils_window import NoEffects
from game.desktop.render.backdrop import SLOW_FADE, SLOW_RATE
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import MIN_KEPT, PictureRequest, PictureWorker
from game.desktop.session import Session
from game.kiosk.app import INVITATION_SECONDS, offer_of, settings_of
from game.kiosk.config.configuration import Config
from game.painter import Painting
from game.story.model import Story
from game.ui import intents
from game.ui.handlers.visit_handlers import reset_kiosk, start_kiosk
from game.ui.settings import Settings
from game.ui.tree import numbered, walk
from tests.clock import Clock
from tests.desktop.session_driver import SessionDriver
from tests.painter.pictures import pixels

UPRIGHT = (540, 960)
BYTES = 4 * UPRIGHT[0] * UPRIGHT[1]
PICTURES = 10  # that the budget has room for: those of the invitation, and one more


class Painter(PictureWorker):
    """The window's picture worker with stand-ins for paintings; a request waits until they are painted."""

    def __init__(self, budget: int = PICTURES * BYTES) -> None:
        self.painted: list[str] = []
        self.alive: weakref.WeakSet[pygame.Surface] = weakref.WeakSet()
        self._done = threading.Semaphore(0)
        super().__init__(self._done.release, self.painted.append, budget, self._paint_plain)

    def _paint_plain(self, request: PictureRequest, scratch: object) -> Painting:
        surface = pygame.Surface(request.size)
        self.painted.append(f"{request.scene} {request.params}")
        surface.fill((len(self.painted) * 20 % 256, 90, 60))
        self.alive.add(surface)
        return Painting(surface, ())

    def request(self, *requests: PictureRequest) -> None:
        missing = [request for request in dict.fromkeys(requests) if self.get(request) is None]
        super().request(*requests)
        for _ in missing:
            assert self._done.acquire(timeout=10)


@pytest.fixture
def painter() -> Iterator[Painter]:
    painter = Painter()
    yield painter
    painter.close()


def kiosk(shipped: Story, fonts: Fonts, painter: Painter, settings: Settings | None = None) -> SessionDriver:
    offer, clock = offer_of([shipped], Config()), Clock()
    app = start_kiosk(offer, settings or settings_of(Config()))
    session = Session(app, UPRIGHT, fonts, painter, NoEffects(), clock)
    session.request_pictures()
    driver = SessionDriver(session, clock)
    driver.rest()
    session.request_pictures()
    return driver


def pass_a_year(driver: SessionDriver) -> None:
    driver.session.dispatch(intents.NextScene())
    driver.session.request_pictures()
    driver.look()
    driver.rest()
    driver.session.request_pictures()


def year(driver: SessionDriver) -> str:
    return next(node.label for node in walk(driver.tree) if node.style == "year")


def test_the_village_goes_through_its_years_and_begins_again(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    driver = kiosk(shipped, fonts, painter)
    offer = driver.session.app.current_visit.offer
    assert offer.ages and offer.scene_seconds * len(offer.scenes) == pytest.approx(INVITATION_SECONDS)
    seen = [year(driver)]
    for _ in offer.scenes:
        pass_a_year(driver)
        seen.append(year(driver))
    assert seen == [*sorted(seen[:-1]), "1958"] and set(seen) == {str(year) for year in range(1958, 1963)}


def test_each_picture_is_painted_once_however_often_it_comes(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    driver = kiosk(shipped, fonts, painter)
    for _ in range(27):
        pass_a_year(driver)
    assert len(painter.painted) == 9 == len(set(painter.painted))


def test_the_next_picture_is_painted_ahead(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    driver = kiosk(shipped, fonts, painter)
    assert len(painter.painted) == 2
    driver.session.dispatch(intents.NextScene())
    driver.look()
    assert driver.session.transitioning


def test_a_year_fades_into_the_next_in_few_frames(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    """At the rate of animations in pictures, since the kiosk does this all day."""
    driver = kiosk(shipped, fonts, painter)
    driver.session.dispatch(intents.NextScene())
    driver.look()
    frames = 0
    while driver.session.transitioning:
        due = driver.session.seconds_to_frame
        assert due is not None and 0 < due <= 1 / SLOW_RATE + 0.001
        assert driver.look_after(due)
        frames += 1
    assert frames == pytest.approx(SLOW_FADE * SLOW_RATE, abs=2)


def test_with_reduced_motion_it_steps_from_still_to_still(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    driver = kiosk(shipped, fonts, painter, replace(settings_of(Config()), motion="reduced"))
    before = pixels(driver.screen)
    driver.session.dispatch(intents.NextScene())
    assert driver.look()
    assert not driver.session.transitioning and driver.session.seconds_to_frame is None
    assert pixels(driver.screen) != before


def test_the_round_goes_on_where_not_all_of_its_pictures_are_kept(shipped: Story, fonts: Fonts) -> None:
    painter = Painter((2 + MIN_KEPT) * BYTES)
    driver = kiosk(shipped, fonts, painter)
    for _ in range(27):
        before = list(painter.painted)
        driver.session.dispatch(intents.NextScene())
        driver.look()
        assert driver.session.transitioning and painter.painted == before
        driver.rest()
        driver.session.request_pictures()
    painter.close()
    assert 9 < len(painter.painted) <= 9 + 3 * 7


def test_visits_and_invitation_share_one_budget_for_pictures(shipped: Story, fonts: Fonts, painter: Painter) -> None:
    driver = kiosk(shipped, fonts, painter)
    offer = driver.session.app.current_visit.offer
    for scenes in (2, 9):
        driver.press("come-in", f"enter:{offer.roles[0]}/{offer.cut}")
        for _ in range(12):
            driver.press(numbered(driver.tree)[0].id)
            for _ in range(2):  # this page's picture, then those of the next pages
                driver.session.request_pictures()
                driver.look()
                driver.rest()
        driver.session.show(reset_kiosk(driver.session.app, settings_of(Config())))
        for _ in range(scenes):
            pass_a_year(driver)
            assert len(painter.alive) <= PICTURES
    assert len(painter.alive) == PICTURES
