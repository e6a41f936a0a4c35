"""Lay out controls: buttons, rows of buttons, settings, slots of saved playthroughs, the text field and its keypad."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from game.ui.layout.geometry import Block, Box, Item, Rect, Run, moved
from game.ui.layout.linebreak import TextPiece, characters, min_width
from game.ui.layout.typesetting import Typesetter, beside, columns, framed, marked, stack
from game.ui.tree import TreeNode


def press_block(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a choice or a button. A choice shows its number (`node.level`), what to do, and its reason
    (`node.value`). A button shows its `node.value` as a smaller second line."""
    scale = setter.scale
    numbered = node.style == "option" or (node.role == "choice" and node.style != "continue")
    inset = scale.em(0.5)
    indent = inset + (scale.em(0.95) if numbered else scale.em(0.1))
    ticked = scale.em(0.6) if node.chosen else 0
    second = node.value if node.role == "button" and not numbered else ""
    reason = node.value if node.role == "choice" else ""
    read_standing = bool(second) and scale.large_targets  # somebody who stands reads from further off
    name = scale.reading(0.94, bold=read_standing)
    room = width - indent - inset - ticked
    if numbered and reason:
        blocks = [(0, _deed_and_reason(setter, node.label, reason, room))]
    else:
        blocks = [(0, setter.line(node.label, name, room, leading=1.4, whole=node.role == "button"))]
    if second:
        style, ink = (scale.reading(0.9), "ink") if read_standing else (scale.label(0.64), "soft")
        blocks.append((0, setter.line(second, style, width - indent - inset, ink, 1.4)))
    inner = stack(blocks)
    height = max(scale.target, inner.height + 2 * scale.em(0.28 * scale.spacing))
    top = (height - inner.height) // 2
    items: list[Item] = [Box("slip", Rect(0, 0, width, height), node.id), *moved(inner.items, indent, top)]
    if numbered:
        baseline = top + inner.runs[0].baseline
        items.append(setter.run(str(node.level), scale.label(0.58), inset, baseline, "accent"))
        if node.chosen:
            tick = scale.em(0.42)
            items.append(Box("tick", Rect(width - inset - tick // 2, (height - tick) // 2, tick, tick)))
    elif node.style in ("continue", "main"):
        size = scale.em(0.42)
        kind = "cross" if any(child.style == "close" for child in node.children) else "arrow"
        items.append(Box(kind, Rect(width - inset - size, (height - size) // 2, size, size)))
    return Block(tuple(items), height)


def _deed_and_reason(setter: Typesetter, deed: str, reason: str, width: int) -> Block:
    """Lay out what a choice does, a drawn dash, and the reason in italics and softer ink. If one line is too
    short, the dash begins a new line. It is drawn because Chinese has no italics, and high contrast no softer ink."""
    scale = setter.scale
    upright, slanted = scale.reading(0.94), scale.reading(0.94, italic=True)
    space, dash = scale.em(0.28), scale.em(0.5)
    indent = dash + space
    line = TextPiece(deed, upright), TextPiece(reason, slanted)
    starts = setter.measure.width(deed, upright) + space
    ends = starts + indent + setter.measure.width(reason, slanted)
    on_one_line = ends <= width and characters(line) + 3 <= setter.characters
    before = setter.line(deed, upright, width, leading=1.4)
    after = setter.line(reason, slanted, width if on_one_line else width - indent, "soft", 1.4)
    leads = Box("dash", Rect(0, after.runs[0].baseline - round(slanted.size * 0.3), dash, scale.px(2)))
    after = marked(after, indent, leads)
    return beside((0, before), (starts, after)) if on_one_line else stack([(0, before), (0, after)])


def list_block(setter: Typesetter, node: TreeNode, width: int) -> Block:
    ways, gap = node.children, setter.scale.em(0.26 * setter.scale.spacing)
    if setter.scale.large_targets and len(ways) > 1 and ways[0].style == "main":
        return _side_by_side(setter, ways, width, gap)
    if setter.scale.columns < 2 or len(ways) < 3:
        return stack([(gap, _row(setter, way, width)) for way in ways])
    between = setter.scale.em(0.6)
    wide = (width - between) // 2
    half = -(-len(ways) // 2)
    sides = ([(gap, _row(setter, way, wide)) for way in side] for side in (ways[:half], ways[half:]))
    return columns([stack(side) for side in sides], wide, between)


def _side_by_side(setter: Typesetter, ways: Sequence[TreeNode], width: int, gap: int) -> Block:
    """Lay out the main button (the first of `ways`) with the other button at its right. If there are several others, or
    a label needs more room, lay out all buttons below one another, the main button last."""
    main, *others = ways
    if len(others) == 1:
        rest = (width - gap) // 2
        left, right = press_block(setter, main, width - rest - gap), press_block(setter, others[0], rest)
        if max(left.height, right.height) == press_block(setter, main, width).height:
            return beside((0, left), (width - rest, right))
    return stack([(gap, press_block(setter, way, width)) for way in (*others, main)])


def _row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    if node.style == "slot":
        return _filled_slot(setter, node, width)
    if node.role == "setting":
        return _values_row(setter, node, width)
    return press_block(setter, node, width) if node.focusable else _empty_slot(setter, node, width)


def _values_row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    name = setter.line(node.label, scale.label(0.64), width, "soft", 1.4)
    inner = stack([(0, name), (scale.em(0.08), wrap_boxes(setter, node.children, width, "pill"))])
    return _with_row_frame(node, inner, width, min(scale.px(8), scale.em(0.25)))


def _with_row_frame(node: TreeNode, inner: Block, width: int, margin: int) -> Block:
    """Put the frame of a setting around its row, with `margin` pixels of room for the focus ring on every side."""
    height = inner.height + 2 * margin
    return marked(inner, 0, Box("row", Rect(-margin, 0, width + 2 * margin, height), node.id), height=height)


def _filled_slot(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    image, main, *others = node.children
    aside = wrap_boxes(setter, others, width)
    gap = scale.em(0.26)
    left = width - aside.right
    room = left - gap
    if room < scale.em(11):  # the text is large, so the other buttons go below
        return stack([(0, press_block(setter, main, width)), (gap, marked(aside, left))])
    edge = scale.em(0.16)
    tall = scale.em(2.5)
    broad = round(tall * 16 / 10) if image.picture is not None else 0
    text = press_block(setter, main, room - broad)
    height = max(text.height, tall + 2 * edge)
    items: list[Item] = [Box("slip", Rect(0, 0, room, height), main.id)]
    if broad:
        items.append(Box("picture", Rect(edge, (height - tall) // 2, broad, tall), image.id))
    items += moved(text.runs, broad, (height - text.height) // 2)
    items += moved(aside.items, left, (height - aside.height) // 2)
    return Block(tuple(items), height)


def _empty_slot(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    text = setter.line(node.label, scale.reading(0.88), width - scale.em(1.2), "soft", 1.4)
    return framed("hollow", text, width, scale.em(0.6), scale.em(0.28), least=scale.target)


NAME_SHARE = 0.27  # the width of a setting's name beside its values, as a fraction of the whole
MIN_BESIDE = 18  # ems: in a narrower column the name stands above the values


def setting_block(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a setting: its name, and its values beside it, or below it in a narrow column."""
    scale = setter.scale
    style, aside = scale.reading(0.82), round(width * NAME_SHARE)
    room = aside - scale.em(0.4)
    if width >= scale.em(MIN_BESIDE) and min_width(node.label, style, setter.measure) <= room:
        name = setter.line(node.label, style, room, leading=1.4)
        values = wrap_boxes(setter, node.children, width - aside, "pill")
        down = max(0, (min(values.height, scale.target) - name.height) // 2)
        inner = beside((0, Block(moved(name.items, 0, down), name.height)), (aside, values))
    else:
        name = setter.line(node.label, style, width, leading=1.42)
        inner = stack([(0, name), (scale.em(0.12), wrap_boxes(setter, node.children, width, "pill"))])
    margin = scale.em(0.22 * scale.spacing)
    row = _with_row_frame(node, inner, width, margin)
    return replace(row, height=row.height + margin)


def tool_rows(setter: Typesetter, node: TreeNode, width: int, across: int = 0) -> Block:
    """Lay out a node's children as small buttons; with large targets, in rows as wide as the sheet.

    The large buttons of a row have the same width. There are at most `across` in a row (0: any number), or fewer if a
    label would otherwise need more than two lines. Where a child has no action, the row has an empty space.
    """
    if not setter.scale.large_targets:
        return wrap_boxes(setter, node.children, width)
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
    across = -(-len(parts) // number)
    return tuple(parts[first : first + across] for first in range(0, len(parts), across))


def _centred(text: Block, width: int) -> Iterator[Item]:
    for _, line in groupby(text.items, key=lambda item: item.rect.y):
        runs = list(line)
        free = width - runs[-1].rect.right
        yield from moved(runs, max(0, free // 2), 0)


def wrap_boxes(setter: Typesetter, nodes: Iterable[TreeNode], width: int, kind: str = "tool") -> Block:
    """Lay out nodes as small boxes in wrapped rows. A "pill" has a tick if its node is chosen; a "tool" never has."""
    scale = setter.scale
    style = scale.label(0.64)
    gap = scale.em(0.22)
    tick, shifted = scale.em(0.38), scale.em(0.22)  # a chosen label stands further right, to make room for its tick
    height = max(scale.target, round(style.size * 1.4) + 2 * scale.em(0.14))
    inset = scale.em(0.7 if kind == "pill" else 0.36)  # a box that can be chosen has room for its tick
    items: list[Item] = []
    x = y = 0
    tallest = 0
    for node in nodes:
        chosen = kind == "pill" and node.chosen
        wide = setter.measure.width(node.label, style) + 2 * inset
        if x and x + wide > width:
            x, y = 0, y + tallest + gap
            tallest = 0
        room = max(1, min(wide, width) - 2 * inset) + scale.em(0.1)
        text = setter.line(node.label, style, room, leading=1.4, whole=True)
        tall = max(height, text.height + 2 * scale.em(0.14))
        box = Rect(x, y, min(wide, width), tall)
        items.append(Box(kind, box, node.id, chosen))
        if chosen:
            items.append(Box("tick", Rect(x + scale.em(0.28), y + (tall - tick) // 2, tick, tick)))
        items.extend(moved(text.items, x + inset + (shifted if chosen else 0), y + (tall - text.height) // 2))
        x += box.w + gap
        tallest = max(tallest, tall)
    return Block(tuple(items), y + tallest)


PART = "[^- ]{1,16}[- ]?|[- ]"  # a group of a code, or a word, with the character that ends it
MOST_KEYS = 16  # in a row, if there is room for so many


def code(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a share code in large letters. Lines break only between its groups."""
    inset = setter.scale.em(0.5)
    text = _groups(setter, node.label, None, width - 2 * inset)
    return framed("inset", text, width, inset, setter.scale.em(0.3))


def field(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    inset = scale.em(0.5)
    name = setter.line(node.label, scale.label(0.66), width, "soft", 1.4)
    text = _groups(setter, node.value, node.caret or 0, width - 2 * inset)
    frame = framed("field", text, width, inset, scale.em(0.3), least=scale.target, id=node.id)
    return stack([(0, name), (scale.em(0.15), frame)])


def error(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out an error. The dot before it shows even without colours that it is an error."""
    scale = setter.scale
    indent = scale.em(0.8)
    text = setter.line(node.label, scale.label(0.72, bold=True), width - indent, "accent", 1.45)
    dot = scale.em(0.26)
    return marked(text, indent, Box("dot", Rect(0, scale.em(0.36), dot, dot)))


def keys(setter: Typesetter, node: TreeNode, width: int) -> Block:
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
        items += [Box("tool", box, key.id), Run(box.x + (side - wide) // 2, baseline, wide, key.label, style)]
    rows = -(-len(node.children) // across)
    return Block(tuple(items), rows * (tall + gap) - gap)


def _groups(setter: Typesetter, text: str, caret: int | None, width: int) -> Block:
    """Lay out the groups of a code, or words, on as many lines as they need. `caret` is the number of characters before
    the caret; None for no caret."""
    scale = setter.scale
    style, measure = scale.label(1.1, bold=True), setter.measure
    step = round(style.size * 1.4)
    items: list[Item] = []
    x = y = before = 0
    at = (0, 0)
    for part in (*re.findall(PART, text), ""):  # the empty part is for a caret behind all others
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
        items.append(Box("caret", Rect(at[0], at[1] + round(step * 0.12), scale.px(3), round(step * 0.78))))
    return Block(tuple(items), y + step)
