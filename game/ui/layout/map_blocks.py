"""Lay out the map of the village: the list of places, and their labels on the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from game.scene_table import map_point
from game.ui.layout import text_blocks
from game.ui.layout.geometry import Block, Box, Item, Rect, moved
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.linebreak import TextPiece
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.tree import TreeNode, walk

LABEL = 0.64  # the size of a label, and of the text under a name, in ems
WIDEST = 0.27  # a label wider than this fraction of the map breaks into lines
LOWEST = 0.16  # a label higher than this fraction of the map is reduced to its number
APART = 4  # the least space between two labels, in pixels at 1080p
OVER = 2.6  # from a place to the label above it, in ems; the painted sign stands between


def places(setter: Typesetter, node: TreeNode, width: int) -> Block:
    head = [(0, text_blocks.eyebrow(setter, node.label, width))] if node.label else []
    entries = [(setter.scale.gap(0.16), _entry(setter, child, width)) for child in node.children]
    return stack([*head, *entries])


def _entry(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset, indent = scale.em(0.3), scale.em(1.5)
    room = width - indent - inset
    name = setter.line(node.label, scale.reading(0.92, bold=True), room, leading=1.35)
    said = setter.line(node.value, scale.reading(0.8), room, "soft", 1.4)
    inner = stack([(0, name), (0, said)])
    height = max(scale.target, inner.height + 2 * scale.em(0.16))
    top = (height - inner.height) // 2
    items: list[Item] = [Box("link", Rect(0, 0, width, height), node.id), *moved(inner.items, indent, top)]
    if node.level:
        number = setter.run(str(node.level), scale.label(0.62, bold=True), 0, top + name.runs[0].baseline, "accent")
        items.append(number.moved(indent - scale.em(0.4) - number.width, 0))
    if node.chosen:
        side = scale.em(0.34)
        items.append(Box("stop.here", Rect(inset // 2, top + scale.em(0.5), side, side)))
    return Block(tuple(items), height)


def with_labels(plan: Layout, tree: TreeNode, setter: Typesetter, area: Rect) -> Layout:
    """Return the layout with a label on the picture for each place of the map (each node with `TreeNode.at`). `area` is
    the rectangle of the painted map in the window. If the sheet covers any of it, there are no labels."""
    if plan.main.rect.overlaps(area):
        return plan  # the sheet needs the whole window
    spots = [node for node in walk(tree) if node.at is not None]
    signs = {node.id: _sign(node, area) for node in spots}
    panels: list[Panel] = []
    taken: list[Rect] = []
    for node in spots:
        panel = _free_label(setter, node, area, taken, [sign for id, sign in signs.items() if id != node.id])
        if panel is not None:
            panels.append(panel)
            taken.append(panel.rect)
    return replace(plan, panels=(*plan.panels, *panels))


def _free_label(
    setter: Typesetter, node: TreeNode, area: Rect, taken: Sequence[Rect], signs: Sequence[Rect]
) -> Panel | None:
    """Return a place's label, which covers no other label and as few signs as possible. It has the place's number and
    name; if they have no room, only the number. Return None if even the number has no room."""
    apart = [other.grown(setter.scale.px(APART)) for other in taken]
    for wordy in (True, False):
        ways = [way for way in _ways(setter, node, area, wordy) if not wordy or way.rect.h <= LOWEST * area.h]
        free = [way for way in ways if not any(way.rect.overlaps(other) for other in apart)]
        if free:
            return min(free, key=lambda way: sum(way.rect.overlaps(sign) for sign in signs))
    return None


def _point(node: TreeNode, area: Rect) -> tuple[int, int]:
    x, y = map_point(node.at or (0.5, 0.5))
    return area.x + round(x * area.w), area.y + round(y * area.h)


def _sign(node: TreeNode, area: Rect) -> Rect:
    """Return roughly the rectangle that the painter's sign for a place covers."""
    (x, y), u = _point(node, area), min(area.w / 86, area.h / 100)
    return Rect(x - round(6 * u), y - round(6 * u), round(12 * u), round(8 * u))


def _ways(setter: Typesetter, node: TreeNode, area: Rect, wordy: bool) -> Iterator[Panel]:
    """Yield the place's label at each possible position, best first. It shows the number, if `wordy` also the name."""
    scale = setter.scale
    pad = scale.em(0.2)
    style = scale.label(LABEL, bold=True)
    pieces = [TextPiece(str(node.level), style, "accent")]
    if wordy:
        pieces = [TextPiece(f"{node.level}  ", style, "accent"), TextPiece(node.label, scale.label(LABEL))]
    text = setter.text(pieces, max(scale.em(4), round(WIDEST * area.w)), 1.3, whole=True)
    mark = scale.em(0.5) if node.chosen else 0
    w, h = max(text.right + mark + 2 * pad, scale.px(46)), max(text.height + pad, scale.px(46))
    items: list[Item] = [Box("tool", Rect(0, 0, w, h), node.id)]
    items += moved(text.items, pad + mark, (h - text.height) // 2)
    if node.chosen:
        side = scale.em(0.34)
        items.append(Box("stop.here", Rect(pad, (h - side) // 2, side, side)))
    x, y = _point(node, area)
    gap = scale.px(10)
    for left, top in (
        (x - w // 2, y + gap),
        (x - w // 2, y - scale.em(OVER) - h),
        (x + 2 * gap, y - h // 2),
        (x - 2 * gap - w, y - h // 2),
        (x + gap, y + gap),
        (x - gap - w, y + gap),
        (x + gap, y - gap - h),
        (x - gap - w, y - gap - h),
        (x - w // 2, y + 2 * gap + h),
    ):
        left = max(area.x + gap, min(area.right - gap - w, left))
        top = max(area.y + gap, min(area.bottom - gap - h, top))
        rect = Rect(left, top, w, h)
        yield Panel("label", rect, rect, tuple(items), h)
