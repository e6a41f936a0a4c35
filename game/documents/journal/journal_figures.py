"""Charts and the map of choices as HTML figures, from the interface's trees: shapes are SVG, words stay text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from xml.etree.ElementTree import Element

from game.core.html import tag
from game.ui.components.chart_trees import ROUNDING, cells, sacks
from game.ui.icon_outlines import ICONS, STROKE, Outline
from game.ui.tree import TreeNode, walk

PITCH = 1.15  # from one shape to the next, in sides of its square


def figure(node: TreeNode, *, heading: bool = False) -> Element:
    """A group of style "chart", "years" or "map" as a `<figure>`, with `heading` under its own name.

    Its links to sources are left out: the document has its own.
    """
    head = tag("h2", node.label) if heading else None
    keys = [tag("p", child.label) for child in node.children if child.style == "key"]
    caption = tag("figcaption", keys) if keys else None
    if node.style == "map":
        stations = [_station(one) for one in walk(node) if one.style == "station"]
        return tag("figure", head, caption, tag("ol", stations), class_="map")
    years = [child for child in node.children if child.style == "year"]
    longest = max((row.level for row in walk(node) if row.role == "row"), default=0) / node.level
    tables: Iterable[Element] = (
        [_table(year, node.level, longest) for year in years] if years else [_table(node, node.level, longest)]
    )
    return tag("figure", head, tag("div", tables), caption, class_=f"chart {node.style}")


def _table(rows: TreeNode, each: int, longest: float) -> Element:
    """The rows of a weighing: a label, the number, and the sacks as shapes; a remark on hollow ones under it."""
    lines = [
        tag(
            "tr",
            tag("th", row.label, scope="row"),
            tag("td", row.value, [tag("small", one.label) for one in under]),
            tag("td", _sacks(row, each, longest)),
        )
        for row, *under in cells(rows)
    ]
    return tag("table", tag("caption", rows.label), tag("tbody", lines))


def _sacks(row: TreeNode, each: int, longest: float) -> Element | None:
    """The row's sacks. Every row is as wide as the longest, so that all shrink alike on a narrow page."""
    shapes = [_shape(sack.kind, sack.place, sack.cut) for sack in sacks(row, each)]
    return _svg(shapes, max(1, ceil(longest - ROUNDING)), None) if shapes else None


def _station(node: TreeNode) -> Element:
    """A chapter of the map: role, date, and its choices, with the text of the taken one."""
    where = " · ".join(filter(None, (node.value, node.label)))
    return tag("li", tag("p", where, class_="where"), list(_decided(node)))


def _decided(station: TreeNode) -> Iterator[Element]:
    for child in station.children:
        if child.style == "doors":
            kinds = ["door.open" if door.chosen else "door.closed" for door in child.children]
            shapes = [_shape(kind, place, (0.0, 1.0)) for place, kind in enumerate(kinds)]
            yield tag("p", _svg(shapes, len(shapes), child.label), class_="doors")
        elif child.style == "item":
            yield tag("p", child.label)
        else:
            yield tag("p", child.label, class_="small")


def _svg(shapes: list[Element], count: int, name: str | None) -> Element:
    """A row of shapes. Without a name it is hidden from screen readers: the text beside it says the same."""
    spoken = {"role": "img", "aria-label": name} if name else {"aria-hidden": "true"}
    wide = round(count * PITCH, 2)
    return tag("svg", shapes, viewBox=f"0 0 {wide} 1", style=f"--shapes: {wide}", **spoken)


def _shape(kind: str, place: int, cut: tuple[float, float]) -> Element:
    """One shape at its place in the row; `cut` is the part of it to draw, as (left, right) from 0 to 1."""
    form = ICONS[kind]
    left, right = (form.across(part) for part in cut)
    drawn = [tag("polygon", points=_points(outline, 1.0, 0.0)) for outline in form.solid]
    # no line runs over the edge of the square
    drawn += [tag("polyline", points=_points(outline, 1 - STROKE, STROKE / 2)) for outline in form.lined]
    if kind == "sack.hollow" and cut[1] < 1:  # it is closed where it is cut off
        foot = max(y for outline in form.lined for _, y in outline)
        drawn.append(tag("polyline", points=_points(((right - STROKE / 2, 0.4), (right - STROKE / 2, foot)), 1.0, 0.0)))
    # an inner picture shows nothing outside of its own frame
    return tag("svg", drawn, x=f"{place * PITCH + left:.3f}", width=f"{right - left:.3f}", height="1",
               viewBox=f"{left:.3f} 0 {right - left:.3f} 1", class_=kind.split(".")[0])  # fmt: skip


def _points(outline: Outline, scale: float, shift: float) -> str:
    return " ".join(f"{x * scale + shift:.3f},{y * scale + shift:.3f}" for x, y in outline)
