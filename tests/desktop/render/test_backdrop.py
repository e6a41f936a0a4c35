"""Thumbnails: the saves show their pages' pictures after the painter has made them. An image alone."""

from __future__ import annotations

import pytest

from game.desktop.render.backdrop import SIZE, request_of
from game.desktop.render.picture_cache import PictureRequest
from game.painter import Painting
from game.play import begin
from game.play.page import Picture
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.state import ScreenView
from game.ui.tree import walk
from tests.desktop.session_driver import Album, Seat, SessionDriver
from tests.painter.pictures import pixels
from tests.ui.app_driver import at_page

SCREEN = (1080, 1920)


class SlowAlbum(Album):
    """Has its thumbnails only once they are `painted`, and all other pictures at once."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = False
        self.requested: list[PictureRequest] = []

    def get(self, what: PictureRequest) -> Painting | None:
        return super().get(what) if self.painted or what.size != SIZE else None

    def request(self, *requests: PictureRequest) -> None:
        self.requested += [request for request in requests if request.size == SIZE]


def with_a_slot(seat: Seat, story: Story, album: Album | None = None) -> SessionDriver:
    driver = seat(story, size=(1920, 1080), role="miller", album=album)
    return driver.press("begin:miller", "pause", "slots-store", "store:2")


def test_a_slot_shows_the_picture_of_its_page(seat: Seat, mill: Story) -> None:
    driver = with_a_slot(seat, mill)
    assert [node.id for node in walk(driver.tree) if node.role == "image"] == ["picture-2"]
    main = driver.view.plan.main
    box = next(item for item in main.items if item.id == "picture-2")
    x, y = main.view.x + box.rect.x, main.view.y + box.rect.y
    driver.rest()
    shown = driver.screen.get_at((x + box.rect.w // 2, y + box.rect.h // 2))[:3]
    assert shown == pytest.approx((90, 100, 70), abs=3), "the album's sheet, made smaller"


def test_thumbnail_appears_once_it_is_painted(seat: Seat, mill: Story) -> None:
    album = SlowAlbum()
    driver = with_a_slot(seat, mill, album)
    driver.rest()
    before = pixels(driver.screen)
    assert not driver.look()
    for _ in range(2):
        driver.session.request_pictures()
    assert len(album.requested) == 1, "not again for each frame"
    album.painted = True
    assert driver.look()
    assert pixels(driver.screen) != before


def test_an_image_that_is_looked_at_alone_has_the_whole_window(mill: Story, words: Catalogue) -> None:
    image = Picture("image", {"file": "a.png", "x": 50, "y": 90})
    page = at_page(words, begin(mill, "miller"))
    alone = page.pushed(ScreenView("picture"))
    assert request_of(image, page, SCREEN) != request_of(image, alone, SCREEN)
    request = request_of(image, alone, SCREEN)
    assert request is not None and request.covered[2:] == (0, 0)
    assert request_of(page.current.page.picture, page, SCREEN) == request_of(page.current.page.picture, alone, SCREEN)
