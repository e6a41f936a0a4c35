"""The frame as it stands on the screen, so that only what changed in it is drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pygame

from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer, clear, opacity

if TYPE_CHECKING:
    from game.painter.canvas.motion_renderer import MotionRenderer

TILE = 64  # pixels: what is drawn again is drawn in squares of this side


class Compositor:
    """Layers over a ground, and what moves on the ground beside them.

    `still` is the frame without what moves: from it the places are taken that something has left.
    """

    def __init__(self, drawing: TreeRenderer) -> None:
        self._drawing = drawing
        self._moving: MotionRenderer | None = None
        self._still = pygame.Surface((1, 1))
        self._before = pygame.Surface((1, 1))
        self._layers: tuple[Layer, ...] = ()
        self._clear: list[pygame.Rect] = []
        self._left: list[pygame.Rect] = []  # where something moved in the last frame
        self._stale: list[pygame.Rect] = []  # where the screen does not yet show `still`

    def lay(
        self, size: tuple[int, int], layers: tuple[Layer, ...], theme: str, ground: PageBackground, moment: float
    ) -> None:
        """Draw everything anew, for a window of `size` pixels."""
        if self._still.get_size() != size:
            self._still = pygame.Surface(size)
        self._layers = layers
        self._clear = clear(layers[0], size)
        self._stale = [self._still.get_rect()]
        self._drawing.base(self._still, layers[0], theme, ground)
        if len(layers) > 1:  # what lies under a veil stands as it stood
            self._move(self._still, ground, moment, 1.0)
            self._drawing.over(self._still, layers, theme)

    def keep(self, shown: pygame.Surface) -> None:
        """Keep what the screen shows, as what the next frames turn away from."""
        if self._before.get_size() != shown.get_size():
            self._before = pygame.Surface(shown.get_size())
        self._before.blit(shown, (0, 0))

    def change_ground(self, ground: PageBackground) -> None:
        """Draw only the ground anew, beside the one layer that lies there."""
        self._drawing.around(self._still, self._layers[0], ground)
        self._stale += self._clear

    @property
    def covered(self) -> bool:
        """Whether a veil lies over the ground, so that nothing of it is drawn by itself."""
        return len(self._layers) > 1

    def show(self, target: pygame.Surface, ground: PageBackground, moment: float, turned: float) -> list[pygame.Rect]:
        """Bring the screen up to date, and say where it changed.

        moment: seconds of what moves. turned: 0 to 1, how far the frame has come up over what was kept.
        """
        whole = target.get_rect()
        stale = [whole] if turned < 1 else [*self._stale, *self._left]
        for part in stale:
            target.blit(self._still, part, part)
        if turned < 1:
            self._before.set_alpha(opacity((1 - turned) ** 1.7))  # soon faint: two texts at once are none
            target.blit(self._before, (0, 0))
            self._before.set_alpha(None)
        moved = [] if self.covered else self._move(target, ground, moment, turned)
        self._left = tiles(moved, whole)
        self._stale = [whole] if turned < 1 else []
        return [whole] if whole in stale else tiles([*stale, *self._left], whole)

    def _move(
        self, target: pygame.Surface, ground: PageBackground, moment: float, strength: float
    ) -> list[pygame.Rect]:
        moved: list[pygame.Rect] = []
        for moves, share in ground.moves():
            if self._moving is None:
                from game.painter.canvas.motion_renderer import (
                    MotionRenderer,  # once there is a painting: the painter is loaded too
                )

                self._moving = MotionRenderer()
            moved += self._moving.draw(target, moves, moment, self._clear, share * strength)
        return moved


def tiles(rects: Iterable[pygame.Rect] | Sequence[pygame.Rect], within: pygame.Rect) -> list[pygame.Rect]:
    """Rectangles that cover `rects` without overlapping: whole tiles, those of a row that touch in one."""
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
