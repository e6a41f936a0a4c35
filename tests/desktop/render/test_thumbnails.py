"""Thumbnails: the saves show their pages' pictures once these are painted."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.story.model import Story
from tests.desktop.hand import Hand

Seat = Callable[..., Hand]


def test_a_slot_shows_the_picture_of_its_page(seat: Seat, mill: Story) -> None:
    """What the painter made for the saved page stands on its slip, and is drawn in the frame."""
    hand = seat(mill, size=(1920, 1080), role="miller")
    hand.click("begin:miller")
    hand.press("pause", "slots-store", "store:2")
    (layer,) = hand.session._layers(hand.session._last_frame.pointer)  # type: ignore[union-attr]
    assert set(layer.thumbnails) == {"picture-2"}
    box = next(item for item in layer.plan.main.items if item.id == "picture-2")
    x, y = layer.plan.main.view.x + box.rect.x, layer.plan.main.view.y + box.rect.y
    hand.rest()
    shown = hand.screen.get_at((x + box.rect.w // 2, y + box.rect.h // 2))[:3]
    assert shown == pytest.approx((90, 100, 70), abs=3), "the album's sheet, made smaller"


def test_thumbnail_appears_once_it_is_painted(seat: Seat, mill: Story) -> None:
    """A frame is due when the painter is done, and none before."""
    hand = seat(mill, size=(1920, 1080), role="miller")
    hand.click("begin:miller")
    album = hand.session._thumbnails._pictures
    known = album.get
    album.get = lambda request: None if request.size[0] < 1000 else known(request)  # type: ignore[method-assign]
    hand.press("pause", "slots-store", "store:2")
    hand.rest()
    before = pygame.image.tobytes(hand.screen, "RGB")
    assert not hand.look()
    album.get = known  # type: ignore[method-assign]
    assert hand.look()
    assert pygame.image.tobytes(hand.screen, "RGB") != before
