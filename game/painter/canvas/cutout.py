"""Cutouts: cut parts out of paintings, and find the area in which two paintings of one size differ."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import pygame

from game.painter.canvas.paper import Shape
from game.painter.canvas.part import Part

FINE = 2  # masks are drawn enlarged by this and scaled down, which smooths their edges
STRIP = 10  # pixels around a part in which its light is measured
MOST_SHADOW = 40  # the longest shadow of a part that is looked for, in pixels
PATCH = 4  # side of a patch in pixels; in smaller patches both paintings may be alike by chance
EDGE = 2  # reach of an outline's rim and smoothed edge, in pixels
BAND = 8  # rows compared at a time
ALIKE = 6  # levels of a colour channel; where both paintings differ by less, something stands in front of the part


class Cutout(NamedTuple):
    """A part cut out of a painting. The `image` has alpha; its upper left pixel was at `corner` in the painting."""

    part: Part
    image: pygame.Surface
    corner: tuple[int, int]

    @property
    def box(self) -> pygame.Rect:
        return self.image.get_rect(topleft=self.corner)


def cut_out(painting: pygame.Surface, part: Part, other: pygame.Surface | None = None) -> Cutout:
    """Cut `part` out of `painting`. If `other` is given, leave out the pixels that are alike in both paintings."""
    box = bounding_box(part.outlines).clip(painting.get_rect())
    big = pygame.Surface((max(1, box.w * FINE), max(1, box.h * FINE)), pygame.SRCALPHA, 32)
    big.fill((255, 255, 255, 0))
    for outline in part.outlines:
        if len(outline) > 2:
            points = [((x - box.x) * FINE, (y - box.y) * FINE) for x, y in outline]
            pygame.draw.polygon(big, (255, 255, 255, 255), points)
    mask = pygame.transform.smoothscale(big, (max(1, box.w), max(1, box.h)))
    mask.blit(with_alpha(painting, mask.get_rect(topleft=box.topleft)), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    if other is not None and box.w and box.h:
        own = _unlike(painting.subsurface(box), other.subsurface(box))
        mask.blit(own, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return Cutout(part, mask, box.topleft)


def cut_light(painting: pygame.Surface, cutout: Cutout) -> Cutout:
    """Cut the area of `cutout` and its shadow out of `painting`, which does not have this part. The edges are soft."""
    pad = max(6, min(MOST_SHADOW, min(cutout.image.get_size()) // 3))
    box = cutout.box.inflate(2 * pad, 2 * pad).clip(painting.get_rect())
    soft = pygame.Surface(box.size, pygame.SRCALPHA, 32)
    soft.fill((255, 255, 255, 0))
    flat = cutout.image.copy()
    flat.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    soft.blit(flat, (cutout.corner[0] - box.x, cutout.corner[1] - box.y))
    soft = pygame.transform.box_blur(soft, pad // 2)
    for _ in range(2):  # twice, so that it is opaque where the blur left a fourth
        soft.blit(soft.copy(), (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    soft.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    soft.blit(with_alpha(painting, box), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return Cutout(cutout.part, soft, box.topleft)


def differing_area(surface: pygame.Surface, other: pygame.Surface) -> pygame.Rect:
    """Return the full-width rectangle that holds all rows in which two pictures differ. If they are equal, return one
    row in the middle. Searching the columns too would take ten times as long."""
    (w, h), size = surface.get_size(), BAND * surface.get_pitch()
    tops = range(0, h, BAND)
    views: list[Any] = [surface.get_view("0"), other.get_view("0")]  # the type stubs do not know buffers
    with memoryview(views[0]) as a, memoryview(views[1]) as b:

        def unlike(band: int) -> bool:
            return a[band * size : (band + 1) * size].tobytes() != b[band * size : (band + 1) * size].tobytes()

        first = next(filter(unlike, range(len(tops))), None)
        if first is None:
            return pygame.Rect(0, h // 2, w, 1)
        last = next(filter(unlike, reversed(range(len(tops)))))
    return pygame.Rect(0, tops[first], w, min(h, tops[last] + BAND) - tops[first])


def tone_around(painting: pygame.Surface, box: pygame.Rect) -> tuple[float, float, float]:
    """Return the mean colour of the strips directly above and beside `box`; black if none is in the painting."""
    strips = [
        pygame.Rect(box.left, box.top - STRIP, box.w, STRIP),
        pygame.Rect(box.left - STRIP, box.top, STRIP, box.h),
        pygame.Rect(box.right, box.top, STRIP, box.h),
    ]
    seen = [part for strip in strips if (part := strip.clip(painting.get_rect())).w and part.h]
    tones = [pygame.transform.average_color(painting, part)[:3] for part in seen] or [(0, 0, 0)]
    red, green, blue = (sum(channel) / len(tones) for channel in zip(*tones, strict=True))
    return red, green, blue


def bounding_box(outlines: Iterable[Shape]) -> pygame.Rect:
    points = [point for outline in outlines for point in outline]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = math.floor(min(xs)) - EDGE, math.floor(min(ys)) - EDGE
    return pygame.Rect(left, top, math.ceil(max(xs)) + EDGE - left, math.ceil(max(ys)) + EDGE - top)


def with_alpha(painting: pygame.Surface, box: pygame.Rect) -> pygame.Surface:
    """Copy the rectangle `box` of a painting to a surface with an alpha channel. All its pixels are opaque."""
    copy = pygame.Surface(box.size, pygame.SRCALPHA, 32)
    copy.fill((0, 0, 0, 255))
    copy.blit(painting, (0, 0), box)
    return copy


def _difference(surface: pygame.Surface, other: pygame.Surface) -> pygame.Surface:
    apart, back = surface.copy(), other.copy()
    apart.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    back.blit(surface, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    apart.blit(back, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    return apart


def _unlike(surface: pygame.Surface, other: pygame.Surface) -> pygame.Surface:
    """Return a mask, white where two pictures differ, transparent elsewhere. Single pixels are smoothed away."""
    difference = _difference(surface, other)
    alike = pygame.mask.from_threshold(difference, (0, 0, 0), (ALIKE, ALIKE, ALIKE, 255))
    unlike = alike.to_surface(setcolor=(255, 255, 255, 0), unsetcolor=(255, 255, 255, 255))
    small = max(1, unlike.get_width() // PATCH), max(1, unlike.get_height() // PATCH)
    unlike = pygame.transform.smoothscale(pygame.transform.smoothscale(unlike, small), unlike.get_size())
    unlike.fill((0, 0, 0, 80), special_flags=pygame.BLEND_RGBA_SUB)
    for _ in range(2):
        unlike.blit(unlike.copy(), (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return unlike
