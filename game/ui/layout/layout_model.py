"""Values of a screen's layout: the sheets and panels in a window, and where each node of a tree stands on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.core.values import frozen
from game.ui.layout.geometry import Box, Item, Rect, node_of
from game.ui.layout.linebreak import MAX_CHARACTERS
from game.ui.layout.scale import Scale


@frozen
class FitStep:
    """One way to fit a screen into its window; a layout tries several, from the usual one on.

    Attributes:
        type: the size of a poster's type, in shares of its usual one.
        sheet: the width of a poster's sheet, in shares of its usual one.
        ornament: there is room for an ornament.
        letters: at least so many to a line, in a landscape window.
        high: from 0 to 1, how far the sheet reaches up over the picture of an upright window.
        characters: the most of a line.
        spacing: the space between blocks, in shares of the usual one.
        columns: of a menu's entries, of settings, of a summary, or of what the talk has in columns.
        text: the size of a summary's type, in shares of the reader's.
        footer: the choices are pinned below the text, which scrolls.
        fine: the size of the type in columns, in shares of the usual one.
        column_heights: see `Scale`.
        brief: see `Scale`.
    """

    type: float = 1.0
    sheet: float = 1.0
    ornament: bool = True
    letters: int = 0
    high: float = 0.0
    characters: int = MAX_CHARACTERS
    spacing: float = 1.0
    columns: int = 1
    text: float = 1.0
    footer: bool = False
    fine: float = 1.0
    column_heights: tuple[int, int] = (0, 0)
    brief: bool = False


@frozen
class Panel:
    """A sheet or card.

    Attributes:
        kind: what the renderer draws: "sheet", "card", "aside", "tools", "progress" or "caption".
        rect: its rectangle in the window.
        view: the part of the window in which `items` are seen.
        items: the content, from (0, 0); scrolled in the first panel of a layout.
        height: the height of the whole content, in pixels.
        fixed: items in the window's coordinates, which do not scroll.
    """

    kind: str
    rect: Rect
    view: Rect
    items: tuple[Item, ...]
    height: int
    fixed: tuple[Item, ...] = ()


@frozen
class Layout:
    """A screen laid out in a window.

    Attributes:
        size: the window's width and height, in pixels.
        panels: the first one scrolls.
        status: the line that says what is hidden below, where anything is.
        choices: the ids of the page's choices.
        caption: the foot of the window that is kept free for the caption of self-voicing.
    """

    size: tuple[int, int]
    scale: Scale
    panels: tuple[Panel, ...]
    status: Rect | None = None
    choices: tuple[str, ...] = ()
    caption: Rect | None = None

    @property
    def main(self) -> Panel:
        return self.panels[0]

    @property
    def max_scroll(self) -> int:
        """The largest scroll, in pixels; 0 where everything fits."""
        return max(0, self.main.height - self.main.view.h)

    def clamped(self, scroll: int) -> int:
        """The scroll within its range."""
        return max(0, min(self.max_scroll, scroll))

    def is_pinned(self, node_id: str) -> bool:
        """Whether a node does not scroll."""
        return all(item.id != node_id for item in self.main.items)

    def placed(
        self, scroll: int = 0, wanted: Callable[[Item], bool] = lambda item: True
    ) -> Iterator[tuple[Panel, Item, Rect]]:
        """(panel, item in the window's coordinates, rectangle that it is clipped to) for each wanted item."""
        for number, panel in enumerate(self.panels):
            dy = panel.view.y - (scroll if number == 0 else 0)
            for item in filter(wanted, panel.items):
                yield panel, item.moved(panel.view.x, dy), panel.view
            for item in filter(wanted, panel.fixed):
                yield panel, item, panel.rect

    def rects(self, node_id: str, scroll: int = 0) -> tuple[Rect, ...]:
        """The rectangles of a node in the window, unclipped; a link has one for each line."""
        return tuple(item.rect for _, item, _ in self.placed(scroll, lambda item: item.id == node_id))

    def bounds(self, scroll: int = 0) -> dict[str, Rect]:
        """Node id -> the rectangle around all of the node in the window, unclipped."""
        found: dict[str, Rect] = {}
        for _, item, _ in self.placed(scroll):
            name = node_of(item)
            if name is not None:
                found[name] = found[name].around(item.rect) if name in found else item.rect
        return found

    def targets(self, scroll: int = 0) -> tuple[tuple[str, Rect], ...]:
        """(node id, visible rectangle) of what can be pressed."""
        found = []
        for _, item, clip in self.placed(scroll, lambda item: item.id is not None):
            part = item.rect.clipped(clip)
            if item.id is not None and part.w > 0 and part.h > 0:
                found.append((item.id, part))
        return tuple(found)

    def hit(self, x: float, y: float, scroll: int = 0) -> str | None:
        """The id of the node at a point, or None; the smallest of several, so that an option wins over its row."""
        under = [(rect.w * rect.h, node_id) for node_id, rect in self.targets(scroll) if rect.holds(x, y)]
        return min(under)[1] if under else None


def hidden_below(plan: Layout, scroll: int) -> tuple[int, bool]:
    """How many choices are hidden below the view, wholly or in part, and whether anything is."""
    edge = plan.main.view.h + scroll
    hidden = {
        item.id
        for item in plan.main.items
        if item.id in plan.choices and isinstance(item, Box) and item.rect.bottom > edge
    }
    return len(hidden), scroll < plan.max_scroll
