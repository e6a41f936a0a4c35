"""Overscan: fills the margin around a picture smaller than its window with the picture's mirrored edges."""

from __future__ import annotations

from collections.abc import Sequence

import pygame


def mirror_edges(window: pygame.Surface, picture: pygame.Rect, changed: Sequence[pygame.Rect]) -> list[pygame.Rect]:
    """Fill the margin again where the picture next to it changed.

    Args:
        window: the window's surface.
        picture: the picture's rectangle in it, in pixels.
        changed: the picture's dirty rectangles, in the window's coordinates.

    Returns:
        All dirty rectangles: `changed` and those of the margin.
    """
    whole, done = window.get_rect(), list(changed)
    left, right = picture.x, whole.right - picture.right
    top, bottom = picture.y, whole.bottom - picture.bottom
    sides = [
        (pygame.Rect(picture.x, picture.y, left, picture.h), (0, picture.y), (True, False)),
        (pygame.Rect(picture.right - right, picture.y, right, picture.h), (picture.right, picture.y), (True, False)),
        # full width: the corners come from the sides just filled
        (pygame.Rect(0, picture.y, whole.w, top), (0, 0), (False, True)),
        (pygame.Rect(0, picture.bottom - bottom, whole.w, bottom), (0, picture.bottom), (False, True)),
    ]
    for strip, at, flip in sides:
        source = strip.clip(whole)
        if strip.w > 0 and strip.h > 0 and source.collidelist(done) >= 0:
            window.blit(pygame.transform.flip(window.subsurface(source), *flip), at)
            done.append(pygame.Rect(at, source.size))
    return done
