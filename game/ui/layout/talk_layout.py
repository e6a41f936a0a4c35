"""Lay out the talk after the story (the screens that look back on it): the steps that fit a screen, and its blocks.

The steps try wider sheets, then columns, then smaller type in columns, and at last columns that continue in the next
view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from game.ui.layout import text_blocks
from game.ui.layout.button_blocks import press_block, wrap_boxes
from game.ui.layout.geometry import Block, Box, Item, NodeArea, Rect, moved
from game.ui.layout.layout_model import FitStep, Layout
from game.ui.layout.linebreak import TextPiece
from game.ui.layout.scale import LEADING
from game.ui.layout.typesetting import Column, Typesetter, columns, stack
from game.ui.tree import TreeNode, walk

WHOLE = 1.9  # times a sheet's usual width: then it takes all of the window except a margin
# Sizes of type in columns, as fractions of the usual size: 30 to 25 pixels at 1080p.
FINE = (1.0, 0.96, 0.92, 0.88, 0.86, 0.84, 0.8)
# Sizes, with their spaces, for screens that leave out what others also show. The last are larger than the usual type.
BRIEF = (
    (0.92, 0.4), (0.88, 0.4), (0.84, 0.4), (0.84, 0.2), (0.8, 0.4), (0.8, 0.2), (0.75, 0.4), (0.7, 0.4), (0.66, 0.4),
)  # fmt: skip
# A wider sheet, then columns on a sheet as wide as the window, then smaller type in them, then fewer words.
STEPS = (
    FitStep(),
    FitStep(spacing=0.8),
    FitStep(letters=72, high=0.6, spacing=0.8),
    FitStep(letters=80, high=1.0, spacing=0.6),
    *(FitStep(sheet=1.45, high=1.0, columns=2, spacing=0.8, fine=fine) for fine in (1.0, 0.92)),
    *(
        FitStep(sheet=WHOLE, high=1.0, columns=columns, spacing=spacing, fine=fine)
        for fine in FINE
        for columns, spacing in ((2, 0.7), (3, 0.6), (3, 0.4))
    ),
    *(FitStep(sheet=WHOLE, high=1.0, columns=3, spacing=spacing, fine=fine, brief=True) for fine, spacing in BRIEF),
)
LEAST_TYPE, LEAST_ANYWHERE = 25, 16  # the least type in pixels at text scale 1: at 1080p, and in a small window
LEAST_LARGER = 0.66  # the least type as a fraction of a reader's larger prose
MOST_UPRIGHT = 2  # the most columns in an upright window
# Sizes of type, with their spaces, at which columns continue in the next view.
PAGED = ((1.0, 0.6), (0.92, 0.6), (0.84, 0.6), (0.84, 0.3), (0.8, 0.4), (0.75, 0.4), (0.66, 0.4))
BRIEF_LETTERS = 0.8  # the fraction of the letters that is left without what other screens also show
ROOM_OF_LETTER = 0.8  # square ems that a letter takes with its part of all gaps, measured on the shipped talk
OVERLAP = 2  # ems that stay in view when a screen is scrolled by a page
Cell = tuple[int, Block]  # (space above it in pixels, block); at the top of a column there is no space
GUTTER = 1.3  # ems between two columns
CLOSE_LEADING = 1.42  # the leading of short lines in small type, in columns
LEAST_COLUMN = 13  # ems: a narrower column would break too many words
ONWARD, HIGH = 11.5, 2.0  # the width and the least height of the way on, in ems
LEAST_TOOLS = 9  # ems: with less room beside the way on, the tools stand above it


def talk_layout(
    tree: TreeNode, size: tuple[int, int], setter: Typesetter, lay_out: Callable[[FitStep], Layout]
) -> Layout:
    """Lay out a screen of the talk by the first step that shows all of it; if none does, in columns that continue in
    the next view."""
    has_columns = any(child.style == "flow" for child in tree.children)
    # The sheet and its button must stay in place when the reader shows or hides the author's view.
    steady = has_columns and any(node.action and node.action.verb == "compare" for node in walk(tree))

    def at(step: FitStep) -> Layout:
        return lay_out(replace(step, columns=min(step.columns, MOST_UPRIGHT)) if setter.scale.portrait else step)

    steps = [step for step in STEPS if _is_legible(setter, step) and (has_columns or step.columns == 1)]
    steps = [step for step in steps if step.sheet == WHOLE] if steady else steps
    # A later step needs less room. To try few of them, begin with a guess and stop at the first that is enough.
    number = min(_guess(tree, size, setter, steps), len(steps) - 1)
    plan = at(steps[number])
    while plan.max_scroll and number + 1 < len(steps):
        number += 1
        plan = at(steps[number])
    while not plan.max_scroll and number > 0 and not (roomier := at(steps[number - 1])).max_scroll:
        number, plan = number - 1, roomier
    if not plan.max_scroll or not has_columns:
        return plan
    return _paged(tree, setter, at) or plan


def views_of(plan: Layout) -> int:
    """Return how many views show all of a screen, if a reader scrolls from view to view."""
    return 1 - (-plan.max_scroll // max(1, plan.main.view.h - plan.scale.em(OVERLAP)))


def _guess(tree: TreeNode, size: tuple[int, int], setter: Typesetter, steps: Sequence[FitStep]) -> int:
    """Return the index of the first step that probably has room for a screen's letters, or else of the last step."""
    scale = setter.scale
    letters = sum(len(node.label) + len(node.value) for node in walk(tree) if not node.focusable)
    high = size[1] - scale.em(8)
    for number, step in enumerate(steps):
        share = 0.9 if scale.portrait else min(0.52 * step.sheet, 0.96)
        wide = size[0] * share - 2 * scale.side_pad
        needed = letters * (BRIEF_LETTERS if step.brief else 1)
        if needed * ROOM_OF_LETTER * (scale.body * step.fine) ** 2 <= wide * high:
            return number
    return len(steps) - 1


