"""Thumbnails: the saves show their pages' pictures once these are painted."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.story.model import Story
from tests.desktop.session_driver import SessionDriver

Seat = Callable[..., SessionDriver]


def test_a_slot_shows_the_picture_of_its_page(seat: Seat, mill: Story) -> None:
    """What the painter made for the saved page stands on its slip, and is drawn in the frame."""
    driver = seat(mill, size=(1920, 1080), role="miller")
    driver.click("begin:miller")
    driver.press("pause", "slots-store", "store:2")
    (layer,) = driver.session._layers(driver.session._last_frame.pointer)  # type: ignore[union-attr]
    assert set(layer.thumbnails) == {"picture-2"}
    box = next(item for item in layer.plan.main.items if item.id == "picture-2")
    x, y = layer.plan.main.view.x + box.rect.x, layer.plan.main.view.y + box.rect.y
    driver.rest()
    shown = driver.screen.get_at((x + box.rect.w // 2, y + box.rect.h // 2))[:3]
    assert shown == pytest.approx((90, 100, 70), abs=3), "the album's sheet, made smaller"


def test_thumbnail_appears_once_it_is_painted(seat: Seat, mill: Story) -> None:
    """A frame is due when the painter is done, and none before."""
    driver = seat(mill, size=(1920, 1080), role="miller")
    driver.click("begin:miller")
    album = driver.session._thumbnails._pictures
    known = album.get
    album.get = lambda request: None if request.size[0] < 1000 else known(request)  # type: ignore[method-assign]
    driver.press("pause", "slots-store", "store:2")
    driver.rest()
    before = pygame.image.tobytes(driver.screen, "RGB")
    assert not driver.look()
    album.get = known  # type: ignore[method-assign]
    assert driver.look()
    assert pygame.image.tobytes(driver.screen, "RGB") != before
