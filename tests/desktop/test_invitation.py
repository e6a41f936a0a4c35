"""A kiosk's invitation in the window: one village goes through its years, calmly, and is painted once."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from game.desktop.render import kept_pictures
from game.desktop.render.backdrop import SLOW_FADE, SLOW_RATE
from game.desktop.render.fonts import Fonts
from game.desktop.render.kept_pictures import KeptPictures
from game.desktop.render.picture_cache import PictureRequest
from game.desktop.session import Session
from game.kiosk.app import INVITATION_SECONDS, offer_of, settings_of
from game.kiosk.config.configuration import Config
from game.painter import Painting
from game.story.model import Story
from game.ui import intents
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.settings import Settings
from game.ui.tree import walk
from tests.clock import Clock
from tests.desktop.session_driver import SessionDriver

UPRIGHT = (540, 960)


class Painter:
    """A picture cache that has each picture once it was asked for; of these it keeps the last three."""

    def __init__(self) -> None:
        self.painted: list[PictureRequest] = []
        self.ready: dict[PictureRequest, Painting] = {}

    def get(self, request: PictureRequest) -> Painting | None:
        return self.ready.get(request)

    def request(self, *requests: PictureRequest) -> None:
        for one in requests:
            if one not in self.ready:
                self.painted.append(one)
                self.ready[one] = Painting(pygame.Surface(one.size), ())
                self.ready[one].surface.fill((len(self.painted) * 20 % 256, 90, 60))
        while len(self.ready) > 3:
            del self.ready[next(iter(self.ready))]


class Nobody:
    """An effect runner with nothing to carry out."""

    def carry_out(self, effect: object) -> None:
        return None


def kiosk(shipped: Story, fonts: Fonts, painter: Painter, settings: Settings | None = None) -> SessionDriver:
    offer, clock = offer_of([shipped], Config()), Clock()
    app = start_kiosk(offer, settings or settings_of(Config()))
    session = Session(app, UPRIGHT, fonts, painter, Nobody(), clock)
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


def test_the_village_goes_through_its_years_and_begins_again(shipped: Story, fonts: Fonts) -> None:
    """From 1958 to 1962, each still for an even part of the round, and from the last to the first as between others."""
    driver = kiosk(shipped, fonts, Painter())
    offer = driver.session.app.visit.offer  # type: ignore[union-attr]
    assert offer.ages and offer.scene_seconds * len(offer.scenes) == pytest.approx(INVITATION_SECONDS)
    seen = [year(driver)]
    for _ in offer.scenes:
        pass_a_year(driver)
        seen.append(year(driver))
    assert seen == [*sorted(seen[:-1]), "1958"] and set(seen) == {str(one) for one in range(1958, 1963)}


def test_each_picture_is_painted_once_however_often_it_comes(shipped: Story, fonts: Fonts) -> None:
    """A second round, and a third, ask the painter for nothing."""
    painter = Painter()
    driver = kiosk(shipped, fonts, painter)
    for _ in range(27):
        pass_a_year(driver)
    assert len(painter.painted) == 9 == len(set(painter.painted))


def test_the_next_picture_is_painted_ahead(shipped: Story, fonts: Fonts) -> None:
    """So that the year and its picture come together."""
    painter = Painter()
    driver = kiosk(shipped, fonts, painter)
    assert len(painter.painted) == 2
    driver.session.dispatch(intents.NextScene())
    driver.look()
    assert driver.session.transitioning


def test_a_year_fades_into_the_next_in_few_frames(shipped: Story, fonts: Fonts) -> None:
    """At the pace of what moves in pictures: the kiosk does this all day."""
    driver = kiosk(shipped, fonts, Painter())
    driver.session.dispatch(intents.NextScene())
    driver.look()
    frames = 0
    while driver.session.transitioning:
        due = driver.session.seconds_to_frame
        assert due is not None and 0 < due <= 1 / SLOW_RATE + 0.001
        driver.wait(due)
        assert driver.look()
        frames += 1
    assert frames == pytest.approx(SLOW_FADE * SLOW_RATE, abs=2)


def test_with_reduced_motion_it_steps_from_still_to_still(shipped: Story, fonts: Fonts) -> None:
    """The picture changes at once with its year, and nothing moves."""
    driver = kiosk(shipped, fonts, Painter(), replace(settings_of(Config()), motion="reduced"))
    before = pygame.image.tobytes(driver.screen, "RGB")
    driver.session.dispatch(intents.NextScene())
    assert driver.look()
    assert not driver.session.transitioning and driver.session.seconds_to_frame is None
    assert pygame.image.tobytes(driver.screen, "RGB") != before


def test_what_is_kept_goes_with_another_size(fonts: Fonts) -> None:
    """Naming others lets go of those before; what is not named is not kept."""
    painter = Painter()
    kept = KeptPictures(painter)
    one, other = (PictureRequest("years", (("bowls", n),), UPRIGHT, (0, 0, 0, 0)) for n in (1, 2))
    kept.keep([one])
    kept.request(one, other)
    picture = kept.get(one)
    painter.ready.clear()
    assert kept.get(one) is picture and kept.get(other) is None
    kept.keep([other])
    assert kept.get(one) is None


def test_of_large_pictures_only_those_are_kept_that_memory_has_room_for(fonts: Fonts) -> None:
    """At 3840 by 2160 four of nine, 133 MB of 299; the others come from the painter, and only once they are ready."""
    painter = Painter()
    kept = KeptPictures(painter)
    large = [PictureRequest("years", (("bowls", n),), (3840, 2160), (0, 0, 0, 0)) for n in range(9)]
    kept.keep(large)
    for one in large:
        painter.ready[one] = Painting(pygame.Surface((1, 1)), ())
        assert kept.get(one) is not None
    painter.ready.clear()
    assert [kept.get(one) is not None for one in large] == [True] * 4 + [False] * 5
    kept.request(*large[3:6])
    assert painter.painted == large[4:6], "those that are kept are not painted anew"


def test_the_round_goes_on_where_not_all_of_its_pictures_are_kept(
    shipped: Story, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each picture is there when its turn comes, for it was painted one ahead."""
    monkeypatch.setattr(kept_pictures, "MOST_KEPT", 2 * 4 * UPRIGHT[0] * UPRIGHT[1])
    painter = Painter()
    driver = kiosk(shipped, fonts, painter)
    for _ in range(27):
        before = list(painter.painted)
        driver.session.dispatch(intents.NextScene())
        driver.look()
        assert driver.session.transitioning and painter.painted == before
        driver.rest()
        driver.session.request_pictures()
    assert 9 < len(painter.painted) <= 9 + 3 * 7
