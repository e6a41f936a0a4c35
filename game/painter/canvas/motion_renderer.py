"""Motion renderer: draws the pieces of animations over a painting, as small cached stamps."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from functools import partial

import pygame

from game.painter.canvas.byte_cache import ByteCache, surface_bytes
from game.painter.canvas.colour import Colour, mix
from game.painter.canvas.motion import Move, Stamp, pieces

GROWTH = 28  # so many stamp sizes between a size and e times that size; more look the same
FINE = 3  # stamps are drawn enlarged by this and scaled down, which smooths their edges
Key = tuple[Stamp, Colour, int, int]


class MotionRenderer:
    """Draws animations. A stamp is the cached image of one moving piece."""

    def __init__(self) -> None:
        self._stamps: ByteCache[Key, pygame.Surface] = ByteCache(12_000_000, lambda _, stamp: surface_bytes(stamp))

    def draw(
        self,
        target: pygame.Surface,
        moves: Iterable[Move],
        moment: float,
        within: Sequence[pygame.Rect],
        strength: float = 1.0,
    ) -> list[pygame.Rect]:
        """Draw all pieces of `moves` at the time `moment` (in seconds) in the areas `within` of `target`. `strength` (0
        to 1) is a factor of their opacity, for fading. Return the rectangles drawn on; they may overlap."""
        drawn: list[pygame.Rect] = []
        for move in moves:
            openings = [pygame.Rect(round(x), round(y), round(w), round(h)) for x, y, w, h in move.through]
            seen_through = [part for area in within for hole in openings if (part := area.clip(hole)).w]
            areas = seen_through if openings else within
            for stamp, alpha, box in self._laid(move, moment, strength):
                for area in areas:
                    if area.colliderect(box):
                        part = area.clip(box)
                        stamp.set_alpha(alpha)
                        target.blit(stamp, part, part.move(-box.x, -box.y))
                        drawn.append(part)
        return drawn

    def _laid(self, move: Move, moment: float, strength: float) -> Iterable[tuple[pygame.Surface, int, pygame.Rect]]:
        for piece in pieces(move, moment):
            alpha = round(piece.alpha * strength * 255)
            if alpha <= 0:
                continue
            size = round(math.exp(round(math.log(max(2.0, piece.size)) * GROWTH) / GROWTH))
            key = piece.stamp, move.colour, size, piece.variant
            stamp = self._stamps.get_or_make(key, partial(cut, *key))
            w, h = stamp.get_size()
            yield stamp, alpha, pygame.Rect(round(piece.x - w / 2), round(piece.y - h / 2), w, h)


def cut(kind: Stamp, colour: Colour, size: int, variant: int) -> pygame.Surface:
    """Return a stamp of a kind, colour and variant, at full alpha and about `size` pixels wide."""
    if kind == "light":
        return pygame.transform.smoothscale(_light(colour), (size, size))
    if kind == "puff":
        return pygame.transform.smoothscale(_puff(colour, variant), (size, round(size * 0.86)))
    if kind == "wisp":
        return pygame.transform.smoothscale(_wisp(colour, variant), (size, round(size * 1.9)))
    side = size + 2
    big = pygame.Surface((side * FINE, side * FINE), pygame.SRCALPHA, 32)
    big.fill((*colour, 0))
    middle, half = side * FINE / 2, size * FINE / 2
    if kind == "kernel":
        pygame.draw.polygon(big, colour, _kernel(middle, half, math.pi * (0.28 + 0.15 * variant)))
    else:
        pygame.draw.circle(big, colour, (middle, middle), max(1.0, half))
    return pygame.transform.smoothscale(big, (side, side))


def _kernel(middle: float, half: float, turn: float) -> list[tuple[float, float]]:
    cos, sin = half * math.cos(turn), half * math.sin(turn)
    angles = [k * math.tau / 14 for k in range(14)]
    return [
        (middle + math.cos(a) * cos - 0.46 * math.sin(a) * sin, middle + math.cos(a) * sin + 0.46 * math.sin(a) * cos)
        for a in angles
    ]


def _light(colour: Colour) -> pygame.Surface:
    """Return a disc of light, opaque in the middle and transparent at the edge."""
    steps = 48
    light = pygame.Surface((2 * steps, 2 * steps), pygame.SRCALPHA, 32)
    light.fill((*colour, 0))
    for i in range(steps, 0, -1):
        pygame.draw.circle(light, (*colour, round(255 * (1 - i / steps) ** 2)), (steps, steps), i)
    return light


def _puff(colour: Colour, variant: int) -> pygame.Surface:
    """Return a puff of smoke: a blurred disc with seven round lobes, three of them paler."""
    rng = random.Random(f"puff {variant}")
    side = 84
    puff = pygame.Surface((side, side), pygame.SRCALPHA, 32)
    puff.fill((*colour, 0))
    half = side / 2
    lobes = [
        (0.42 * math.cos(turn), 0.36 * math.sin(turn), rng.uniform(0.26, 0.38))
        for turn in (math.tau * (k + rng.uniform(-0.3, 0.3)) / 7 for k in range(7))
    ]
    for dx, dy, r in [(0.0, 0.0, 0.54), *lobes]:
        pygame.draw.circle(puff, colour, (half + dx * half, half + dy * half), r * half)
    lit = mix(colour, (255, 255, 255), 0.16)
    for dx, dy, r in lobes[3:6]:
        pygame.draw.circle(puff, lit, (half + dx * half - 2, half + dy * half - 3), r * half * 0.7)
    return pygame.transform.box_blur(puff, 4)


def _wisp(colour: Colour, variant: int) -> pygame.Surface:
    """Return a wisp of smoke: a blurred ribbon that bends once to each side and is thin at both ends."""
    wide, tall = 60, 114
    wisp = pygame.Surface((wide, tall), pygame.SRCALPHA, 32)
    wisp.fill((*colour, 0))
    side = 1 if variant % 2 else -1
    for k in range(61):
        share = k / 60
        x = wide / 2 + side * wide * (0.2 + 0.04 * variant) * math.sin(share * math.tau * 0.9 + 0.4)
        radius = wide * 0.17 * math.sin(math.pi * share) ** 0.8
        pygame.draw.circle(wisp, colour, (x, tall * (0.08 + 0.84 * share)), max(0.5, radius))
    return pygame.transform.box_blur(wisp, 4)
