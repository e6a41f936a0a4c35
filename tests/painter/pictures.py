"""What the painter's tests paint, and how they compare it."""

from __future__ import annotations

import pygame

from game.painter import paint

SIZE = (480, 270)
Value = int | bool | str


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def seen(scene: str, **params: Value) -> bytes:
    return pixels(paint(scene, params, SIZE))
