"""Lay out controls: buttons, rows of buttons, settings, slots, the text field and its keypad."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from game.ui.layout.geometry import Block, Box, Item, Rect, Run, moved
from game.ui.layout.linebreak import TextPiece, characters, min_width
from game.ui.layout.typesetting import Typesetter, beside, marked, stack
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
        style = scale.label(0.58)
        first = next(item for item in inner.items if isinstance(item, Run))
        baseline = top + first.baseline
        number = str(node.level)
        items.append(Run(inset, baseline, setter.measure.width(number, style), number, style, "accent"))
        if node.chosen:
            tick = scale.em(0.42)
            items.append(Box("tick", Rect(width - inset - tick // 2, (height - tick) // 2, tick, tick)))
    elif node.style in ("continue", "main"):
        size = scale.em(0.42)
        kind = "cross" if any(child.style == "close" for child in node.children) else "arrow"
        items.append(Box(kind, Rect(width - inset - size, (height - size) // 2, size, size)))
    return Block(tuple(items), height)


def _deed_and_reason(setter: Typesetter, deed: str, reason: str, width: int) -> Block:
    """Lay out what a choice does and, in italics and softer ink, its reason after a drawn dash. Both are on one line if
    they fit; otherwise the dash and the reason begin a new line. The dash is needed because Chinese has no italics, and
    high contrast has no softer ink."""
    scale = setter.scale
    upright, slanted = scale.reading(0.94), scale.reading(0.94, italic=True)
    space, dash = scale.em(0.28), scale.em(0.5)
    ends = setter.measure.width(deed, upright)
    start = ends + dash + 2 * space
    line = TextPiece(deed, upright), TextPiece(reason, slanted)
    before = setter.line(deed, upright, width, leading=1.4)
    if start + setter.measure.width(reason, slanted) <= width and characters(line) + 3 <= setter.characters:
        after = setter.line(reason, slanted, width, "soft", 1.4)
        run = next(item for item in before.items if isinstance(item, Run))
        between = Box("dash", Rect(ends + space, run.baseline - round(upright.size * 0.3), dash, scale.px(2)))
        return Block((*before.items, between, *moved(after.items, start, 0)), before.height)
    indent = dash + space
    below = setter.line(reason, slanted, width - indent, "soft", 1.4)
    run = next(item for item in below.items if isinstance(item, Run))
    leads = Box("dash", Rect(0, run.baseline - round(slanted.size * 0.3), dash, scale.px(2)))
    return stack([(0, before), (0, marked(below, indent, leads))])


def list_block(setter: Typesetter, node: TreeNode, width: int) -> Block:
    gap = setter.scale.em(0.26 * setter.scale.spacing)
    if setter.scale.large_targets and len(node.children) > 1 and node.children[0].style == "main":
        return _side_by_side(setter, node.children, width, gap)
    if setter.scale.columns > 1 and len(node.children) > 2:
        return _in_columns(setter, node.children, width, gap)
    return stack([(gap, _row(setter, child, width)) for child in node.children])


def _in_columns(setter: Typesetter, ways: Sequence[TreeNode], width: int, gap: int) -> Block:
    """Lay out a menu's entries in two columns, with the first half in the left column."""
    between = setter.scale.em(0.6)
    wide = (width - between) // 2
    first = -(-len(ways) // 2)
    left, right = (stack([(gap, _row(setter, way, wide)) for way in side]) for side in (ways[:first], ways[first:]))
    return beside((0, left), (wide + between, right))


def _side_by_side(setter: Typesetter, ways: Sequence[TreeNode], width: int, gap: int) -> Block:
    """Lay out the main button with the one other button at its right. If there are several others, or their labels need
    more room, stack them above the main button."""
    main, *others = ways
    rest = (width - gap) // 2
    alone, beside = (
        press_block(setter, main, width - rest - gap),
        [press_block(setter, other, rest) for other in others],
    )
    if len(beside) == 1 and max(alone.height, beside[0].height) == press_block(setter, main, width).height:
        return Block((*alone.items, *moved(beside[0].items, width - rest, 0)), alone.height)
    return stack([(gap, press_block(setter, way, width)) for way in (*others, main)])


def _row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    if node.style == "slot":
        return _filled_slot(setter, node, width)
    if node.role == "setting":
        return _values_row(setter, node, width)
    return press_block(setter, node, width) if node.focusable else _empty_slot(setter, node, width)


def _values_row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a setting that stands among buttons: its name in small letters, and under it its values side by side."""
    scale = setter.scale
    name = setter.line(node.label, scale.label(0.64), width, "soft", 1.4)
    inner = stack([(0, name), (scale.em(0.08), wrap_boxes(setter, node.children, width, "pill"))])
    return _with_row_frame(node, inner, width, min(scale.px(8), scale.em(0.25)))


def _with_row_frame(node: TreeNode, inner: Block, width: int, margin: int) -> Block:
    """Put the frame of a setting around its row, with `margin` pixels of room for the focus ring on every side."""
    height = inner.height + 2 * margin
    return marked(inner, 0, Box("row", Rect(-margin, 0, width + 2 * margin, height), node.id), height=height)


def _filled_slot(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a filled save slot: a button with its picture, and the other buttons beside it."""
    scale = setter.scale
    image, main, *others = node.children
    aside = wrap_boxes(setter, others, width)
    gap = scale.em(0.26)
    wide = max((item.rect.right for item in aside.items), default=0)
    room = width - wide - gap
    if room < scale.em(11):  # the text is large, so the other buttons go below
        below = Block(moved(aside.items, width - wide, 0), aside.height)
        return stack([(0, press_block(setter, main, width)), (gap, below)])
    edge = scale.em(0.16)
    tall = scale.em(2.5)
    broad = round(tall * 16 / 10) if image.picture is not None else 0
    text = press_block(setter, main, room - broad)
    height = max(text.height, tall + 2 * edge)
    items: list[Item] = [Box("slip", Rect(0, 0, room, height), main.id)]
    if broad:
        items.append(Box("picture", Rect(edge, (height - tall) // 2, broad, tall), image.id))
    items += [item.moved(broad, (height - text.height) // 2) for item in text.items if isinstance(item, Run)]
    items += moved(aside.items, width - wide, (height - aside.height) // 2)
    return Block(tuple(items), height)


def _empty_slot(setter: Typesetter, node: TreeNode, width: int) -> Block:
    scale = setter.scale
    text = setter.line(node.label, scale.reading(0.88), width - scale.em(1.2), "soft", 1.4)
    height = max(scale.target, text.height + 2 * scale.em(0.28))
    return marked(text, scale.em(0.6), Box("hollow", Rect(0, 0, width, height)), height=height)


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
        first = min(values.height, scale.target)
        items = (*moved(name.items, 0, max(0, (first - name.height) // 2)), *moved(values.items, aside, 0))
        inner = Block(items, max(name.height, values.height))
    else:
        name = setter.line(node.label, style, width, leading=1.42)
        inner = stack([(0, name), (scale.em(0.12), wrap_boxes(setter, node.children, width, "pill"))])
    margin = scale.em(0.22 * scale.spacing)
    row = _with_row_frame(node, inner, width, margin)
    return replace(row, height=row.height + margin)


def wrapped_row(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a node's children as small buttons in wrapped rows."""
    return wrap_boxes(setter, node.children, width)


def tool_rows(setter: Typesetter, node: TreeNode, width: int, across: int = 0) -> Block:
    """Lay out a node's children as small buttons; if the setting asks for large targets, by `justified_rows`."""
    large = setter.scale.large_targets
    return justified_rows(setter, node, width, across) if large else wrapped_row(setter, node, width)


def justified_rows(setter: Typesetter, node: TreeNode, width: int, across: int = 0) -> Block:
    """Lay out a node's children as buttons of one width, in rows as wide as the sheet. `across` is the most buttons in
    a row; 0 means any number. A row has so few buttons that no label needs more than two lines. A child without an
    action gets an empty space."""
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
    """Split the parts into at most `number` rows of the same length. The last row may be shorter."""
    across = -(-len(parts) // number)
    return tuple(parts[first : first + across] for first in range(0, len(parts), across))


def _centred(text: Block, width: int) -> Iterator[Item]:
    """Yield the items of each line, centred in `width` pixels."""
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
    inset, top = setter.scale.em(0.5), setter.scale.em(0.3)
    text = _groups(setter, node.label, None, width - 2 * inset)
    height = text.height + 2 * top
    return marked(text, inset, Box("inset", Rect(0, 0, width, height)), height=height)


def field(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a text field: its name, and a frame with the text and the caret."""
    scale = setter.scale
    inset = scale.em(0.5)
    name = setter.line(node.label, scale.label(0.66), width, "soft", 1.4)
    text = _groups(setter, node.value, node.caret or 0, width - 2 * inset)
    height = max(scale.target, text.height + 2 * scale.em(0.3))
    frame = Box("field", Rect(0, 0, width, height), node.id)
    return stack([(0, name), (scale.em(0.15), marked(text, inset, frame, height=height))])


def error(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out an error. The dot before it shows even without colours that it is an error."""
    scale = setter.scale
    indent = scale.em(0.8)
    text = setter.line(node.label, scale.label(0.72, bold=True), width - indent, "accent", 1.45)
    dot = scale.em(0.26)
    return marked(text, indent, Box("dot", Rect(0, scale.em(0.36), dot, dot)))


def keys(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the keypad in rows of the same length."""
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
    """Lay out the groups of a code, or words, side by side on as many lines as they need. `caret` is the number of
    characters before the caret; None for no caret."""
    scale = setter.scale
    style = scale.label(1.1, bold=True)
    measure = setter.measure
    step, thin = round(style.size * 1.4), scale.px(3)
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
        items.append(Box("caret", Rect(at[0], at[1] + round(step * 0.12), thin, round(step * 0.78))))
    return Block(tuple(items), y + step)
