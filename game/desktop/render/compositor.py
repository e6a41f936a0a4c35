"""Compositor: keeps the rendered frame, and copies only the rectangles that changed to the screen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import pygame

from game.desktop.render.paper_shapes import pg
from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer, uncovered
from game.painter.canvas.colour import opacity

if TYPE_CHECKING:
    from game.painter.canvas.motion_renderer import MotionRenderer

TILE = 64  # pixels; the rectangles that changed are made of squares of this side


class Compositor:
    """Composes layers, background and animation into one frame.

    A new page shows at once. The last page's sheets (its panels of text) fade out, without their text, where no new
    sheet covers them.
    """

    def __init__(self, renderer: TreeRenderer) -> None:
        self._renderer = renderer
        self._motion: MotionRenderer | None = None
        self._still = pygame.Surface((1, 1))  # the frame without its animation
        self._layers: tuple[Layer, ...] = ()
        self._theme = ""
        self._former: Layer | None = None  # the layer whose sheets fade out
        self._former_papers = pygame.Surface((1, 1))
        self._former_areas: list[pygame.Rect] = []  # the parts of these sheets that are visible
        self._uncovered: list[pygame.Rect] = []
        self._animated: list[pygame.Rect] = []  # the parts that moved in the last frame
        self._dirty: list[pygame.Rect] = []  # the parts of the screen that do not yet show `_still`

    def render_layers(
        self, size: tuple[int, int], layers: tuple[Layer, ...], theme: str, background: PageBackground, moment: float
    ) -> None:
        """Render the whole frame, from the lowest layer up. `moment` is the animation's time in seconds."""
        if self._still.get_size() != size:
            self._still = pygame.Surface(size)
        self._layers, self._theme = layers, theme
        self._uncovered = uncovered(layers[0], size)
        self._dirty = [self._still.get_rect()]
        self._renderer.draw_base(self._still, layers[0], theme, background)
        self._former_areas = self._areas_of_former()
        if len(layers) > 1:
            self._animate(self._still, background, moment)
            self._renderer.draw_overlays(self._still, layers, theme)

    def start_transition(self) -> None:
        """Keep the paper of the present sheets, so that it can fade out while the next frames show other sheets."""
        self._former = self._layers[0] if self._layers else None
        if self._former is not None:
            if self._former_papers.get_size() != self._still.get_size():
                self._former_papers = pygame.Surface(self._still.get_size())
            self._renderer.draw_papers(self._former_papers, self._former, self._theme)

    @property
    def has_transition(self) -> bool:
        """Whether paper of the last page's sheets is still visible, and has to fade out."""
        return bool(self._former_areas)

    def _areas_of_former(self) -> list[pygame.Rect]:
        if self._former is None or self.has_overlay:
            return []
        sheets = [pg(panel.rect) for panel in self._former.plan.panels if panel.kind != "caption"]
        return [part for area in self._uncovered for sheet in sheets if (part := area.clip(sheet)).w and part.h]

    def render_background(self, background: PageBackground) -> None:
        """Render only the background again. Only frames of one layer allow this (see `has_overlay`)."""
        self._renderer.draw_background(self._still, self._layers[0], background)
        self._dirty += self._uncovered

    @property
    def has_overlay(self) -> bool:
        """Whether a second layer dims the background. Then `render_background` cannot be used."""
        return len(self._layers) > 1

    def present(
        self, target: pygame.Surface, background: PageBackground, moment: float, transition: float
    ) -> list[pygame.Rect]:
        """Bring the screen up to date. Return the rectangles that changed, which do not overlap.

        Args:
            target: the screen, unchanged since the last call.
            background: the background that was rendered last.
            moment: the animation's time in seconds.
            transition: 0 to 1, how far the last page's paper has faded out.
        """
        whole = target.get_rect()
        dirty = [*self._dirty, *self._animated, *self._former_areas]
        if transition >= 1:
            self._former, self._former_areas = None, []
        for part in dirty:
            target.blit(self._still, part, part)
        moved = [] if self.has_overlay else self._animate(target, background, moment)
        for part in self._former_areas:
            self._former_papers.set_alpha(opacity((1 - transition) ** 1.7))
            target.blit(self._former_papers, part, part)
        self._animated = tiles(moved, whole)
        self._dirty = []
        return [whole] if whole in dirty else tiles([*dirty, *self._animated], whole)

    def _animate(self, target: pygame.Surface, background: PageBackground, moment: float) -> list[pygame.Rect]:
        moved: list[pygame.Rect] = []
        for moves, share in background.moves():
            if self._motion is None:
                # imported late: the first frame has no painting, and need not wait for the painter
                from game.painter.canvas.motion_renderer import MotionRenderer

                self._motion = MotionRenderer()
            moved += self._motion.draw(target, moves, moment, self._uncovered, share)
        return moved


def tiles(rects: Iterable[pygame.Rect], within: pygame.Rect) -> list[pygame.Rect]:
    """Return tiles that cover `rects` without overlaps, clipped to `within`. Neighbours in a row are joined."""
    covered: dict[int, set[int]] = {}
    for rect in rects:
        columns = range(rect.left // TILE, (rect.right - 1) // TILE + 1)
        for row in range(rect.top // TILE, (rect.bottom - 1) // TILE + 1):
            covered.setdefault(row, set()).update(columns)
    runs = []
    for row in sorted(covered):
        # columns that are neighbours differ from their numbers by the same amount
        for _, group in groupby(enumerate(sorted(covered[row])), lambda numbered: numbered[1] - numbered[0]):
            joined = [column for _, column in group]
            part = pygame.Rect(joined[0] * TILE, row * TILE, len(joined) * TILE, TILE).clip(within)
            if part.w and part.h:
                runs.append(part)
    return runs
