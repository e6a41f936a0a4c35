"""Film: shows a painting as an image on old film: 4:3, black and white, grainy and soft, surrounded by black."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pygame

from game.painter.canvas.byte_cache import cached, surface_bytes
from game.painter.canvas.colour import Colour
from game.painter.canvas.frame import Frame

BLACK: Colour = (11, 11, 11)
_SHARPNESS = 0.72  # painted at this share of its size and then enlarged, which makes it as soft as an old lens
_MARGIN = 0.05  # least black margin, as a share of the subject area's smaller side
_GRAIN = 192  # side of the grain tile in pixels


def gate(frame: Frame) -> pygame.Rect:
    """Return the rectangle of the film's image: the largest of 4:3 in the subject area, with a margin."""
    margin = _MARGIN * min(frame.width, frame.height)
    wide, high = max(1.0, frame.width - 2 * margin), max(1.0, frame.height - 2 * margin)
    w = min(wide, high * 4 / 3)
    h = w * 3 / 4
    left, top = frame.left + (frame.width - w) / 2, frame.top + (frame.height - h) / 2
    return pygame.Rect(round(left), round(top), max(1, round(w)), max(1, round(h)))


def projected(frame: Frame, paint: Callable[[tuple[int, int]], pygame.Surface]) -> pygame.Surface:
    """Call `paint` with a size in pixels. Return its picture as old film, on a black surface as large as `frame`."""
    place = gate(frame)
    shot = paint((max(1, round(place.w * _SHARPNESS)), max(1, round(place.h * _SHARPNESS))))
    print_ = pygame.transform.grayscale(pygame.transform.smoothscale(shot, place.size))
    _expose(print_)
    _wear(print_, frame.u)
    _corners(print_)
    whole = pygame.Surface((frame.w, frame.h))
    whole.fill(BLACK)
    whole.blit(print_, place)
    return whole


def _expose(on: pygame.Surface) -> None:
    """Reduce the contrast of the grey picture `on` to near black and dull white, and darken its edges."""
    w, h = on.get_size()
    on.fill((214, 214, 212), special_flags=pygame.BLEND_RGB_MULT)
    on.fill((9, 9, 9), special_flags=pygame.BLEND_RGB_ADD)
    on.blit(pygame.transform.smoothscale(_vignette(), (w, h)), (0, 0), special_flags=pygame.BLEND_RGB_MULT)


@cached(1_000_000, surface_bytes)
def _vignette() -> pygame.Surface:
    side = 48
    shade = pygame.Surface((side, side))
    for y in range(side):
        for x in range(side):
            out = math.hypot((x + 0.5) / side - 0.5, (y + 0.5) / side - 0.5) / 0.7071
            level = round(255 * (1 - 0.62 * out**2.6))
            shade.set_at((x, y), (level, level, level))
    return shade


@cached(1_000_000, surface_bytes)
def _grain() -> pygame.Surface:
    """Return a tile of grey grain, which is added to and subtracted from the film's image."""
    rng = random.Random("film grain")
    tile = pygame.Surface((_GRAIN, _GRAIN))
    levels = bytes(
        value for value in (rng.choice((0, 0, 6, 12, 20, 30)) for _ in range(_GRAIN * _GRAIN)) for _ in "rgb"
    )
    tile.blit(pygame.image.frombytes(levels, (_GRAIN, _GRAIN), "RGB"), (0, 0))
    return tile


def _wear(on: pygame.Surface, u: float) -> None:
    """Draw wear on the film's image `on`: grain, two long scratches and some dust. `u` scales grain and dust."""
    w, h = on.get_size()
    side = max(1, round(_GRAIN * max(1.0, u / 9)))
    tile = pygame.transform.scale(_grain(), (side, side))
    for flag, shift in ((pygame.BLEND_RGB_ADD, 0), (pygame.BLEND_RGB_SUB, side // 2)):
        for y in range(-shift, h, side):
            for x in range(-shift, w, side):
                on.blit(tile, (x, y), special_flags=flag)
    rng = random.Random("film wear")
    for part, level in ((0.31, 142), (0.318, 44), (0.82, 128)):
        x = round(part * w)
        for _ in range(5):
            top = rng.uniform(-0.1, 0.9) * h
            foot = top + rng.uniform(0.1, 0.4) * h
            pygame.draw.line(on, (level, level, level), (x, top), (x + rng.uniform(-1, 1), foot))
    for _ in range(26):
        level = rng.choice((24, 210))
        at = (rng.uniform(0, w), rng.uniform(0, h))
        pygame.draw.circle(on, (level, level, level), at, max(1.0, rng.uniform(0.08, 0.3) * u))


def _corners(on: pygame.Surface) -> None:
    """Round the corners of the film's image `on` with black, as a projector does."""
    w, h = on.get_size()
    radius = max(1, round(0.035 * h))
    for x, y in ((0, 0), (w, 0), (0, h), (w, h)):
        cx, cy = abs(x - radius), abs(y - radius)
        arc = [(cx + (radius if x else -radius) * math.cos(a), cy + (radius if y else -radius) * math.sin(a))
               for a in (math.pi / 2 * i / 12 for i in range(13))]  # fmt: skip
        pygame.draw.polygon(on, BLACK, [(x, y), *arc])
