"""Small boxes side by side, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Iterable

from game.ui.geometry import Block, Box, Item, Rect, moved
from game.ui.tree import Node
from game.ui.typesetting import Setter


def inline(setter: Setter, node: Node, width: int) -> Block:
    """Small buttons side by side, on as many lines as they need."""
    return flowed(setter, [(child, "tool", child.label, False) for child in node.children], width)


def flowed(setter: Setter, parts: Iterable[tuple[Node, str, str, bool]], width: int) -> Block:
    """(node, kind of box, words, chosen) as small boxes side by side, wrapped."""
    scale = setter.scale
    style = scale.label(0.64)
    gap = scale.em(0.22)
    tick = scale.em(0.42)
    height = max(scale.target, round(style.size * 1.4) + 2 * scale.em(0.14))
    items: list[Item] = []
    x = y = 0
    tallest = 0
    for node, kind, words, chosen in parts:
        inset = scale.em(0.68 if kind == "pill" else 0.4)  # what can be chosen has room for its tick
        wide = setter.measure.width(words, style) + 2 * inset
        if x and x + wide > width:
            x, y = 0, y + tallest + gap
            tallest = 0
        text = setter.line(words, style, max(1, min(wide, width) - 2 * inset) + scale.em(0.1), leading=1.4)
        tall = max(height, text.height + 2 * scale.em(0.14))
        box = Rect(x, y, min(wide, width), tall)
        items.append(Box(kind, box, node.id, chosen))
        if chosen:
            items.append(Box("tick", Rect(x + (inset - tick) // 2, y + (tall - tick) // 2, tick, tick)))
        items.extend(moved(text.items, x + inset, y + (tall - text.height) // 2))
        x += box.w + gap
        tallest = max(tallest, tall)
    return Block(tuple(items), y + tallest)
