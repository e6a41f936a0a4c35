"""Lay out any node. BLOCKS says which function lays out a kind of node; some of these functions are here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from game.ui.layout import (
    button_blocks,
    chart_blocks,
    context_blocks,
    map_blocks,
    poster_blocks,
    talk_layout,
    text_blocks,
    wall_blocks,
)
from game.ui.layout.button_blocks import code, error, field, keys, tool_rows, wrap_boxes
from game.ui.layout.context_blocks import INDENT, barred
from game.ui.layout.geometry import Block, Box, Rect, moved
from game.ui.layout.typesetting import Build, Column, Typesetter, beside, columns, framed, marked, stack, with_area
from game.ui.tree import TreeNode


def column(setter: Typesetter, nodes: Iterable[TreeNode], width: int) -> Block:
    """Lay out nodes below one another, each with the space above it that its kind needs. If there is room, a link to
    sources stands at the end of the last line of the paragraph above it."""
    blocks: list[tuple[int, Block]] = []
    above = ""
    for node in nodes:
        kind = kind_of(node)
        if kind in BLOCKS:
            ends = (above, kind) == ("paragraph", "link.sources")
            if ends and (joined := context_blocks.with_link(setter, blocks[-1][1], node, width)):
                blocks[-1] = (blocks[-1][0], joined)
            else:
                ems, build = BLOCKS[kind]
                blocks.append((setter.scale.gap(ems), with_area(node, build(setter, node, width), width)))
            above = kind
    return stack(blocks)


def kind_of(node: TreeNode) -> str:
    """Return a node's key in BLOCKS: its role with its style if BLOCKS has that key, otherwise its role."""
    styled = f"{node.role}.{node.style}" if node.style else node.role
    return styled if styled in BLOCKS else node.role


