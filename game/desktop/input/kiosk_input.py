"""A hand's events in a kiosk's own terms: that somebody is there, and where fingers are held."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pygame

STAFF_KEY = pygame.K_F12


class Touch(NamedTuple):
    """`finger` was put `down`, `up` again, or did something else (`other`); `x` and `y` are 0 to 1, from the upper
    left. The staff's key is a finger of its own, in no place."""

    kind: Literal["down", "up", "other"]
    finger: int | None = None
    x: float = 0.5
    y: float = 0.5


STAFF = -1  # the finger that the staff's key is


def touch_of(event: pygame.event.Event) -> Touch | None:
    """What a hand did; None where an event is no hand's."""
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
