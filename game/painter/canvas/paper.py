"""Paper: draws sheets of cut paper with grain, a lit edge and a soft shadow on what lies below."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import field
from functools import cache

import pygame

from game.core.values import frozen
from game.painter.canvas.byte_cache import cached, surface_bytes
from game.painter.canvas.colour import Colour, scale
from game.painter.canvas.motion import Move
from game.painter.canvas.part import PartRecorder

Point = tuple[float, float]
Shape = Sequence[Point]
Extent = tuple[float, float, float, float]  # left, top, right, foot in pixels

# Edges are cut so many times larger, across and down, and then shrunk, which smooths them. To shrink across costs
# most, and a large sheet, whose edges mostly lie along it, looks the same without.
_FINE, _COARSE, _LARGE = (2.0, 2.0), (1.0, 2.0), 40_000
_LOW = 5.0  # pixels of lift
_SMALL_LIGHT = 120_000  # pixels
# The grain only darkens; what it takes on the whole is given back beforehand.
_GAIN = 1.11


@frozen
class PaperSheet:
    """Outlines cut out of one sheet of paper.

    shapes, holes: closed outlines in pixels; holes are cut last, and what lies below shows through.
    top, bottom: the paper's colour at its upper and lower end; `span` gives these ends in pixels.
    lift: how far above what lies below, in pixels: the shadow's length and softness.
    rim: the colour of the edge that the light meets, `rim_width` pixels broad (snow is a broad white rim).
    alpha: 255 is card, less is tissue.
    solid: the row, in pixels, from which on the sheet fills its box; below it nothing needs cutting.
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
    solid: float | None = None


@frozen
class PaperTable:
    """The canvas that sheets are laid on.

    light: the direction in which shadows fall (x to the right, y down), of length about 1.
    moves: what is animated over the painting; scenes append to it as they paint.
    parts: records what may go, come or move between this painting and the next of its scene.
    """

    surface: pygame.Surface
    grain: pygame.Surface
    shadow: Colour
    light: Point = (0.45, 0.75)
    scratch: dict[str, bytearray] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    parts: PartRecorder = field(default_factory=PartRecorder)

    def borrow(self, name: str, size: tuple[int, int]) -> pygame.Surface:
        """A scratch surface of `size` pixels over reused memory: fresh pages cost more than the drawing.

        It is not cleared, and valid until the next call with the same name.
        """
        need = size[0] * size[1] * 4
        if len(self.scratch.get(name, b"")) < need:
            self.scratch.pop(name, None)  # before its successor comes: it may lie in the same place
            self.scratch[name] = bytearray(max(need, 2 * self.size[0] * self.size[1]))
        return pygame.image.frombuffer(memoryview(self.scratch[name])[:need], size, "BGRA")

    @property
    def size(self) -> tuple[int, int]:
        return self.surface.get_size()


def table(
    size: tuple[int, int], shadow: Colour, coarse: float, scratch: dict[str, bytearray] | None = None
) -> PaperTable:
    """An empty canvas of `size` pixels; `shadow` colours shadows, `coarse` is the grain's size in pixels (1: fine),
    `scratch` is the memory of an earlier canvas, to be used again."""
    surface = pygame.Surface(size, 0, 32)
    return PaperTable(surface, _grain(max(1.0, coarse)), shadow, scratch={} if scratch is None else scratch)


