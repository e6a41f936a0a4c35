"""What is drawn of weighings and of a way: the tree holds it in values and words, the layout in sacks and doors."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Fork, LedgerRow, MetWeighing, ReadingMap, Station
from game.story.model import Story
from game.ui.components.chart_trees import (
    IN_A_ROW,
    IN_A_YEAR,
    SMALLEST,
    round_number,
    way_map,
    weighing_chart,
    weighings_chart,
)
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box, Run
from game.ui.layout.page_layout import Layout, layout
from game.ui.render import render_top, render_view
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, to_json, walk
from tests.ui.stand_ins import SCALES, SIZES, Ruler, check_layout, wandered

ROWS = (
    LedgerRow("Grown", 4868), LedgerRow("Reported", 9700, "said"), LedgerRow("Taken", 2190),
    LedgerRow("Left", 2678),
)  # fmt: skip
some_rows = st.lists(st.builds(LedgerRow, st.just("Rice"), st.integers(0, 20_000), st.booleans()), min_size=1)


def rows_of(chart: TreeNode) -> list[TreeNode]:
    return [node for node in walk(chart) if node.role == "row"]


def shown(*nodes: TreeNode) -> TreeNode:
    """A sheet with nothing but these on it."""
    return TreeNode("screen", "sheet", "A sheet", style="sheet", children=nodes)


def area(plan: Layout, kind: str) -> float:
    """How many of a shape are drawn, the cut ones for the part that there is."""
    boxes = [item for item in plan.main.items if isinstance(item, Box) and item.kind == kind]
    return sum(box.cut[1] - box.cut[0] for box in boxes)


def test_a_chart_says_in_words_what_it_draws(words: Catalogue) -> None:
    """Each number stands beside its name, what was only said is told apart, and so is what one sack stands for."""
    chart = weighing_chart(words, ROWS)
    said = [node.label + (f" {node.value}" if node.value else "") for node in walk(chart) if node.label]
    assert said[1:] == [
        "Grown 4,868 sacks", "Reported 9,700 sacks", "4,832 not there", "Taken 2,190 sacks", "Left 2,678 sacks",
        "Each one drawn stands for 500 sacks. A hollow one was only said.",
    ]  # fmt: skip
    assert [(mark["level"], mark.get("style")) for mark in to_json(chart)["children"][1]["children"]] == [
        (4868, None), (4832, "hollow"),
    ]  # fmt: skip


@given(some_rows)
def test_the_marks_of_a_row_are_its_number(words: Catalogue, rows: list[LedgerRow]) -> None:
    """Whatever was weighed and said, marks add up; hollow is only what was said past the most that was weighed."""
    chart = weighing_chart(words, rows)
    weighed = max((row.sacks for row in rows if row.kind != "said"), default=0)
    for row, node in zip(rows, rows_of(chart), strict=True):
        assert sum(mark.level for mark in node.children) == node.level == row.sacks
        hollow = sum(mark.level for mark in node.children if mark.style == "hollow")
        assert hollow == (max(0, row.sacks - weighed) if row.kind == "said" else 0)
    assert max(row.sacks for row in rows) <= IN_A_ROW * chart.level


@given(st.floats(0, 1e6, allow_nan=False))
def test_one_sack_stands_for_a_round_number(number: float) -> None:
    """It is the least of 1, 2, 5, 10, 20, 50 and so on that is enough."""
    each = round_number(number)
    assert each >= number
    assert str(each).rstrip("0") in ("1", "2", "5")
    assert each == 1 or number > each * 0.4


def test_years_are_drawn_in_one_measure(words: Catalogue) -> None:
    """A sack stands for as many in each year, so that they can be held against each other."""
    small = (LedgerRow("Grown", 400),)
    chart = weighings_chart(words, [MetWeighing("1958", "The Weighing", ROWS), MetWeighing(None, "The Scales", small)])
    assert chart.level == 1000
    assert [year.label for year in chart.children if year.style == "year"] == ["1958", "The Scales"]
    assert max(row.level for row in rows_of(chart)) <= IN_A_YEAR * chart.level
    plan = layout(shown(chart), (1920, 1080), Settings(), Ruler())
    assert area(plan, "sack") == pytest.approx((2 * 4868 + 2190 + 2678 + 400) / 1000)
    assert area(plan, "sack.hollow") == pytest.approx(4.832)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_as_many_sacks_are_drawn_as_the_numbers_say(words: Catalogue, size: tuple[int, int], text_scale: int) -> None:
    """At every size the row's sacks come to its number, in one line, all of one height, large enough to be counted."""
    plan = layout(shown(weighing_chart(words, ROWS)), size, Settings(text_scale=text_scale), Ruler())
    assert area(plan, "sack") == pytest.approx((2 * 4868 + 2190 + 2678) / 500)
    assert area(plan, "sack.hollow") == pytest.approx(4832 / 500)
    sacks = [item.rect for item in plan.main.items if isinstance(item, Box) and item.kind.startswith("sack")]
    assert len({rect.y for rect in sacks}) == len(ROWS)
    assert {rect.h for rect in sacks} == {sacks[0].w}
    assert sacks[0].h >= 24 * plan.scale.unit * 1.2
    texts = {item.text for item in plan.main.items if isinstance(item, Run)}
    assert {"4,868 sacks", "9,700 sacks", "4,832 not there"} <= texts


