"""Cut paper: a sheet with a grain, a lit edge and a soft shadow on what lies below it."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from game.window.painter.colour import Colour

Point = tuple[float, float]
Shape = Sequence[Point]

_SUPERSAMPLE = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """Outlines cut out of one sheet of paper.

    shapes, holes: closed outlines in pixels; holes are cut last, and what lies below shows through.
    top, bottom: the paper's colour at its upper and lower end; `span` gives these ends in pixels.
    lift: how far above what lies below, in pixels: the shadow's length and softness.
    rim: the colour of the edge that the light meets, `rim_width` pixels broad (snow is a broad white rim).
    alpha: 255 is card, less is tissue.
    """

    shapes: Sequence[Shape]
    top: Colour
    bottom: Colour
    lift: float = 4.0
    holes: Sequence[Shape] = ()
    rim: Colour | None = None
    rim_width: float = 1.5
    alpha: int = 255
    shade: float = 0.42
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The surface that sheets are laid on, under one light.

    light: where shadows fall, as a direction in pixels (x to the right, y down), of length about 1.
    """

    surface: pygame.Surface
    grain: pygame.Surface
    shadow: Colour
    light: Point = (0.5, 0.7)
    offsets: random.Random = field(default_factory=lambda: random.Random("grain"))

    @property
    def size(self) -> tuple[int, int]:
        return self.surface.get_size()


def table(size: tuple[int, int], shadow: Colour, scale: float, light: Point = (0.45, 0.75)) -> Table:
    """An empty table of `size` pixels; `scale` is the grain's coarseness in pixels (1 is fine)."""
    surface = pygame.Surface(size, 0, 32)
    return Table(surface, _grain(max(1.0, scale)), shadow, light)


