"""Panels on the picture, beside a page's sheet: the bar of tools, and the strip that shows the story's progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.ui.layout.button_blocks import tool_rows, wrap_boxes
from game.ui.layout.geometry import Block, Box, Rect, stops
from game.ui.layout.layout_model import Panel
from game.ui.layout.placement import SheetPlace, window_margin
from game.ui.layout.typesetting import Typesetter, stack, with_area
from game.ui.tree import TreeNode

MOST_ROWS = 2  # if the tools need more rows, they stand on the sheet
MOST_ACROSS = 3  # large tools in a row, so that the rows break in the same place with any label
LARGE_BAR = 14  # the least width of MOST_ACROSS large tools in ems: any label has room, so none moves the other tools
MIN_STRIP, MAX_STRIP = 7, 16  # the least and greatest width of the strip, in ems


def outer_panels(
    setter: Typesetter, nodes: Sequence[TreeNode], room: tuple[int, int], place: SheetPlace, edge: int | None = None
) -> tuple[list[Panel], SheetPlace, list[TreeNode]]:
    """Return the panels of tools and progress, the place that is left for the sheet, and the nodes without room.

    Args:
        nodes: the nodes with the style "tools" or "progress".
        room: the width and height of the window above any caption, in pixels.
        place: the sheet's place. In a portrait window the tools stand at the foot, and the sheet ends above them.
        edge: the x, in pixels, at which the panels of a wide window end; None: the sheet's left edge.
    """
    panels: list[Panel] = []
    inside: list[TreeNode] = []
    edge = place.rect.x if edge is None else edge
    upright = setter.scale.portrait
    for node in nodes:
        if node.style == "progress":
            found = _strip(setter, node, room, place, edge)
        elif not upright:
            found = tools_beside(setter, node, room, edge)
        elif (found := _tools_under(setter, node, place)) is not None:
            rect = place.rect
            ends = found.rect.y - window_margin(room, setter.scale) // 2
            place = replace(place, rect=Rect(rect.x, rect.y, rect.w, ends - rect.y))
        if found is None:
            inside.append(node)
        else:
            panels.append(found)
    return panels, place, inside


def tools_beside(setter: Typesetter, node: TreeNode, room: tuple[int, int], edge: int) -> Panel | None:
    """Return the panel of tools at the lower left of the picture, left of `edge`. None if the tools do not fit there,
    or need more than a third of the height of `room`."""
    margin, pad = window_margin(room, setter.scale.of_tools), _pad(setter)
    bar = _bar(setter, node, edge - 2 * margin - 2 * pad)
    if bar is None or bar.height > room[1] // 3:
        return None
    return _panel("tools", bar, margin, room[1] - margin - bar.height - 2 * pad, pad)


def _tools_under(setter: Typesetter, node: TreeNode, place: SheetPlace) -> Panel | None:
    """Return the panel of tools for the foot of a portrait window. None if the tools do not fit into the sheet's width,
    or need more than a quarter of its height."""
    pad = _pad(setter)
    bar = _bar(setter, node, place.rect.w - 2 * pad)
    if bar is None or bar.height > place.rect.h // 4:
        return None
    return _panel("tools", bar, place.rect.x, place.rect.bottom - bar.height - 2 * pad, pad)


def _bar(setter: Typesetter, node: TreeNode, width: int) -> Block | None:
    """Return the tools in at most MOST_ROWS rows of `width` pixels; None if they do not fit."""
    if width < setter.scale.of_tools.em(LARGE_BAR if setter.scale.large_targets else 6):
        return None
    bar = tool_rows(setter, node, width, MOST_ACROSS)
    if not setter.scale.large_targets:
        unbroken = wrap_boxes(setter, node.children, 100 * width)
        if any(item.rect.w > width for item in unbroken.items):
            return None
    rows = {item.rect.y for item in bar.items if isinstance(item, Box)}
    return bar if len(rows) <= MOST_ROWS else None


def _strip(setter: Typesetter, node: TreeNode, room: tuple[int, int], place: SheetPlace, edge: int) -> Panel | None:
    """Return the panel with the story's progress, at the upper left; None if the sheet leaves no room for it."""
    scale, margin, pad = setter.scale, window_margin(room, setter.scale), _pad(setter)
    wide = (place.rect.w if scale.portrait else edge - 2 * margin) - 2 * pad
    if wide < scale.em(MIN_STRIP):
        return None
    strip = progress(setter, node, min(wide, scale.em(MAX_STRIP)))
    if scale.portrait and 2 * margin + strip.height + 2 * pad > place.rect.y:
        return None
    return _panel("progress", strip, place.rect.x if scale.portrait else margin, margin, pad)


def progress(setter: Typesetter, node: TreeNode, width: int) -> Block:
    """Lay out the progress: the year and the number of the date in words, and under them a mark for each date."""
    scale = setter.scale
    says = setter.line(node.label, scale.label(0.62, bold=True), width, leading=1.35)
    marks = node.children
    if not marks:
        return with_area(node, says, width)
    here = sum(mark.chosen for mark in marks) - 1  # the marks up to the present date are chosen
    large = scale.px(17)
    row = stops(len(marks), here, width, scale.px(9), large, scale.px(2))
    return with_area(node, stack([(0, says), (scale.em(0.2), Block(row, large + 2))]), width)


def _pad(setter: Typesetter) -> int:
    return setter.scale.of_tools.em(0.25)


def _panel(kind: str, block: Block, x: int, y: int, pad: int) -> Panel:
    view = Rect(x + pad, y + pad, block.right, block.height)
    return Panel(kind, view.grown(pad), view, block.items, block.height)
