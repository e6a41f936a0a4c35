"""Rectangles: from layout to pygame, and subtraction."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui.layout.geometry import Rect


def pg(rect: Rect) -> pygame.Rect:
    """A layout's rectangle as pygame's."""
    return pygame.Rect(rect.x, rect.y, rect.w, rect.h)


def outside(rects: Sequence[Rect], size: tuple[int, int]) -> list[pygame.Rect]:
    """The area of a window of `size` pixels outside these rectangles, as strips that do not overlap."""
    left = [pygame.Rect(0, 0, *size)]
    for rect in rects:
        left = [strip for whole in left for strip in _without(whole, pg(rect))]
    return left


def _without(whole: pygame.Rect, part: pygame.Rect) -> list[pygame.Rect]:
    hole = whole.clip(part)
    if not hole.w or not hole.h:
        return [whole]
    strips = [
        pygame.Rect(whole.x, whole.y, whole.w, hole.y - whole.y),
        pygame.Rect(whole.x, hole.bottom, whole.w, whole.bottom - hole.bottom),
        pygame.Rect(whole.x, hole.y, hole.x - whole.x, hole.h),
        pygame.Rect(hole.right, hole.y, whole.right - hole.right, hole.h),
    ]
    return [strip for strip in strips if strip.w > 0 and strip.h > 0]
