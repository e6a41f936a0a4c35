"""Lay out what stands around a page's text: lines told by the game, what changed, the sources, people."""

from __future__ import annotations

from collections.abc import Sequence

from game.ui.layout import text_blocks
from game.ui.layout.geometry import Block, Box, Rect, moved
from game.ui.layout.linebreak import TextPiece
from game.ui.layout.scale import Scale
from game.ui.layout.typesetting import Typesetter, columns, marked, stack, with_area
from game.ui.tree import TreeNode

INDENT = 0.75  # ems from a bar to the text beside it
LINE, CHANGE, LABEL = 0.88, 0.8, 0.64  # sizes in ems of a line (in the sans, which looks larger), a change, a label
LEAST = 0.45  # the least space between two texts on a line, in ems
COLUMNS_FROM = 30  # the width in ems from which people stand in two columns


def barred(scale: Scale, inner: Block, kind: str = "bar", inset: float = 0.15) -> Block:
    """Put a vertical bar beside a text that is not the narrator's. The bar is `inset` ems shorter at each end."""
    bar = Box(kind, Rect(0, scale.em(inset), scale.px(4), max(1, inner.height - scale.em(2 * inset))))
    return marked(inner, scale.em(INDENT), bar)


def line(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a line that the game tells, not the narrator: in the sans-serif font, after its heading, beside a bar."""
    scale = setter.scale
    room = width - scale.em(INDENT)
    pieces = setter.pieces(node, scale.label(LINE))
    if node.value:
        pieces.insert(0, TextPiece(f"{node.value}  ", scale.label(LINE, bold=True), "accent"))
    return barred(scale, setter.text(pieces, room, 1.42), "rule", 0.12)


def changes(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out what changed: a heading, the answer to the last choice, the changes, the link to the sources."""
    scale = setter.scale
    room = width - scale.em(INDENT)
    lines = [child for child in node.children if child.style == "change"]
    links = [child for child in node.children if child.style == "sources"]
    blocks = [(0, text_blocks.eyebrow(setter, node.label, room))]
    for child in node.children:
        if child not in lines and child not in links:
            text = setter.text(setter.pieces(child, scale.reading(1.0)), room, hang_quotes=True)
            blocks.append((scale.em(0.02), with_area(child, text, room)))
    if lines:
        blocks.append((scale.em(0.08), _change_lines(setter, lines, room)))
    inner = stack(blocks)
    for link in links:
        joined = with_link(setter, inner, link, room)
        inner = joined or stack([(0, inner), (0, sources(setter, link, room))])
    return barred(scale, inner, inset=0.1)


def _change_lines(setter: Typesetter, changes: Sequence[TreeNode], width: int) -> Block:
    style = setter.scale.reading(CHANGE)
    texts = [(change, setter.text(setter.pieces(change, style, "soft"), width, 1.4)) for change in changes]
    return stack([(0, with_area(change, text, width)) for change, text in texts])


def with_link(setter: Typesetter, text: Block, node: TreeNode, width: int) -> Block | None:
    """Return a text with the link to its sources at the end of its last line. The link is at least 45 pixels high at
    1080p. Return None if there is not enough room, the link needs two lines, or the scale has large targets."""
    scale = setter.scale
    last = max(text.runs, key=lambda run: (run.baseline, run.x))
    ends = max(run.rect.right for run in text.runs if run.baseline == last.baseline)
    height = max(scale.px(45), round(last.style.size * 1.4))
    link = sources(setter, node, width, height)
    if scale.large_targets or link.height > height or ends + scale.em(LEAST) + link.right > width:
        return None
    top = max(0, last.baseline - link.runs[0].baseline)
    return Block((*text.items, *moved(link.items, width - link.right, top)), max(text.height, top + height))


def sources(setter: Typesetter, node: TreeNode, width: int, height: int = 0) -> Block:
    """Lay out the small underlined link to a text's sources, `height` pixels high; if 0, as high as other controls."""
    scale = setter.scale
    text = setter.line(node.label, scale.label(LABEL), width, "accent", 1.4, whole=True)
    height = max(height or scale.target, text.height)
    below = (height - text.height) // 2 + max(2, scale.px(4))  # from a baseline to its line
    under = [Box("underline", Rect(run.x, below + run.baseline, run.width, scale.px(1))) for run in text.runs]
    return marked(text, 0, Box("link", Rect(0, 0, text.right, height), node.id), *under, height=height)


def entry(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a fact as a link: a mark and a word for how sure it is, its source, and under them its text. An entry of
    style "entry-below" has neither word nor source, because the entry above it shows the same."""
    scale = setter.scale
    side, pad = scale.em(0.8), scale.em(0.22)
    indent = side + scale.em(0.4)
    name = setter.line(node.value, scale.label(LABEL, bold=True), width - indent, "accent", 1.4)
    text = setter.line(node.label, scale.reading(0.9), width - indent, leading=1.4)
    inner = text if node.style == "entry-below" else stack([(0, name), (scale.em(0.02), text)])
    height = max(scale.target, inner.height + 2 * pad)
    top = (height - inner.height) // 2
    mark = _mark(node, Rect(0, top + scale.em(0.04), side, side))
    return marked(inner, indent, Box("link", Rect(0, 0, width, height), node.id), *mark, height=height)


def standing(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    side = scale.em(0.9)
    indent = side + scale.em(0.4)
    text = setter.line(node.label, scale.label(0.72, bold=True), width - indent, "accent", 1.4)
    height = max(side, text.height)
    mark = _mark(node, Rect(0, (height - side) // 2, side, side))
    return marked(text, indent, *mark, height=height)


def _mark(node: TreeNode, rect: Rect) -> tuple[Box, ...]:
    return tuple(Box(f"standing.{child.style}", rect) for child in node.children if child.role == "mark")


def people(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a group of people under its heading; if there is room, in two columns, first down the left one."""
    scale = setter.scale
    gap = scale.em(1.0)
    across = 2 if width >= scale.em(COLUMNS_FROM) else 1
    wide = (width - (across - 1) * gap) // across
    people = [_person(setter, child, wide) for child in node.children]
    deep = -(-len(people) // across)
    sides = [stack([(0, block) for block in people[first : first + deep]]) for first in range(0, len(people), deep)]
    head = [(0, text_blocks.eyebrow(setter, node.label, width))] if node.label else []
    return stack([*head, (scale.em(0.1), columns(sides, wide, gap))])


def _person(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset = scale.em(0.25)
    name, about = scale.reading(0.9, bold=True), scale.label(0.68)
    pieces = [TextPiece(node.label, name)]
    if node.value:
        pieces.append(TextPiece(f"  {node.value}", about, "soft"))
    text = setter.text(pieces, width - inset, 1.42)
    height = max(scale.target, text.height + scale.em(0.2))
    top = (height - text.height) // 2
    box = Box("link", Rect(0, 0, width, height), node.id)
    under, thick = top + max(2, round(name.size * 0.13)), max(2, name.size // 18 + 1)
    dots = []
    for run in (run for run in text.runs if run.style == name):
        inked = setter.measure.width(run.text.rstrip(), name)  # without a space at the end
        dots.append(Box("dotted", Rect(inset + run.x, run.baseline + under, inked, thick)))
    return marked(text, inset, box, *dots, height=height)


def made(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a choice that was made. Its outcome and date follow in the same paragraph."""
    scale = setter.scale
    indent = scale.em(0.6)
    pieces = [TextPiece(f"{node.label} ", scale.reading(0.86, bold=True))]
    came = scale.reading(0.86)
    pieces += [piece for child in node.children for piece in (*setter.pieces(child, came), TextPiece(" ", came))]
    if node.value:
        pieces.append(TextPiece(node.value, scale.label(0.62), "soft"))
    text = setter.text(pieces, width - indent, 1.43)
    dot = scale.em(0.16)
    mark = Box("dot", Rect(0, scale.em(0.52), dot, dot))
    areas = [with_area(child, Block((), text.height), width).items for child in node.children]
    return Block((mark, *moved(text.items, indent, 0), *(item for area in areas for item in area)), text.height)


def aside(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out what other people of the story decided in the matter of a choice, below the choice and its outcome."""
    scale = setter.scale
    indent = scale.em(0.6)
    label, said = node.spans
    pieces = [TextPiece(f"{label.text} ", scale.label(LABEL, bold=True), "soft")]
    pieces.append(TextPiece(said.text, scale.reading(0.78), "soft"))
    return marked(setter.text(pieces, width - indent, 1.42), indent)
