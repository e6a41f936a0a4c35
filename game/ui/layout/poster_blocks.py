"""Lay out large type for the title and the attract screen, legible from about three metres."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from game.ui.layout import text_blocks
from game.ui.layout.geometry import Block, Box, Rect, moved, stops
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.placement import window_margin
from game.ui.layout.scale import LEADING
from game.ui.layout.typesetting import Typesetter, beside, columns, framed, stack, with_area
from game.ui.tree import TreeNode


def title(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return text_blocks.heading_text(setter, node.label, 2.1, width, 1.12)


POSTER, INVITATION, UNDER = 3.1, 1.7, 1.1  # ems, legible from three metres; `UNDER`, below a button, from one metre


def invitation(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return text_blocks.balanced_text(setter, node.label, setter.scale.poster(INVITATION), width, "ink", LEADING)


def entry_buttons(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the attract screen's buttons, side by side if they fit. Their type is as large as in `invitation`."""
    scale, ways = setter.scale, node.children
    gap = scale.em(0.3)
    side = (width - (len(ways) - 1) * gap) // len(ways)
    across = [_entry_button(setter, way, side) for way in ways]
    if len(ways) > 1 and max(block.height for block in across) > _entry_button(setter, ways[0], 4 * width).height:
        return stack([(gap, _entry_button(setter, way, width)) for way in ways])
    return columns(across, side, gap)


def _entry_button(setter: Typesetter, way: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset, arrow = scale.px(25), scale.px(29)  # not scaled with the text, because a poster's type is large already
    style = replace(scale.poster(INVITATION), bold=True)
    room = width - 3 * inset - arrow
    text = setter.line(way.label, style, room, leading=1.3, whole=True)
    if way.value:
        below = setter.line(way.value, scale.poster(UNDER), room, leading=1.3)
        text = stack([(0, text), (0, below)])
    slip = framed("slip", text, width, inset, scale.px(14), least=scale.target, id=way.id)
    points = Box("arrow", Rect(width - inset - arrow, (slip.height - arrow) // 2, arrow, arrow))
    return Block((*slip.items, points), slip.height)


def poster(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the story's title in each language, side by side on one line if they fit."""
    style = setter.scale.poster(POSTER)
    texts = [text_blocks.balanced_text(setter, title.label, style, width, "ink", 1.1) for title in node.children]
    between, room = style.size, style.size // 8  # `room` is above the tallest letters
    ends = [text.right for text in texts]
    on_a_line = all(text.height < 2 * style.size for text in texts) and sum(ends) + between * (len(ends) - 1) <= width
    titles = [with_area(title, text, text.right) for title, text in zip(node.children, texts, strict=True)]
    if on_a_line:
        starts = accumulate((end + between for end in ends), initial=0)
        inner = beside(*zip(starts, titles, strict=False))
    else:
        inner = stack([(0, title) for title in titles])
    return stack([(0, Block((), room)), (0, inner)])


YEAR = 2.6  # the size of the year, in ems of a poster's type: legible from five metres
MOST = 0.3  # the greatest height of the leaf with the year, as a fraction of the window's


def has_year(tree: TreeNode) -> bool:
    return any(child.style == "year" for child in tree.children)


def with_year(plan: Layout, tree: TreeNode, setter: Typesetter, size: tuple[int, int]) -> Layout:
    """Return the layout with the year at the upper left of the picture, if the screen has one and there is room."""
    node = next((child for child in tree.children if child.style == "year"), None)
    if node is None:
        return plan
    scale = setter.scale
    style = scale.poster(YEAR)
    pad, margin = style.size // 4, window_margin(size, scale)
    text = setter.line(node.label, style, 8 * style.size, leading=1.1)
    wide = setter.measure.width(node.label, style)
    small, large = max(6, style.size // 9), max(10, style.size // 5)
    marks = node.children
    here = next((n for n, mark in enumerate(marks) if mark.chosen), 0)
    row, top = stops(len(marks), here, wide, small, large, max(2, scale.px(2))), text.height + pad // 2
    height = top + 2 * (large // 2)
    rect = Rect(margin, margin, wide + 2 * pad, height + 2 * pad - pad // 2)
    if rect.overlaps(plan.main.rect) or rect.h > MOST * size[1]:
        return plan
    view = Rect(rect.x + pad, rect.y + pad // 2, wide, height)
    panel = Panel("label", rect, view, (*text.items, *moved(row, 0, top)), height)
    return replace(plan, panels=(*plan.panels, panel))
