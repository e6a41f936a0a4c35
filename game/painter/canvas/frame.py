"""Where a picture's subject may stand: the part of the window that no reading sheet covers."""

from __future__ import annotations

import pygame

from game.core.values import frozen


@frozen
class Frame:
    """A picture of `w` by `h` pixels, and its stage (left, top, width, height in pixels).

    `u` is the picture's own unit in pixels: what stands on the stage is measured in it, so that it keeps its
    shape in every window. A stage is about 100 u high, or 86 u wide where that is less.
    """

    w: int
    h: int
    left: float
    top: float
    width: float
    height: float

    @property
    def u(self) -> float:
        return min(self.height / 100, self.width / 86)

    def x(self, part: float) -> float:
        """The pixel at `part` (0 to 1) of the stage's width."""
        return self.left + part * self.width

    def across(self, units: float) -> float:
        """The pixel `units` from the left of a scene 86 u wide that stands in the middle of the stage."""
        return self.left + self.width / 2 + (units - 43) * self.u

    def y(self, part: float) -> float:
        """The pixel at `part` (0 to 1) of the stage's height."""
        return self.top + part * self.height


def frame(size: tuple[int, int], clear: pygame.Rect | None) -> Frame:
    """The frame of a picture of `size` pixels whose rectangle `clear` is going to be covered.

    The stage is the largest whole strip beside the covered rectangle; where hardly anything is left, it is
    the whole picture.
    """
    w, h = max(1, size[0]), max(1, size[1])
    whole = (0, 0, w, h)
    stage = whole
    covered = pygame.Rect(whole).clip(clear) if clear is not None else pygame.Rect(0, 0, 0, 0)
    if covered.w and covered.h:
        strips = (
            (0, 0, covered.left, h),
            (0, 0, w, covered.top),
            (covered.right, 0, w - covered.right, h),
            (0, covered.bottom, w, h - covered.bottom),
        )
        stage = max(strips, key=lambda strip: strip[2] * strip[3])
        if stage[2] * stage[3] < 0.14 * w * h:
            stage = whole
    return Frame(w, h, *stage)
