"""Tree renderer: draws screens with their layouts, as layers over the page's background picture."""

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
from game.desktop.render.paper_shapes import outside, pg
from game.painter.canvas.colour import mix
from game.ui.layout.geometry import Rect, Run
from game.ui.layout.layout_model import Layout, Panel
from game.ui.theme import THEMES, Theme

if TYPE_CHECKING:
    from game.painter import Painting
    from game.painter.canvas.motion import Move
    from game.painter.canvas.picture_change import PictureChange

BLEED = 16  # pixels at 1080p by which a panel may draw beyond its view, for focus rings


@frozen
class Layer:
    """One open screen, as drawn. `status`: words at a sheet's foot. `thumbnails` and `cut` are as for `ItemPainter`."""

    plan: Layout
    scroll: int  # in pixels
    pointer: PointerState
    status: str = ""
    thumbnails: Mapping[str, pygame.Surface] = field(default_factory=dict)
    cut: float = 2.0


@frozen
class PageBackground:
    """The painting behind the sheets, or the change from another painting to it."""

    painting: Painting | None  # None for no picture
    change: PictureChange | None = None
    progress: float = 1.0  # 0 to 1, how much of the change is done
    brightness: float = 1.0  # 0 to 1, the theme's factor for the colours of the background

    def draw(self, target: pygame.Surface, part: pygame.Rect) -> None:
        """Draw the part of the background that lies in `part`, a rectangle of the window in pixels."""
        if self.painting is None:
            return
        if self.change is None:
            target.blit(self.painting.surface, part, part)
        else:
            self.change.draw(target, part, self.progress)
        if self.brightness < 1:
            target.fill([round(255 * self.brightness)] * 3, part, pygame.BLEND_RGB_MULT)

    def moves(self) -> list[tuple[tuple[Move, ...], float]]:
        """Return the animations of both paintings, each with its strength (0 to 1)."""
        former = self.change.before if self.change is not None else None
        both = ((former, 1 - self.progress), (self.painting, self.progress))
        seen = [(painting.moves, share * self.brightness) for painting, share in both if painting is not None]
        return [(moves, strength) for moves, strength in seen if moves]


