"""A laid-out tree as pixels: paper over the picture, slips on the paper, a ring where the focus is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

import pygame

from game.core.values import frozen
from game.desktop.render import icons, paper_shapes
from game.desktop.render.fonts import Fonts
from game.desktop.render.rects import outside, pg
from game.ui.layout.geometry import Box, Item, Rect, Run
from game.ui.layout.page_layout import Layout, Panel
from game.ui.theme import THEMES, Colour, Theme

if TYPE_CHECKING:
    from game.painter import Painting
    from game.painter.canvas.motion import Move

BLEED = 16  # pixels of a 1080p window


@frozen
class PointerState:
    """What the hand is at: the focus (drawn as a ring while keys are used), the hovered and the pressed node."""

    focus: str | None = None
    ring: bool = True
    hover: str | None = None
    pressed: str | None = None


@frozen
class Layer:
    """One screen of the stack, ready to be drawn. `plates` are the small pictures on it, by their nodes."""

    plan: Layout
    scroll: int
    touch: PointerState
    status: str = ""
    plates: Mapping[str, pygame.Surface] = field(default_factory=dict)


@frozen
class PageBackground:
    """What lies behind the paper: a painting, as far (`share`, 0 to 1) as it has come up over the one before.

    `light` is how much of its brightness a theme lets it keep, 0 to 1.
    """

    painting: Painting | None
    before: Painting | None = None
    share: float = 1.0
    light: float = 1.0

    def draw(self, target: pygame.Surface, part: pygame.Rect) -> None:
        if self.painting is None:
            return
        self._paint(target, part, self.painting)
        if self.light < 1:
            target.fill([round(255 * self.light)] * 3, part, pygame.BLEND_RGB_MULT)

    def _paint(self, target: pygame.Surface, part: pygame.Rect, painting: Painting) -> None:
        if self.before is None:
            target.blit(painting.surface, part, part)
            return
        target.blit(self.before.surface, part, part)
        painting.surface.set_alpha(opacity(self.share))
        target.blit(painting.surface, part, part)
        painting.surface.set_alpha(None)

    def moves(self) -> list[tuple[tuple[Move, ...], float]]:
        """What moves over it, and how far that has come up."""
        both = ((self.before, 1 - self.share), (self.painting, self.share))
        seen = [(painting.moves, share * self.light) for painting, share in both if painting is not None]
        return [(moves, share) for moves, share in seen if moves]


def opacity(share: float) -> int:
    """A surface's alpha for a share of 0 to 1. Never 255, which SDL blends twelve times slower than 254."""
    return min(254, round(255 * share))


