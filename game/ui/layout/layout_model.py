"""The layout of a screen as a value: its panels, where each node is, scrolling, and the voice's caption."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from game.core.values import frozen
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box, Item, Measure, Rect, Style, moved, node_of
from game.ui.layout.linebreak import MAX_CHARACTERS
from game.ui.layout.scale import Scale
from game.ui.layout.typesetting import Typesetter
from game.ui.tree import TreeNode, choices, focus_order


@frozen
class FitStep:
    """One way to fit a screen into its window. A layout tries several, the usual one first.

    Attributes:
        type: the size of a poster's type, as a fraction of the usual size.
        sheet: the width of a poster's sheet, as a fraction of the usual width.
        letters: the least number of letters in a line, in a landscape window.
        high: from 0 to 1, how far the sheet reaches up over the picture in an upright window.
        characters: the most characters of a line.
        text: for a summary (the last screen of a visit): the size of its type, as a fraction of what the reader set.
        footer: whether the choices are pinned below the text, which scrolls.
        columns: as in `Scale`; also the number of columns of a summary.
        spacing, fine, column_heights, brief: as in `Scale`.
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
    """A sheet, a card or another surface on the picture.

    Attributes:
        kind: its look: "sheet", "card", "aside", "tools", "progress", "label" or "caption".
        view: the part of the window that shows `items`.
        items: the content, from (0, 0). Only the items of a layout's first panel scroll.
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
    """The layout of a screen in a window.

    Attributes:
        status: the line that says what is hidden below; None if nothing is hidden.
        choices: the node ids of the choices.
        caption: the foot of the window, which is kept free for the caption of self-voicing; None without one.
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
        """The largest scroll, in pixels; 0 if everything fits."""
        return max(0, self.main.height - self.main.view.h)

    def clamped(self, scroll: int) -> int:
        """Return the possible scroll that is nearest to `scroll`, in pixels."""
        return max(0, min(self.max_scroll, scroll))

    def is_pinned(self, node_id: str) -> bool:
        """Return whether a node stays in place when the screen scrolls."""
        return all(item.id != node_id for item in self.main.items)

    def placed(
        self, scroll: int = 0, wanted: Callable[[Item], bool] = lambda item: True
    ) -> Iterator[tuple[Panel, Item, Rect]]:
        """Yield each wanted item as (panel, item in the window's coordinates, its clipping rectangle)."""
        for number, panel in enumerate(self.panels):
            dy = panel.view.y - (scroll if number == 0 else 0)
            for item in filter(wanted, panel.items):
                yield panel, item.moved(panel.view.x, dy), panel.view
            for item in filter(wanted, panel.fixed):
                yield panel, item, panel.rect

    def rects(self, node_id: str, scroll: int = 0) -> tuple[Rect, ...]:
        """Return the rectangles of a node in the window, unclipped. A link has one for each line."""
        return tuple(item.rect for _, item, _ in self.placed(scroll, lambda item: item.id == node_id))

    def bounds(self, scroll: int = 0) -> dict[str, Rect]:
        """Return, for each node id, the rectangle around all of the node in the window, unclipped."""
        found: dict[str, Rect] = {}
        for _, item, _ in self.placed(scroll):
            name = node_of(item)
            if name is not None:
                found[name] = found[name].around(item.rect) if name in found else item.rect
        return found

    def targets(self, scroll: int = 0) -> tuple[tuple[str, Rect], ...]:
        """Return (node id, visible rectangle) of each node with an action."""
        return tuple(
            (item.id, item.rect.clipped(clip))
            for _, item, clip in self.placed(scroll, lambda item: item.id is not None)
            if item.id is not None and item.rect.overlaps(clip)
        )

    def hit(self, x: float, y: float, scroll: int = 0) -> str | None:
        """Return the id of the smallest node at a point; None if no node is there."""
        under = [(rect.w * rect.h, node_id) for node_id, rect in self.targets(scroll) if rect.holds(x, y)]
        return min(under)[1] if under else None


def hidden_below(plan: Layout, scroll: int) -> tuple[int, bool]:
    """Return how many choices are hidden below the view, at least in part, and whether anything is hidden."""
    edge = plan.main.view.h + scroll
    choices_below = (item for item in plan.main.items if item.id in plan.choices and item.rect.bottom > edge)
    return len({item.id for item in choices_below if isinstance(item, Box)}), scroll < plan.max_scroll


