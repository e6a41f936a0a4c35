"""Lay out a class's wall: two halves side by side, bars of votes, and the QR code to join."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from game.ui.layout.geometry import Block, Box, Item, Rect
from game.ui.layout.scale import LEADING
from game.ui.layout.typesetting import Column, Typesetter, beside, columns, marked, stack
from game.ui.tree import TreeNode

HEAD_AND_FOOT = 7.4  # the height of a sheet's heading and toolbar, in ems
QUIET = 4  # the quiet zone that scanners need around a QR code, in modules (its squares)


def halves(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out the halves of a class side by side with a line between them; in a narrow window, below one another."""
    scale = setter.scale
    gap = scale.em(1.4)
    wide = (width - gap * (len(node.children) - 1)) // len(node.children)
    if wide < scale.em(12):
        return stack([(scale.em(0.9), _half(setter, half, width, column)) for half in node.children])
    return columns([_half(setter, half, wide, column) for half in node.children], wide, gap, "bar", scale.px(3))


def _half(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    name = setter.line(node.label, setter.scale.reading(1.05, bold=True), width, leading=1.3)
    return stack([(0, name), (setter.scale.em(0.1), column(setter, node.children, width))])


def tally(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out each choice, and below it a bar for its share of the votes, with the number of votes."""
    scale = setter.scale
    style = scale.label(0.78, bold=True)
    room = max(setter.measure.width(row.value, style) for row in node.children) + scale.em(0.5)
    tall = scale.em(0.42)
    blocks = []
    for row in node.children:
        text = setter.line(row.label, scale.reading(0.92), width, leading=1.4)
        number = setter.line(row.value, style, room, leading=1.4)
        share = row.level / node.level if node.level else 0.0
        gauge = Box("gauge", Rect(0, (number.height - tall) // 2, width - room, tall), cut=(0.0, share))
        at = width - room + scale.em(0.5)
        blocks.append((scale.em(0.35), stack([(0, text), (0, marked(number, at, gauge))])))
    return stack(blocks)


def option(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a text of a list, after its number, or after a dot if it has no number."""
    scale = setter.scale
    indent, dot = scale.em(0.75 if node.level else 0.6), scale.em(0.16)
    text = setter.line(node.label, scale.reading(0.94), width - indent, leading=1.4)
    if not node.level:
        return marked(text, indent, Box("dot", Rect(0, scale.em(0.58), dot, dot)))
    style = scale.label(0.62, bold=True)
    return marked(text, indent, setter.run(str(node.level), style, 0, text.runs[0].baseline, "accent"))


def large_text(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a text on one line, in the largest type that fits, so that the last row of the room can read it."""
    for ems in (2.4, 2.0, 1.7, 1.4, 1.1, 1.0):
        style = setter.scale.label(ems, bold=True)
        if setter.measure.width(node.label, style) <= width:
            break
    return setter.line(node.label, style, width, leading=1.3)


def joining(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out the QR code as large as possible. The address and the code, which a pupil can type instead, stand beside
    it, or in a narrow window below it."""
    scale = setter.scale
    image, *words = node.children
    gap = scale.em(1.0)
    side = min(round(width * 0.42), round(scale.lines * scale.body * LEADING) - scale.em(HEAD_AND_FOOT))
    if width - side - gap < scale.em(9):
        side = min(width, scale.em(12))
        return stack([(0, _code(image, side)), (scale.em(0.5), column(setter, words, width))])
    code, text = _code(image, side), column(setter, words, width - side - gap)
    return beside((0, code), (code.height + gap, text), middle=True)


def take_along(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out a QR code with its purpose beside it. It is so large that a phone can scan it from one step away, or on a
    wide wall from anywhere in the room."""
    scale = setter.scale
    image, *words = node.children
    code = _code(image, min(max(scale.em(6.5), round(width * 0.24)), width // 2))
    gap = scale.em(0.8)
    text = column(setter, words, width - code.height - gap)
    return beside((0, code), (code.height + gap, text), middle=True)


def _code(node: TreeNode, side: int) -> Block:
    """Lay out a QR code on a white square. Each module is the same whole number of pixels wide."""
    rows = dark_runs(node.value)
    module = max(1, side // (len(rows) + 2 * QUIET))
    whole = module * (len(rows) + 2 * QUIET)
    items: list[Item] = [Box("qr", Rect(0, 0, whole, whole), node.id)]
    for y, runs in enumerate(rows):
        for start, length in runs:
            items.append(Box("qr.dark", Rect((QUIET + start) * module, (QUIET + y) * module, length * module, module)))
    return Block(tuple(items), whole)


@lru_cache(maxsize=8)
def dark_runs(text: str) -> Sequence[Sequence[tuple[int, int]]]:
    """Return, for each row of a QR code from the top, (first module, length) of each dark run. The code is square,
    without quiet zone."""
    import segno  # imported only if a QR code is shown

    found = []
    for row in segno.make_qr(text, error="m").matrix:
        runs, at = [], 0
        for module, group in groupby(row):
            length = len(list(group))
            if module:
                runs.append((at, length))
            at += length
        found.append(runs)
    return found
