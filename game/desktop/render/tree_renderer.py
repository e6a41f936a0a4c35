"""A laid-out tree as pixels: paper over the picture, slips on the paper, a ring where the focus is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

import pygame

from game.core.values import frozen
from game.desktop.render import paper_shapes
from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import ItemPainter, PointerState
from game.desktop.render.rects import outside, pg
from game.ui.layout.geometry import Rect, Run
from game.ui.layout.page_layout import Layout, Panel
from game.ui.theme import THEMES, Colour, Theme

if TYPE_CHECKING:
    from game.painter import Painting
    from game.painter.canvas.motion import Move

BLEED = 16  # pixels of a 1080p window


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


def clear(layer: Layer, size: tuple[int, int]) -> list[pygame.Rect]:
    """The parts of a window that no sheet of this layer covers."""
    return outside([panel.rect for panel in layer.plan.panels], size)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    r, g, b = (round(a + (c - a) * share) for a, c in zip(colour, other, strict=True))
    return r, g, b
