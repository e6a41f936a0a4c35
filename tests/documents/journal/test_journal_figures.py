"""Charts and the map of choices in a journal: the window's values as HTML and SVG."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.documents.journal.journal_figures import figure
from game.play import LedgerRow, Playthrough
from game.play.history import MetWeighing, reading_map
from game.story.model import Story
from game.ui.components.chart_trees import way_map, weighing_chart, weighings_chart
from game.ui.i18n import Catalogue
from game.ui.tree import walk
from tests.documents.journal.test_journal_html import parsed, printed, text_of
from tests.play.weighings import MEASURES, weighed

ROWS = (
    LedgerRow("brought_in", 4868), LedgerRow("reported", 9700), LedgerRow("taken", 4868), LedgerRow("left", 0),
)  # fmt: skip
KINDS = st.sampled_from(["stood", "brought_in", "reported", "asked", "taken"])
some_rows = st.lists(st.builds(LedgerRow, KINDS, st.integers(0, 10_000)), min_size=1, unique_by=lambda row: row.kind)


@pytest.fixture(scope="module")
def measured(mill: Story) -> Story:
    return replace(mill, measures=MEASURES, ledger_max=10_000)


def pictures(element: Element, kind: str = "") -> list[Element]:
    """The outermost pictures, optionally of one kind."""
    inner = {id(each) for svg in element.iter("svg") for each in svg.iter("svg") if each is not svg}
    outer = [svg for svg in element.iter("svg") if id(svg) not in inner]
    return [svg for svg in outer if not kind or svg.get("class") == kind]


def room(svg: Element) -> tuple[float, float]:
    wide, high = svg.get("viewBox", "").split()[2:]
    return float(wide), float(high)


def test_a_row_has_its_label_number_and_bar(words: Catalogue) -> None:
    made = figure(weighing_chart(words, weighed(*ROWS), 10_000))
    rows = list(made.iter("tr"))
    assert [text_of(row) for row in rows] == [
        "Brought in4,868 sacks", "Reported9,700 sacks4,832 of them were made up",
        "Taken4,868 sacksusually 974 sacks", "Left0 sacks",
        "An ordinary year1.9 bowls", "lost in the fields−0.8",
        "If only the usual part had gone1.1 bowls", "more than usual was taken−1.1",
        "What there was0.0 bowls",
    ]  # fmt: skip
    assert [len(pictures(row, "bar")) for row in rows] == [1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert [len(pictures(row, "bowl")) for row in rows] == [0, 0, 0, 0, 1, 0, 1, 0, 1]
    assert all(svg.get("aria-hidden") == "true" for svg in pictures(made))
    assert [len(list(row.iter("line"))) > 5 for row in rows[:3]] == [False, False, True]


def test_bowls_are_drawn_to_their_level(words: Catalogue) -> None:
    bowls = pictures(figure(weighing_chart(words, weighed(*ROWS), 10_000)), "bowl")
    assert [len(list(svg.iter("polyline"))) for svg in bowls] == [2, 2, 2]
    assert [len(list(svg.iter("polygon"))) for svg in bowls] == [4, 4, 2]  # each has a foot
    ordinary = [polygon.get("points", "") for polygon in bowls[0].iter("polygon")]
    tops = [min(float(point.split(",")[1]) for point in points.split()) for points in ordinary]
    assert min(tops) == 0 and 0 < sorted(tops)[1] < 0.1


@given(some_rows)
def test_all_rows_of_a_chart_have_one_scale(measured: Story, words: Catalogue, rows: list[LedgerRow]) -> None:
    met = [MetWeighing("1958", "", weighed(*rows)), MetWeighing("1959", "", weighed(*ROWS))]
    chart = weighings_chart(measured, words, met)
    bars = pictures(figure(chart), "bar")
    assert len({room(svg) for svg in bars}) == 1
    drawn = [row for row in walk(chart) if row.role == "row" and row.level and "sack" in row.value]
    styles = list(dict.fromkeys(row.style for row in drawn))
    drawn.sort(key=lambda row: styles.index(row.style))  # the table has a row for each, with all years
    for row, svg in zip(drawn, bars, strict=True):
        edges = [float(rect.get("x", "")) + float(rect.get("width", "")) for rect in svg.iter("rect")]
        gap = sum(mark.level for mark in row.children if mark.style == "gap")
        assert max(edges) == pytest.approx(room(svg)[0] * (gap + row.level) / chart.level, abs=2)
        assert max(edges) <= room(svg)[0] + 1


def test_the_map_has_only_the_texts_of_taken_choices(way: Playthrough, words: Catalogue) -> None:
    found = reading_map(way)
    made = figure(way_map(way.story, words, found), heading=True)
    forks = [fork for date in found.dates for station in date for fork in station.forks]
    doors = pictures(made)
    assert [svg.get("aria-label") for svg in doors] == [words("way.doors", n=fork.doors) for fork in forks]
    assert [[door.get("class") for door in svg] for svg in doors] == [["door"] * fork.doors for fork in forks]
    open_ones = [[not list(door.iter("polyline")) for door in svg].index(True) for svg in doors]
    assert open_ones == [fork.at for fork in forks]
    assert [text for p in made.iter("p") if (text := text_of(p)) in {fork.say for fork in forks}] == [
        fork.say for fork in forks
    ]


def test_a_journal_has_its_charts(way: Playthrough, words: Catalogue) -> None:
    tree = parsed(printed(way, words))
    kinds = [str(chart.get("class")) for chart in tree.iter("figure") if chart.get("class")]
    assert kinds == ["chart chart"] * sum(page.ledger is not None for page in way.pages) + ["chart years", "map"]
    heads = [text_of(head) for chart in tree.iter("figure") for head in chart.iter("h2")]
    assert heads == [words("chart.years"), words("way")]
