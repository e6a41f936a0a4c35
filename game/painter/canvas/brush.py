"""Brush: lays sheets of cut paper with grain, a lit edge and a soft shadow, cuts slits into them, and adds light."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import field, replace

import pygame

from game.core.values import frozen
from game.painter.canvas import paper
from game.painter.canvas.colour import Colour, mix, scale
from game.painter.canvas.frame import Frame
from game.painter.canvas.motion import Box, Kind, Move
from game.painter.canvas.palette import InteriorPalette, Palette, lit_edge, room
from game.painter.canvas.paper import Edge, Extent, Point, Shape
from game.painter.canvas.part import PartRecorder
from game.painter.canvas.perspective import Perspective
from game.painter.canvas.scene_state import SceneState
from game.painter.canvas.shapes import Profile, profile

# A sheet's mask is drawn enlarged, across and down, and then shrunk, which smooths its edges. Shrinking across costs
# most. Large sheets have mostly level edges, and look the same without it.
_FINE, _COARSE, _LARGE = (2.0, 2.0), (1.0, 2.0), 40_000
_LOW = 5.0  # pixels of lift, below which both shadows of a sheet merge
_SMALL_LIGHT = 120_000  # area in pixels of a glow, up to which its scaled light is cached
# Bytes of scratch memory for each pixel of the picture: enough for the largest sheet of all scenes in a kiosk's window.
# With less, painting a sheet took 21 to 31 MB, depending on the scene, so a kiosk's peak grew with the pages read.
_SCRATCH = {"work": 7.0, "mask": 3.5}
_GAIN = 1.11  # the grain only darkens, so sheets are lightened by this factor first
_LIGHT = (0.45, 0.75)  # the direction of shadows: to the right and down


@frozen
class Brush:
    """The tool that paints one picture. Lengths and places are pixels, unless a docstring says units.

    `grain` is a tile of paper texture, `scratch` the memory in which sheets are drawn. `edge` is the colour and breadth
    of a sheet's lit edge; outdoors, snow makes this edge white and broad. Only indoor scenes use `tones`, the room's
    colours, and `view`, its perspective. `moves` are the picture's animations. `parts` records the things that can go,
    come or move before the scene's next picture.
    """

    surface: pygame.Surface
    grain: pygame.Surface
    scratch: dict[str, bytearray]
    frame: Frame
    colours: Palette
    state: SceneState
    edge: Edge
    tones: InteriorPalette
    view: Perspective
    moves: list[Move] = field(default_factory=list)
    parts: PartRecorder = field(default_factory=PartRecorder)

    @property
    def size(self) -> tuple[int, int]:
        """The picture's width and height."""
        return self.surface.get_size()

    @property
    def u(self) -> float:
        """The number of pixels in a unit of the subject area."""
        return self.frame.u

    @property
    def light(self) -> Colour:
        """The colour of lit edges."""
        return self.edge[0]

    @property
    def fine(self) -> float:
        """The breadth of a lit edge in a room, in pixels."""
        return max(0.8, min(self.size) * 0.0019)

    def crest(self, seed: str, row: float, height: float, length: float) -> Profile:
        """Return a rolling crest line: a function from column to row. The line rises and falls by about `height` units
        around the fraction `row` of the subject area's height. Its longest wave is about `length` units long."""
        return profile(random.Random(seed), self.frame.y(row), height * self.u, length * self.u)

    def indoors(self, view: Perspective | None = None, tones: InteriorPalette | None = None) -> Brush:
        """Return a copy of this brush for a room, with fine edges. `view` and `tones` replace its own if given."""
        tones = tones or self.tones
        return replace(self, view=view or self.view, tones=tones, edge=(tones.edge, self.fine))

    def near(self) -> Brush:
        """Return a copy of this brush for things close to the viewer. Its edges are as fine as in a room."""
        return replace(self, edge=(self.light, self.fine))

    def outdoors(self) -> Brush:
        """Return a copy of this brush for what is seen through a room's windows and doors, with outdoor edges."""
        return replace(self, edge=lit_edge(self.colours, self.state, self.u))

    def cut(
        self,
        shapes: Sequence[Shape],
        tone: Colour,
        lift: float,
        *,
        holes: Sequence[Shape] = (),
        lit: float = 0.12,
        dark: float = 0.78,
        rim: float = 0.5,
        edge: Edge | None = None,
        apart: bool = True,
    ) -> None:
        """Lay a sheet in the colour `tone`, lighter at its upper end and darker at its lower end, with a lit edge.

        `lit` (0 to 1) says how much light is mixed into the upper end's colour, and `rim` how much into the edge's
        colour. The lower end is `tone` times `dark`. `edge` is the light's colour and the lit edge's breadth; None
        means the brush's own `edge`. The other arguments are as in `lay`.
        """
        light, width = edge or self.edge
        top, rim_colour = mix(tone, light, lit), mix(tone, light, rim)
        self.lay(shapes, top, scale(tone, dark), lift, holes=holes, edge=(rim_colour, width), apart=apart)

    def stain(self, shapes: Sequence[Shape], tone: Colour, alpha: int, bottom: Colour | None = None) -> None:
        """Tint an area, without edge or shadow: from `tone` at the top to `bottom` at the bottom, or only with `tone`
        if `bottom` is None. `alpha` is the opacity, 0 to 255."""
        self.lay(shapes, tone, bottom, alpha=alpha, apart=True)

    def lay(
        self,
        shapes: Sequence[Shape],
        top: Colour,
        bottom: Colour | None = None,
        lift: float = 0.0,
        *,
        holes: Sequence[Shape] = (),
        edge: Edge | None = None,
        alpha: int = 255,
        shade: float = 0.42,
        span: tuple[float, float] | None = None,
        solid: float | None = None,
        around: Extent | None = None,
        apart: bool = False,
    ) -> None:
        """Lay one sheet of paper with its shadow.

        Args:
            shapes: closed outlines.
            top, bottom: the colours at the sheet's upper and lower end. If `bottom` is None, both are `top`.
            lift: the sheet's height above what lies below, in pixels. A higher sheet casts a longer and softer shadow.
            holes: outlines that are cut out, through which the viewer sees what lies below.
            edge: the colour and breadth of the edge towards the light; None for no edge.
            alpha: the sheet's opacity, 0 to 255. Only an opaque sheet is recorded in `parts`.
            shade: 0 to 1, the darkness of the shadow.
            span: the rows at which the colour gradient begins and ends; by default the sheet's first and last row.
            solid: the row below which the sheet is a plain rectangle as wide as its bounding box. It is filled faster.
            around: the bounding box of the shapes, if it is known.
            apart: draw shapes that are far from each other as separate sheets, which is faster. One gradient spans all.
        """
        bottom = top if bottom is None else bottom
        if apart:
            groups = paper.islands(shapes, 2 * lift)
            if groups:
                span = span or (min(area[1] for area, _ in groups), max(area[3] for area, _ in groups))
            boxed = [(paper.extent(hole), hole) for hole in holes if hole]
            for area, own in groups:
                met = [hole for at, hole in boxed if paper.touch(area, at)]
                self.lay(own, top, bottom, lift, holes=met, edge=edge, alpha=alpha, shade=shade, span=span, around=area)
            return
        if not any(len(shape) > 2 for shape in shapes):
            return
        if alpha == 255:  # tissue gets no body of its own: it is only a shadow or a trace
            self.parts.lay(shapes)
        rim, width = edge or (None, 0.0)
        border = math.ceil(width) + 1
        box = paper.bounds(around or paper.extent(*shapes), math.ceil(lift * 2) + 2, border, self.size)
        if box.w <= 0 or box.h <= 0:
            return
        cut = box.copy()
        if solid is not None and alpha == 255:
            cut.h = min(box.h, max(1, math.ceil(solid) - box.y))
        mask = self._mask(shapes, holes, cut)
        if lift > 0 and shade > 0:
            self._cast(mask, cut, lift, shade, cut.h < box.h)
        start, end = span or (box.top, box.bottom)
        top, bottom = scale(top, _GAIN), scale(bottom, _GAIN)
        if cut.h < box.h:
            rest = pygame.Rect(box.x, cut.bottom, box.w, box.h - cut.h).clip(self.surface.get_rect())
            if rest.w and rest.h:
                plain = self.surface.subsurface(rest)
                paper.gradient(plain, top, bottom, start - rest.y, end - rest.y)
                self.tile(plain, cut.topleft, (rest.x - cut.x, rest.y - cut.y))
        body = self.borrow("work", cut.size)
        paper.gradient(body, top, bottom, start - cut.y, end - cut.y)
        self.tile(body, cut.topleft)
        body.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        if rim is not None and width > 0:
            # The rim is the whole outline in the rim's colour; the body lies on it, shifted a little along the light.
            lx, ly = _LIGHT
            length = math.hypot(lx, ly)
            shift = (round(lx / length * width), max(1, round(ly / length * width)))
            body.blit(mask, shift, special_flags=pygame.BLEND_RGBA_MULT)
            mask.fill((*rim, alpha), special_flags=pygame.BLEND_RGBA_MULT)
            self.surface.blit(mask, cut)
        if alpha < 255:
            body.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
        self.surface.blit(body, cut)

    def move(
        self,
        kind: Kind,
        at: Point,
        size: float,
        colour: Colour,
        seed: str,
        *,
        reach: Point = (0, 0),
        strength: float = 1.0,
        through: tuple[Box, ...] = (),
        across: Point = (0.0, 0.0),
    ) -> None:
        """Add an animation to the picture. The arguments are as in `Move`."""
        self.moves.append(Move(kind, at, reach, size, colour, strength, seed, through, across))

    def _mask(self, shapes: Sequence[Shape], holes: Sequence[Shape], box: pygame.Rect) -> pygame.Surface:
        """Return a mask of the size of `box`: white inside `shapes`, transparent in `holes` and outside."""
        across, down = _FINE if box.w * box.h < _LARGE else _COARSE
        big = self.borrow("work", (math.ceil(box.w * across), math.ceil(box.h * down)))
        big.fill((255, 255, 255, 0))
        left, top = box.topleft
        low = big.get_height() + 1.0
        for outlines, alpha in ((shapes, 255), (holes, 0)):
            for shape in outlines:
                if len(shape) > 2:
                    # A long outline costs a step for each row that it crosses, so cut it off where the box ends.
                    points = (
                        [((x - left) * across, min((y - top) * down, low)) for x, y in shape]
                        if len(shape) > 60
                        else [((x - left) * across, (y - top) * down) for x, y in shape]
                    )
                    pygame.draw.polygon(big, (255, 255, 255, alpha), points)
        return pygame.transform.smoothscale(big, box.size, self.borrow("mask", box.size))

    def _cast(self, mask: pygame.Surface, box: pygame.Rect, lift: float, shade: float, continues: bool) -> None:
        """Draw the shadow of `mask`, which lies at `box`. If the sheet `continues` below the box, draw none there."""
        part = max(4.0, min(9.0, lift * 0.6))
        pad = math.ceil(lift * 3 / part) + 1
        w, h = max(1, round(box.w / part)), max(1, round(box.h / part))
        flat = pygame.Surface((w + 2 * pad, h + 2 * pad), pygame.SRCALPHA, 32)
        flat.fill((255, 255, 255, 0))
        flat.blit(pygame.transform.scale(mask, (w, h)), (pad, pad), special_flags=pygame.BLEND_RGBA_MAX)
        if continues:
            flat.fill((255, 255, 255, 255), (pad, pad + h, w, pad))
        (lx, ly), tone = _LIGHT, self.colours.shadow
        if lift < _LOW:  # so near the ground that both shadows merge
            wide = pygame.transform.box_blur(flat, max(1, round(lift * 0.8 / part)))
            wide.fill((*tone, min(255, round(390 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
        else:
            close = pygame.transform.box_blur(flat, max(1, round(lift * 0.35 / part)))
            wide = pygame.transform.box_blur(close, max(1, round(lift * 1.3 / part)))
            wide.fill((*tone, min(255, round(255 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
            close.fill((*tone, min(255, round(225 * shade))), special_flags=pygame.BLEND_RGBA_MULT)
            wide.blit(close, (round(-lx * lift * 0.6 / part), round(-ly * lift * 0.6 / part)))
        if continues:
            wide = wide.subsurface((0, 0, wide.get_width(), pad + h))
        sx, sy = box.w / w, box.h / h
        size = (max(1, round(wide.get_width() * sx)), max(1, round(wide.get_height() * sy)))
        at = (round(box.x - pad * sx + lx * lift), round(box.y - pad * sy + ly * lift))
        self.surface.blit(pygame.transform.smoothscale(wide, size, self.borrow("work", size)), at)

    def borrow(self, name: str, size: tuple[int, int]) -> pygame.Surface:
        """Return a surface of `size` pixels in the scratch memory called `name`, because allocating memory takes longer
        than drawing. The surface still has old pixels. It is valid until the next call with the same `name`."""
        need = size[0] * size[1] * 4
        if len(self.scratch.get(name, b"")) < need:
            self.scratch.pop(name, None)  # free it before its successor is made, which may then use the same memory
            self.scratch[name] = bytearray(max(need, round(_SCRATCH[name] * self.size[0] * self.size[1])))
        return pygame.image.frombuffer(memoryview(self.scratch[name])[:need], size, "BGRA")

    def tile(self, surface: pygame.Surface, at: tuple[int, int], inset: tuple[int, int] = (0, 0)) -> None:
        """Multiply `surface`, a piece of a sheet, by the paper's grain. `at` is the sheet's upper left corner in the
        picture, and `inset` says how far the piece lies right of and below this corner. Both together choose the part
        of the grain, so that the sheet looks the same in every painting."""
        side = self.grain.get_width()
        w, h = surface.get_size()
        x0, y0 = -((at[0] * 37 + at[1] * 101 + inset[0]) % side), -((at[1] * 53 + at[0] * 29 + inset[1]) % side)
        for y in range(y0, h, side):
            for x in range(x0, w, side):
                surface.blit(self.grain, (x, y), special_flags=pygame.BLEND_RGB_MULT)

    def backing(self, end: float, top: Colour | None = None, bottom: Colour | None = None) -> None:
        """Fill the picture with paper: `top` at row 0 shades to `bottom` at row `end`. Both default to sky colours."""
        top, bottom = top or self.colours.sky_top, bottom or self.colours.sky_low
        paper.gradient(self.surface, scale(top, _GAIN), scale(bottom, _GAIN), 0, end)
        self.tile(self.surface, (0, 0))

    def blocks(self, boxes: Sequence[tuple[float, float, float, float]], tone: Colour) -> None:
        """Fill upright rectangles (left, top, width, height) with the colour `tone`, without edge or shadow."""
        for left, top, width, height in boxes:
            x, y = round(left), round(top)
            self.surface.fill(tone, (x, y, round(left + width) - x, round(top + height) - y))

    def slit(self, slits: Sequence[Shape], dark: Colour, lit: Colour) -> None:
        """Draw thin cuts in the paper: `dark` inside, and a line of the colour `lit` along their lower edge."""
        for shape in slits:
            if len(shape) < 3:
                continue
            half = len(shape) // 2 + 1
            pygame.draw.aalines(self.surface, lit, False, [(x, y + 1.2) for x, y in shape[:half]])
            pygame.draw.polygon(self.surface, dark, shape)
            pygame.draw.aalines(self.surface, dark, True, shape)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float, flat: float = 1.0) -> None:
        """Add light that has `strength` (0 to 1) at `centre` and fades to nothing at `radius` pixels to the left and
        right. `flat` is the height of the lit area divided by its width."""
        self.glows([centre], radius, colour, strength, flat)

    def glows(
        self, centres: Sequence[Point], radius: float, colour: Colour, strength: float, flat: float = 1.0
    ) -> None:
        """Add the same light around each of `centres`; arguments as for `glow`."""
        w, h = max(1, round(2 * radius)), max(1, round(2 * radius * flat))
        if w > 6 * self.size[0] or h > 6 * self.size[1]:
            return
        tone = scale(colour, strength)
        if w * h < _SMALL_LIGHT:
            light = paper.small_light(w, h, tone)
        else:
            light = pygame.transform.smoothscale(paper.tinted(tone), (w, h), self.borrow("work", (w, h)))
        for x, y in centres:
            self.surface.blit(light, (round(x - w / 2), round(y - h / 2)), special_flags=pygame.BLEND_RGB_ADD)

    def beam(self, shapes: Sequence[Shape], colour: Colour, strength: float, blur: float) -> None:
        """Add light in the area of `shapes`, such as daylight on a floor. Its edges are blurred over `blur` pixels."""
        if not any(shapes):
            return
        part = 8.0
        w, h = (max(1, math.ceil(side / part)) for side in self.size)
        small = pygame.Surface((w, h), 0, 32)
        tone = scale(colour, strength)
        for shape in shapes:
            pygame.draw.polygon(small, tone, [(x / part, y / part) for x, y in shape])
        radius = max(1, round(blur / part))
        small = pygame.transform.box_blur(pygame.transform.box_blur(small, radius), radius)
        # Enlarge and add only the lit part.
        xs, ys = [x / part for shape in shapes for x, _ in shape], [y / part for shape in shapes for _, y in shape]
        reach = 2 * radius + 2
        lit = pygame.Rect(math.floor(min(xs)) - reach, math.floor(min(ys)) - reach, 0, 0)
        lit.size = math.ceil(max(xs)) + reach - lit.x, math.ceil(max(ys)) + reach - lit.y
        lit = lit.clip(small.get_rect())
        if lit.w and lit.h:
            size = round(lit.w * part), round(lit.h * part)
            large = pygame.transform.smoothscale(small.subsurface(lit), size, self.borrow("work", size))
            at = (round(lit.x * part), round(lit.y * part))
            self.surface.blit(large, at, special_flags=pygame.BLEND_RGB_ADD)

    def finish(self, centre: Point, dark: float) -> None:
        """Add a vignette: darken what is far from `centre`, by at most `dark` (0 to 1)."""
        w, h = self.size
        reach = 2.0 * max(w, h)
        tone = round(255 * (1 - dark))
        side = paper.spot().get_width()
        light = paper.spot().copy()
        for _ in range(3):
            light.blit(paper.spot(), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        light.fill((255 - tone,) * 3, special_flags=pygame.BLEND_RGB_MULT)
        light.fill((tone,) * 3, special_flags=pygame.BLEND_RGB_ADD)
        part = reach / side
        shade = pygame.Surface((max(1, math.ceil(w / part)), max(1, math.ceil(h / part))), 0, 32)
        shade.blit(light, (centre[0] / part - side / 2, centre[1] / part - side / 2))
        shade = pygame.transform.smoothscale(shade, self.size, self.borrow("work", self.size))
        self.surface.blit(shade, (0, 0), special_flags=pygame.BLEND_RGB_MULT)


def blank(frame: Frame, colours: Palette, state: SceneState, scratch: dict[str, bytearray] | None = None) -> Brush:
    """Return a brush for an empty picture. `scratch` is the memory of an earlier brush, which this brush uses again."""
    surface = pygame.Surface((frame.w, frame.h), 0, 32)
    view = Perspective(frame.x(0.5), frame.y(0.5), frame.u, eye=25, reach=60)
    memory = {} if scratch is None else scratch
    edge, tones = lit_edge(colours, state, frame.u), room(colours, state)
    return Brush(surface, paper.grain(max(1.0, frame.u / 9)), memory, frame, colours, state, edge, tones, view)
