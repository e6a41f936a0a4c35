"""What moves, as pixels: each piece a small stamp of tissue, light or grain, laid over the painting."""

from __future__ import annotations

import math
import random
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import pygame

from game.window.painter.colour import Colour, mix, scale
from game.window.painter.motion import Move, Stamp, pieces

LEVELS = 60  # steps of density, and of a piece's growth: each too small to be seen
OVERSAMPLE = 3
Key = tuple[Stamp, Colour, int, int, int]
Laid = tuple[pygame.Surface, tuple[int, int]]


class Moving:
    """Draws moves; keeps up to `kept` bytes of stamps from one frame to the next."""

    def __init__(self, kept: int = 24_000_000) -> None:
        self._kept, self._held = kept, 0
        self._stamps: OrderedDict[Key, pygame.Surface] = OrderedDict()

    def draw(
        self,
        target: pygame.Surface,
        moves: Iterable[Move],
        moment: float,
        within: Sequence[pygame.Rect],
        strength: float = 1.0,
    ) -> list[pygame.Rect]:
        """Draw all pieces of `moves` as far as they lie `within` these areas, and give what was drawn on.

        moment: seconds. strength: 0 to 1, for moves that come up or go with their picture.
        """
        drawn: list[pygame.Rect] = []
        for move in moves:
            lights, others = self._laid(move, moment, strength)
            openings = [pygame.Rect(round(x), round(y), round(w), round(h)) for x, y, w, h in move.through]
            seen_through = [part for area in within for hole in openings if (part := area.clip(hole)).w]
            for area in seen_through if openings else within:
                target.set_clip(area)
                for laid, flags in ((lights, pygame.BLEND_RGB_ADD), (others, 0)):
                    seen = [(stamp, at) for stamp, at in laid if area.colliderect((at, stamp.get_size()))]
                    if seen:
                        target.fblits(seen, flags)
                        drawn += [area.clip((at, stamp.get_size())) for stamp, at in seen]
        target.set_clip(None)
        return drawn

    def _laid(self, move: Move, moment: float, strength: float) -> tuple[list[Laid], list[Laid]]:
        lights: list[Laid] = []
        others: list[Laid] = []
        step = max(1.0, move.size / LEVELS)
        for piece in pieces(move, moment):
            alpha = round(piece.alpha * strength * 255 / 4)  # in steps of four
            size = max(2, round(round(piece.size / step) * step))
            if alpha <= 0:
                continue
            stamp = self._stamp((piece.stamp, move.colour, size, min(63, alpha), piece.variant))
            at = round(piece.x - stamp.get_width() / 2), round(piece.y - stamp.get_height() / 2)
            (lights if piece.stamp == "light" else others).append((stamp, at))
        return lights, others

    def _stamp(self, key: Key) -> pygame.Surface:
        stamp = self._stamps.get(key)
        if stamp is not None:
            self._stamps.move_to_end(key)
            return stamp
        kind, colour, size, alpha, variant = key
        stamp = (
            light(size, scale(colour, alpha * 4 / 255))
            if kind == "light"
            else cut(kind, colour, size, alpha * 4, variant)
        )
        self._stamps[key] = stamp
        self._held += _bytes(stamp)
        while self._held > self._kept and len(self._stamps) > 1:
            self._held -= _bytes(self._stamps.popitem(last=False)[1])
        return stamp


def light(size: int, colour: Colour) -> pygame.Surface:
    """A round of light of `size` pixels to be added, `colour` in its middle and nothing at its edge."""
    steps = 40
    small = pygame.Surface((2 * steps, 2 * steps), 0, 32)
    for i in range(steps, 0, -1):
        share = (1 - i / steps) ** 2
        pygame.draw.circle(small, scale(colour, share), (steps, steps), i)
    return pygame.transform.smoothscale(small, (size, size))


def cut(kind: Stamp, colour: Colour, size: int, alpha: int, variant: int) -> pygame.Surface:
    """A piece of paper, `size` pixels broad, of the given density (0 to 255)."""
    if kind == "puff":
        return _puff(colour, size, alpha, variant)
    side = max(2, size) + 2
    big = pygame.Surface((side * OVERSAMPLE, side * OVERSAMPLE), pygame.SRCALPHA, 32)
    big.fill((*colour, 0))
    middle, half = side * OVERSAMPLE / 2, size * OVERSAMPLE / 2
    if kind == "kernel":
        turn = math.pi * (0.28 + 0.15 * variant)
        along, across = (half * math.cos(turn), half * math.sin(turn)), (-half * math.sin(turn), half * math.cos(turn))
        points = [
            (middle + c * along[0] + 0.46 * s * across[0], middle + c * along[1] + 0.46 * s * across[1])
            for c, s in ((math.cos(k * math.tau / 14), math.sin(k * math.tau / 14)) for k in range(14))
        ]
        pygame.draw.polygon(big, (*colour, alpha), points)
    else:
        pygame.draw.circle(big, (*colour, alpha), (middle, middle), max(1.0, half))
    return pygame.transform.smoothscale(big, (side, side))


def _puff(colour: Colour, size: int, alpha: int, variant: int) -> pygame.Surface:
    """Tissue torn round: some lobes about a middle, denser where it is turned to the light."""
    rng = random.Random(f"puff {variant}")
    side = 72
    big = pygame.Surface((side, side), pygame.SRCALPHA, 32)
    big.fill((*colour, 0))
    lobes = [(0.0, 0.0, 0.58)] + [
        (0.46 * math.cos(turn), 0.36 * math.sin(turn), rng.uniform(0.26, 0.4))
        for turn in (math.tau * (k + rng.uniform(-0.3, 0.3)) / 7 for k in range(7))
    ]
    half = side / 2
    for dx, dy, r in lobes:
        pygame.draw.circle(big, (*colour, alpha), (half + dx * half, half + dy * half), r * half)
    lit = mix(colour, (255, 255, 255), 0.16)
    for dx, dy, r in lobes[1:4]:
        pygame.draw.circle(big, (*lit, alpha), (half + dx * half - 2, half + dy * half - 3), r * half * 0.7)
    soft = pygame.transform.box_blur(big, 3)
    return pygame.transform.smoothscale(soft, (size, round(size * 0.86)))


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4 + 200
