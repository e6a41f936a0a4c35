"""Each kind of node as a block of lines and shapes: one function a kind, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from game.ui import chart_blocks, wall_blocks
from game.ui.flow import even, flowed, inline
from game.ui.geometry import Area, Block, Box, Item, Rect, Run, Style, moved
from game.ui.keys import code, error, field, keys
from game.ui.linebreak import NO_BREAK, Piece
from game.ui.scale import LEADING, Scale
from game.ui.tree import Node
from game.ui.typesetting import Setter, stacked


def column(setter: Setter, nodes: Iterable[Node], width: int) -> Block:
    """Nodes below one another, with the space that each kind keeps before it."""
    blocks = []
    for node in nodes:
        kind = kind_of(node)
        if kind in BLOCKS:
            ems, build = BLOCKS[kind]
            blocks.append((setter.scale.air(ems), marked(node, build(setter, node, width), width)))
    return stacked(blocks)


def marked(node: Node, block: Block, width: int) -> Block:
    """A node's block with the place that it takes up; what can be pressed has that in its own shapes."""
    if not node.id or node.focusable:
        return block
    return Block((Area(node.id, Rect(0, 0, width, block.height)), *block.items), block.height)


def kind_of(node: Node) -> str:
    """A node's entry in the table: its style where that has one, else its role."""
    styled = f"{node.role}.{node.style}" if node.style else node.role
    return styled if styled in BLOCKS else node.role


def _heading(setter: Setter, node: Node, width: int) -> Block:
    scale = setter.scale
    text = _balanced(setter, node.label, 1.42, width, 1.22)
    top = text.height + scale.air(0.36)
    rule = Box("rule", Rect(0, top, width, scale.px(3)))
    return Block((*text.items, rule), top + scale.px(3))


def _date(setter: Setter, node: Node, width: int) -> Block:
    scale = setter.scale
    hanzi_style = scale.hanzi(0.86)
    hanzi_width = setter.measure.width(node.value, hanzi_style) if node.value else 0
    room = width - (hanzi_width + scale.em(0.8) if node.value else 0)
    alone = room < scale.em(7) or not node.label
    text = _eyebrow(setter, node.label, width if alone else room)
    if not node.value:
        return text
    step = round(hanzi_style.size * 1.2)
    if alone:
        baseline = text.height + round(step * 0.8)
        return Block((*text.items, Run(0, baseline, hanzi_width, node.value, hanzi_style, "accent")),
                     text.height + step)  # fmt: skip
    first = next(item for item in text.items if isinstance(item, Run))
    # Kai stands a little lower than capitals: centre the two on each other
    baseline = first.baseline + round(hanzi_style.size * 0.08)
    run = Run(width - hanzi_width, baseline, hanzi_width, node.value, hanzi_style, "accent")
    return Block((*text.items, run), max(text.height, step))


def _eyebrow(setter: Setter, text: str, width: int) -> Block:
    """Small capitals on one line; where they take two, the line ends between date and place and needs no dot."""
    style = setter.scale.label(caps=True)
    parts = [part.strip() for part in text.upper().split(DOT)]
    lines = [setter.line(part, style, width, "accent", 1.4) for part in parts]
    if len(lines) > 1 and all(line.height == lines[0].height < style.size * 2 for line in lines):
        whole = setter.line(text.upper(), style, width, "accent", 1.4)
        return whole if whole.height < style.size * 2 else stacked([(0, line) for line in lines])
    return _even(setter, text.upper(), style, width, "accent", 1.4)


DOT = "·"  # between a date and a place


def _eyebrow_node(setter: Setter, node: Node, width: int) -> Block:
    return _eyebrow(setter, node.label, width)


def _paragraph(ems: float, ink: str = "ink", *, italic: bool = False, bold: bool = False) -> Build:
    def build(setter: Setter, node: Node, width: int) -> Block:
        style = setter.scale.reading(ems, italic=italic, bold=bold)
        return setter.text(setter.pieces(node, style, ink), width, hangs=True)

    return build