def _noise(rng: random.Random, side: int, low: int, high: int) -> pygame.Surface:
    image = pygame.image.frombytes(rng.randbytes(side * side), (side, side), "P")
    image.set_palette([(low + i * (high - low) // 255,) * 3 for i in range(256)])
    surface = pygame.Surface((side, side), 0, 32)
    surface.blit(image, (0, 0))
    return surface


def _grain(scale: float) -> pygame.Surface:
    """A tile of paper to multiply with: fine tooth, soft clouds, and a few long fibres."""
    rng = random.Random("paper")
    side = 448
    tile = _noise(rng, side, 214, 255)
    tooth = pygame.transform.smoothscale(_noise(rng, side // 2, 222, 255), (side, side))
    clouds = pygame.transform.smoothscale(_noise(rng, 28, 226, 255), (side, side))
    tile.blit(tooth, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    tile.blit(clouds, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    for _ in range(150):
        x, y, angle = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(0, math.tau)
        tone = rng.choice((186, 196, 244, 252))
        for _ in range(rng.randint(3, 7)):
            angle += rng.uniform(-0.5, 0.5)
            to = (x + 5 * math.cos(angle), y + 5 * math.sin(angle))
            pygame.draw.aaline(tile, (tone, tone, tone), (x, y), to)
            x, y = to
    if scale > 1.15:
        tile = pygame.transform.smoothscale_by(tile, scale)
    return tile


def _bounds(shapes: Sequence[Shape], margin: int, size: tuple[int, int]) -> pygame.Rect:
    xs = [p[0] for shape in shapes for p in shape]
    ys = [p[1] for shape in shapes for p in shape]
    left, top = math.floor(min(xs)) - 1, math.floor(min(ys)) - 1
    box = pygame.Rect(left, top, math.ceil(max(xs)) + 1 - left, math.ceil(max(ys)) + 1 - top)
    return box.clip(pygame.Rect(0, 0, *size).inflate(2 * margin, 2 * margin))


def _mask(sheet: Sheet, box: pygame.Rect) -> pygame.Surface:
    big = pygame.Surface((box.w * _SUPERSAMPLE, box.h * _SUPERSAMPLE), pygame.SRCALPHA, 32)
    big.fill((255, 255, 255, 0))
    for shapes, alpha in ((sheet.shapes, 255), (sheet.holes, 0)):
        for shape in shapes:
            if len(shape) > 2:
                points = [((x - box.x) * _SUPERSAMPLE, (y - box.y) * _SUPERSAMPLE) for x, y in shape]
                pygame.draw.polygon(big, (255, 255, 255, alpha), points)
    return pygame.transform.smoothscale(big, box.size)


def _cast(on: Table, mask: pygame.Surface, box: pygame.Rect, blur: float, offset: Point, alpha: float) -> None:
    """The shadow of `mask` on the table: blurred at a fraction of the size, where blur is cheap."""
    part = max(1.0, min(8.0, blur / 2))
    pad = math.ceil(blur * 2 / part) + 1
    small_size = (max(1, round(box.w / part)), max(1, round(box.h / part)))
    small = pygame.Surface((small_size[0] + 2 * pad, small_size[1] + 2 * pad), pygame.SRCALPHA, 32)
    small.fill((255, 255, 255, 0))
    small.blit(pygame.transform.smoothscale(mask, small_size), (pad, pad), special_flags=pygame.BLEND_RGBA_MAX)
    radius = max(1, round(blur / part * 0.8))
    small = pygame.transform.box_blur(pygame.transform.box_blur(small, radius), radius)
    small.fill((*on.shadow, min(255, round(255 * alpha))), special_flags=pygame.BLEND_RGBA_MULT)
    sx, sy = box.w / small_size[0], box.h / small_size[1]
    full = pygame.transform.smoothscale(
        small, (max(1, round(small.get_width() * sx)), max(1, round(small.get_height() * sy)))
    )
    on.surface.blit(full, (box.x - round(pad * sx) + offset[0], box.y - round(pad * sy) + offset[1]))


def gradient(surface: pygame.Surface, top: Colour, bottom: Colour, start: float, end: float) -> None:
    """Fill `surface` row by row, `top` at row `start` and above, `bottom` at row `end` and below."""
    w, h = surface.get_size()
    reach = max(1.0, end - start)
    for y in range(h):
        t = min(1.0, max(0.0, (y - start) / reach))
        colour = tuple(round(a + (b - a) * t) for a, b in zip(top, bottom, strict=True))
        surface.fill(colour, (0, y, w, 1))


def tile(on: Table, surface: pygame.Surface) -> None:
    """Multiply `surface` by the paper's grain, from a place of its own, so that no two sheets match."""
    side = on.grain.get_width()
    x0, y0 = -on.offsets.randrange(side), -on.offsets.randrange(side)
    w, h = surface.get_size()
    for y in range(y0, h, side):
        for x in range(x0, w, side):
            surface.blit(on.grain, (x, y), special_flags=pygame.BLEND_RGB_MULT)


def lay(on: Table, sheet: Sheet) -> None:
    """Lay one sheet on the table."""
    margin = math.ceil(sheet.lift * 3) + 2
    if not any(len(shape) > 2 for shape in sheet.shapes):
        return
    box = _bounds(sheet.shapes, margin, on.size)
    if box.w <= 0 or box.h <= 0:
        return
    mask = _mask(sheet, box)
    if sheet.lift > 0 and sheet.shade > 0:
        lx, ly = on.light
        far, near = sheet.lift * 1.5, max(1.0, sheet.lift * 0.4)
        _cast(on, mask, box, far, (lx * sheet.lift, ly * sheet.lift), sheet.shade * 0.8)
        _cast(on, mask, box, near, (lx * near, ly * near), sheet.shade)
    start, end = sheet.span or (box.top, box.bottom)
    body = pygame.Surface(box.size, pygame.SRCALPHA, 32)
    gradient(body, sheet.top, sheet.bottom, start - box.y, end - box.y)
    tile(on, body)
    if sheet.rim is not None and sheet.rim_width > 0:
        edged = pygame.Surface(box.size, pygame.SRCALPHA, 32)
        edged.fill((*sheet.rim, 255))
        tile(on, edged)
        inner = pygame.Surface(box.size, pygame.SRCALPHA, 32)
        inner.fill((255, 255, 255, 0))
        lx, ly = on.light
        length = math.hypot(lx, ly) or 1.0
        shift = (round(lx / length * sheet.rim_width), max(1, round(ly / length * sheet.rim_width)))
        inner.blit(mask, shift, special_flags=pygame.BLEND_RGBA_MAX)
        body.blit(inner, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        edged.blit(body, (0, 0))
        body = edged
    if sheet.alpha < 255:
        body.fill((255, 255, 255, sheet.alpha), special_flags=pygame.BLEND_RGBA_MULT)
    body.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    on.surface.blit(body, box)


def glow(on: Table, centre: Point, radius: float, colour: Colour, strength: float, flat: float = 1.0) -> None:
    """Add light around `centre`: full `strength` (0 to 1) at the centre, none at `radius` pixels.

    `flat` below 1 presses the circle into a lying ellipse.
    """
    steps = 40
    small = pygame.Surface((2 * steps, 2 * steps), 0, 32)
    for i in range(steps, 0, -1):
        part = (1 - i / steps) ** 2.2 * strength
        tone = tuple(min(255, round(channel * part)) for channel in colour)
        pygame.draw.circle(small, tone, (steps, steps), i)
    w, h = max(1, round(2 * radius)), max(1, round(2 * radius * flat))
    if w > 6 * on.size[0] or h > 6 * on.size[1]:
        return
    light = pygame.transform.smoothscale(small, (w, h))
    at = (round(centre[0] - w / 2), round(centre[1] - h / 2))
    on.surface.blit(light, at, special_flags=pygame.BLEND_RGB_ADD)


def beam(on: Table, shape: Shape, colour: Colour, strength: float, blur: float) -> None:
    """Add a soft-edged shape of light, such as daylight on a floor; `blur` in pixels."""
    part = 8.0
    w, h = max(1, math.ceil(on.size[0] / part)), max(1, math.ceil(on.size[1] / part))
    small = pygame.Surface((w, h), 0, 32)
    tone = tuple(round(channel * strength) for channel in colour)
    pygame.draw.polygon(small, tone, [(x / part, y / part) for x, y in shape])
    radius = max(1, round(blur / part))
    small = pygame.transform.box_blur(pygame.transform.box_blur(small, radius), radius)
    on.surface.blit(
        pygame.transform.smoothscale(small, on.size), (0, 0), special_flags=pygame.BLEND_RGB_ADD
    )


def finish(on: Table, centre: Point, dark: float) -> None:
    """Draw the eye to `centre` by darkening the corners, at most by `dark` (0 to 1)."""
    w, h = 48, 27
    shade = pygame.Surface((w, h), 0, 32)
    cx, cy = centre[0] / on.size[0] * w, centre[1] / on.size[1] * h
    for y in range(h):
        for x in range(w):
            away = math.hypot((x - cx) / w, (y - cy) / h)
            tone = round(255 * (1 - dark * min(1.0, max(0.0, (away - 0.28) / 0.62)) ** 1.5))
            shade.set_at((x, y), (tone, tone, tone))
    on.surface.blit(
        pygame.transform.smoothscale(shade, on.size), (0, 0), special_flags=pygame.BLEND_RGB_MULT
    )
