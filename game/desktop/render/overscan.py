"""What lies around a picture that is a little smaller than its window: its own edge, mirrored, so that none is seen."""

from __future__ import annotations

from collections.abc import Sequence

import pygame


def mirror_edges(window: pygame.Surface, picture: pygame.Rect, changed: Sequence[pygame.Rect]) -> list[pygame.Rect]:
    """Fill the window around its `picture` from within it, where that changed; where it did, with what was given."""
    whole, done = window.get_rect(), list(changed)
    left, right = picture.x, whole.right - picture.right
    top, bottom = picture.y, whole.bottom - picture.bottom
    sides = [
        (pygame.Rect(picture.x, picture.y, left, picture.h), (0, picture.y), (True, False)),
        (pygame.Rect(picture.right - right, picture.y, right, picture.h), (picture.right, picture.y), (True, False)),
        # the corners come with what the sides were just given
        (pygame.Rect(0, picture.y, whole.w, top), (0, 0), (False, True)),
        (pygame.Rect(0, picture.bottom - bottom, whole.w, bottom), (0, picture.bottom), (False, True)),
    ]
    for strip, at, flip in sides:
        source = strip.clip(whole)
        if strip.w > 0 and strip.h > 0 and source.collidelist(done) >= 0:
            window.blit(pygame.transform.flip(window.subsurface(source), *flip), at)
            done.append(pygame.Rect(at, source.size))
    return done
