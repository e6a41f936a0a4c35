"""Lay out texts: headings, dates, paragraphs, labels."""

from __future__ import annotations

from game.ui.layout.geometry import Block, Box, Rect, Style
from game.ui.layout.typesetting import Build, Typesetter, stack
from game.ui.tree import TreeNode


def heading(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    text = heading_text(setter, node.label, 1.42, width, 1.22)
    top = text.height + scale.gap(0.36)
    rule = Box("rule", Rect(0, top, width, scale.px(3)))
    return Block((*text.items, rule), top + scale.px(3))


def date(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    if not node.value:
        return eyebrow(setter, node.label, width)
    style = scale.hanzi(0.86)
    step = round(style.size * 1.2)
    hanzi = setter.run(node.value, style, 0, round(step * 0.8), "accent")
    room = width - hanzi.width - scale.em(0.8)
    if room < scale.em(7) or not node.label:
        return stack([(0, eyebrow(setter, node.label, width)), (0, Block((hanzi,), step))])
    text = eyebrow(setter, node.label, room)
    # Kai is a little lower than capitals, so centre the two on each other.
    baseline = text.runs[0].baseline + round(style.size * 0.08)
    return Block((*text.items, hanzi.moved(width - hanzi.width, baseline - hanzi.baseline)), max(text.height, step))


def eyebrow(setter: Typesetter, text: str, width: int) -> Block:
    """Lay out a line of small capitals. A text that needs two lines breaks at the dot between date and place."""
    style = setter.scale.label(caps=True)
    parts = [part.strip() for part in text.upper().split(DOT)]
    lines = [setter.line(part, style, width, "accent", 1.4) for part in parts]
    if len(lines) > 1 and all(line.height == lines[0].height < style.size * 2 for line in lines):
        whole = setter.line(text.upper(), style, width, "accent", 1.4)
        return whole if whole.height < style.size * 2 else stack([(0, line) for line in lines])
    return balanced_text(setter, text.upper(), style, width, "accent", 1.4)


DOT = "·"  # stands between a date and a place


def eyebrow_node(setter: Typesetter, node: TreeNode, width: int) -> Block:
    return eyebrow(setter, node.label, width)


def paragraph(ems: float, ink: str = "ink") -> Build:
    def build(setter: Typesetter, node: TreeNode, width: int) -> Block:
        return setter.text(setter.pieces(node, setter.scale.reading(ems), ink), width, hang_quotes=True)

    return build


def label(ems: float, ink: str, leading: float, *, sans: bool = True, bold: bool = False) -> Build:
    """Return a layout function for plain texts of one style: in the sans-serif font, or without `sans` in the reader's
    font."""

    def build(setter: Typesetter, node: TreeNode, width: int) -> Block:
        style = (setter.scale.label if sans else setter.scale.reading)(ems, bold=bold)
        return setter.line(node.label, style, width, ink, leading)

    return build


def heading_text(setter: Typesetter, text: str, ems: float, width: int, leading: float) -> Block:
    style = setter.scale.reading(setter.scale.display(ems), bold=True)
    return balanced_text(setter, text, style, width, "ink", leading)


def balanced_text(setter: Typesetter, text: str, style: Style, width: int, ink: str, leading: float) -> Block:
    """Lay out a text in lines of about the same length."""
    block = narrower = setter.line(text, style, width, ink, leading)
    while narrower.height == block.height > style.size * 2 and width > style.size * 3:
        block, width = narrower, width - style.size // 2
        narrower = setter.line(text, style, width, ink, leading)
    return block
