"""Scrolling: to the focus, by a page, by arrow keys; and what is hidden below, in words."""

from __future__ import annotations

from game.ui.i18n import Catalogue
from game.ui.intents import Focus, Intent, Scroll
from game.ui.layout.geometry import node_of
from game.ui.layout.layout_model import Layout, hidden_below
from game.ui.tree import TreeNode, choices, focus_order, walk


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


def arrow_key_intent(plan: Layout, tree: TreeNode, focus: str | None, scroll: int, by: int) -> Intent:
    """The intent of arrow down (+1) or up (-1): focus the next node if it is near, else scroll by half a screen."""
    order = [name for name in focus_order(tree) if "." not in name]  # not the words inside a paragraph
    target: str | None = None
    keys = next((node for node in walk(tree) if node.style == "keys"), None)
    if keys is not None and focus in (letters := [key.id for key in keys.children]):
        target = _key_above_or_below(plan, order, letters, focus, by)
    elif focus in order and not in_sight(plan, scroll, focus) and (reveal(plan, scroll, focus) - scroll) * by > 0:
        target = focus  # what stands before it comes first
    elif focus in order:
        place = order.index(focus) + by
        target = order[max(0, min(len(order) - 1, place))]
    elif order:
        target = _nearest(plan, order, scroll, by)
    if by > 0 and scroll < plan.max_scroll and target is not None and plan.is_pinned(target):
        target = None  # it is pinned below a text that goes on: the text comes first
    reach = plan.main.view.h * 0.6
    if target is None or target == focus or abs(reveal(plan, scroll, target) - scroll) > reach:
        return Scroll(scrolled_by_page(plan, scroll, 0.5 * by))
    return Focus(target)


def _key_above_or_below(plan: Layout, order: list[str], letters: list[str], focus: str, by: int) -> str:
    """The key below or above this one; past the last row, the node after the keypad, or before it."""
    here = plan.rects(focus)[0]
    column = [name for name in letters if plan.rects(name)[0].x == here.x]
    place = column.index(focus) + by
    if 0 <= place < len(column):
        return column[place]
    beyond = order.index(letters[-1] if by > 0 else letters[0]) + by
    return order[max(0, min(len(order) - 1, beyond))]


def next_focus(tree: TreeNode, focus: str | None, by: int) -> str | None:
    """The focus after arrow down (+1) or up (-1) with self-voicing: from node to node, from the first choice on."""
    order = [name for name in focus_order(tree) if "." not in name]
    if focus in order:
        return order[max(0, min(len(order) - 1, order.index(focus) + by))]
    page_choices = [node.id for node in choices(tree)]
    return next(iter(page_choices or order), focus)


def _nearest(plan: Layout, order: list[str], scroll: int, by: int) -> str:
    seen = [name for name in order if plan.rects(name) and in_sight(plan, scroll, name)
            and any(item.id == name for item in plan.main.items)]  # fmt: skip
    if seen:
        return seen[0 if by > 0 else -1]
    return order[0 if by > 0 else -1]


def hidden_below_text(plan: Layout, tree: TreeNode, scroll: int, words: Catalogue) -> str:
    """What is hidden below the view, in words; "" where nothing is."""
    hidden, more = hidden_below(plan, scroll)
    if hidden:
        decides = any(node.style != "continue" for node in choices(tree))
        return words("below.choices", n=hidden) if decides else words("below.continue")
    return words("below.more") if more else ""
