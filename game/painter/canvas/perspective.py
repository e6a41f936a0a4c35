"""Perspective: one-point perspective for rooms, and the outlines of things in them.

Lengths are in units: x to the right of the eye, y (also `foot`, `head`) up from the floor, z into the room. At z = 0, a
unit is `u` pixels; nearer things have a negative z.
"""

from __future__ import annotations

from game.core.values import frozen
from game.painter.canvas import shapes
from game.painter.canvas.paper import Point, Shape


@frozen
class Perspective:
    """The point from which a room is seen. (`x`, `y`) is its vanishing point in pixels, and `u` the number of pixels in
    a unit at z = 0. The eye is `eye` units above the floor and `reach` units from z = 0."""

    x: float
    y: float
    u: float
    eye: float
    reach: float

    def k(self, z: float) -> float:
        """Return the number of pixels in a unit at depth `z`."""
        return self.u * self.reach / max(0.05 * self.reach, self.reach + z)

    def at(self, x: float, y: float, z: float) -> Point:
        """Return the pixel of a point of the room."""
        k = self.k(z)
        return (self.x + x * k, self.y + (self.eye - y) * k)

    def points(self, *places: tuple[float, float, float]) -> list[Point]:
        """Return the pixels of points of the room."""
        return [self.at(*place) for place in places]

    def z_at(self, row: float) -> float:
        """Return the depth at which the floor meets the pixel row `row`, which lies below the vanishing point."""
        return self.eye * self.u * self.reach / max(0.01, row - self.y) - self.reach

    def x_at(self, column: float, z: float) -> float:
        """Return the x, in units, at the pixel column `column` and depth `z`."""
        return (column - self.x) / self.k(z)

    def sides(self, width: float, z: float) -> tuple[float, float]:
        """Return the x, in units at depth `z`, just outside both edges of a picture `width` pixels wide."""
        return self.x_at(-3 * self.u, z), self.x_at(width + 3 * self.u, z)

    def face(self, left: float, foot: float, right: float, head: float, z: float) -> Shape:
        """Return an upright rectangle at depth `z` that faces the eye."""
        k = self.k(z)
        x0, y0 = self.x + left * k, self.y + (self.eye - head) * k
        return shapes.box(x0, y0, self.x + right * k - x0, self.y + (self.eye - foot) * k - y0)

    def flat(self, left: float, right: float, near: float, far: float, y: float = 0.0) -> Shape:
        """Return a level rectangle at height `y`, such as a table's top."""
        return [self.at(left, y, far), self.at(right, y, far), self.at(right, y, near), self.at(left, y, near)]

    def side(self, x: float, foot: float, head: float, near: float, far: float) -> Shape:
        """Return an upright rectangle that runs into the room at `x`, such as a side wall."""
        return [self.at(x, head, near), self.at(x, head, far), self.at(x, foot, far), self.at(x, foot, near)]

    def panel(self, a: Point, b: Point, foot: float, head: float) -> Shape:
        """Return an upright rectangle between two places (x, z) of the floor, such as an open door."""
        return self.points((a[0], head, a[1]), (b[0], head, b[1]), (b[0], foot, b[1]), (a[0], foot, a[1]))

    def post(self, x: float, foot: float, head: float, z: float, half: float) -> Shape:
        """Return a post, thicker at the foot than at the head. `half` is about half its thickness, in units."""
        (fx, fy), (hx, hy) = self.at(x, foot, z), self.at(x, head, z)
        a, b = half * 1.06 * self.k(z), half * 0.9 * self.k(z)
        return [(hx - b, hy), (hx + b, hy), (fx + a, fy), (fx - a, fy)]

    def block(self, left: float, foot: float, right: float, head: float, near: float, far: float) -> list[Shape]:
        """Return the visible sides of a block, from far to near: its top or underside, a flank, and its front."""
        sides: list[Shape] = []
        if head < self.eye:
            sides.append(self.flat(left, right, near, far, head))
        elif foot > self.eye:
            sides.append(self.flat(left, right, near, far, foot))
        if left > 0:
            sides.append(self.side(left, foot, head, near, far))
        elif right < 0:
            sides.append(self.side(right, foot, head, near, far))
        sides.append(self.face(left, foot, right, head, near))
        return sides