class TreeRenderer:
    """Draws layers, with the fonts' glyphs."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def base(self, target: pygame.Surface, layer: Layer, theme_name: str, ground: PageBackground) -> None:
        """The ground, and the first layer on it."""
        theme = THEMES[theme_name]
        target.fill(theme.ground)
        for part in outside([layer.plan.main.rect], target.get_size()):
            ground.draw(target, part)
        self._layer(target, layer, theme)

    def around(self, target: pygame.Surface, layer: Layer, ground: PageBackground) -> None:
        """The ground again as far as it is to be seen, under the shadows of the sheets that lie there already."""
        for part in clear(layer, target.get_size()):
            target.set_clip(part)
            ground.draw(target, part)
            for panel in layer.plan.panels:
                self._shadow(target, panel, layer.plan.scale.unit)
        target.set_clip(None)

    def over(self, target: pygame.Surface, layers: Sequence[Layer], theme_name: str) -> None:
        """The layers over the first one; each dims what lies below it, but for what is read on while it asks aside."""
        theme = THEMES[theme_name]
        for below, layer in pairwise(layers):
            aside = layer.plan.main.kind == "aside"
            for part in clear(below, target.get_size()) if aside else [target.get_rect()]:
                paper_shapes.dim(target, part, theme.dim)
            self._layer(target, layer, theme)

    def prepare(self, theme_name: str) -> None:
        """Make the paper that the next sheets can need."""
        theme = THEMES[theme_name]
        for colour in (theme.sheet, theme.card):
            paper_shapes.tile(colour, theme.texture)

    def render_ahead(self, plan: Layout, theme_name: str) -> None:
        """Render the words that will be in sight first, so that they are at hand."""
        theme = THEMES[theme_name]
        for _, item, clip in plan.placed():
            if isinstance(item, Run) and item.rect.y <= clip.bottom:
                self._fonts.render(item.text, item.style, getattr(theme, item.ink))

    def _layer(self, target: pygame.Surface, layer: Layer, theme: Theme) -> None:
        plan = layer.plan
        brush = ItemPainter(target, theme, plan.scale.unit, self._fonts, layer.touch, layer.plates)
        for number, panel in enumerate(plan.panels):
            self._paper(target, panel, theme, plan.scale.unit)
            scroll = layer.scroll if number == 0 else 0
            bleed = plan.scale.px(BLEED)  # a ring stands a little outside its box
            window = pg(panel.view).inflate(2 * bleed, 0 if plan.max_scroll and number == 0 else 2 * bleed)
            target.set_clip(window)
            dx, dy = panel.view.x, panel.view.y - scroll
            for item in panel.items:
                placed = item.moved(dx, dy)
                if placed.rect.bottom >= window.top and placed.rect.y <= window.bottom:
                    brush.item(placed)
            target.set_clip(None)
            if number == 0 and plan.max_scroll:
                self._edge(target, layer, theme)
            for item in panel.fixed:
                brush.item(item)

    def _paper(self, target: pygame.Surface, panel: Panel, theme: Theme, unit: float) -> None:
        rect = pg(panel.rect)
        if panel.kind == "strip":
            target.fill(theme.strip, rect)
            return
        colour = theme.sheet if panel.kind == "sheet" else theme.card
        self._shadow(target, panel, unit)
        paper_shapes.lay(target, rect, colour, theme.texture)
        if theme.texture:
            light, dark = _mixed(colour, (255, 255, 255), 0.35), _mixed(colour, (0, 0, 0), 0.18)
            pygame.draw.line(target, light, rect.topleft, (rect.right - 1, rect.y))
            pygame.draw.line(target, dark, (rect.x, rect.bottom - 1), (rect.right - 1, rect.bottom - 1))
        else:
            pygame.draw.rect(target, theme.line, rect, max(2, round(3 * unit)))

    def _shadow(self, target: pygame.Surface, panel: Panel, unit: float) -> None:
        paper_shapes.cast_shadow(target, pg(panel.rect), unit * (1.0 if panel.kind == "sheet" else 0.8))

    def _edge(self, target: pygame.Surface, layer: Layer, theme: Theme) -> None:
        """Where more stands below: the text fades, a line says what, and a thumb shows how far it goes."""
        plan = layer.plan
        view, sheet, scale = plan.main.view, plan.main.rect, plan.scale
        colour = theme.sheet if plan.main.kind == "sheet" else theme.card
        tall, bleed = scale.em(0.5), scale.px(BLEED)
        veil = paper_shapes.fade(colour, view.w + 2 * bleed, tall)
        if layer.scroll < plan.max_scroll:
            target.blit(veil, (view.x - bleed, view.bottom - tall))
        if layer.scroll > 0:
            target.blit(pygame.transform.flip(veil, False, True), (view.x - bleed, view.y))
        if plan.status and layer.status:
            self._status(target, plan, plan.status, layer.status, theme)
        track = Rect(sheet.right - scale.px(14), view.y, scale.px(5), view.h)
        long = max(scale.px(30), round(track.h * view.h / plan.main.height))
        y = track.y + round((track.h - long) * layer.scroll / plan.max_scroll)
        pygame.draw.rect(target, theme.soft, (track.x, y, track.w, long), border_radius=track.w // 2)

    def _status(self, target: pygame.Surface, plan: Layout, strip: Rect, words: str, theme: Theme) -> None:
        style = plan.scale.label(0.66, bold=True)
        text = self._fonts.render(words, style, theme.accent)
        size = plan.scale.em(0.3)
        x = strip.x + (strip.w - text.get_width() - 2 * size) // 2
        y = strip.y + (strip.h - text.get_height()) // 2
        pygame.draw.line(target, theme.line, (strip.x, strip.y), (strip.right, strip.y))
        target.blit(text, (x, y))
        left, middle = x + text.get_width() + size, strip.y + strip.h // 2
        pygame.draw.polygon(
            target, theme.accent,
            [(left, middle - size // 3), (left + size, middle - size // 3), (left + size // 2, middle + size // 3)],
        )  # fmt: skip


class ItemPainter:
    """Draws one item after another on a surface."""

    def __init__(
        self, target: pygame.Surface, theme: Theme, unit: float, fonts: Fonts, touch: PointerState,
        plates: Mapping[str, pygame.Surface],
    ) -> None:  # fmt: skip
        self.target, self.theme, self.unit, self.fonts, self.touch = target, theme, unit, fonts, touch
        self.plates = plates

    def item(self, item: Item) -> None:
        if isinstance(item, Run):
            self._run(item)
        elif isinstance(item, Box):
            SHAPES[item.kind](self, item)

    def px(self, at_1080: float) -> int:
        return max(1, round(at_1080 * self.unit))

    def _run(self, run: Run) -> None:
        colour: Colour = getattr(self.theme, run.ink)
        if run.id is not None:
            under = run.rect
            if self._warm(run.id):
                pygame.draw.rect(self.target, self.theme.slip_chosen, pg(under).inflate(self.px(6), 0))
            y = run.baseline + max(2, round(run.style.size * 0.13))
            wide = self.fonts.width(run.text.rstrip(), run.style)
            pygame.draw.line(self.target, colour, (run.x, y), (run.x + wide, y), max(1, run.style.size // 18))
            if self._focused(run.id):
                self._ring(Rect(under.x - self.px(4), under.y, wide + self.px(8), under.h))
        surface = self.fonts.render(run.text, run.style, colour)
        self.target.blit(surface, (run.x, run.baseline - self.fonts.ascent(run.style)))

    def _warm(self, node_id: str | None) -> bool:
        return node_id is not None and node_id in (self.touch.hover, self.touch.pressed)

    def _focused(self, node_id: str | None) -> bool:
        return self.touch.ring and node_id is not None and node_id == self.touch.focus

    def _ring(self, rect: Rect) -> None:
        width = max(3, round(4 * self.unit))
        pygame.draw.rect(self.target, self.theme.ring, pg(rect).inflate(width, width), width, border_radius=2)

    def _held(self, box: Box) -> None:
        """What a finger is on has an edge inside its own: a hand hides the rest, and nothing hovers before a touch."""
        if box.id is not None and box.id == self.touch.pressed:
            width = max(3, self.px(4))
            pygame.draw.rect(self.target, self.theme.accent, pg(box.rect), width, border_radius=1)

    def slip(self, box: Box) -> None:
        rect = pg(box.rect)
        lit = self._focused(box.id) or self._warm(box.id)
        fill = self.theme.slip_chosen if lit else self.theme.slip
        if self.theme.texture:
            drop = self.px(1 if box.id == self.touch.pressed else 3)
            pygame.draw.rect(self.target, self.theme.edge, rect.move(0, drop), border_radius=1)
            pygame.draw.rect(self.target, fill, rect, border_radius=1)
            pygame.draw.rect(self.target, self.theme.control, rect, 1, border_radius=1)
        else:
            pygame.draw.rect(self.target, fill, rect)
            pygame.draw.rect(self.target, self.theme.control, rect, max(2, self.px(2)))
        if self._focused(box.id):
            self._ring(box.rect)
        self._held(box)

    def tool(self, box: Box) -> None:
        if self._warm(box.id) or self._focused(box.id):
            pygame.draw.rect(self.target, self.theme.slip_chosen, pg(box.rect), border_radius=1)
        pygame.draw.rect(self.target, self.theme.control, pg(box.rect), 1, border_radius=1)
        if self._focused(box.id):
            self._ring(box.rect)
        self._held(box)

    def pill(self, box: Box) -> None:
        rect = pg(box.rect)
        fill = self.theme.slip_chosen if box.chosen or self._warm(box.id) else self.theme.slip
        pygame.draw.rect(self.target, fill, rect, border_radius=1)
        pygame.draw.rect(self.target, self.theme.control, rect, 1, border_radius=1)
        if box.chosen:
            pygame.draw.rect(self.target, self.theme.accent, rect, max(2, self.px(2)), border_radius=1)
        if self._focused(box.id):
            self._ring(box.rect)
        self._held(box)

    def tick(self, box: Box) -> None:
        """What is chosen is told by more than its colour."""
        rect, thick = pg(box.rect), max(2, box.rect.w // 5)
        low, foot = rect.y + rect.h * 3 // 4, rect.x + rect.w * 3 // 8
        points = [(rect.x, rect.centery), (foot, low), (rect.right - 1, rect.y + rect.h // 8)]
        pygame.draw.lines(self.target, self.theme.accent, False, points, thick)

    def row(self, box: Box) -> None:
        if self._focused(box.id):
            self._ring(box.rect)

    def link(self, box: Box) -> None:
        if self._warm(box.id) or self._focused(box.id):
            pygame.draw.rect(self.target, self.theme.slip_chosen, pg(box.rect).inflate(self.px(8), self.px(4)))
        if self._focused(box.id):
            self._ring(_grown(box.rect, self.px(6)))

    def note(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.card, rect)
        pygame.draw.rect(self.target, self.theme.line, rect, 1)
        pygame.draw.rect(self.target, self.theme.accent, (rect.x, rect.y, max(3, self.px(5)), rect.h))

    def inset(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.card, pg(box.rect))
        pygame.draw.rect(self.target, self.theme.line, pg(box.rect), max(1, self.px(1)))

    def taken(self, box: Box) -> None:
        self.note(box)

    def hollow(self, box: Box) -> None:
        rect, dash = pg(box.rect), self.px(8)
        for x in range(rect.x, rect.right, 2 * dash):
            for y in (rect.y, rect.bottom - 1):
                pygame.draw.line(self.target, self.theme.line, (x, y), (min(x + dash, rect.right), y))

    def field(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.slip, rect)
        pygame.draw.rect(self.target, self.theme.soft, rect, max(2, self.px(2)))
        if self._focused(box.id):
            self._ring(box.rect)

    def caret(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.accent, pg(box.rect))

    def picture(self, box: Box) -> None:
        """A small painting with a white edge, as a photograph has; plain until it is painted."""
        rect, edge = pg(box.rect), self.px(4)
        pygame.draw.rect(self.target, self.theme.line, rect)
        plate = self.plates.get(box.id or "")
        if plate is not None:
            inner = rect.inflate(-2 * edge, -2 * edge)
            if plate.get_size() != inner.size:
                plate = pygame.transform.smoothscale(plate, inner.size)
            self.target.blit(plate, inner)

    def gauge(self, box: Box) -> None:
        """A bar in a frame, as long as its part of the whole."""
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.slip, rect)
        filled = pygame.Rect(rect.x, rect.y, round(rect.w * box.cut[1]), rect.h)
        pygame.draw.rect(self.target, self.theme.soft, filled)
        pygame.draw.rect(self.target, self.theme.control, rect, max(1, self.px(2)))

    def qr(self, box: Box) -> None:
        """White whatever the theme is: a camera wants dark on light."""
        pygame.draw.rect(self.target, (255, 255, 255), pg(box.rect))

    def qr_dark(self, box: Box) -> None:
        pygame.draw.rect(self.target, (0, 0, 0), pg(box.rect))

    def bar(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.line, pg(box.rect))

    def hairline(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.line, pg(box.rect))

    def rule(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.rule, pg(box.rect))

    def dot(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.polygon(self.target, self.theme.accent, [rect.midtop, rect.midright, rect.midbottom, rect.midleft])

    def arrow(self, box: Box) -> None:
        rect = pg(box.rect)
        middle, head = rect.centery, rect.w // 2
        thick = max(2, self.px(3))
        pygame.draw.line(self.target, self.theme.accent, (rect.x, middle), (rect.right - thick, middle), thick)
        pygame.draw.lines(
            self.target, self.theme.accent, False,
            [(rect.right - head, middle - head), (rect.right, middle), (rect.right - head, middle + head)], thick,
        )  # fmt: skip

    def grain(self, box: Box) -> None:
        self.target.blit(paper_shapes.ear((box.rect.w, box.rect.h), self.theme.soft), (box.rect.x, box.rect.y))


SHAPES: dict[str, Callable[[ItemPainter, Box], None]] = {
    name: getattr(ItemPainter, name.replace(".", "_"))
    for name in ("slip", "tool", "pill", "row", "link", "note", "inset", "taken", "hollow", "bar", "hairline",
                 "field", "caret", "picture", "tick", "gauge", "qr", "qr.dark",
                 "rule", "dot", "arrow", "grain")
} | icons.SHAPES  # fmt: skip


def clear(layer: Layer, size: tuple[int, int]) -> list[pygame.Rect]:
    """The parts of a window that no sheet of this layer covers."""
    return outside([panel.rect for panel in layer.plan.panels], size)


def _grown(rect: Rect, by: int) -> Rect:
    return Rect(rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    r, g, b = (round(a + (c - a) * share) for a, c in zip(colour, other, strict=True))
    return r, g, b