def test_where_something_was_something_is_seen(words: Catalogue) -> None:
    """Three sacks beside ten thousand are still drawn, and none are not."""
    rows = (LedgerRow("Reported", 10_000, "said"), LedgerRow("Left", 3), LedgerRow("Lent", 0))
    plan = layout(shown(weighing_chart(words, rows)), (1920, 1080), Settings(), Ruler())
    lines = Counter(item.rect.y for item in plan.main.items if isinstance(item, Box) and item.kind == "sack")
    assert sorted(lines.values()) == [1, 1]
    assert area(plan, "sack") == pytest.approx(2 * SMALLEST)


def test_years_stand_side_by_side_where_there_is_room(words: Catalogue) -> None:
    """Four abreast on a wide sheet, two at twice the text, with the same row of each on one height."""
    chart = weighings_chart(words, [MetWeighing(f"in {year}", "", ROWS) for year in (1958, 1959, 1960, 1961)])
    for text_scale, abreast in ((100, 4), (200, 2)):
        plan = layout(shown(chart), (1920, 1080), Settings(text_scale=text_scale), Ruler())
        heads = [item for item in plan.main.items if isinstance(item, Run) and item.text.startswith("in 19")]
        assert Counter(run.baseline for run in heads).most_common(1)[0][1] == abreast
        taken = [item.baseline for item in plan.main.items if isinstance(item, Run) and item.text == "Taken"]
        assert len(set(taken)) == 4 // abreast


WAY = ReadingMap((
    (Station("miller", "October 1958", "The Gate", (Fork("I waited.", 3, 2, ("scrap",)), Fork("I gave it.", 2, 0))),),
    (Station("miller", "June 1960", "The Ladle", told=True),
     Station("clerk", "May 1960", "The Book", (Fork("I signed.", 1, 0),))),
), ("miller", "clerk"))  # fmt: skip


def test_a_way_has_a_door_for_each_that_stood_open(mill: Story, words: Catalogue) -> None:
    """The taken one is marked among them and has its words; the others have nothing but their place."""
    found = way_map(mill, words, WAY)
    doors = [node for node in walk(found) if node.style == "doors"]
    assert [[door.chosen for door in one.children] for one in doors] == [[False, False, True], [True, False], [True]]
    assert not any(mark.label or mark.value or mark.action for one in doors for mark in one.children)
    assert [one.label for one in doors] == ["3 doors stood open", "2 doors stood open", "One door stood open"]
    said = [node.label for node in walk(found) if node.style in ("item", "small", "station")]
    assert said == [
        "October 1958 · The Gate", "I waited.", "I gave it.",
        "June 1960 · The Ladle", "This was told in a few words.", "May 1960 · The Book", "I signed.",
    ]  # fmt: skip
    assert [node.value for node in walk(found) if node.style == "station"] == ["Old Ning", "Old Ning", "Clerk Yao"]


def test_one_lane_names_nobody(mill: Story, words: Catalogue) -> None:
    """Who reads through one door knows whose it is."""
    found = way_map(mill, words, replace(WAY, lanes=(), dates=WAY.dates[:1]))
    assert [(node.value, node.level) for node in walk(found) if node.style == "station"] == [("", 0)]


def test_a_way_without_a_choice_explains_no_doors(mill: Story, words: Catalogue) -> None:
    """Before the first choice there is nothing to explain."""
    assert way_map(mill, words, ReadingMap()).children == ()


def test_two_lanes_lie_beside_each_other_where_there_is_room(mill: Story, words: Catalogue) -> None:
    """A date's two chapters stand on one height, each on its own thread; at twice the text one under the other."""
    found = shown(way_map(mill, words, WAY))
    for text_scale, lanes in ((100, 2), (200, 1)):
        plan = layout(found, (1920, 1080), Settings(text_scale=text_scale), Ruler())
        knots = [item.rect for item in plan.main.items if isinstance(item, Box) and item.kind == "dot"]
        assert len(knots) == 3
        assert len({knot.x for knot in knots}) == lanes
        assert (knots[1].y == knots[2].y) == (lanes == 2)
        threads = [item.rect for item in plan.main.items if isinstance(item, Box) and item.kind == "bar"]
        assert len(threads) == lanes
        doors = [item.kind for item in plan.main.items if isinstance(item, Box) and item.kind.startswith("door")]
        assert Counter(doors) == {"door.open": 3, "door.closed": 3}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_a_whole_reading_s_charts_fit_or_scroll(
    shipped: Story, words: Catalogue, size: tuple[int, int], text_scale: int
) -> None:
    """What happened and what was weighed, in one lane and in two, with their sources in reach of every hand."""
    for cut in ("full", "class"):
        p = wandered(shipped, 3, "villager" if cut == "full" else None, cut)[-1]
        app = AppState(shipped, words, Settings(text_scale=text_scale), (ScreenView("title"), ScreenView("reading")), p)
        trees = [render_top(app.pushed(ScreenView("debrief", str(at)))) for at in range(len(shipped.debrief))]
        drawn = [one for one in trees if any(node.style in ("map", "years") for node in one.children)]
        assert len(drawn) == 2
        for one in drawn:
            check_layout(one, layout(one, size, app.settings, Ruler()))


def test_the_reading_s_page_has_its_chart(mill: Story, words: Catalogue) -> None:
    """A weighing's page carries it under its prose, and so does the page once it is leafed back to."""
    p = next(p for p in wandered(mill, 4, "miller") if p.page.ledger)
    app = AppState(mill, words, Settings(), (ScreenView("title"), ScreenView("reading")), p)
    back = replace(app, playthrough=p.choose("continue")).pushed(ScreenView("look-back", str(len(p.past))))
    for shown_page in (render_view(app, app.top), render_view(back, back.top)):
        (chart,) = (node for node in shown_page.children if node.style == "chart")
        assert [row.label for row in rows_of(chart)][:2] == ["What grew", "What was reported"]
