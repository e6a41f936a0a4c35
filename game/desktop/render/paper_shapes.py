"""Paper shapes: textured fills, soft shadows, fades and the ear ornament of the interface's sheets."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pygame

from game.painter.canvas.byte_cache import cached, surface_bytes
from game.ui.layout.geometry import Rect
from game.ui.theme import Colour

DARKNESS = 120  # the largest alpha of a shadow, from 0 to 255
TILE = 256  # pixels: the side of a texture tile
OVERSAMPLE = 4  # shapes are drawn larger by this factor and scaled down, which smooths their edges


@cached(1_000_000, surface_bytes)
def grain(strength: float) -> pygame.Surface:
    """Return a transparent tile of fine grain with some fibres, to lay over a flat colour. `strength` is 0 to 1."""
    chance = random.Random(1958)
    noise = chance.randbytes(TILE * TILE)
    most = 9 * strength
    pixels = bytearray(TILE * TILE * 4)
    # dark and light specks are equally strong, so that the colour stays the same
    light = bytes(255 if value > 127 else 60 for value in range(256))
    alpha = bytes(round(abs(value - 127.5) / 127.5 * most) for value in range(256))
    for channel in range(3):
        pixels[channel::4] = noise.translate(light)
    pixels[3::4] = noise.translate(alpha)
    tile = pygame.image.frombytes(bytes(pixels), (TILE, TILE), "RGBA")
    for _ in range(int(46 * strength)):
        x, y, angle = chance.uniform(0, TILE), chance.uniform(0, TILE), chance.uniform(0, math.pi)
        length = chance.uniform(4, 13)
        end = x + length * math.cos(angle), y + length * math.sin(angle)
        pygame.draw.aaline(tile, (90, 66, 30, 26), (x, y), end)
    return tile


@cached(2_000_000, surface_bytes)
def tile(colour: Colour, strength: float) -> pygame.Surface:
    """Return a seamless tile of paper in one colour. `strength`, 0 to 1, is the strength of its grain."""
    square = pygame.Surface((TILE, TILE))
    square.fill(colour)
    if strength:
        square.blit(grain(strength), (0, 0))
    return square


def fill_paper(target: pygame.Surface, rect: pygame.Rect, colour: Colour, strength: float) -> None:
    """Fill `rect` with paper by repeating one tile: a cache of whole sheets would be no faster."""
    if not strength:
        target.fill(colour, rect)
        return
    _repeat(target, rect, tile(colour, strength))


@cached(1_000_000, surface_bytes)
def _black_tile(alpha: int) -> pygame.Surface:
    square = pygame.Surface((TILE, TILE))
    square.fill((0, 0, 0))
    square.set_alpha(alpha)
    return square


def dim(target: pygame.Surface, rect: pygame.Rect, share: float) -> None:
    """Darken `rect` by a factor: with `share` 0 it stays as it is, with 1 it becomes black."""
    _repeat(target, rect, _black_tile(round(255 * share)))


def _repeat(target: pygame.Surface, rect: pygame.Rect, square: pygame.Surface) -> None:
    for y in range(rect.top, rect.bottom, TILE):
        for x in range(rect.left, rect.right, TILE):
            target.blit(square, (x, y), (0, 0, min(TILE, rect.right - x), min(TILE, rect.bottom - y)))


@cached(1_000_000, surface_bytes)
def _shadow_tile(spread: int) -> pygame.Surface:
    """Return the blurred shadow of a small square, from whose parts `cast_shadow` makes any rectangle's shadow."""
    side = spread * 4
    small = pygame.Surface((side, side), pygame.SRCALPHA)
    small.fill((0, 0, 0, 0))
    pygame.draw.rect(small, (0, 0, 0, DARKNESS), (spread, spread, side - 2 * spread, side - 2 * spread))
    return pygame.transform.box_blur(pygame.transform.box_blur(small, spread // 3), spread // 3)


def cast_shadow(target: pygame.Surface, rect: pygame.Rect, unit: float) -> None:
    """Draw the soft shadow of a sheet at `rect`, with `unit` pixels for each pixel at 1080p."""
    spread = max(8, round(26 * unit))
    tile = _shadow_tile(spread)
    part = spread * 2  # the side of a corner of the tile
    outer = rect.inflate(2 * spread, 2 * spread).move(round(4 * unit), round(9 * unit))
    if outer.w < 2 * part or outer.h < 2 * part:
        return
    far = tile.get_width() - part
    target.blit(tile, outer.topleft, (0, 0, part, part))
    target.blit(tile, (outer.right - part, outer.y), (far, 0, part, part))
    target.blit(tile, (outer.x, outer.bottom - part), (0, far, part, part))
    target.blit(tile, (outer.right - part, outer.bottom - part), (far, far, part, part))
    across, down = outer.w - 2 * part, outer.h - 2 * part
    if across > 0:
        for source_y, y in ((0, outer.y), (far, outer.bottom - part)):
            strip = tile.subsurface((part - 1, source_y, 1, part))
            target.blit(pygame.transform.scale(strip, (across, part)), (outer.x + part, y))
    if down > 0:
        for source_x, x in ((0, outer.x), (far, outer.right - part)):
            strip = tile.subsurface((source_x, part - 1, part, 1))
            target.blit(pygame.transform.scale(strip, (part, down)), (x, outer.y + part))


@cached(2_000_000, surface_bytes)
def ear(size: tuple[int, int], colour: Colour) -> pygame.Surface:
    """Return the ornament: an ear of grain that lies on its side, `size` pixels large."""
    width, height = size[0] * OVERSAMPLE, size[1] * OVERSAMPLE
    shape = pygame.Surface((width, height), pygame.SRCALPHA)
    middle = height * 0.5

    def spine(t: float) -> tuple[float, float]:
        return t * width, middle + math.sin(t * math.pi) * -height * 0.12 + height * 0.08

    stalk = [spine(t / 40) for t in range(41)]
    pygame.draw.lines(shape, colour, False, stalk, max(2, height // 26))
    for i in range(7):
        t = 0.38 + i * 0.07
        x, y = spine(t)
        long, wide = height * (0.4 - i * 0.018), height * (0.105 - i * 0.004)
        for side in (-1, 1):
            angle = side * math.radians(38 - i)
            _kernel(shape, colour, (x, y + side * height * 0.02), long, wide, angle)
            tip = x + math.cos(angle) * long * 1.75, y + math.sin(angle) * long * 1.5
            pygame.draw.line(shape, colour, (x + math.cos(angle) * long * 0.9, y + math.sin(angle) * long * 0.9), tip,
                             max(1, height // 90))  # fmt: skip
    _kernel(shape, colour, spine(0.38 + 7 * 0.07), height * 0.3, height * 0.08, 0)
    for side in (-1, 1):  # a leaf on the stalk
        x, y = spine(0.2)
        pygame.draw.polygon(shape, colour, [(x, y), (x + width * 0.09, y + side * height * 0.2),
                                            (x + width * 0.17, y + side * height * 0.24),
                                            (x + width * 0.08, y + side * height * 0.09)])  # fmt: skip
    return pygame.transform.smoothscale(shape, size)


def _kernel(
    shape: pygame.Surface, colour: Colour, foot: tuple[float, float], long: float, wide: float, angle: float
) -> None:
    points = []
    for i in range(24):
        turn = i / 24 * math.tau
        along, across = (1 - math.cos(turn)) / 2 * long, math.sin(turn) * wide * math.sin(turn / 2) ** 0.5
        points.append((foot[0] + along * math.cos(angle) - across * math.sin(angle),
                       foot[1] + along * math.sin(angle) + across * math.cos(angle)))  # fmt: skip
    pygame.draw.polygon(shape, colour, points)


@cached(4_000_000, surface_bytes)
def fade(colour: Colour, width: int, height: int) -> pygame.Surface:
    """Return a gradient, `width` by `height` pixels, from transparent at the top to `colour` at the bottom."""
    strip = pygame.Surface((1, height), pygame.SRCALPHA)
    for y in range(height):
        strip.set_at((0, y), (*colour, round(255 * y / height)))
    return pygame.transform.scale(strip, (width, height))


def pg(rect: Rect) -> pygame.Rect:
    """Return a layout's rectangle as a rectangle of pygame."""
    return pygame.Rect(rect.x, rect.y, rect.w, rect.h)


def outside(rects: Sequence[Rect], size: tuple[int, int]) -> list[pygame.Rect]:
    """Return the area of a window of `size` pixels outside these rectangles, as strips that do not overlap."""
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
