"""Rows of small buttons: wrapped, or justified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from game.ui.layout.geometry import Block, Box, Item, Rect, moved
from game.ui.layout.linebreak import min_width
from game.ui.layout.typesetting import Typesetter
from game.ui.tree import TreeNode


def wrapped_row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """A node's children as small buttons in wrapped rows."""
    return wrap_boxes(setter, [(child, "tool", child.label, False) for child in node.children], width)


def justified_rows(setter: Typesetter, node: TreeNode, width: int, across: int = 0) -> Block:
    """A node's children as buttons of one width in rows as wide as the sheet, with labels of at most two lines.

    What cannot be pressed among them keeps its place empty. `across`: at most so many stand in a row; 0: any number.
    """
    scale, parts = setter.scale.of_tools if node.style == "tools" else setter.scale, node.children
    setter = replace(setter, scale=scale)
    style, gap, inset = scale.label(0.68), scale.em(0.22), scale.em(0.2)

    def side_of(row: Sequence[TreeNode]) -> int:
        return (width - (len(row) - 1) * gap) // len(row)

    def fits(row: Sequence[TreeNode]) -> bool:
        room = side_of(row) - 2 * inset
        texts = (setter.line(node.label, style, room, leading=1.3, whole=True) for node in row)
        return all(min_width(node.label, style, setter.measure) <= room for node in row) and all(
            text.height <= 2 * round(style.size * 1.3) for text in texts
        )

    fewest = -(-len(parts) // across) if across else 1
    even_rows = (_in_rows(parts, number) for number in range(fewest, len(parts)))
    rows = next((rows for rows in even_rows if all(map(fits, rows))), tuple((part,) for part in parts))
    items: list[Item] = []
    y = 0
    for row in rows:
        side = side_of(row)
        texts = [setter.line(node.label, style, side - 2 * inset, leading=1.3, whole=True) for node in row]
        tall = max(scale.target, *(text.height + 2 * scale.em(0.14) for text in texts))
        for column, (part, text) in enumerate(zip(row, texts, strict=True)):
            x = column * (side + gap)
            if not part.focusable:
                continue
            items.append(Box("tool", Rect(x, y, side, tall), part.id))
            items.extend(moved(_centred(text, side - 2 * inset), x + inset, y + (tall - text.height) // 2))
        y += tall + gap
    return Block(tuple(items), y - gap)


def _in_rows(parts: Sequence[TreeNode], number: int) -> tuple[Sequence[TreeNode], ...]:
    """The parts in at most `number` rows, all of one length but for the last."""
    across = -(-len(parts) // number)
    return tuple(parts[first : first + across] for first in range(0, len(parts), across))


def _centred(text: Block, width: int) -> Iterator[Item]:
    """Each line centred in `width` pixels."""
    for _, line in groupby(text.items, key=lambda item: item.rect.y):
        runs = list(line)
        free = width - runs[-1].rect.right
        yield from moved(runs, max(0, free // 2), 0)


def wrap_boxes(setter: Typesetter, parts: Iterable[tuple[TreeNode, str, str, bool]], width: int) -> Block:
    """(node, kind of box, label, chosen) as small boxes in wrapped rows."""
    scale = setter.scale
    style = scale.label(0.64)
    gap = scale.em(0.22)
    tick, shifted = scale.em(0.38), scale.em(0.22)  # a chosen label stands further right, clear of its tick
    height = max(scale.target, round(style.size * 1.4) + 2 * scale.em(0.14))
    items: list[Item] = []
    x = y = 0
    tallest = 0
    for node, kind, words, chosen in parts:
        inset = scale.em(0.7 if kind == "pill" else 0.36)  # what can be chosen has room for its tick
        wide = setter.measure.width(words, style) + 2 * inset
        if x and x + wide > width:
            x, y = 0, y + tallest + gap
            tallest = 0
        text = setter.line(words, style, max(1, min(wide, width) - 2 * inset) + scale.em(0.1), leading=1.4, whole=True)
        tall = max(height, text.height + 2 * scale.em(0.14))
        box = Rect(x, y, min(wide, width), tall)
        items.append(Box(kind, box, node.id, chosen))
        if chosen:
            items.append(Box("tick", Rect(x + scale.em(0.28), y + (tall - tick) // 2, tick, tick)))
        items.extend(moved(text.items, x + inset + (shifted if chosen else 0), y + (tall - text.height) // 2))
        x += box.w + gap
        tallest = max(tallest, tall)
    return Block(tuple(items), y + tallest)
