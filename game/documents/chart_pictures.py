"""Chart pictures: bars and bowls as SVG, hidden from screen readers, because the text beside them says the same."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from game.core.html import tag
from game.ui.components.chart_trees import BOWL, bar_parts
from game.ui.icon_outlines import BAR_PATTERNS, BOWL_HEIGHT, STROKE, BarPattern, Outline, bowl_food
from game.ui.icon_outlines import BOWL as BOWL_OUTLINE
from game.ui.tree import TreeNode

PITCH = 1.15  # the distance from one shape to the next, in widths of a shape
BAR_LENGTH, BAR_HEIGHT = 200.0, 8.0  # the length of the longest possible bar and its height, in units of its picture
LINE = 1.2  # the width of the line around a part of a bar, as in the style sheets
UNIT = 0.55  # length of a pixel at 1080p in the patterns of the parts
LEAST = 1.0  # the least length of a part, so that anything above zero is visible


def bar_picture(row: TreeNode, full: int, length: float = BAR_LENGTH) -> Element | None:
    """Return the picture of a chart row's bar; None if the bar is empty. A bar of the amount `full` is `length` units
    long. Every picture is `length` units wide, so that all bars shrink alike on a narrow page."""
    shapes = []
    for kind, start, end in bar_parts(row, full):
        x, wide = start * length, max(LEAST, (end - start) * length)
        shapes += _patterned(x, wide, BAR_PATTERNS[kind]) if kind in BAR_PATTERNS else [_rect(x, wide)]
    return picture(shapes, length, BAR_HEIGHT, "bar") if shapes else None


def _rect(x: float, wide: float, inset: float = 0.0, class_: str | None = None) -> Element:
    return tag("rect", x=f"{x + inset:.2f}", y=f"{inset:g}", width=f"{max(0.1, wide - 2 * inset):.2f}",
               height=f"{BAR_HEIGHT - 2 * inset:g}", class_=class_)  # fmt: skip


def _patterned(x: float, wide: float, pattern: BarPattern) -> list[Element]:
    """Return a part of a bar, from `x` to `x + wide`: the lines of its pattern, and a line around it."""
    width = f"stroke-width: {pattern.line * UNIT:.2f}"
    lines = [
        tag("line", x1=f"{x + x1:.2f}", y1=f"{y1:.2f}", x2=f"{x + x2:.2f}", y2=f"{y2:.2f}", style=width)
        for (x1, y1), (x2, y2) in pattern.lines(wide, BAR_HEIGHT, UNIT)
    ]
    return [*lines, _rect(x, wide, LINE / 2, "hollow dashed" if pattern.dashes else "hollow")]


def bowls_picture(row: TreeNode) -> Element:
    """Return a row of bowls as a picture. A full bowl stands for one portion of food."""
    shapes = []
    for place, mark in enumerate(row.children):
        x = place * PITCH
        solid = [*BOWL_OUTLINE.solid, *([food] if (food := bowl_food(mark.level / BOWL)) else [])]
        shapes += [tag("polygon", points=points(outline, 1.0, 0.0, x)) for outline in solid]
        shapes += [tag("polyline", points=points(outline, 1 - STROKE, STROKE / 2, x)) for outline in BOWL_OUTLINE.lined]
    count = len(row.children)
    return picture(shapes, count * PITCH, BOWL_HEIGHT, "bowl", count)


def picture(
    shapes: list[Element], wide: float, high: float, class_: str, count: int | None = None, name: str | None = None
) -> Element:
    """Return an SVG picture of shapes, with `wide` by `high` units inside. With `count`, the number of shapes side by
    side, style sheets choose how wide the picture appears. Without `name`, screen readers skip it."""
    spoken = {"role": "img", "aria-label": name} if name else {"aria-hidden": "true"}
    style = f"--shapes: {count}" if count is not None else None
    return tag("svg", shapes, viewBox=f"0 0 {wide:.2f} {high:g}", style=style, class_=class_, **spoken)


def points(outline: Outline, scale: float, shift: float, at: float = 0.0) -> str:
    """Return an outline as the `points` of an SVG polygon: enlarged by `scale`, moved right and down by `shift`, and
    right by `at`."""
    return " ".join(f"{x * scale + shift + at:.3f},{y * scale + shift:.3f}" for x, y in outline)
