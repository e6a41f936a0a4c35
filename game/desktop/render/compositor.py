"""Compositor: keeps the rendered frame and copies only its dirty rectangles to the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pygame

from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer, opacity, uncovered

if TYPE_CHECKING:
    from game.painter.canvas.motion_renderer import MotionRenderer

TILE = 64  # pixels: the side of the squares that dirty rectangles are made of


class Compositor:
    """Composes layers, background and animation into one frame.

    `_still` is the frame without its animation: where something moved away, the screen is restored from it.
    """

    def __init__(self, renderer: TreeRenderer) -> None:
        self._renderer = renderer
        self._motion: MotionRenderer | None = None
        self._still = pygame.Surface((1, 1))
        self._snapshot = pygame.Surface((1, 1))  # the screen from which the present transition started
        self._layers: tuple[Layer, ...] = ()
        self._uncovered: list[pygame.Rect] = []
        self._animated: list[pygame.Rect] = []  # where something moved in the last frame
        self._dirty: list[pygame.Rect] = []  # where the screen does not yet show `_still`

    def render_layers(
        self, size: tuple[int, int], layers: tuple[Layer, ...], theme: str, background: PageBackground, moment: float
    ) -> None:
        """Render the whole frame anew.

        Args:
            size: of the window, in pixels.
            layers: the visible screens, the lowest first.
            theme: a name in `THEMES`.
            background: behind the lowest layer.
            moment: the animation's time in seconds, at which it stays while a second layer dims it.
        """
        if self._still.get_size() != size:
            self._still = pygame.Surface(size)
        self._layers = layers
        self._uncovered = uncovered(layers[0], size)
        self._dirty = [self._still.get_rect()]
        self._renderer.draw_base(self._still, layers[0], theme, background)
        if len(layers) > 1:
            self._animate(self._still, background, moment, 1.0)
            self._renderer.draw_overlays(self._still, layers, theme)

    def keep_snapshot(self, screen: pygame.Surface) -> None:
        """Copy what the screen shows, as the start of a transition to the next frames."""
        if self._snapshot.get_size() != screen.get_size():
            self._snapshot = pygame.Surface(screen.get_size())
        self._snapshot.blit(screen, (0, 0))

    def render_background(self, background: PageBackground) -> None:
        """Render only the background anew; for frames of one layer (not `has_overlay`)."""
        self._renderer.draw_background(self._still, self._layers[0], background)
        self._dirty += self._uncovered

    @property
    def has_overlay(self) -> bool:
        """Whether a second layer dims the background, so that the background cannot be rendered alone."""
        return len(self._layers) > 1

    def present(
        self, target: pygame.Surface, background: PageBackground, moment: float, transition: float
    ) -> list[pygame.Rect]:
        """Bring the screen up to date.

        Args:
            target: the screen, which shows what the last call left on it.
            background: as it was last rendered.
            moment: the animation's time in seconds.
            transition: 0 to 1, how far the cross-fade from the snapshot to the frame has come.

        Returns:
            The dirty rectangles in pixels; they do not overlap.
        """
        whole = target.get_rect()
        dirty = [whole] if transition < 1 else [*self._dirty, *self._animated]
        for part in dirty:
            target.blit(self._still, part, part)
        if transition < 1:
            self._snapshot.set_alpha(opacity((1 - transition) ** 1.7))  # soon faint: two texts at once are unreadable
            target.blit(self._snapshot, (0, 0))
            self._snapshot.set_alpha(None)
        moved = [] if self.has_overlay else self._animate(target, background, moment, transition)
        self._animated = tiles(moved, whole)
        self._dirty = [whole] if transition < 1 else []
        return [whole] if whole in dirty else tiles([*dirty, *self._animated], whole)

    def _animate(
        self, target: pygame.Surface, background: PageBackground, moment: float, strength: float
    ) -> list[pygame.Rect]:
        moved: list[pygame.Rect] = []
        for moves, share in background.moves():
            if self._motion is None:
                # the first frame comes without a painting, and so need not wait for the painter's import
                from game.painter.canvas.motion_renderer import MotionRenderer

                self._motion = MotionRenderer()
            moved += self._motion.draw(target, moves, moment, self._uncovered, share * strength)
        return moved


def tiles(rects: Iterable[pygame.Rect] | Sequence[pygame.Rect], within: pygame.Rect) -> list[pygame.Rect]:
    """Cover `rects` with whole tiles that do not overlap, clipped to `within`; neighbours in a row become one."""
    covered: dict[int, set[int]] = {}
    for rect in rects:
        columns = range(rect.left // TILE, (rect.right - 1) // TILE + 1)
        for row in range(rect.top // TILE, (rect.bottom - 1) // TILE + 1):
            covered.setdefault(row, set()).update(columns)
    runs = []
    for row in sorted(covered):
        start = last = None
        for column in [*sorted(covered[row]), None]:
            if start is not None and last is not None and column != last + 1:
                part = pygame.Rect(start * TILE, row * TILE, (last + 1 - start) * TILE, TILE).clip(within)
                if part.w and part.h:
                    runs.append(part)
                start = None
            if start is None:
                start = column
            last = column
    return runs
