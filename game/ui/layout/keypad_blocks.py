"""Blocks of text input: the field with its caret, the on-screen keypad, and a share code."""

from __future__ import annotations

import re

from game.ui.layout.geometry import Block, Box, Item, Rect, Run, moved
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.tree import TreeNode

PART = "[^- ]{1,16}[- ]?|[- ]"  # a group of a code, or a word, with what ends it
MOST_KEYS = 16  # in a row, where there is room for so many


def code(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """A share code in large letters, never broken within a group."""
    inset, top = setter.scale.em(0.5), setter.scale.em(0.3)
    text = _groups(setter, node.label, None, width - 2 * inset)
    height = text.height + 2 * top
    card = Box("inset", Rect(0, 0, width, height))
    return Block((card, *moved(text.items, inset, top)), height)


def field(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """A text field: its name, and a frame with the typed text and the caret."""
    scale = setter.scale
    inset = scale.em(0.5)
    name = setter.line(node.label, scale.label(0.66), width, "soft", 1.4)
    text = _groups(setter, node.value, node.caret or 0, width - 2 * inset)
    height = max(scale.target, text.height + 2 * scale.em(0.3))
    top = (height - text.height) // 2
    frame = Block((Box("field", Rect(0, 0, width, height), node.id), *moved(text.items, inset, top)), height)
    return stack([(0, name), (scale.em(0.15), frame)])


def error(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """An error, marked by a dot as well as by colour."""
    scale = setter.scale
    indent = scale.em(0.8)
    text = setter.line(node.label, scale.label(0.72, bold=True), width - indent, "accent", 1.45)
    dot = scale.em(0.26)
    return Block((Box("dot", Rect(0, scale.em(0.36), dot, dot)), *moved(text.items, indent, 0)), text.height)


def keys(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """The keypad, in rows of one length."""
    scale = setter.scale
    style = scale.label(0.8, bold=True)
    gap = scale.em(0.2)
    least, broad = max(scale.target, scale.em(1.3)), max(scale.target, scale.em(1.7))
    even = (n for n in range(MOST_KEYS, 0, -1) if len(node.children) % n == 0)
    across = next(n for n in even if n * (broad + gap) - gap <= width or n == 1)
    side = (width + gap) // across - gap
    tall = max(least, min(side, scale.em(1.6)))
    items: list[Item] = []
    for place, key in enumerate(node.children):
        row, column = divmod(place, across)
        box = Rect(column * (side + gap), row * (tall + gap), side, tall)
        wide = setter.measure.width(key.label, style)
        baseline = box.y + (tall - style.size) // 2 + round(style.size * 0.85)
        items += [Box("tool", box, key.id),
                  Run(box.x + (side - wide) // 2, baseline, wide, key.label, style)]  # fmt: skip
    rows = -(-len(node.children) // across)
    return Block(tuple(items), rows * (tall + gap) - gap)


def _groups(setter: Typesetter, text: str, caret: int | None, width: int) -> Block:
    """Groups of a code, or words, side by side on as many lines as they need; `caret` counts characters before it."""
    scale = setter.scale
    style = scale.label(1.1, bold=True)
    measure = setter.measure
    step, thin = round(style.size * 1.4), scale.px(3)
    items: list[Item] = []
    x = y = before = 0
    at = (0, 0)
    for part in (*re.findall(PART, text), ""):  # the caret can stand behind all of them
        bare = part.rstrip("- ")
        if x and x + measure.width(bare, style) > width:
            x, y = 0, y + step
        wide = measure.width(part, style)
        if part:
            items.append(Run(x, y + round(step * 0.74), wide, part, style))
        if caret is not None and before <= caret <= before + len(bare):
            at = (x + measure.width(part[: caret - before], style), y)
        x += wide
        before += len(part)
    if caret is not None:
        items.append(Box("caret", Rect(at[0], at[1] + round(step * 0.12), thin, round(step * 0.78))))
    return Block(tuple(items), y + step)