def _label(setter: Setter, node: Node, width: int) -> Block:
    return setter.line(node.label, setter.scale.label(0.68), width, "soft", 1.5)


def _original(setter: Setter, node: Node, width: int) -> Block:
    return setter.line(node.label, setter.scale.reading(1.1), width, "accent", 1.4)


BAR_INDENT = 0.75  # ems from a bar to what it stands beside


def _barred(scale: Scale, inner: Block) -> Block:
    """What is not the story's own voice, beside a bar."""
    bar = Box("bar", Rect(0, scale.em(0.15), scale.px(4), inner.height - scale.em(0.3)))
    return Block((bar, *moved(inner.items, scale.em(BAR_INDENT), 0)), inner.height)


def _mouth(setter: Setter, node: Node, width: int) -> Block:
    """A claim in somebody's mouth: whose it is, and a bar beside it."""
    scale = setter.scale
    room = width - scale.em(BAR_INDENT)
    name = _eyebrow(setter, node.value, room)
    text = setter.text(setter.pieces(node, scale.reading(1.0)), room, hangs=True)
    return _barred(scale, stacked([(0, name), (scale.em(0.05), text)]))


def _told(setter: Setter, node: Node, width: int) -> Block:
    """What was not walked, told in a smaller voice before the page goes on."""
    scale = setter.scale
    room = width - scale.em(BAR_INDENT)
    blocks = [(0, _eyebrow(setter, node.label, room))]
    for child in node.children:
        if child.style == "told-date":
            blocks.append((scale.em(0.55), _eyebrow(setter, child.label, room)))
            continue
        text = setter.text(setter.pieces(child, scale.reading(0.88), "soft"), room)
        blocks.append((scale.em(0.3), text))
    return _barred(scale, stacked(blocks))


