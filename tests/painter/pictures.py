"""What the painter's tests paint, and how they compare it."""

from __future__ import annotations

from random import Random

import pygame

from game.painter import paint

SIZE = (480, 270)
Value = int | bool | str


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def channels(surface: pygame.Surface) -> list[tuple[int, int, int]]:
    """The red, green and blue of each pixel."""
    data = pixels(surface)
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def lightness(surface: pygame.Surface, area: pygame.Rect | None = None) -> float:
    """The mean of all channels, 0 to 255."""
    return sum(pygame.transform.average_color(surface, area or surface.get_rect())[:3]) / 3


def noise(size: tuple[int, int], seed: int = 1) -> pygame.Surface:
    """A surface like the window's, of random colours."""
    surface = pygame.Surface(size)
    surface.blit(pygame.image.frombytes(Random(seed).randbytes(size[0] * size[1] * 3), size, "RGB"), (0, 0))
    return surface


def seen(scene: str, **params: Value) -> bytes:
    return pixels(paint(scene, params, SIZE))
