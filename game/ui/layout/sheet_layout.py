"""Lay out one sheet: its content, which scrolls, the footer pinned below it, and the panels beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby, takewhile
from typing import Literal

from game.core.values import frozen
from game.ui.layout.blocks import column
from game.ui.layout.button_blocks import tool_rows
from game.ui.layout.geometry import Block, Box, Item, Rect, moved
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.outer_panels import outer_panels
from game.ui.layout.placement import ANCHORS, SheetPlace, area_above, window_margin
from game.ui.layout.scale import LEADING
from game.ui.layout.talk_layout import arranged, foot
from game.ui.layout.typesetting import Typesetter, stack
from game.ui.tree import TreeNode, walk

PANELS = ("tools", "progress")  # the styles of nodes that can stand beside the sheet
MIN_LINES = 5  # the fewest lines of text above a pinned footer
MOST_ACROSS = 4  # large tools in a row, so that a wider sheet does not change the rows
LEAST_CHOICE = 9  # the least width of choices beside the text, in ems
MAX_FOOTER = 0.5  # the most of a portrait sheet's height for the footer: higher up is out of reach


@frozen
class Window:
    """A window: its size in pixels, its typesetter, and the rectangle at its foot for the voice's caption, if it has
    one."""

    size: tuple[int, int]
    setter: Typesetter
    caption: Rect | None

    @property
    def room(self) -> tuple[int, int]:
        """The width and height above the caption, in pixels."""
        return area_above(self.size, self.caption)


def never(node: TreeNode) -> bool:
    return False


def laid_out(
    nodes: tuple[TreeNode, ...],
    window: Window,
    place: SheetPlace,
    is_pinned: Callable[[TreeNode], bool] = never,
    outside: bool = False,
    edge: int | None = None,
) -> Layout:
    """Return the layout of a screen at one place.

    Args:
        is_pinned: whether a node can be pinned below the content. It is pinned if all nodes after it can be, too.
        outside: whether the tools and the strip of progress stand beside the sheet, if there is room.
        edge: as in `outer_panels`.
    """
    setter = window.setter
    apart = [node for node in nodes if node.style in PANELS]
    panels: list[Panel] = []
    if outside:
        panels, place, apart = outer_panels(setter, apart, window.room, place, edge)
    tools = next((node for node in apart if node.style == "tools"), None)
    inner = tuple(node for node in nodes if node.style not in PANELS or (node in apart and node is not tools))
    choices = tuple(node.id for top in nodes for node in walk(top) if node.role == "choice")
    staying = sum(1 for _ in takewhile(is_pinned, reversed(inner)))
    main, status = _sheet(setter, place, arranged(_in_columns(setter, inner), setter.scale.columns), staying, tools)
    return Layout(window.size, setter.scale, (main, *panels), status, choices, window.caption)


def choices_beside(setter: Typesetter, node: TreeNode, plan: Layout) -> Panel | None:
    """Return the panel of choices beside the text, between progress and tools; None if there is no room.

    `plan` is the page without the choices, with its tools beside the sheet, in a landscape window.
    """
    scale, margin = setter.scale, window_margin(plan.size, setter.scale)
    tools = next((panel for panel in plan.panels[1:] if panel.kind == "tools"), None)
    if tools is None:
        return None
    pad, wide = scale.em(0.6), plan.main.rect.x - 2 * margin
    block = column(setter, (node,), wide - 2 * pad)
    height, foot = block.height + 2 * pad, tools.rect.y - margin // 2
    top = max((panel.rect.bottom + margin // 2 for panel in plan.panels if panel.kind == "progress"), default=margin)
    if wide < 2 * pad + scale.em(LEAST_CHOICE) or height > foot - top:
        return None
    rect = Rect(margin, foot - height, wide, height)
    view = Rect(rect.x + pad, rect.y + pad, wide - 2 * pad, block.height)
    return Panel("sheet", rect, view, block.items, block.height)


def _in_columns(setter: Typesetter, nodes: tuple[TreeNode, ...]) -> tuple[TreeNode, ...]:
    """Return the nodes. If the scale has several columns, join neighbouring sections into a group of columns."""
    if setter.scale.columns < 2:
        return nodes
    found: list[TreeNode] = []
    for style, group in groupby(nodes, key=lambda node: node.style):
        parts = tuple(group)
        if style == "section" and len(parts) > 1:
            found.append(TreeNode("group", style="columns", children=parts))
        else:
            found.extend(parts)
    return tuple(found)


def _sheet(
    setter: Typesetter, place: SheetPlace, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None
) -> tuple[Panel, Rect | None]:
    """Return a sheet, and the rectangle of the line that says what is hidden; None if the content fits and does not
    scroll. The last `staying` nodes and the tools are pinned, if there is room."""
    scale = setter.scale
    pad, width = scale.side_pad, place.rect.w - 2 * scale.side_pad
    room = place.rect.h - scale.top_pad
    content, footer, under, bottom = _content_and_footer(setter, nodes, staying, tools, width, room)
    chrome = scale.top_pad + under
    fits = content.height + chrome <= place.rect.h
    caption = 0 if fits else max(scale.target, scale.em(0.9))
    height = max(min(place.rect.h, content.height + chrome), min(place.min_height, place.rect.h))
    top = place.rect.y + round((place.rect.h - height) * ANCHORS[place.anchor])
    rect = Rect(place.rect.x, top, place.rect.w, height)
    # The focus ring of a node at the edge needs a little room on every side.
    tall = height - chrome - caption
    # Lines of several columns are seldom at one height, so the search there ends sooner.
    most = scale.em(2 if any(node.style == "papers" for node in nodes) else 10)
    opens = tall if fits else _snap_to_lines(content.items, tall, scale.em(2), -1, min(most, tall // 2))
    view = Rect(rect.x + pad, rect.y + scale.top_pad, width, opens)
    end = 0 if fits else _snap_to_lines(content.items, content.height - opens, scale.em(2), 1, most)
    fixed = moved(footer.items, rect.x + pad, rect.bottom - bottom - footer.height)
    status = Rect(rect.x + pad, rect.y + scale.top_pad + tall, width, caption) if caption else None
    return Panel(place.kind, rect, view, content.items, max(content.height, end + opens), fixed), status


def _content_and_footer(
    setter: Typesetter, nodes: tuple[TreeNode, ...], staying: int, tools: TreeNode | None, width: int, room: int
) -> tuple[Block, Block, int, int]:
    """Return (content, footer, pixels from the content to the sheet's lower edge, pixels from the footer to that edge).
    The content scrolls; the footer is pinned, with the last `staying` nodes and the tools. Both share `room` pixels of
    height. If less than MIN_LINES of text would be left for the content, pin only the tools, or nothing at all."""
    scale = setter.scale
    gap = round(scale.em(0.55) * (0.4 + 0.6 * scale.roominess) * (1 if scale.large_targets else scale.spacing))
    # With large targets, and in the talk, the way on stays in one place, even close to the text.
    stays = scale.large_targets or any(node.style == "onward" for node in nodes)
    pad = replace(scale, spacing=1.0).top_pad if stays else scale.top_pad
    bottom = round(pad * 0.5)
    caption = max(scale.target, scale.em(0.9))
    for kept in (staying, 0) if staying else (0,):
        if not kept and tools is None:
            break
        parted = len(nodes) - kept
        content = column(setter, nodes[:parted], width)
        footer = _footer(setter, nodes[parted:], tools, width)
        ends = bottom if tools is not None else round(pad * 0.9)
        under = gap + footer.height + ends
        low = not (scale.portrait and kept) or footer.height <= room * MAX_FOOTER
        if low and (room - under >= content.height or room - under - caption >= scale.em(MIN_LINES * LEADING)):
            return content, footer, under, ends
    content = column(setter, nodes, width)
    bottom = round(pad * 0.9)
    if tools is None:
        return content, Block((), 0), bottom, bottom
    # There is too little room for a pinned footer, so it scrolls below the text.
    footer = _footer(setter, (), tools, width)
    bottom = round(pad * 0.6)
    return stack([(0, content), (scale.em(0.6), footer)]), Block((), 0), bottom, bottom


def _snap_to_lines(items: Iterable[Item], edge: int, line: int, way: Literal[-1, 1], most: int) -> int:
    """Return a y near `edge` at which no line is cut; `edge` itself if there is no such y.

    It is at most `most` pixels above `edge` (`way` -1) or below it (1). Items higher than `line` pixels are not lines,
    and can be cut. In a chart with columns, every y may cut some line. The y then lies above or below the chart.
    """
    rects = [item.rect for item in items]
    free = edge
    while cut := [rect for rect in rects if rect.y < free < rect.bottom and rect.h <= line]:
        free = min(rect.y for rect in cut) if way < 0 else max(rect.bottom for rect in cut)
    return free if abs(free - edge) <= most else edge


def _footer(setter: Typesetter, staying: tuple[TreeNode, ...], tools: TreeNode | None, width: int) -> Block:
    if setter.scale.large_targets:
        setter = replace(setter, scale=replace(setter.scale, spacing=1.0))
    scale = setter.scale
    if staying and staying[-1].style == "onward":
        above = column(setter, staying[:-1], width)
        below = foot(setter, staying[-1], tools, width)
        return stack([(0, above), (scale.gap(0.5), below)]) if above.height else below
    kept = column(setter, staying, width)
    if tools is None:
        return kept
    line = Box("hairline", Rect(0, 0, width, 1))
    row = tool_rows(setter, tools, width, MOST_ACROSS)
    gap = scale.em(0.22)
    tooled = Block((line, *moved(row.items, 0, gap)), row.height + gap)
    return stack([(0, kept), (scale.gap(0.35), tooled)]) if staying else tooled