def _is_legible(setter: Typesetter, step: FitStep) -> bool:
    """Return whether the type of a step's columns is large enough: at least LEAST_LARGER times the size of the prose,
    and LEAST_TYPE pixels at 1080p. The second limit shrinks with the window, to LEAST_ANYWHERE pixels. A text scale
    below 1 lowers it further."""
    scale = setter.scale
    least = max(LEAST_ANYWHERE, LEAST_TYPE * scale.unit) * min(1.0, scale.text)
    return round(scale.body * step.fine) >= max(round(least), round(scale.body * LEAST_LARGER))


def _paged(tree: TreeNode, setter: Typesetter, at: Callable[[FitStep], Layout]) -> Layout | None:
    """Return the talk in columns that end with the view and continue in the next; None if no type is legible. The type
    is the largest one with which the talk needs the fewest views."""
    flow = next(child.id for child in tree.children if child.style == "flow")
    best: Layout | None = None
    for fine, spacing in PAGED:
        step = FitStep(sheet=WHOLE, high=1.0, columns=3, spacing=spacing, fine=fine)
        if not _is_legible(setter, step):
            continue
        plan = at(step)
        if plan.status is None:  # the screen fits after all
            return plan
        tall = plan.status.y - plan.main.view.y  # the view, before it is cut between two lines
        head = plan.bounds()[flow].y - plan.main.view.y
        paged = at(replace(step, column_heights=(tall - head, tall - plan.scale.em(OVERLAP))))
        best = paged if best is None or views_of(paged) < views_of(best) else best
        if views_of(best) == 2:  # there is no better result, because one view is not possible
            break
    return best


# Blocks


