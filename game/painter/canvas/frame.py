"""Frame: the subject area of a picture, which is the part that no reading sheet (the page's text) covers."""

from __future__ import annotations

import pygame

from game.core.values import frozen


@frozen
class Frame:
    """A picture of `w` by `h` pixels, and its subject area (left, top, width, height in pixels).

    Scenes are measured in units of `u` pixels, so that they keep their shape in every window. The unit is the largest
    in which the subject area is at least 86 units wide and 100 units high.
    """

    w: int
    h: int
    left: float
    top: float
    width: float
    height: float

    @property
    def u(self) -> float:
        """The number of pixels in a unit."""
        return min(self.height / 100, self.width / 86)

    def x(self, part: float) -> float:
        """Return the column, in pixels, at the fraction `part` (0 to 1) of the subject area's width."""
        return self.left + part * self.width

    def across(self, units: float) -> float:
        """Return the pixel column that is `units` right of the left edge of the subject area's middle 86 units."""
        return self.left + self.width / 2 + (units - 43) * self.u

    def y(self, part: float) -> float:
        """Return the row, in pixels, at the fraction `part` (0 to 1) of the subject area's height."""
        return self.top + part * self.height


def frame(size: tuple[int, int], covered: pygame.Rect | None, foot: int = 0) -> Frame:
    """Return the frame of a picture of `size` pixels.

    The subject area is the largest strip beside the rectangle `covered`, which a reading sheet will hide, or the whole
    picture if that strip is too small. The subject area ends at least `foot` pixels above the picture's lower edge.
    """
    w, h = max(1, size[0]), max(1, size[1])
    whole = (0, 0, w, h)
    area = whole
    hidden = pygame.Rect(whole).clip(covered) if covered is not None else pygame.Rect(0, 0, 0, 0)
    if hidden.w and hidden.h:
        strips = (
            (0, 0, hidden.left, h),
            (0, 0, w, hidden.top),
            (hidden.right, 0, w - hidden.right, h),
            (0, hidden.bottom, w, h - hidden.bottom),
        )
        area = max(strips, key=lambda strip: strip[2] * strip[3])
        if area[2] * area[3] < 0.14 * w * h:
            area = whole
    left, top, width, height = area
    return Frame(w, h, left, top, width, max(1, min(height, h - foot - top)))
