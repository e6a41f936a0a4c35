"""Kiosk input: window events as touches, from which a kiosk tells presence and held fingers."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pygame

STAFF_KEY = pygame.K_F12


class Touch(NamedTuple):
    """A finger went `down` or `up`, or there was `other` input; `x` and `y` are 0 to 1 from the upper left.

    The staff's key counts as a finger of its own (`STAFF`), whose position has no meaning; nor has the finger of other
    input.
    """

    kind: Literal["down", "up", "other"]
    finger: int = 0
    x: float = 0.5
    y: float = 0.5


STAFF = -1  # the finger id of the staff's key


def touch_of(event: pygame.event.Event) -> Touch | None:
    """The touch that an event is; None where it is no input."""
    kind = event.type
    if kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        return Touch("down" if kind == pygame.FINGERDOWN else "up", event.finger_id, event.x, event.y)
    if kind in (pygame.KEYDOWN, pygame.KEYUP) and event.key == STAFF_KEY:
        return Touch("down" if kind == pygame.KEYDOWN else "up", STAFF)
    return Touch("other") if kind in _OTHER_INPUT else None


_OTHER_INPUT = frozenset({
    pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL, pygame.MOUSEMOTION, pygame.FINGERMOTION,
    pygame.CONTROLLERBUTTONDOWN,
})  # fmt: skip
