"""Charts and the map of a way in a journal: the same values as in the window, as HTML and SVG."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.documents.journal.journal_figures import figure
from game.play import LedgerRow, MetWeighing, Playthrough, reading_map, weighings
from game.ui.components.chart_trees import way_map, weighing_chart, weighings_chart
from game.ui.i18n import Catalogue
from tests.documents.journal.test_journal_html import parsed, printed, text_of

ROWS = (LedgerRow("Grown", 4868), LedgerRow("Reported", 9700, "said"), LedgerRow("Left", 0))
some_rows = st.lists(st.builds(LedgerRow, st.just("Rice"), st.integers(0, 20_000), st.booleans()), min_size=1)


def pictures(element: Element) -> list[Element]:
    """The pictures that stand in no other."""
    inner = {id(each) for svg in element.iter("svg") for each in svg.iter("svg") if each is not svg}
    return [svg for svg in element.iter("svg") if id(svg) not in inner]


def room(svg: Element) -> float:
    """How wide a picture's own measure is."""
    return float(svg.get("viewBox", "").split()[2])


def test_a_row_has_its_label_number_and_sacks(words: Catalogue) -> None:
    """What is drawn is said beside it, so whoever listens is not told twice; nothing has no sack."""
    made = figure(weighing_chart(words, ROWS))
    rows = list(made.iter("tr"))
    assert [text_of(row) for row in rows] == [
        "Grown4,868 sacks", "Reported9,700 sacks4,832 not there", "Left0 sacks",
    ]  # fmt: skip
    assert [len(pictures(row)) for row in rows] == [1, 1, 0]
    assert all(svg.get("aria-hidden") == "true" for svg in pictures(made))
    assert [len(list(row.iter("polyline"))) > 0 for row in rows] == [False, True, False]
    assert text_of(made).endswith("Each one drawn stands for 500 sacks. A hollow one was only said.")


@given(some_rows)
def test_all_rows_of_a_chart_have_one_scale(words: Catalogue, rows: list[LedgerRow]) -> None:
    """On a small telephone they shrink together, so that the longer row still is the greater number."""
    made = figure(weighings_chart(words, [MetWeighing("1958", "", tuple(rows)), MetWeighing("1959", "", ROWS)]))
    measures = {room(svg) for svg in pictures(made)}
    assert len(measures) == 1
    for svg in pictures(made):
        right = max(float(one.get("x", "")) + float(one.get("width", "")) for one in svg if one.tag == "svg")
        assert right <= room(svg) + 0.01


def test_the_map_has_only_the_texts_of_taken_choices(way_read: Playthrough, words: Catalogue) -> None:
    """Each row of doors says how many stood open; every text is one of the map that the window shows."""
    found = reading_map(way_read)
    made = figure(way_map(way_read.story, words, found), heading=True)
    forks = [fork for date in found.dates for station in date for fork in station.forks]
    doors = pictures(made)
    assert [svg.get("aria-label") for svg in doors] == [words("way.doors", n=fork.doors) for fork in forks]
    assert [[one.get("class") for one in svg] for svg in doors] == [["door"] * fork.doors for fork in forks]
    open_ones = [[not list(one.iter("polyline")) for one in svg].index(True) for svg in doors]
    assert open_ones == [fork.at for fork in forks]
    assert [text for p in made.iter("p") if (text := text_of(p)) in {fork.say for fork in forks}] == [
        fork.say for fork in forks
    ]


@pytest.fixture(scope="session")
def way_read(way: Playthrough) -> Playthrough:  # the fixture has the name of what it is tested with
    return way


def test_a_journal_has_its_charts(way_read: Playthrough, words: Catalogue) -> None:
    """A weighing's page its own, and the file's end the years side by side and the way, under their names."""
    tree = parsed(printed(way_read, words))
    kinds = [str(one.get("class")) for one in tree.iter("figure") if one.get("class")]
    assert kinds == ["chart chart"] * len(weighings(way_read)) + ["chart years", "map"]
    heads = [text_of(head) for one in tree.iter("figure") for head in one.iter("h2")]
    assert heads == [words("chart.years"), words("way")]
