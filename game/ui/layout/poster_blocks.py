"""Blocks of large type for the title and the attract screen, read from about three metres."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from game.ui.layout import text_blocks
from game.ui.layout.geometry import Block, Box, Rect, moved
from game.ui.layout.scale import LEADING
from game.ui.layout.typesetting import Typesetter, stack, with_area
from game.ui.tree import TreeNode


def title(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return text_blocks.heading_text(setter, node.label, 2.1, width, 1.12)


POSTER, INVITATION, UNDER = 3.1, 1.7, 1.1  # ems; they can be read from three metres, what is under a button from one


def invitation(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return text_blocks.balanced_text(setter, node.label, setter.scale.poster(INVITATION), width, "ink", LEADING)


def entry_buttons(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """The entry buttons, in the type of the invitation: side by side where their labels fit."""
    scale, ways = setter.scale, node.children
    gap = scale.em(0.3)
    side = (width - (len(ways) - 1) * gap) // len(ways)
    across = [_entry_button(setter, way, side) for way in ways]
    if len(ways) > 1 and max(block.height for block in across) > _entry_button(setter, ways[0], 4 * width).height:
        return stack([(gap, _entry_button(setter, way, width)) for way in ways])
    tall = max(block.height for block in across)
    return Block(tuple(item for n, one in enumerate(across) for item in moved(one.items, n * (side + gap), 0)), tall)


def _entry_button(setter: Typesetter, way: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset, arrow = scale.px(25), scale.px(29)  # large already, as the type of a poster is
    style = replace(scale.poster(INVITATION), bold=True)
    room = width - 3 * inset - arrow
    text = setter.line(way.label, style, room, leading=1.3, whole=True)
    if way.value:
        below = setter.line(way.value, scale.poster(UNDER), room, leading=1.3)
        text = stack([(0, text), (0, below)])
    height = max(scale.target, text.height + 2 * scale.px(14))
    slip = Box("slip", Rect(0, 0, width, height), way.id)
    points = Box("arrow", Rect(width - inset - arrow, (height - arrow) // 2, arrow, arrow))
    return Block((slip, *moved(text.items, inset, (height - text.height) // 2), points), height)


def poster(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """The titles: side by side on one line where they fit."""
    style = setter.scale.poster(POSTER)
    texts = [text_blocks.balanced_text(setter, title.label, style, width, "ink", 1.1) for title in node.children]
    between, room = style.size, style.size // 8  # over the tallest letters
    ends = [max(item.rect.right for item in text.items) for text in texts]
    on_a_line = all(text.height < 2 * style.size for text in texts) and sum(ends) + between * (len(ends) - 1) <= width
    if on_a_line:
        starts = accumulate((end + between for end in ends), initial=0)
        placed = [(x, 0) for x in starts]
        height = texts[0].height
    else:
        tops = list(accumulate((text.height for text in texts), initial=0))
        placed, height = [(0, top) for top in tops], tops[-1]
    items = [
        item
        for title, text, end, (x, y) in zip(node.children, texts, ends, placed, strict=False)
        for item in moved(with_area(title, text, end).items, x, y + room)
    ]
    return Block(tuple(items), height + room)
