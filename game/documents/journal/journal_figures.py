"""Journal figures: charts and the map of choices as HTML, from the interface's trees. A weighing has the sums of a
harvest; `full` is the amount of the longest possible bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from game.core.html import tag
from game.documents.chart_pictures import PITCH, bar_picture, bowls_picture, picture, points
from game.documents.html_parts import table_row
from game.ui.components.chart_trees import bowls_of, cells, number_of
from game.ui.icon_outlines import ICONS, STROKE
from game.ui.tree import TreeNode, walk

YEAR_LENGTH = 90.0  # length of the longest possible bar of a year, in units of its picture


def figure(node: TreeNode, *, heading: bool = False) -> Element:
    """Return a group of style "chart", "years" or "map" as a `<figure>`. If `heading` is true, its heading is the
    group's name."""
    head = tag("h2", node.label) if heading else None
    keys = [tag("p", child.label) for child in node.children if child.style == "key"]
    caption = tag("figcaption", keys) if keys else None
    if node.style == "map":
        stations = [_station(child) for child in walk(node) if child.style == "station"]
        return tag("figure", head, caption, tag("ol", stations), class_="map")
    years = [child for child in node.children if child.style == "year"]
    drawn = _years(years, node.level) if years else _weighing(node, node.level)
    return tag("figure", head, drawn, caption, class_=f"chart {node.style}")


def _years(years: Sequence[TreeNode], full: int) -> Element:
    """Return a table of weighings: a column for each year, and a row for each amount, such as the grain left."""
    heads = tag("tr", tag("td"), [tag("th", year.label, scope="col") for year in years])
    lines = []
    for rows in (lambda year: [row for row, *_ in cells(year)], bowls_of):
        keyed = [{row.style: row for row in rows(year)} for year in years]
        for kind in dict.fromkeys(kind for values in keyed for kind in values):
            found = [values.get(kind) for values in keyed]
            name = next(row.label for row in reversed(found) if row is not None)
            lines.append(tag("tr", tag("th", name, scope="row"), [_amount(row, full) for row in found]))
    return tag("div", tag("table", tag("thead", heads), tag("tbody", lines)))


def _amount(row: TreeNode | None, full: int) -> Element:
    """Return the cell of a year's amount: a number over its bar or its bowls. If `row` is None, the cell is empty."""
    if row is None:
        return tag("td")
    bowls = any(mark.style == "bowl" for mark in row.children)
    number = row.value if bowls else number_of(row)
    return tag("td", tag("span", number), bowls_picture(row) if bowls else bar_picture(row, full, YEAR_LENGTH))


def _weighing(rows: TreeNode, full: int) -> Element:
    lines = []
    for line, *under in cells(rows):
        marks = [tag("small", mark.label) for mark in under]
        lines.append(table_row(line.label, tag("div", tag("span", line.value), bar_picture(line, full), marks)))
    bars = tag("table", tag("caption", rows.label), tag("tbody", lines))
    groups = [child for child in rows.children if child.style == "bowls"]
    bowls = [
        tag("table", tag("caption", group.label) if group.label else None,
            tag("tbody", [_bowl_row(row) for row in group.children]), class_="bowls")
        for group in groups
    ]  # fmt: skip
    return tag("div", bars, bowls)


def _bowl_row(row: TreeNode) -> Element:
    amount = tag("td", tag("div", tag("span", row.value), bowls_picture(row) if row.children else None))
    return tag("tr", tag("th", row.label, scope="row"), amount, class_=row.style)


def _station(node: TreeNode) -> Element:
    where = " · ".join(filter(None, (node.value, node.label)))
    return tag("li", tag("p", where, class_="where"), list(_decided(node)))


def _decided(station: TreeNode) -> Iterator[Element]:
    for child in station.children:
        if child.style == "doors":
            kinds = ["door.open" if door.chosen else "door.closed" for door in child.children]
            shapes = [_shape(kind, place) for place, kind in enumerate(kinds)]
            yield tag("p", picture(shapes, len(shapes) * PITCH, 1, "row", len(shapes), child.label), class_="doors")
        elif child.style == "item":
            yield tag("p", child.label)
        else:
            drawn = [tag("em", span.text) if span.kind == "emphasis" else span.text for span in child.spans]
            yield tag("p", drawn or child.label, class_="small")


def _shape(kind: str, place: int) -> Element:
    """Return the shape `kind` of ICONS, drawn at the position `place` (from 0) in a row of shapes."""
    form = ICONS[kind]
    drawn = [tag("polygon", points=points(outline, 1.0, 0.0)) for outline in form.solid]
    # no line crosses the edge of the square
    drawn += [tag("polyline", points=points(outline, 1 - STROKE, STROKE / 2)) for outline in form.lined]
    # an SVG picture inside another is clipped at its edge
    return tag("svg", drawn, x=f"{place * PITCH:.3f}", width="1", height="1", viewBox="0 0 1 1",
               class_=kind.split(".")[0])  # fmt: skip