def _mouth(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    room = width - scale.em(INDENT)
    name = text_blocks.eyebrow(setter, node.value, room)
    text = setter.text(setter.pieces(node, scale.reading(1.0)), room, hang_quotes=True)
    return barred(scale, stack([(0, name), (scale.em(0.05), text)]))


def _summaries(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    room = width - scale.em(INDENT)
    blocks = [(0, text_blocks.eyebrow(setter, node.label, room))]
    for child in node.children:
        if child.style == "told-date":
            blocks.append((scale.em(0.55), text_blocks.eyebrow(setter, child.label, room)))
        else:
            text = setter.text(setter.pieces(child, scale.reading(0.88), "soft"), room)
            blocks.append((scale.em(0.3), text))
    return barred(scale, stack(blocks))


def _note(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset = scale.em(0.3 + 0.25 * scale.roominess)
    over = round(inset * scale.spacing)
    room = width - 2 * inset
    inner = says = setter.line(node.label, scale.label(0.72), room, "ink", 1.45)
    if node.children:
        ways = wrap_boxes(setter, node.children, room)
        if says.right + scale.em(0.6) + ways.right <= room:
            beside_text = moved(ways.items, room - ways.right, 0)
            inner = marked(says, 0, *beside_text, height=max(says.height, ways.height))
        else:
            inner = stack([(0, says), (scale.em(0.4), ways)])
    return framed("note", inner, width, inset, over)


def _exhibits(setter: Typesetter, node: TreeNode, width: int) -> Block:
    gap = setter.scale.em(0.3)
    line = Box("hairline", Rect(0, 0, width, 1))
    label = headed(setter, node, width)
    height = label.height + 2 * gap
    return Block((line, *moved(label.items, 0, gap), line.moved(0, height)), height + 1)


def headed(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a node's children below one another, under a small heading if the node has one."""
    scale = setter.scale
    blocks = [(0, text_blocks.eyebrow(setter, node.label, width))] if node.label else []
    for child in node.children:
        ems, build = BLOCKS[kind_of(child)]
        blocks.append((scale.em(ems * scale.spacing), with_area(child, build(setter, child, width), width)))
    return stack(blocks)


ENTRY_COLUMN = 18  # the least width of a column of facts, in ems


def _section(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a section under its heading. Facts stand in two columns if the scale has several and there is room."""
    gap = setter.scale.em(1.2)
    wide = (width - gap) // 2
    facts = all(child.style in ("entry", "entry-below") for child in node.children)
    # An entry without a label of its own stays under the one above it.
    cuts = [n for n in range(1, len(node.children)) if node.children[n].style == "entry"]
    roomy = setter.scale.columns > 1 and wide >= setter.scale.em(ENTRY_COLUMN)
    if not (facts and cuts and roomy) or len(node.children) < 3:
        return headed(setter, node, width)

    def side(children: Sequence[TreeNode]) -> Block:
        return headed(setter, replace(node, label="", children=tuple(children)), wide)

    halves = _lowest([(side(node.children[:cut]), side(node.children[cut:])) for cut in cuts])
    return stack([(0, text_blocks.eyebrow(setter, node.label, width)), (0, columns(halves, wide, gap))])


def _columns(setter: Typesetter, node: TreeNode, width: int) -> Block:
    gap = setter.scale.em(1.2)
    wide = (width - gap) // 2
    parts = [(setter.scale.gap(0.7), with_area(child, headed(setter, child, wide), wide)) for child in node.children]
    halves = _lowest([(stack(parts[:cut]), stack(parts[cut:])) for cut in range(1, len(parts))])
    return columns(halves, wide, gap)


def _lowest(pairs: Iterable[tuple[Block, Block]]) -> tuple[Block, Block]:
    """Return the pair that needs the least height if its two blocks stand side by side."""
    return min(pairs, key=lambda pair: max(pair[0].height, pair[1].height))


def _sides(setter: Typesetter, node: TreeNode, width: int) -> Block:
    gap = setter.scale.em(1.4)
    first = round((width - gap) * 0.52)
    left, right = node.children
    second = column(setter, right.children, width - gap - first)
    both = beside((0, column(setter, left.children, first)), (first + gap, second))
    return marked(both, 0, Box("hairline", Rect(first + gap // 2, 0, 1, both.height)))


ITEM_INDENT = 0.6  # from the left of an item's dot to its text, in ems


def _item(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out an item of the talk after the story: its text, its detail unless `Scale.brief`, and a link to sources."""
    scale = setter.scale
    indent = scale.em(ITEM_INDENT)
    blocks = [(0, setter.line(node.label, scale.secondary(0.92), width - indent, leading=1.42))]
    if node.value and not scale.brief:
        blocks.append((scale.em(0.05), setter.line(node.value, scale.label(0.68), width - indent, "soft", 1.45)))
    if node.children:
        blocks.append((scale.em(0.12), wrap_boxes(setter, node.children, width - indent)))
    inner = stack(blocks)
    dot = scale.em(0.16)
    return marked(inner, indent, Box("dot", Rect(0, scale.em(0.62), dot, dot)))


def _outcome(setter: Typesetter, node: TreeNode, width: int) -> Block:
    indent = setter.scale.em(ITEM_INDENT)
    text = setter.text(setter.pieces(node, setter.scale.secondary(0.78)), width - indent, 1.42)
    return marked(text, indent)


def _decision(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a decision of a task: its text, the possible places side by side, and the author's view if asked for."""
    scale = setter.scale
    places = [child for child in node.children if child.focusable]
    views = [child for child in node.children if not child.focusable]
    text = setter.line(node.label, scale.secondary(0.94), width, leading=1.4)
    blocks = [(0, text), (scale.em(0.2), wrap_boxes(setter, places, width, "pill"))]
    return stack([*blocks, *((scale.em(0.35), _view(setter, view, width)) for view in views)])


def _filter(setter: Typesetter, node: TreeNode, width: int) -> Block:
    name = setter.line(node.label, setter.scale.label(0.64), width, "soft", 1.4)
    return stack([(0, name), (setter.scale.em(0.1), wrap_boxes(setter, node.children, width, "pill"))])


def _view(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    room = width - scale.em(INDENT)
    blocks = [(0, setter.line(node.label, scale.label(0.68, bold=True), room, leading=1.45)),
              (scale.em(0.05), setter.line(node.value, scale.secondary(0.82), room, leading=1.42))]  # fmt: skip
    if node.children:
        blocks.append((scale.em(0.15), wrap_boxes(setter, node.children, room)))
    return barred(scale, stack(blocks))


def _ornament(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out an ear of grain with the words of an ending under it. A node of style "plain" gets the words alone."""
    scale = setter.scale
    said = [(scale.em(0.2), text_blocks.eyebrow(setter, node.label, width))] if node.label else []
    if node.style == "plain":
        return stack(said)
    ear = Block((Box("grain", Rect(0, 0, scale.em(4.4), scale.em(1.1))),), scale.em(1.1))
    return stack([(0, ear), *said])


def _taken(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset = scale.em(0.5)
    text = setter.line(node.label, scale.reading(0.94, italic=True), width - 2 * inset, leading=1.4)
    return framed("taken", text, width, inset, scale.em(0.28), least=scale.target)


FINE = 0.86  # the type of `_papers`, as a fraction of the usual type
GUTTER = 1.4  # ems between two columns of `_papers`
LEAST_COLUMN = 12  # ems: a narrower column would break too many words


def _papers(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out sources to compare, and the task about them, side by side in smaller type, in as many rows as needed."""
    scale = setter.scale
    inner = replace(setter, scale=replace(scale, text=scale.text * FINE))
    gutter = inner.scale.em(GUTTER)
    across = max(1, (width + gutter) // (inner.scale.em(LEAST_COLUMN) + gutter))
    rows = []
    for at in range(0, len(node.children), across):
        row = node.children[at : at + across]
        wide = (width - gutter * (len(row) - 1)) // len(row)  # the children of the last row share its width
        blocks = [column(inner, child.children, wide) for child in row]
        rows.append((inner.scale.em(1.0), columns(blocks, wide, gutter, "hairline")))
    return stack(rows)


def _inside(build: Callable[[Typesetter, TreeNode, int, Column], Block]) -> Build:
    """Return an entry of BLOCKS that calls `build` with `column` as last argument."""
    return lambda setter, node, width: build(setter, node, width, column)


_SMALL = text_blocks.label(0.68, "soft", 1.5)

# From a kind of node to (space above it in ems, builder). Other kinds are spoken and not drawn.
BLOCKS: dict[str, tuple[float, Build]] = {
    "heading": (0.2, text_blocks.heading),
    "heading.title": (0.0, poster_blocks.title),
    "group.poster": (0.0, poster_blocks.poster),
    "date": (0.1, text_blocks.date),
    "paragraph": (0.62, text_blocks.paragraph(1.0)),
    "paragraph.mouth": (0.7, _mouth),
    "paragraph.told": (0.3, text_blocks.paragraph(0.88, "soft")),
    "paragraph.change": (0.25, text_blocks.paragraph(0.78)),
    "paragraph.outcome": (0.08, _outcome),
    "paragraph.lead": (0.4, text_blocks.paragraph(0.94)),
    "paragraph.poster": (0.5, poster_blocks.invitation),
    "paragraph.small": (0.4, _SMALL),
    "paragraph.original": (0.3, text_blocks.label(1.1, "accent", 1.4, sans=False)),
    "paragraph.key": (0.1, _SMALL),
    "paragraph.eyebrow": (0.4, text_blocks.eyebrow_node),
    "paragraph.told-date": (0.7, text_blocks.eyebrow_node),
    "paragraph.taken": (0.8, _taken),
    "group.note": (0.6, _note),
    "group.told": (0.6, _summaries),
    "paragraph.line": (0.55, context_blocks.line),
    "group.changes": (0.7, context_blocks.changes),
    "link.sources": (0.3, context_blocks.sources),
    "link.entry": (0.3, context_blocks.entry),
    "link.entry-below": (0.0, context_blocks.entry),
    "paragraph.standing": (0.4, context_blocks.standing),
    "group.people": (0.7, context_blocks.people),
    "group.places": (0.5, map_blocks.places),
    "paragraph.day": (0.5, text_blocks.eyebrow_node),
    "group.deed": (0.04, text_blocks.label(0.9, "ink", 1.4, sans=False, bold=True)),
    "paragraph.what-came": (0.0, text_blocks.paragraph(0.8)),
    "group.flow": (0.6, _inside(talk_layout.flow)),
    "group.intro": (0.62, lambda setter, node, width: column(setter, node.children, width)),
    "group.head": (0.0, _inside(talk_layout.head)),
    "heading.part": (0.9, talk_layout.part_heading),
    "group.step": (0.5, talk_layout.step),
    "group.fate": (0.4, talk_layout.fate),
    "paragraph.anyway": (0.06, context_blocks.aside),
    "group.exhibits": (0.9, _exhibits),
    "group.section": (0.7, _section),
    "group.columns": (0.7, _columns),
    "group.progress": (0.0, text_blocks.eyebrow_node),
    "group.chart": (0.8, chart_blocks.chart),
    "group.years": (0.9, _inside(chart_blocks.years)),
    "group.item": (0.55, _item),
    "group.made": (0.42, context_blocks.made),
    "group.sides": (0.4, _sides),
    "group.halves": (0.7, _inside(wall_blocks.halves)),
    "group.papers": (0.5, _papers),
    "group.tally": (0.7, wall_blocks.tally),
    "group.joining": (0.6, _inside(wall_blocks.joining)),
    "group.take-along": (0.9, _inside(wall_blocks.take_along)),
    "paragraph.option": (0.3, wall_blocks.option),
    "paragraph.large": (0.0, wall_blocks.large_text),
    "status.standing": (0.0, text_blocks.label(0.78, "soft", 1.4, bold=True)),  # the last row must be able to read it
    "group.decision": (0.85, _decision),
    "group.filter": (0.5, _filter),
    "paragraph.label": (0.25, text_blocks.label(0.75, "ink", 1.42)),
    "paragraph.code": (0.6, code),
    "status.small": (0.4, _SMALL),
    "status.clock": (0.4, text_blocks.paragraph(0.94)),
    "status.error": (0.3, error),
    "field": (0.5, field),
    "group.keys": (0.7, keys),
    "list": (0.85, button_blocks.list_block),
    "list.row": (0.8, tool_rows),
    "list.poster": (0.9, poster_blocks.entry_buttons),
    "group.tools": (0.6, lambda setter, node, width: wrap_boxes(setter, node.children, width)),
    "setting": (0.12, button_blocks.setting_block),
    "ornament": (0.7, _ornament),
}
