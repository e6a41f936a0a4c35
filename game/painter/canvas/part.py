"""Part: a thing in a painting that may be missing or elsewhere in the next painting of the same scene."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from game.core.values import frozen
from game.painter.canvas.paper import Point, Shape

STILL = 0.4  # pixels, or hundredths of a radian; two poses that differ by less count as equal


@frozen
class Part:
    """A named thing in a scene, which can go, come or move between two paintings.

    Attributes:
        name: unique in a painting, and the same in each painting of the scene.
        at: its place in pixels; it turns about this point.
        angle: how far it is turned, in radians, clockwise on the screen.
        away: how far right and down it moves before it vanishes, in pixels. When it comes, it moves the same way back.
        fall: how far it turns about `at`, in radians, as it falls over before it vanishes; 0 if it does not fall.
        in_front: True if it is drawn in front of all parts that go or come.
    """

    name: str
    outlines: tuple[Shape, ...]
    at: Point = (0.0, 0.0)
    angle: float = 0.0
    away: Point = (0.0, 0.0)
    fall: float = 0.0
    in_front: bool = False

    def moved_from(self, other: Part) -> bool:
        """Return whether the part's place or angle differs from `other`'s."""
        apart = math.dist(self.at, other.at), 100 * abs(self.angle - other.angle)
        return max(apart) > STILL


class PartRecorder:
    """Collects the parts of a painting while it is painted."""

    def __init__(self) -> None:
        self.found: list[Part] = []
        self._open: list[list[Shape]] = []  # for each unfinished part, the outlines laid so far

    def add(self, *parts: Part) -> None:
        """Record parts whose outlines are known."""
        self.found += parts

    @contextmanager
    def named(self, name: str, away: Point = (0.0, 0.0), at: Point = (0.0, 0.0)) -> Iterator[None]:
        """Record all outlines laid within the `with` block as one part. The arguments are as in `Part`."""
        outlines: list[Shape] = []
        self._open.append(outlines)
        yield
        self._open.pop()
        if outlines:
            self.add(Part(name, tuple(outlines), at, away=away))

    @contextmanager
    def nameless(self) -> Iterator[None]:
        """Record no parts in the `with` block. What it paints, such as the view through a window, then cross-fades."""
        found = len(self.found)
        yield
        del self.found[found:]

    def lay(self, outlines: Sequence[Shape]) -> None:
        """Add laid outlines to the part that is being painted. Ignore them if no part is being painted."""
        if self._open:
            self._open[-1].extend(outlines)