def flow(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out nodes in columns, as a newspaper does. A heading stays with the node after it. If the scale has
    `column_heights`, columns end with each view, so that nobody has to scroll back up to read on."""
    scale = setter.scale
    inner = replace(setter, scale=replace(scale, text=scale.text * scale.fine))
    gutter = inner.scale.em(GUTTER)
    across = max(1, min(scale.columns, (width + gutter) // (inner.scale.em(LEAST_COLUMN) + gutter)))
    wide = (width - (across - 1) * gutter) // across
    cells = list(_cells(inner, node.children, wide, column))
    first, later = scale.column_heights
    if not first or across == 1:
        return _columns(_balanced(cells, across), wide, gutter)
    blocks: list[tuple[int, Block]] = []
    while cells:
        limit = later if blocks else first
        filled = _filled(cells, limit)
        if len(filled) <= across:
            blocks.append((0, _columns(_balanced(cells, across), wide, gutter)))
            break
        taken = sum(len(group) for group in filled[:across])
        page = _columns(filled[:across], wide, gutter)
        blocks.append((0, replace(page, height=max(limit, page.height))))
        cells = cells[taken:]
    return stack(blocks)


def arranged(nodes: Sequence[TreeNode], columns: int) -> tuple[TreeNode, ...]:
    """Return the nodes of a screen in their order for so many columns. With two columns the introduction begins the
    first column. With three or more it stands beside the heading."""
    styles = [node.style for node in nodes]
    if columns < 2 or "intro" not in styles:
        return tuple(nodes)
    at = styles.index("intro")
    below = styles.index("flow", at)
    if columns < 3:
        begun = replace(nodes[below], children=(*nodes[at].children, *nodes[below].children))
        return (*nodes[:at], *nodes[at + 1 : below], begun, *nodes[below + 1 :])
    return (TreeNode("group", style="head", children=tuple(nodes[: at + 1])), *nodes[at + 1 :])


def head(setter: Typesetter, node: TreeNode, width: int, column: Column) -> Block:
    """Lay out a head in three columns: the heading in the first, the texts in the others, a drawn line under all."""
    scale = setter.scale
    inner = replace(setter, scale=replace(scale, text=scale.text * scale.fine))
    gutter = inner.scale.em(GUTTER)
    wide = (width - 2 * gutter) // 3
    *above, heading, texts = node.children
    name = column(setter, above, wide)
    title = text_blocks.heading_text(setter, heading.label, 1.42, wide, 1.22)
    area = NodeArea(heading.id, Rect(0, 0, wide, title.height))
    left = stack([(0, name), (scale.gap(0.3), Block((area, *title.items), title.height))])
    cells = list(_cells(inner, texts.children, wide, column))
    if len(cells) == 1:  # it goes across both columns, so that it is no higher than necessary
        right = column(inner, texts.children, 2 * wide + gutter)
    else:
        right = columns([stack(side) for side in _balanced(cells, 2)], wide, gutter)
    high = max(left.height, right.height)
    rule = Box("rule", Rect(0, high + scale.gap(0.36), width, scale.px(3)))
    items = (*moved(left.items, 0, high - left.height), *moved(right.items, wide + gutter, high - right.height), rule)
    return Block(items, rule.rect.bottom)


def _cells(setter: Typesetter, nodes: Iterable[TreeNode], width: int, column: Column) -> Iterable[Cell]:
    """Yield each node as a cell. A heading forms one cell with the node below it."""
    heads: list[TreeNode] = []
    for node in nodes:
        heads.append(node)
        if node.role != "heading" and node.style != "eyebrow":
            block = column(setter, heads, width)
            if block.height:
                yield setter.scale.gap(1.0 if len(heads) > 1 else 0.5), block
            heads = []


def _filled(cells: Sequence[Cell], limit: int) -> list[list[Cell]]:
    """Return columns of at most `limit` pixels, filled one after another. A higher cell has a column to itself."""
    columns: list[list[Cell]] = [[]]
    height = 0
    for gap, block in cells:
        if columns[-1] and height + gap + block.height > limit:
            columns.append([])
            height = 0
        height += block.height + (gap if columns[-1] else 0)
        columns[-1].append((gap, block))
    return columns


def _balanced(cells: Sequence[Cell], across: int) -> list[list[Cell]]:
    """Return the cells in at most `across` columns, filled so that the highest column is as low as possible."""
    low, high = max((block.height for _, block in cells), default=0), sum(gap + block.height for gap, block in cells)
    while low < high:
        middle = (low + high) // 2
        if len(_filled(cells, middle)) <= across:
            high = middle
        else:
            low = middle + 1
    return _filled(cells, low)


def _columns(cells: Sequence[Sequence[Cell]], wide: int, gutter: int) -> Block:
    return columns([stack(column) for column in cells], wide, gutter, "hairline")


def part_heading(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the heading of a part in a column, with a remark if the part is from another source."""
    text = setter.line(node.label, setter.scale.reading(1.18, bold=True), width, leading=1.25)
    rule = Block((Box("rule", Rect(0, 0, width, setter.scale.px(2))),), setter.scale.px(2))
    parts = [(0, text), (setter.scale.em(0.15), rule)]
    if node.value:
        parts.append((setter.scale.em(0.2), text_blocks.eyebrow(setter, node.value, width)))
    return stack(parts)


def step(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out a choice that was made, as one paragraph: date, choice, outcome, and in softer ink what other people of
    the story decided in the same matter."""
    scale = setter.scale
    name, text = scale.reading(1.0, bold=True), scale.reading(1.0)
    pieces: list[TextPiece] = []
    for child in node.children:
        if child.style == "day":
            pieces.append(TextPiece(f"{child.label}  ", scale.label(0.8), "soft"))
        elif child.style == "deed":
            link = child.id if child.role == "link" else None
            pieces += [TextPiece(child.label, name, "accent" if link else "ink", link), TextPiece("  ", name)]
        elif child.style == "anyway":
            label, said = child.spans
            pieces.append(TextPiece(f"{label.text} ", scale.label(0.8, bold=True), "soft"))
            pieces.append(TextPiece(said.text, text, "soft"))
        else:
            pieces += [*setter.pieces(child, text), TextPiece("  ", text)]
    return _with_rings(setter.text(pieces, width, LEADING if scale.fine == 1 else CLOSE_LEADING))


def fate(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out what became of a person, after the person's name, a link to their card. A `brief` scale leaves out who
    the person is, because the card says it."""
    scale = setter.scale
    pieces: list[TextPiece] = []
    for child in node.children:
        if child.role == "link":
            name = scale.reading(1.0, bold=True)
            pieces += [TextPiece(child.label, name, "accent", child.id), TextPiece("  ", name)]
        elif child.style == "small":
            if not scale.brief:
                pieces.append(TextPiece(f"{child.label}  ", scale.label(0.8), "soft"))
        else:
            pieces.append(TextPiece(child.label, scale.reading(1.0)))
    return _with_rings(setter.text(pieces, width, LEADING if scale.fine == 1 else CLOSE_LEADING))


def _with_rings(text: Block) -> Block:
    """Return a text that is high enough for the focus rings of its links, which reach below their lines."""
    return replace(text, height=max([text.height, *(run.rect.bottom for run in text.runs if run.id)]))


def foot(setter: Typesetter, ways: TreeNode, tools: TreeNode | None, width: int) -> Block:
    """Lay out the foot of a screen of the talk: the way on at the lower right, the tools beside or above it."""
    scale = setter.scale
    gap = scale.em(0.4)
    main, *others = ways.children
    wide = min(width, scale.em(ONWARD))
    beside = width - wide - gap >= scale.em(LEAST_TOOLS) and not scale.large_targets
    tool_buttons = tools.children if tools is not None else ()
    row = _small_buttons(setter, tool_buttons, others, width - wide - gap if beside else width)
    onward = press_block(setter, main, wide if beside else width)
    box, *words = onward.items
    high = max(onward.height, scale.em(HIGH), row.height if beside else 0)
    down = (high - onward.height) // 2
    assert isinstance(box, Box)
    items: list[Item] = [replace(box, rect=replace(box.rect, h=high)), *moved(words, 0, down)]
    if not row.items:
        return Block(moved(items, width - wide, 0) if beside else tuple(items), high)
    if not beside:
        return stack([(0, row), (gap, Block(tuple(items), high))])
    return Block((*moved(row.items, 0, high - row.height), *moved(items, width - wide, 0)), high)


def _small_buttons(setter: Typesetter, tools: Sequence[TreeNode], ways: Sequence[TreeNode], width: int) -> Block:
    """Lay out tools and ways on as one row of small buttons; if it is too long, the tools above the ways."""
    whole = wrap_boxes(setter, (*tools, *ways), width)
    if not (tools and ways) or len({item.rect.y for item in whole.items if isinstance(item, Box)}) == 1:
        return whole
    return stack([(setter.scale.em(0.22), wrap_boxes(setter, some, width)) for some in (tools, ways)])
