"""Scrolling: to the focus and by a page; and what is hidden below, in words."""

from __future__ import annotations

from game.ui.i18n import Catalogue
from game.ui.layout.geometry import node_of
from game.ui.layout.layout_model import Layout, hidden_below
from game.ui.tree import TreeNode, choices, focus_order


def reveal(plan: Layout, scroll: int, node_id: str | None) -> int:
    """The scroll, in pixels, that shows a node with a small margin, with the least movement."""
    rects = [
        item.rect for item in plan.main.items if node_id is not None and node_of(item) == node_id
    ]  # in the content's own coordinates
    if not rects:
        return plan.clamped(scroll)
    air = plan.scale.em(0.4)
    top = min(rect.y for rect in rects) - air
    bottom = max(rect.bottom for rect in rects) + air
    if bottom - scroll > plan.main.view.h:
        scroll = bottom - plan.main.view.h
    if top < scroll:
        scroll = top
    return plan.clamped(scroll)


def shown_focus(plan: Layout, tree: TreeNode, focus: str | None, scroll: int) -> tuple[str | None, int]:
    """The focus and the scroll of a screen that comes up, so that keys find the focus in sight.

    A menu is scrolled to it. A card is read from its top: there the first thing in sight takes the focus. A page and a
    note stay as they are: Enter shows their text first.
    """
    if focus is None or in_sight(plan, scroll, focus):
        return focus, scroll
    if tree.style in ("menu", "title"):
        return focus, reveal(plan, scroll, focus)
    if tree.role == "dialog":
        seen = dict(plan.targets(scroll))  # in part, where a window is too low for the whole of it
        focus = next((name for name in focus_order(tree) if name in seen), focus)
    return focus, scroll


def in_sight(plan: Layout, scroll: int, node_id: str) -> bool:
    """Whether all of a node is visible; outside of the scrolled panel it always is."""
    rects = [item.rect for item in plan.main.items if item.id == node_id]
    return all(rect.y >= scroll - 2 and rect.bottom <= scroll + plan.main.view.h + 2 for rect in rects)


def kept_in_place(before: Layout, scroll: int, after: Layout, node_id: str | None) -> int:
    """The scroll of another layout, in pixels, by which a node stands as high in the window as it did at `scroll`."""
    old, new = before.bounds(scroll).get(node_id or ""), after.bounds(scroll).get(node_id or "")
    return after.clamped(scroll if old is None or new is None else scroll + new.y - old.y)


def scrolled_by_page(plan: Layout, scroll: int, by: float) -> int:
    """The scroll after `by` screenfuls on, less a line or two that stay visible."""
    step = max(plan.scale.em(1.5), plan.main.view.h - plan.scale.em(2))
    return plan.clamped(scroll + round(step * by))


def hidden_below_text(plan: Layout, tree: TreeNode, scroll: int, words: Catalogue) -> str:
    """What is hidden below the view, in words; "" where nothing is."""
    hidden, more = hidden_below(plan, scroll)
    if hidden:
        decides = any(node.style != "continue" for node in choices(tree))
        return words("below.choices", n=hidden) if decides else words("below.continue")
    return words("below.more") if more else ""
