"""The year on the picture of a kiosk's invitation: a leaf with the year in large type, and the years in a row."""

from __future__ import annotations

from dataclasses import replace

from game.ui.layout.geometry import Box, Item, Rect, moved
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.placement import window_margin
from game.ui.layout.typesetting import Typesetter
from game.ui.tree import TreeNode

YEAR = 2.6  # ems of a poster's type: it can be read from five metres
MOST = 0.3  # share of the window's height that the leaf may take


def has_year(tree: TreeNode) -> bool:
    """Whether a screen has a year on its picture."""
    return any(child.style == "year" for child in tree.children)


def with_year(plan: Layout, tree: TreeNode, setter: Typesetter, size: tuple[int, int]) -> Layout:
    """A layout with the year at the upper left of the picture, where the screen has one and the sheet leaves room."""
    node = next((child for child in tree.children if child.style == "year"), None)
    if node is None:
        return plan
    panel = _leaf(setter, node, size)
    taken = panel.rect.overlaps(plan.main.rect) or panel.rect.h > MOST * size[1]
    return plan if taken else replace(plan, panels=(*plan.panels, panel))


def _leaf(setter: Typesetter, node: TreeNode, size: tuple[int, int]) -> Panel:
    scale = setter.scale
    style = scale.poster(YEAR)
    pad, margin = style.size // 4, window_margin(size, scale)
    text = setter.line(node.label, style, 8 * style.size, leading=1.1)
    wide = setter.measure.width(node.label, style)
    small, large = max(6, style.size // 9), max(10, style.size // 5)
    marks = node.children
    step = (wide - large) / max(1, len(marks) - 1)
    here = next((n for n, mark in enumerate(marks) if mark.chosen), 0)
    top = text.height + pad // 2 + large // 2
    items: list[Item] = [*text.items, Box("hairline", Rect(large // 2, top, wide - large, max(2, scale.px(2))))]
    for n in range(len(marks)):
        side = large if n == here else small
        kind = "stop.here" if n == here else "stop.past" if n < here else "stop"
        items.append(Box(kind, Rect(large // 2 + round(n * step) - side // 2, top - side // 2 + 1, side, side)))
    height = top + large // 2
    rect = Rect(margin, margin, wide + 2 * pad, height + 2 * pad - pad // 2)
    return Panel("label", rect, Rect(rect.x + pad, rect.y + pad // 2, wide, height), moved(items, 0, 0), height)
