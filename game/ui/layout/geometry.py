"""The values that a layout is made of. Units are whole pixels; y grows down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from game.core.values import frozen


@frozen
class Rect:
    """A rectangle: its upper left corner and its size."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, by: int) -> Rect:
        """Return the rectangle with `by` pixels more on each side."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def inside(self, other: Rect) -> bool:
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom

    def clipped(self, other: Rect) -> Rect:
        """Return the part of the rectangle that lies inside `other`. If no part does, its width or height is 0."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def around(self, other: Rect) -> Rect:
        """Return the smallest rectangle that holds this one and `other`."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def overlaps(self, other: Rect) -> bool:
        part = self.clipped(other)
        return part.w > 0 and part.h > 0


@frozen
class Style:
    """The style of a text run: `family` "serif", "sans" or "kai"; `tracking` is the space after each character, in
    pixels."""

    family: str
    size: int
    bold: bool = False
    italic: bool = False
    tracking: int = 0


class Measure(Protocol):
    def width(self, text: str, style: Style) -> int:
        """Return the width of a text in pixels."""


@frozen
class Run:
    """Text of one style on one line. `ink` names a colour of `Theme`. A press on the text presses the node `id`."""

    x: int
    baseline: int
    width: int
    text: str
    style: Style
    ink: str = "ink"
    id: str | None = None

    def moved(self, dx: int, dy: int) -> Run:
        return Run(self.x + dx, self.baseline + dy, self.width, self.text, self.style, self.ink, self.id)

    @property
    def rect(self) -> Rect:
        """The rectangle for hit tests and the focus ring. A link's rectangle reaches to the lines above and below."""
        above, height = (1.03, 1.47) if self.id is not None else (0.95, 1.3)
        top = self.baseline - round(self.style.size * above)
        return Rect(self.x, top, self.width, round(self.style.size * height))


@frozen
class Box:
    """A shape that the renderer draws by its `kind`.

    Attributes:
        id: the node that the shape belongs to; None for a mere drawing.
        cut: for a gauge, 0 and the fraction that is filled. For a bowl, how full it is before grain is taken, and how
            full after that: empty at 0 or less, full at 1 or more.
        slide: for a part of a bar, how many pixels above `rect` it is drawn before grain is taken.
    """

    kind: str
    rect: Rect
    id: str | None = None
    chosen: bool = False
    cut: tuple[float, float] = (0.0, 1.0)
    slide: int = 0

    def moved(self, dx: int, dy: int) -> Box:
        return Box(self.kind, self.rect.moved(dx, dy), self.id, self.chosen, self.cut, self.slide)


@frozen
class NodeArea:
    """The rectangle of a node without an action. It is not drawn; screen readers and scrolling use it."""

    node: str
    rect: Rect
    id: None = None

    def moved(self, dx: int, dy: int) -> NodeArea:
        return NodeArea(self.node, self.rect.moved(dx, dy))


Item = Run | Box | NodeArea


def node_of(item: Item) -> str | None:
    """Return the id of the node that an item belongs to, with or without an action."""
    return item.node if isinstance(item, NodeArea) else item.id


@frozen
class Block:
    """A part of a layout: items with coordinates from (0, 0), and their total height in pixels."""

    items: tuple[Item, ...]
    height: int

    @property
    def runs(self) -> list[Run]:
        return [item for item in self.items if isinstance(item, Run)]

    @property
    def right(self) -> int:
        """The right edge of the widest item, in pixels; 0 without items."""
        return max((item.rect.right for item in self.items), default=0)


def moved(items: Iterable[Item], dx: int, dy: int) -> tuple[Item, ...]:
    return tuple(item.moved(dx, dy) for item in items)


def stops(count: int, here: int, width: int, small: int, large: int, thick: int) -> tuple[Item, ...]:
    """Return a row of `count` marks on a line. Marks before number `here` (from 0) are filled; number `here` is larger.
    In pixels, `small` and `large` are the sizes of the marks, and `thick` is the thickness of the line."""
    step, middle = (width - large) / max(1, count - 1), large // 2
    items: list[Item] = [Box("hairline", Rect(middle, middle, round(step * (count - 1)), thick))]
    for number in range(count):
        side = large if number == here else small
        kind = "stop.here" if number == here else "stop.past" if number < here else "stop"
        x = middle + round(number * step)
        items.append(Box(kind, Rect(x - side // 2, middle - side // 2 + 1, side, side)))
    return tuple(items)