SIZES = (1.0, 0.86, 0.72, 0.62, 0.54, 0.46, 0.4, 0.3)  # of a caption, in ems: it has the largest at which it fits
MIN_SIZE = 18  # the least size of a caption's type in pixels, even in a small window


def with_caption(plan: Layout, text: str, measure: Measure) -> Layout:
    """Return the layout with this text in its caption, if it has a caption."""
    if plan.caption is None or not text:
        return plan
    scale, caption = plan.scale, plan.caption
    inset = min(scale.side_pad, caption.w // 8)
    width, room = caption.w - 2 * inset, caption.h - scale.em(0.3)
    for ems in SIZES:
        size = max(MIN_SIZE, scale.em(ems))
        style = Style("sans", size, tracking=round(size * scale.tracking))
        block = Typesetter(scale, measure).line(text, style, width, "caption_ink", 1.36)
        if block.height <= room:
            break
    items = moved(block.items, caption.x + inset, caption.y + max(0, (caption.h - block.height) // 2))
    return replace(plan, panels=(*plan.panels, Panel("caption", caption, caption, (), 0, items)))


def reveal(plan: Layout, scroll: int, node_id: str | None) -> int:
    """Return the scroll in pixels that brings a node and a small margin into view, with the least movement. Return
    `scroll` if `node_id` is None, or the node does not scroll."""
    rects = [item.rect for item in plan.main.items if node_id is not None and node_of(item) == node_id]
    if not rects:
        return plan.clamped(scroll)
    air = plan.scale.em(0.4)
    top = min(rect.y for rect in rects) - air
    bottom = max(rect.bottom for rect in rects) + air
    return plan.clamped(min(top, max(scroll, bottom - plan.main.view.h)))


def shown_focus(plan: Layout, tree: TreeNode, focus: str | None, scroll: int) -> tuple[str | None, int]:
    """Return (focus, scroll in pixels) for a new screen. They change only if the focused node is out of sight: a menu
    scrolls to it, and a card gives the focus to its first control in sight. A page does nothing, because Enter scrolls
    through the text before it presses the focused node."""
    if focus is None or in_sight(plan, scroll, focus):
        return focus, scroll
    if tree.style in ("menu", "title"):
        return focus, reveal(plan, scroll, focus)
    if tree.role == "dialog":
        seen = dict(plan.targets(scroll))  # a control counts if part of it is in sight: the window may be too low
        focus = next((name for name in focus_order(tree) if name in seen), focus)
    return focus, scroll


def in_sight(plan: Layout, scroll: int, node_id: str) -> bool:
    """Return whether all of a node is visible. True for a node outside of the panel that scrolls."""
    rects = [item.rect for item in plan.main.items if item.id == node_id]
    return all(rect.y >= scroll - 2 and rect.bottom <= scroll + plan.main.view.h + 2 for rect in rects)


def kept_in_place(before: Layout, scroll: int, after: Layout, node_id: str | None) -> int:
    """Return the scroll of `after`, in pixels, that shows a node at the same height as in `before`. `scroll` is the
    scroll of `before`; return it if one of the layouts has no such node."""
    old, new = before.bounds(scroll).get(node_id or ""), after.bounds(scroll).get(node_id or "")
    return after.clamped(scroll if old is None or new is None else scroll + new.y - old.y)


def scrolled_by_page(plan: Layout, scroll: int, by: float) -> int:
    """Return the scroll after `by` screenfuls, in pixels. A line or two of the old view stay visible."""
    step = max(plan.scale.em(1.5), plan.main.view.h - plan.scale.em(2))
    return plan.clamped(scroll + round(step * by))


def hidden_below_text(plan: Layout, tree: TreeNode, scroll: int, words: Catalogue) -> str:
    """Return a text that says what is hidden below the view; "" if nothing is hidden."""
    hidden, more = hidden_below(plan, scroll)
    if hidden:
        decides = any(node.style != "continue" for node in choices(tree))
        return words("below.choices", n=hidden) if decides else words("below.continue")
    return words("below.more") if more else ""