def _note(setter: Setter, node: Node, width: int) -> Block:
    """A heavy chapter says what is in it, and offers the way round it."""
    scale = setter.scale
    inset = scale.em(0.3 + 0.25 * scale.roominess)
    room = width - 2 * inset
    says = setter.line(node.label, scale.label(0.72), room, "ink", 1.45)
    if not node.children:
        return _framed("note", says, width, inset)
    ways = inline(setter, node, room)
    wide = max(item.rect.right for item in ways.items)
    aside = max(run.rect.right for run in says.items) + scale.em(0.6)
    if aside + wide <= room:
        height = max(says.height, ways.height)
        text = moved(says.items, 0, (height - says.height) // 2)
        return _framed("note", Block((*text, *moved(ways.items, room - wide, 0)), height), width, inset)
    return _framed("note", stacked([(0, says), (scale.em(0.4), ways)]), width, inset)


def _because(setter: Setter, node: Node, width: int) -> Block:
    inset = setter.scale.em(0.55)
    return _framed("inset", headed(setter, node, width - 2 * inset), width, inset)


def _exhibits(setter: Setter, node: Node, width: int) -> Block:
    """What a museum says of its own things, as a label on its wall: set apart from the page by fine lines."""
    gap = setter.scale.em(0.3)
    line = Box("hairline", Rect(0, 0, width, 1))
    label = headed(setter, node, width)
    height = label.height + 2 * gap
    return Block((line, *moved(label.items, 0, gap), line.moved(0, height)), height + 1)


def _sign(setter: Setter, node: Node, width: int) -> Block:
    """What is read as well as the story, and is none of it."""
    return setter.line(node.label, setter.scale.label(0.75), width, leading=1.42)


def headed(setter: Setter, node: Node, width: int) -> Block:
    """A small heading, and what stands under it: the causes without a card around them, or settings."""
    blocks = [(0, _eyebrow(setter, node.label, width))]
    for child in node.children:
        ems, build = BLOCKS[kind_of(child)]
        blocks.append((setter.scale.em(ems), marked(child, build(setter, child, width), width)))
    return stacked(blocks)


def _fact(ems: float, *, italic: bool) -> Build:
    """A fact, pressable as a whole; a small word at its end says that there is more."""

    def build(setter: Setter, node: Node, width: int) -> Block:
        scale = setter.scale
        pieces = [Piece(node.label, scale.reading(ems, italic=italic)), Piece(NO_BREAK, scale.reading(ems))]
        pieces.append(Piece(node.value, scale.label(0.56, bold=True), "accent"))
        text = setter.text(pieces, width, 1.4)
        between = scale.em(0.3) if scale.within_reach else 0  # among targets that are high, lines of text stay apart
        height = max(text.height + between, scale.target)
        top = (height - text.height) // 2
        return Block((Box("link", Rect(0, 0, width, height), node.id), *moved(text.items, 0, top)), height)

    return build


def _framed(kind: str, inner: Block, width: int, inset: int) -> Block:
    height = inner.height + 2 * inset
    return Block((Box(kind, Rect(0, 0, width, height)), *moved(inner.items, inset, inset)), height)


def _slip(setter: Setter, node: Node, width: int) -> Block:
    """A choice: its number, and the deed; or a button: its label, and a smaller second line."""
    scale = setter.scale
    numbered = node.style == "option" or (node.role == "choice" and node.style != "continue")
    inset = scale.em(0.5)
    indent = inset + (scale.em(0.95) if numbered else scale.em(0.1))
    ticked = scale.em(0.6) if node.chosen else 0
    second = node.value if node.role == "button" and not numbered else ""
    read_standing = bool(second) and scale.within_reach  # who stands before it reads from further off
    name = scale.reading(0.94, bold=read_standing)
    room = width - indent - inset - ticked
    blocks = [(0, setter.line(node.label, name, room, leading=1.4, whole=node.role == "button"))]
    if second:
        style, ink = (scale.reading(0.9), "ink") if read_standing else (scale.label(0.64), "soft")
        blocks.append((0, setter.line(second, style, width - indent - inset, ink, 1.4)))
    inner = stacked(blocks)
    height = max(scale.target, inner.height + 2 * scale.em(0.28 * scale.close))
    top = (height - inner.height) // 2
    items: list[Item] = [Box("slip", Rect(0, 0, width, height), node.id), *moved(inner.items, indent, top)]
    if numbered:
        style = scale.label(0.58)
        first = next(item for item in inner.items if isinstance(item, Run))
        baseline = top + first.baseline
        items.append(Run(inset, baseline, setter.measure.width(node.value, style), node.value, style, "accent"))
        if node.chosen:
            tick = scale.em(0.42)
            items.append(Box("tick", Rect(width - inset - tick // 2, (height - tick) // 2, tick, tick)))
    elif node.style in ("continue", "main"):
        size = scale.em(0.42)
        items.append(Box("arrow", Rect(width - inset - size, (height - size) // 2, size, size)))
    return Block(tuple(items), height)


def _list(setter: Setter, node: Node, width: int) -> Block:
    gap = setter.scale.em(0.26 * setter.scale.close)
    if setter.scale.within_reach and len(node.children) > 1 and node.children[0].style == "main":
        return _beside(setter, node.children, width, gap)
    return stacked([(gap, _row(setter, child, width)) for child in node.children])


def _beside(setter: Setter, ways: Sequence[Node], width: int, gap: int) -> Block:
    """The way on where it is on every page, and beside it what else leads from this one; where their words have no room
    there, over it."""
    main, *others = ways
    rest = (width - gap) // 2
    alone, beside = _slip(setter, main, width - rest - gap), [_slip(setter, other, rest) for other in others]
    if len(beside) == 1 and max(alone.height, beside[0].height) == _slip(setter, main, width).height:
        return Block((*alone.items, *moved(beside[0].items, width - rest, 0)), alone.height)
    return stacked([(gap, _slip(setter, way, width)) for way in (*others, main)])


def _row(setter: Setter, node: Node, width: int) -> Block:
    if node.style == "slot":
        return _kept(setter, node, width)
    return _slip(setter, node, width) if node.focusable else _empty(setter, node, width)


def _kept(setter: Setter, node: Node, width: int) -> Block:
    """A filled slot: its picture on its slip, and beside the slip what else can be done with it."""
    scale = setter.scale
    image, main, *others = node.children
    aside = flowed(setter, [(child, "tool", child.label, False) for child in others], width)
    gap = scale.em(0.26)
    wide = max((item.rect.right for item in aside.items), default=0)
    room = width - wide - gap
    if room < scale.em(11):  # the text is large: what else can be done goes under the slip
        slip = _slip(setter, main, width)
        return stacked([(0, slip), (gap, Block(moved(aside.items, width - wide, 0), aside.height))])
    edge = scale.em(0.16)
    tall = scale.em(2.5)
    broad = round(tall * 16 / 10) if image.picture is not None else 0
    text = _slip(setter, main, room - broad)
    height = max(text.height, tall + 2 * edge)
    items: list[Item] = [Box("slip", Rect(0, 0, room, height), main.id)]
    if broad:
        items.append(Box("picture", Rect(edge, (height - tall) // 2, broad, tall), image.id))
    items += [item.moved(broad, (height - text.height) // 2) for item in text.items if isinstance(item, Run)]
    items += moved(aside.items, width - wide, (height - aside.height) // 2)
    return Block(tuple(items), height)


def _empty(setter: Setter, node: Node, width: int) -> Block:
    """A slot with nothing in it, which cannot be pressed."""
    scale = setter.scale
    text = setter.line(node.label, scale.reading(0.88), width - scale.em(1.2), "soft", 1.4)
    height = max(scale.target, text.height + 2 * scale.em(0.28))
    frame = Box("hollow", Rect(0, 0, width, height))
    return Block((frame, *moved(text.items, scale.em(0.6), (height - text.height) // 2)), height)


def _setting(setter: Setter, node: Node, width: int) -> Block:
    """A setting's name, and its values side by side."""
    scale = setter.scale
    name = setter.line(node.label, scale.reading(0.82), width, leading=1.35)
    values = flowed(setter, [(option, "pill", option.label, option.chosen) for option in node.children], width)
    inner = stacked([(0, name), (scale.em(0.12), values)])
    margin = scale.px(8)
    # the ring goes round the whole row
    height = inner.height + 2 * margin
    frame = Box("row", Rect(-margin, 0, width + 2 * margin, height), node.id)
    return Block((frame, *moved(inner.items, 0, margin)), height + margin)


def _item(setter: Setter, node: Node, width: int) -> Block:
    """A line of the debrief: what, some detail, and its sources."""
    scale = setter.scale
    indent = scale.em(0.6)
    blocks = [(0, setter.line(node.label, scale.reading(0.92), width - indent, leading=1.42))]
    if node.value:
        blocks.append((scale.em(0.05), setter.line(node.value, scale.label(0.68), width - indent, "soft", 1.45)))
    if node.children:
        blocks.append((scale.em(0.12), inline(setter, node, width - indent)))
    inner = stacked(blocks)
    dot = scale.em(0.16)
    mark = Box("dot", Rect(0, scale.em(0.62), dot, dot))
    return Block((mark, *moved(inner.items, indent, 0)), inner.height)


def _decision(setter: Setter, node: Node, width: int) -> Block:
    """Something to be placed, the places side by side, and under them the author's view where it is shown."""
    scale = setter.scale
    places = [(child, "pill", child.label, child.chosen) for child in node.children if child.focusable]
    views = [child for child in node.children if not child.focusable]
    text = setter.line(node.label, scale.reading(0.94), width, leading=1.4)
    blocks = [(0, text), (scale.em(0.2), flowed(setter, places, width))]
    return stacked([*blocks, *((scale.em(0.35), _view(setter, view, width)) for view in views)])


def _view(setter: Setter, node: Node, width: int) -> Block:
    """What somebody thinks of it, beside a bar: neither more nor less than what the reader thinks."""
    scale = setter.scale
    room = width - scale.em(BAR_INDENT)
    blocks = [(0, setter.line(node.label, scale.label(0.68, bold=True), room, leading=1.45)),
              (scale.em(0.05), setter.line(node.value, scale.reading(0.82), room, leading=1.42))]  # fmt: skip
    if node.children:
        blocks.append((scale.em(0.15), inline(setter, node, room)))
    return _barred(scale, stacked(blocks))


def _ornament(setter: Setter, node: Node, width: int) -> Block:
    """An ear of grain, cut from paper; the words of an ending under it."""
    scale = setter.scale
    ear = Box("grain", Rect(0, 0, scale.em(4.4), scale.em(1.1)))
    if not node.label:
        return Block((ear,), ear.rect.h)
    words = _eyebrow(setter, node.label, width)
    return stacked([(0, Block((ear,), ear.rect.h)), (scale.em(0.2), words)])


def _taken(setter: Setter, node: Node, width: int) -> Block:
    """On a page leafed back to: what was chosen."""
    scale = setter.scale
    inset = scale.em(0.5)
    text = setter.line(node.label, scale.reading(0.94, italic=True), width - 2 * inset, leading=1.4)
    height = max(scale.target, text.height + 2 * scale.em(0.28))
    box = Box("taken", Rect(0, 0, width, height))
    return Block((box, *moved(text.items, inset, (height - text.height) // 2)), height)


def _title(setter: Setter, node: Node, width: int) -> Block:
    return _balanced(setter, node.label, 2.1, width, 1.12)


POSTER, INVITATION = 3.1, 1.7  # ems: read from three metres


def _invitation(setter: Setter, node: Node, width: int) -> Block:
    return _even(setter, node.label, setter.scale.poster(INVITATION), width, "ink", LEADING)


def _inviting(setter: Setter, node: Node, width: int) -> Block:
    """The ways in, as large as the invitation to them: side by side where their words have room there."""
    scale, ways = setter.scale, node.children
    gap = scale.em(0.3)
    side = (width - (len(ways) - 1) * gap) // len(ways)
    across = [_way_in(setter, way, side) for way in ways]
    if len(ways) > 1 and max(block.height for block in across) > _way_in(setter, ways[0], 4 * width).height:
        return stacked([(gap, _way_in(setter, way, width)) for way in ways])
    tall = max(block.height for block in across)
    return Block(tuple(item for n, one in enumerate(across) for item in moved(one.items, n * (side + gap), 0)), tall)


def _way_in(setter: Setter, way: Node, width: int) -> Block:
    scale = setter.scale
    inset, arrow = scale.px(25), scale.px(29)  # large already, as the type of a poster is
    style = replace(scale.poster(INVITATION), bold=True)
    text = setter.line(way.label, style, width - 3 * inset - arrow, leading=1.3, whole=True)
    height = max(scale.target, text.height + 2 * scale.px(14))
    slip = Box("slip", Rect(0, 0, width, height), way.id)
    points = Box("arrow", Rect(width - inset - arrow, (height - arrow) // 2, arrow, arrow))
    return Block((slip, *moved(text.items, inset, (height - text.height) // 2), points), height)


def _tools(setter: Setter, node: Node, width: int) -> Block:
    """What else there is, in small; in even rows for a hand that has to reach far."""
    return even(setter, node, width) if setter.scale.within_reach else inline(setter, node, width)


def _poster(setter: Setter, node: Node, width: int) -> Block:
    """Titles that are read from across a room: side by side on one line where they have room there."""
    style = setter.scale.poster(POSTER)
    texts = [_even(setter, title.label, style, width, "ink", 1.1) for title in node.children]
    between, room = style.size, style.size // 8  # over the tallest letters
    ends = [max(item.rect.right for item in text.items) for text in texts]
    on_a_line = all(text.height < 2 * style.size for text in texts) and sum(ends) + between * (len(ends) - 1) <= width
    if on_a_line:
        starts = accumulate((end + between for end in ends), initial=0)
        placed = [(x, 0) for x in starts]
        height = texts[0].height
    else:
        tops = list(accumulate((text.height for text in texts), initial=0))
        placed, height = [(0, top) for top in tops], tops[-1]
    items = [
        item
        for title, text, end, (x, y) in zip(node.children, texts, ends, placed, strict=False)
        for item in moved(marked(title, text, end).items, x, y + room)
    ]
    return Block(tuple(items), height + room)


def _balanced(setter: Setter, text: str, ems: float, width: int, leading: float) -> Block:
    """A heading, larger than the prose."""
    return _even(setter, text, setter.scale.reading(setter.scale.display(ems), bold=True), width, "ink", leading)


def _even(setter: Setter, text: str, style: Style, width: int, ink: str, leading: float) -> Block:
    """Text whose lines are of about one length, where it takes more than one."""
    block = setter.line(text, style, width, ink, leading)
    narrower = block
    while narrower.height == block.height > style.size * 2 and width > style.size * 3:
        block, width = narrower, width - style.size // 2
        narrower = setter.line(text, style, width, ink, leading)
    return block


Build = Callable[[Setter, Node, int], Block]


def _inside(build: Callable[[Setter, Node, int, chart_blocks.Column], Block]) -> Build:
    """For what holds nodes of any kind: it is given the column that they stand in."""
    return lambda setter, node, width: build(setter, node, width, column)


# kind -> (space before it in ems, how it is built). What is not here is heard but not drawn.
BLOCKS: dict[str, tuple[float, Build]] = {
    "heading": (0.2, _heading),
    "heading.title": (0.0, _title),
    "group.poster": (0.0, _poster),
    "date": (0.0, _date),
    "paragraph": (0.62, _paragraph(1.0)),
    "paragraph.mouth": (0.7, _mouth),
    "paragraph.told": (0.3, _paragraph(0.88, "soft")),
    "paragraph.change": (0.25, _paragraph(0.78)),
    "paragraph.lead": (0.4, _paragraph(0.94)),
    "paragraph.poster": (0.5, _invitation),
    "paragraph.small": (0.4, _label),
    "paragraph.original": (0.3, _original),
    "paragraph.key": (0.1, _label),
    "paragraph.eyebrow": (0.4, _eyebrow_node),
    "paragraph.told-date": (0.7, _eyebrow_node),
    "paragraph.taken": (0.8, _taken),
    "group.note": (0.6, _note),
    "group.told": (0.6, _told),
    "group.because": (0.8, _because),
    "group.consequence": (0.8, _because),
    "group.exhibits": (0.9, _exhibits),
    "group.section": (0.7, headed),
    "group.chart": (0.8, _inside(chart_blocks.chart)),
    "group.years": (0.9, _inside(chart_blocks.years)),
    "group.map": (0.9, _inside(chart_blocks.way)),
    "group.item": (0.55, _item),
    "group.halves": (0.7, _inside(wall_blocks.halves)),
    "group.tally": (0.7, wall_blocks.tally),
    "group.joining": (0.6, _inside(wall_blocks.joining)),
    "paragraph.option": (0.3, wall_blocks.option),
    "paragraph.large": (0.0, wall_blocks.large),
    "status.standing": (0.0, wall_blocks.standing),
    "group.decision": (0.85, _decision),
    "link.fact": (0.12, _fact(0.74, italic=True)),
    "link.claim": (0.3, _fact(0.9, italic=False)),
    "paragraph.label": (0.25, _sign),
    "paragraph.code": (0.6, code),
    "status.small": (0.4, _label),
    "status.clock": (0.4, _paragraph(0.94)),
    "status.error": (0.3, error),
    "field": (0.5, field),
    "group.keys": (0.7, keys),
    "list": (0.85, _list),
    "list.row": (0.8, _tools),
    "list.poster": (0.9, _inviting),
    "group.tools": (0.6, inline),
    "setting": (0.12, _setting),
    "ornament": (0.7, _ornament),
}