def _noise(rng: random.Random, side: int, low: int, high: int) -> pygame.Surface:
    image = pygame.image.frombytes(rng.randbytes(side * side), (side, side), "P")
    image.set_palette([(low + i * (high - low) // 255,) * 3 for i in range(256)])
    surface = pygame.Surface((side, side), 0, 32)
    surface.blit(image, (0, 0))
    return surface


@cache
def _spot() -> pygame.Surface:
    """White light in a circle, strongest in the middle, to be tinted and stretched."""
    steps = 48
    spot = pygame.Surface((2 * steps, 2 * steps), 0, 32)
    for i in range(steps, 0, -1):
        tone = round(255 * (1 - i / steps) ** 2.2)
        pygame.draw.circle(spot, (tone, tone, tone), (steps, steps), i)
    return spot


def _soft(noise: pygame.Surface, side: int) -> pygame.Surface:
    """`noise` enlarged to `side` pixels so that its edges still meet when it is laid as tiles."""
    n = noise.get_width()
    four = pygame.Surface((2 * n, 2 * n), 0, 32)
    for at in ((0, 0), (n, 0), (0, n), (n, n)):
        four.blit(noise, at)
    return pygame.transform.smoothscale(four, (2 * side, 2 * side)).subsurface((side // 2, side // 2, side, side))


@cached(12_000_000, surface_bytes)
def _grain(coarse: float) -> pygame.Surface:
    """A paper texture tile to multiply with: fine grain, soft clouds and a few long fibres; read-only."""
    rng = random.Random("paper")
    side = 448
    tile = _noise(rng, side, 232, 255)
    tile.blit(_soft(_noise(rng, side // 2, 236, 255), side), (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    tile.blit(_soft(_noise(rng, 28, 242, 255), side), (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    for _ in range(70):
        x, y, angle = rng.uniform(40, side - 40), rng.uniform(40, side - 40), rng.uniform(0, math.tau)
        tone = rng.choice((212, 218, 246, 252))
        for _ in range(rng.randint(3, 7)):
            angle += rng.uniform(-0.5, 0.5)
            to = (x + 5 * math.cos(angle), y + 5 * math.sin(angle))
            pygame.draw.aaline(tile, (tone, tone, tone), (x, y), to)
            x, y = to
    if coarse > 1.15:
        tile = pygame.transform.smoothscale_by(tile, coarse)
    return tile


def extent(*shapes: Shape) -> Extent:
    """The bounding box of `shapes`, of which one at least has points."""
    left, top = right, foot = next(shape[0] for shape in shapes if shape)
    for shape in shapes:
        for x, y in shape:  # three times as fast as `min` and `max` over lists of them
            if x < left:
                left = x
            elif x > right:
                right = x
            if y < top:
                top = y
            elif y > foot:
                foot = y
    return left, top, right, foot


def _bounds(around: Extent, margin: int, edge: int, size: tuple[int, int]) -> pygame.Rect:
    """The pixels of `around` with `edge` pixels about them, no further than `margin` pixels outside the picture."""
    left, top = math.floor(around[0]) - edge, math.floor(around[1]) - edge
    box = pygame.Rect(left, top, math.ceil(around[2]) + edge - left, math.ceil(around[3]) + edge - top)
    return box.clip(pygame.Rect(0, 0, *size).inflate(2 * margin, 2 * margin))


def _mask(on: PaperTable, sheet: PaperSheet, box: pygame.Rect) -> pygame.Surface:
    across, down = _FINE if box.w * box.h < _LARGE else _COARSE
    big = on.borrow("work", (math.ceil(box.w * across), math.ceil(box.h * down)))
    big.fill((255, 255, 255, 0))
    left, top = box.topleft
    low = big.get_height() + 1.0
    for shapes, alpha in ((sheet.shapes, 255), (sheet.holes, 0)):
        for shape in shapes:
            if len(shape) > 2:
                # A long outline costs a step for every row that it reaches, so it ends with the box.
                points = (
                    [((x - left) * across, min((y - top) * down, low)) for x, y in shape]
                    if len(shape) > 60
                    else [((x - left) * across, (y - top) * down) for x, y in shape]
                )
                pygame.draw.polygon(big, (255, 255, 255, alpha), points)
    return pygame.transform.smoothscale(big, box.size, on.borrow("mask", box.size))


def _cast(on: PaperTable, mask: pygame.Surface, box: pygame.Rect, lift: float, shade: float, covered: bool) -> None:
    """The shadow of `mask` on the table: a close one and a wide one, blurred at a fraction of the size.

    covered: what lies below `box` is going to be hidden by the same sheet, and needs no shadow.
    """
    part = max(4.0, min(9.0, lift * 0.6))
    pad = math.ceil(lift * 3 / part) + 1
    w, h = max(1, round(box.w / part)), max(1, round(box.h / part))
    flat = pygame.Surface((w + 2 * pad, h + 2 * pad), pygame.SRCALPHA, 32)
    flat.fill((255, 255, 255, 0))
    flat.blit(pygame.transform.scale(mask, (w, h)), (pad, pad), special_flags=pygame.BLEND_RGBA_MAX)
    if covered:
        flat.fill((255, 255, 255, 255), (pad, pad + h, w, pad))
    lx, ly = on.light
    if lift < _LOW:  # so near its ground that both shadows are one
        wide = pygame.transform.box_blur(flat, max(1, round(lift * 0.8 / part)))
        wide.fill((*on.shadow, min(255, round(390 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
    else:
        close = pygame.transform.box_blur(flat, max(1, round(lift * 0.35 / part)))
        wide = pygame.transform.box_blur(close, max(1, round(lift * 1.3 / part)))
        wide.fill((*on.shadow, min(255, round(255 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
        close.fill((*on.shadow, min(255, round(225 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
        wide.blit(close, (round(-lx * lift * 0.6 / part), round(-ly * lift * 0.6 / part)))
    if covered:
        wide = wide.subsurface((0, 0, wide.get_width(), pad + h))
    sx, sy = box.w / w, box.h / h
    size = (max(1, round(wide.get_width() * sx)), max(1, round(wide.get_height() * sy)))
    at = (round(box.x - pad * sx + lx * lift), round(box.y - pad * sy + ly * lift))
    on.surface.blit(pygame.transform.smoothscale(wide, size, on.borrow("work", size)), at)


def gradient(surface: pygame.Surface, top: Colour, bottom: Colour, start: float, end: float) -> None:
    """Fill `surface` in bands, `top` at row `start` and above, `bottom` at row `end` and below."""
    w, h = surface.get_size()
    first, last = min(h, max(0, round(start))), min(h, max(0, round(end)))
    surface.fill(top, (0, 0, w, first))
    surface.fill(bottom, (0, last, w, h - last))
    # The grain hides steps of three tones.
    bands = min((last - first) // 2, max(abs(a - b) for a, b in zip(top, bottom, strict=True)) // 3) + 1
    reach = max(1.0, end - start)
    (r, g, b), (dr, dg, db) = top, (low - high for high, low in zip(top, bottom, strict=True))
    y = first
    for i in range(bands):
        below = first + (last - first) * (i + 1) // bands
        t = min(1.0, max(0.0, ((y + below) / 2 - start) / reach))
        surface.fill((round(r + dr * t), round(g + dg * t), round(b + db * t)), (0, y, w, below - y))
        y = below


def tile(on: PaperTable, surface: pygame.Surface, at: tuple[int, int], inset: tuple[int, int] = (0, 0)) -> None:
    """Multiply `surface` by the paper's grain.

    `at`, where the surface will lie, sets from where on the grain is taken: no two sheets match, and a sheet
    keeps its grain whatever else is laid. `inset`: how far inside its sheet the surface begins.
    """
    side = on.grain.get_width()
    w, h = surface.get_size()
    x0, y0 = -((at[0] * 37 + at[1] * 101 + inset[0]) % side), -((at[1] * 53 + at[0] * 29 + inset[1]) % side)
    for y in range(y0, h, side):
        for x in range(x0, w, side):
            surface.blit(on.grain, (x, y), special_flags=pygame.BLEND_RGB_MULT)


def backing(on: PaperTable, top: Colour, bottom: Colour, end: float) -> None:
    """Cover the whole canvas with a sheet, from `top` down to `bottom`, which begins at row `end`."""
    gradient(on.surface, scale(top, _GAIN), scale(bottom, _GAIN), 0, end)
    tile(on, on.surface, (0, 0))


def lay(on: PaperTable, sheet: PaperSheet, around: Extent | None = None) -> None:
    """Draw one sheet with its shadow. `around`: the bounding box of its shapes, if known."""
    if not any(len(shape) > 2 for shape in sheet.shapes):
        return
    if sheet.alpha == 255:  # tissue is a thing's shadow or its trace
        on.parts.lay(sheet.shapes)
    edge = math.ceil(sheet.rim_width) + 1 if sheet.rim is not None else 1
    box = _bounds(around or extent(*sheet.shapes), math.ceil(sheet.lift * 2) + 2, edge, on.size)
    if box.w <= 0 or box.h <= 0:
        return
    cut = box.copy()
    if sheet.solid is not None and sheet.alpha == 255:
        cut.h = min(box.h, max(1, math.ceil(sheet.solid) - box.y))
    mask = _mask(on, sheet, cut)
    if sheet.lift > 0 and sheet.shade > 0:
        _cast(on, mask, cut, sheet.lift, sheet.shade, cut.h < box.h)
    start, end = sheet.span or (box.top, box.bottom)
    top, bottom = scale(sheet.top, _GAIN), scale(sheet.bottom, _GAIN)
    if cut.h < box.h:
        rest = pygame.Rect(box.x, cut.bottom, box.w, box.h - cut.h).clip(on.surface.get_rect())
        if rest.w and rest.h:
            plain = on.surface.subsurface(rest)
            gradient(plain, top, bottom, start - rest.y, end - rest.y)
            tile(on, plain, cut.topleft, (rest.x - cut.x, rest.y - cut.y))
    body = on.borrow("work", cut.size)
    gradient(body, top, bottom, start - cut.y, end - cut.y)
    tile(on, body, cut.topleft)
    body.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    if sheet.rim is not None and sheet.rim_width > 0:
        # The rim is the whole outline in the rim's colour, on which the body lies a little down the light.
        lx, ly = on.light
        length = math.hypot(lx, ly) or 1.0
        shift = (round(lx / length * sheet.rim_width), max(1, round(ly / length * sheet.rim_width)))
        body.blit(mask, shift, special_flags=pygame.BLEND_RGBA_MULT)
        mask.fill((*sheet.rim, sheet.alpha), special_flags=pygame.BLEND_RGBA_MULT)
        on.surface.blit(mask, cut)
    if sheet.alpha < 255:
        body.fill((255, 255, 255, sheet.alpha), special_flags=pygame.BLEND_RGBA_MULT)
    on.surface.blit(body, cut)


def blocks(on: PaperTable, boxes: Sequence[tuple[float, float, float, float]], tone: Colour) -> None:
    """Fill upright boxes (left, top, width, height in pixels) without edge or shadow: what is seen through openings."""
    for left, top, width, height in boxes:
        x, y = round(left), round(top)
        on.surface.fill(tone, (x, y, round(left + width) - x, round(top + height) - y))


def slit(on: PaperTable, slits: Sequence[Shape], dark: Colour, lit: Colour) -> None:
    """Draw slits: `dark` inside, `lit` where the light meets their lower edge."""
    for shape in slits:
        if len(shape) < 3:
            continue
        half = len(shape) // 2 + 1
        pygame.draw.aalines(on.surface, lit, False, [(x, y + 1.2) for x, y in shape[:half]])
        pygame.draw.polygon(on.surface, dark, shape)
        pygame.draw.aalines(on.surface, dark, True, shape)


def glow(on: PaperTable, centre: Point, radius: float, colour: Colour, strength: float, flat: float = 1.0) -> None:
    """Add light around `centre`: full `strength` (0 to 1) at the centre, none at `radius` pixels.

    `flat` below 1 presses the circle into a lying ellipse.
    """
    glows(on, [centre], radius, colour, strength, flat)


def glows(
    on: PaperTable, centres: Sequence[Point], radius: float, colour: Colour, strength: float, flat: float = 1.0
) -> None:
    """Add the same light around each of `centres`; arguments as for `glow`."""
    w, h = max(1, round(2 * radius)), max(1, round(2 * radius * flat))
    if w > 6 * on.size[0] or h > 6 * on.size[1]:
        return
    tone = scale(colour, strength)
    if w * h < _SMALL_LIGHT:
        light = _lit(w, h, tone)
    else:
        light = pygame.transform.smoothscale(_tinted(tone), (w, h), on.borrow("work", (w, h)))
    for x, y in centres:
        on.surface.blit(light, (round(x - w / 2), round(y - h / 2)), special_flags=pygame.BLEND_RGB_ADD)


def _tinted(tone: Colour) -> pygame.Surface:
    """Small light of `tone`, to be stretched and added."""
    small = _spot().copy()
    small.fill(tone, special_flags=pygame.BLEND_RGB_MULT)
    return small


@cached(4_000_000, surface_bytes)
def _lit(w: int, h: int, tone: Colour) -> pygame.Surface:
    """Light of `tone` over `w` by `h` pixels: windows and mouths of furnaces shine alike. It is only read from."""
    return pygame.transform.smoothscale(_tinted(tone), (w, h))


def beam(on: PaperTable, shapes: Sequence[Shape], colour: Colour, strength: float, blur: float) -> None:
    """Add soft-edged shapes of light, such as daylight on a floor; `blur` in pixels."""
    if not any(shapes):
        return
    part = 8.0
    w, h = max(1, math.ceil(on.size[0] / part)), max(1, math.ceil(on.size[1] / part))
    small = pygame.Surface((w, h), 0, 32)
    tone = scale(colour, strength)
    for shape in shapes:
        pygame.draw.polygon(small, tone, [(x / part, y / part) for x, y in shape])
    radius = max(1, round(blur / part))
    small = pygame.transform.box_blur(pygame.transform.box_blur(small, radius), radius)
    # Only the part that is lit is enlarged and added.
    xs, ys = [x / part for shape in shapes for x, _ in shape], [y / part for shape in shapes for _, y in shape]
    reach = 2 * radius + 2
    lit = pygame.Rect(math.floor(min(xs)) - reach, math.floor(min(ys)) - reach, 0, 0)
    lit.size = math.ceil(max(xs)) + reach - lit.x, math.ceil(max(ys)) + reach - lit.y
    lit = lit.clip(small.get_rect())
    if lit.w and lit.h:
        size = round(lit.w * part), round(lit.h * part)
        large = pygame.transform.smoothscale(small.subsurface(lit), size, on.borrow("work", size))
        on.surface.blit(large, (round(lit.x * part), round(lit.y * part)), special_flags=pygame.BLEND_RGB_ADD)


def finish(on: PaperTable, centre: Point, dark: float) -> None:
    """Vignette: darken what is far from `centre`, at most by `dark` (0 to 1)."""
    w, h = on.size
    reach = 2.0 * max(w, h)
    tone = round(255 * (1 - dark))
    spot = _spot()
    side = spot.get_width()
    light = spot.copy()
    for _ in range(3):
        light.blit(spot, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    light.fill((255 - tone,) * 3, special_flags=pygame.BLEND_RGB_MULT)
    light.fill((tone,) * 3, special_flags=pygame.BLEND_RGB_ADD)
    part = reach / side
    shade = pygame.Surface((max(1, math.ceil(w / part)), max(1, math.ceil(h / part))), 0, 32)
    shade.blit(light, (centre[0] / part - side / 2, centre[1] / part - side / 2))
    shade = pygame.transform.smoothscale(shade, on.size, on.borrow("work", on.size))
    on.surface.blit(shade, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