class TreeRenderer:
    """Draws layers on a surface."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def draw_base(self, target: pygame.Surface, layer: Layer, theme_name: str, background: PageBackground) -> None:
        """Draw the background and the lowest layer on all of `target`."""
        theme = THEMES[theme_name]
        target.fill(theme.background)
        for part in outside([layer.plan.main.rect], target.get_size()):
            background.draw(target, part)
        self._layer(target, layer, theme)

    def draw_background(self, target: pygame.Surface, layer: Layer, background: PageBackground) -> None:
        """Draw the parts of the background that no sheet of `layer` covers, and the sheets' shadows on these parts."""
        for part in uncovered(layer, target.get_size()):
            target.set_clip(part)
            background.draw(target, part)
            for panel in layer.plan.panels:
                self._shadow(target, panel, layer.plan.scale.unit)
        target.set_clip(None)

    def draw_papers(self, target: pygame.Surface, layer: Layer, theme_name: str) -> None:
        """Draw the empty sheets of `layer`."""
        for panel in layer.plan.panels:
            self._paper(target, panel, THEMES[theme_name], layer.plan.scale.unit)

    def draw_overlays(self, target: pygame.Surface, layers: Sequence[Layer], theme_name: str) -> None:
        """Draw the layers above the first. Each layer darkens all that is below it. Only an `aside`, in which a kiosk
        asks whether a reader is there, leaves the panels of the page bright."""
        theme = THEMES[theme_name]
        for below, layer in pairwise(layers):
            aside = layer.plan.main.kind == "aside" and below.plan.main.kind != "card"
            for part in uncovered(below, target.get_size()) if aside else [target.get_rect()]:
                paper_shapes.dim(target, part, theme.dim)
            self._layer(target, layer, theme)

    def preload_paper(self, theme_name: str) -> None:
        """Fill the cache of paper tiles for the sheets of a theme."""
        theme = THEMES[theme_name]
        for colour in (theme.sheet, theme.card):
            paper_shapes.tile(colour, theme.texture)

    def prerender_text(self, plan: Layout, theme_name: str) -> None:
        """Fill the cache of text runs for the part of `plan` that is visible at first."""
        theme = THEMES[theme_name]
        for _, item, clip in plan.placed():
            if isinstance(item, Run) and item.rect.y <= clip.bottom:
                self._fonts.render(item.text, item.style, getattr(theme, item.ink))

    def _layer(self, target: pygame.Surface, layer: Layer, theme: Theme) -> None:
        plan = layer.plan
        painter = ItemPainter(target, theme, plan.scale.unit, self._fonts, layer.pointer, layer.thumbnails, layer.cut)
        for number, panel in enumerate(plan.panels):
            self._paper(target, panel, theme, plan.scale.unit)
            scroll = layer.scroll if number == 0 else 0
            bleed = plan.scale.px(BLEED)
            window = pg(panel.view).inflate(2 * bleed, 0 if plan.max_scroll and number == 0 else 2 * bleed)
            paper = pg(panel.rect)  # quotes of large type reach further into the margin than a focus ring
            left, right = min(window.left, paper.left), max(window.right, paper.right)
            window = pygame.Rect(left, window.top, right - left, window.height)
            target.set_clip(window)
            dx, dy = panel.view.x, panel.view.y - scroll
            for item in panel.items:
                placed = item.moved(dx, dy)
                if placed.rect.bottom >= window.top and placed.rect.y <= window.bottom:
                    painter.item(placed)
            target.set_clip(None)
            if number == 0 and plan.max_scroll:
                self._edge(target, layer, theme)
            for item in panel.fixed:
                painter.item(item)

    def _paper(self, target: pygame.Surface, panel: Panel, theme: Theme, unit: float) -> None:
        rect = pg(panel.rect)
        if panel.kind == "caption":
            target.fill(theme.caption, rect)
            return
        colour = theme.sheet if panel.kind == "sheet" else theme.card
        self._shadow(target, panel, unit)
        paper_shapes.fill_paper(target, rect, colour, theme.texture)
        if theme.texture:
            light, dark = mix(colour, (255, 255, 255), 0.35), mix(colour, (0, 0, 0), 0.18)
            pygame.draw.line(target, light, rect.topleft, (rect.right - 1, rect.y))
            pygame.draw.line(target, dark, (rect.x, rect.bottom - 1), (rect.right - 1, rect.bottom - 1))
        else:
            pygame.draw.rect(target, theme.line, rect, max(2, round(3 * unit)))

    def _shadow(self, target: pygame.Surface, panel: Panel, unit: float) -> None:
        paper_shapes.cast_shadow(target, pg(panel.rect), unit * (1.0 if panel.kind == "sheet" else 0.8))

    def _edge(self, target: pygame.Surface, layer: Layer, theme: Theme) -> None:
        """Draw what shows that a sheet scrolls: fading edges, `layer.status` (words) at its foot, and a scroll bar."""
        plan = layer.plan
        view, sheet, scale = plan.main.view, plan.main.rect, plan.scale
        colour = theme.sheet if plan.main.kind == "sheet" else theme.card
        height, bleed = scale.em(0.5), scale.px(BLEED)
        fade = paper_shapes.fade(colour, view.w + 2 * bleed, height)
        if layer.scroll < plan.max_scroll:
            target.blit(fade, (view.x - bleed, view.bottom - height))
        if layer.scroll > 0:
            target.blit(pygame.transform.flip(fade, False, True), (view.x - bleed, view.y))
        if plan.status and layer.status:
            self._status(target, plan, plan.status, layer.status, theme)
        track = Rect(sheet.right - scale.px(14), view.y, scale.px(5), view.h)
        thumb = max(scale.px(30), round(track.h * view.h / plan.main.height))
        y = track.y + round((track.h - thumb) * layer.scroll / plan.max_scroll)
        pygame.draw.rect(target, theme.soft, (track.x, y, track.w, thumb), border_radius=track.w // 2)

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


def uncovered(layer: Layer, size: tuple[int, int]) -> list[pygame.Rect]:
    """Return the parts of a window of `size` pixels outside the panels of `layer`, as rectangles without overlaps."""
    return outside([panel.rect for panel in layer.plan.panels], size)
