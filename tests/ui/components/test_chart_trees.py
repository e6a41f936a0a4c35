"""What is drawn of weighings and of a way: the tree holds it in values and words, the layout in bars and doors."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Fork, LedgerRow, MetWeighing, ReadingMap, Station
from game.play.talk import talk_screens
from game.story.model import Measures, Story
from game.ui.components.chart_trees import (
    bar_parts,
    full_length,
    round_number,
    round_up,
    way_map,
    weighing_chart,
    weighings_chart,
)
from game.ui.i18n import Catalogue
from game.ui.layout import chart_blocks
from game.ui.layout.blocks import column
from game.ui.layout.geometry import Box, Run
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.layout.scale import scale_for
from game.ui.layout.typesetting import Typesetter
from game.ui.render import render_top, render_view
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, to_json, walk
from tests.ui.stand_ins import SCALES, SIZES, Ruler, check_layout, wandered

MEASURES = Measures(
    people=4100, sack_kg=100, husked_percent=70, bowl_g=200, days=240, seed_sacks=780,
    ordinary_crop=7800, ordinary_taken=1560,
)  # fmt: skip
ROWS = (
    LedgerRow("Grown", 4868, "grown", MEASURES.per_day(4868 - 4868 // 4)), LedgerRow("Reported", 7300, "said"),
    LedgerRow("Taken", 1825, "taken"), LedgerRow("Left", 3043, "left", MEASURES.per_day(3043)),
)  # fmt: skip
LATER = (
    LedgerRow("Grown", 4792, "grown", MEASURES.per_day(3354)), LedgerRow("Reported", 7188, "said"),
    LedgerRow("Taken", 2156, "taken"), LedgerRow("Left", 2636, "left", MEASURES.per_day(2636)),
)  # fmt: skip
PLAIN = tuple(LedgerRow(row.label, row.sacks) for row in ROWS)
some_rows = st.lists(
    st.builds(
        LedgerRow, st.just("Rice"), st.integers(0, 20_000), st.sampled_from(["", "grown", "said", "taken", "left"]),
        st.none() | st.floats(0, 40, allow_nan=False),
    ),
    min_size=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def measured(mill: Story) -> Story:
    """A story with measures, none of whose ledgers can show more than 10,000 sacks."""
    return replace(mill, measures=MEASURES, ledger_max=10_000)


@pytest.fixture(scope="module")
def unmeasured(mill: Story) -> Story:
    return replace(mill, measures=None, ledger_max=10_000)


def rows_of(chart: TreeNode) -> list[TreeNode]:
    return [node for node in walk(chart) if node.role == "row"]


def shown(*nodes: TreeNode) -> TreeNode:
    """A sheet with nothing but these on it."""
    return TreeNode("screen", "sheet", "A sheet", style="sheet", children=nodes)


def boxes(plan: Layout, *kinds: str) -> list[Box]:
    return [item for item in plan.main.items if isinstance(item, Box) and item.kind in kinds]


def said(chart: TreeNode) -> list[str]:
    """What a chart says below its own name."""
    return [" ".join(filter(None, (node.label, node.value))) for node in walk(chart) if node.label][1:]


def test_a_chart_says_in_words_what_it_draws(measured: Story, words: Catalogue) -> None:
    """Each number stands beside its name, what was only said is told apart; then the bowls, and what lies between."""
    chart = weighing_chart(measured, words, ROWS)
    assert said(chart) == [
        "Grown 4,868 sacks", "Reported 7,300 sacks", "2,432 of them were not there", "Taken 1,825 sacks",
        "Left 3,043 sacks", "Food for each person and day, in bowls", "By the share of the crop 1.0 bowl",
        "By the share of the report (what happened) 0.8 bowls", "An ordinary year 1.9 bowls",
        "Between the two shares: 608 sacks, or 52 bowls for each person.",
    ]  # fmt: skip
    assert [(mark["level"], mark.get("style")) for mark in to_json(chart)["children"][1]["children"]] == [
        (4868, None), (2432, "hollow"),
    ]  # fmt: skip
    ids = [node.id for node in walk(chart) if node.id]
    assert len(ids) == len(set(ids))


def test_packs_without_measures_show_bars_alone(unmeasured: Story, words: Catalogue) -> None:
    """No bowls, no sentence, no ordinary year: nothing is made up for a story that does not know."""
    assert said(weighing_chart(unmeasured, words, PLAIN)) == [
        "Grown 4,868 sacks", "Reported 7,300 sacks", "Taken 1,825 sacks", "Left 3,043 sacks",
    ]  # fmt: skip
    years = weighings_chart(unmeasured, words, [MetWeighing("1958", "", PLAIN)])
    assert [node.label for node in years.children] == ["1958", "The numbers are sacks. All bars have the same scale."]


def test_where_the_share_of_the_crop_is_unknown_only_what_happened_is_told(measured: Story, words: Catalogue) -> None:
    """What is not known is not drawn, and nothing lies between one share and none."""
    rows = (replace(ROWS[0], per_day=None), *ROWS[1:])
    assert said(weighing_chart(measured, words, rows))[5:] == [
        "Food for each person and day, in bowls", "By the share of the report (what happened) 0.8 bowls",
        "An ordinary year 1.9 bowls",
    ]  # fmt: skip


def test_nothing_lies_between_two_shares_that_are_the_same(measured: Story, words: Catalogue) -> None:
    """Where the report was the crop, both rows say the same, and no sentence counts to nought."""
    rows = (replace(ROWS[0], per_day=ROWS[3].per_day), *ROWS[1:])
    assert [line for line in said(weighing_chart(measured, words, rows)) if "Between" in line] == []


@given(some_rows)
def test_the_marks_of_a_row_are_its_number(measured: Story, words: Catalogue, rows: list[LedgerRow]) -> None:
    """Whatever was weighed and said, marks add up; hollow is only what was said past the most that was weighed."""
    chart = weighing_chart(measured, words, rows)
    weighed = max((row.sacks for row in rows if row.kind != "said"), default=0)
    for row, node in zip(rows, [node for node in chart.children if node.role == "row"], strict=True):
        assert sum(mark.level for mark in node.children) == node.level == row.sacks
        hollow = sum(mark.level for mark in node.children if mark.style == "hollow")
        assert hollow == (max(0, row.sacks - weighed) if row.kind == "said" else 0)
        ends = [0.0, *(end for _, _, end in bar_parts(node, chart.level))]
        assert ends[-1] == pytest.approx(row.sacks / chart.level) and ends[-1] <= 1


@given(st.floats(0, 40, allow_nan=False))
def test_bowls_are_full_but_the_last_one(measured: Story, words: Catalogue, per_day: float) -> None:
    """They add up to the tenths that are written; where there was nothing stands one empty bowl."""
    chart = weighing_chart(measured, words, (LedgerRow("Left", 1000, "left", per_day),))
    row = next(node for node in rows_of(chart) if node.style == "by-report")
    levels = [mark.level for mark in row.children]
    assert sum(levels) == row.level == round(per_day * 10)
    assert all(level == 10 for level in levels[:-1]) and 0 <= levels[-1] <= 10
    assert row.value.startswith(f"{row.level / 10:.1f} bowl")
    assert levels == [0] if row.level == 0 else levels[-1] > 0


@given(st.floats(0, 1e6, allow_nan=False))
def test_a_step_of_a_scale_is_a_round_number(number: float) -> None:
    """It is the least of 1, 2, 5, 10, 20, 50 and so on that is enough."""
    step = round_number(number)
    assert step >= number
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert step == 1 or number > step * 0.4


@given(st.integers(1, 10**9))
def test_a_scale_ends_on_two_digits_at_most(number: int) -> None:
    """It is enough, wastes no tenth, and is a number that can be said."""
    end = round_up(number)
    assert number <= end < number * 1.1 + 1
    assert len(str(end).rstrip("0")) <= 2


def test_every_weighing_of_a_story_has_the_same_scale(measured: Story, words: Catalogue) -> None:
    """A small harvest is drawn short: the scale follows from the story, and not from the page."""
    small = (LedgerRow("Grown", 400, "grown"),)
    charts = [weighing_chart(measured, words, rows) for rows in (ROWS, LATER, small)]
    charts.append(weighings_chart(measured, words, [MetWeighing("1958", "", ROWS), MetWeighing("1959", "", small)]))
    assert {chart.level for chart in charts} == {10_000}
    lengths = {}
    for chart in charts[:3]:
        plan = layout(shown(chart), (1920, 1080), Settings(), Ruler())
        lengths[chart.children[0].level] = boxes(plan, "amount")[0].rect.w
    assert lengths[4792] / lengths[4868] == pytest.approx(4792 / 4868, abs=0.01)
    assert lengths[400] / lengths[4868] == pytest.approx(400 / 4868, abs=0.01)


def test_the_scale_holds_an_ordinary_year_and_a_row_that_is_larger_than_foreseen(mill: Story) -> None:
    """An ordinary year is drawn beside the others; and whatever a page shows stays on its sheet."""
    assert full_length(replace(mill, measures=MEASURES, ledger_max=0), ()) == 7800
    assert full_length(replace(mill, measures=None, ledger_max=0), (LedgerRow("Rice", 123),)) == 130
    assert full_length(replace(mill, measures=None, ledger_max=0), ()) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_bars_are_as_long_as_the_numbers_say(
    measured: Story, words: Catalogue, size: tuple[int, int], text_scale: int
) -> None:
    """At every size: one bar a row, all from one line, in the measure of the numbers; the hatched part goes on from
    what was there."""
    plan = layout(shown(weighing_chart(measured, words, ROWS)), size, Settings(text_scale=text_scale), Ruler())
    solid, (hollow,) = boxes(plan, "amount"), [box for box in boxes(plan, "amount.hollow") if box.rect.y in
                                               {bar.rect.y for bar in boxes(plan, "amount")}]  # fmt: skip
    assert len({bar.rect.x for bar in solid}) == 1 and len({bar.rect.y for bar in solid}) == 4
    pixels = solid[0].rect.w / 4868
    numbers = [4868, 4868, 1825, 3043]
    assert [bar.rect.w for bar in solid] == [pytest.approx(number * pixels, abs=2) for number in numbers]
    assert hollow.rect.x == solid[1].rect.right and hollow.rect.w == pytest.approx(2432 * pixels, abs=2)
    texts = {item.text for item in plan.main.items if isinstance(item, Run)}
    assert {"4,868 sacks", "7,300 sacks", "0.8 bowls", "1.9 bowls"} <= texts
    bowls = boxes(plan, "bowl")
    assert [box.cut[1] for box in bowls] == [1.0, 0.8, 1.0, 0.9]
    assert min(box.rect.w for box in bowls) >= 24 * plan.scale.unit
    check_layout(shown(), plan)


def test_where_something_was_something_is_seen(measured: Story, words: Catalogue) -> None:
    """Three sacks beside ten thousand are still drawn, and none are not."""
    rows = (LedgerRow("Reported", 10_000, "said"), LedgerRow("Left", 3), LedgerRow("Lent", 0))
    plan = layout(shown(weighing_chart(measured, words, rows)), (1920, 1080), Settings(), Ruler())
    lines = Counter(box.rect.y for box in boxes(plan, "amount"))
    assert sorted(lines.values()) == [1, 1]
    assert min(box.rect.w for box in boxes(plan, "amount")) >= 3


def test_a_weighing_with_two_short_paragraphs_is_compact(measured: Story, words: Catalogue) -> None:
    """Bars, bowls and the sentence take ten lines of prose at most, on a sheet of a window at 1280x720."""
    plan = layout(shown(weighing_chart(measured, words, ROWS)), (1280, 720), Settings(), Ruler())
    assert plan.main.height <= 10 * 1.46 * plan.scale.body


WEIGHINGS = [MetWeighing(f"in {year}", "", rows) for year, rows in
             ((1958, ROWS), (1959, LATER), (1960, ROWS), (1961, LATER))]  # fmt: skip


def test_years_begin_with_an_ordinary_one(measured: Story, words: Catalogue) -> None:
    """With nothing to hold them against, four lean years look like any others."""
    chart = weighings_chart(measured, words, WEIGHINGS[:1])
    assert [year.label for year in chart.children if year.style == "year"] == ["An ordinary year", "in 1958"]
    assert said(chart) == [
        "An ordinary year", "Grown 7,800 sacks", "Taken 1,560 sacks", "Left 6,240 sacks",
        "Food for each person and day, in bowls", "An ordinary year 1.9 bowls",
        "in 1958", "Grown 4,868 sacks", "Reported 7,300 sacks", "2,432 of them were not there", "Taken 1,825 sacks",
        "Left 3,043 sacks", "Food for each person and day, in bowls",
        "By the share of the report (what happened) 0.8 bowls", "By the share of the crop 1.0 bowl",
        "The numbers are sacks. All bars have the same scale.", "Hatched: it was reported, and was not there.",
    ]  # fmt: skip
    ids = [node.id for node in walk(chart) if node.id]
    assert len(ids) == len(set(ids))


def test_a_weighing_without_a_date_has_its_title(unmeasured: Story, words: Catalogue) -> None:
    """Something stands over its bars."""
    chart = weighings_chart(unmeasured, words, [MetWeighing(None, "The Scales", PLAIN)])
    assert chart.children[0].label == "The Scales"


@pytest.mark.parametrize("text_scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_years_stand_side_by_side_where_there_is_room(
    measured: Story, words: Catalogue, size: tuple[int, int], text_scale: int
) -> None:
    """In a table, as many abreast as the words leave room for, each line on one height; all bars in one measure."""
    chart = weighings_chart(measured, words, WEIGHINGS)
    plan = layout(shown(chart), size, Settings(text_scale=text_scale), Ruler())
    runs = [item for item in plan.main.items if isinstance(item, Run)]
    grown = [run.baseline for run in runs if run.text in ("4,868", "4,792", "7,800")]
    tables = len(set(grown))
    assert len(grown) == 5
    assert sum(run.text == "Grown" for run in runs) == tables
    if text_scale == 100:
        assert tables == 1, "all five abreast"
    bars = boxes(plan, "amount")
    longest = max(bar.rect.w for bar in bars)
    lengths = sorted({*(row.level for row in rows_of(chart) if row.style in ("grown", "taken", "left"))})
    for number in lengths:
        assert any(bar.rect.w == pytest.approx(longest * number / 7800, abs=2) for bar in bars), number
    assert {round(box.cut[1] * 10) for box in boxes(plan, "bowl")} == {10, 9, 8, 7}
    check_layout(shown(), plan)


def test_two_rows_of_one_name_are_both_in_the_table(unmeasured: Story, words: Catalogue) -> None:
    """A label that stands twice in a ledger is two lines of the table."""
    rows = (LedgerRow("Taken", 100, "taken"), LedgerRow("Taken", 200, "taken"))
    chart = weighings_chart(unmeasured, words, [MetWeighing("1958", "", rows), MetWeighing("1959", "", rows)])
    plan = layout(shown(chart), (1920, 1080), Settings(), Ruler())
    texts = Counter(item.text for item in plan.main.items if isinstance(item, Run))
    assert (texts["Taken"], texts["100"], texts["200"]) == (2, 2, 2)


def test_a_wide_sheet_has_the_bowls_beside_the_bars(measured: Story, words: Catalogue) -> None:
    """Where the sheet has room the chart is lower, and the same is in it."""
    setter = Typesetter(scale_for((1920, 1080), Settings()), Ruler())
    node, least = weighing_chart(measured, words, ROWS), setter.scale.em(chart_blocks.BESIDE)
    narrow, wide = (chart_blocks.chart(setter, node, width, column) for width in (least - 1, least))
    assert wide.height < 0.85 * narrow.height
    texts = [{item.text for item in block.items if isinstance(item, Run)} for block in (narrow, wide)]
    assert {"4,868 sacks", "1.0 bowl", "0.8 bowls", "1.9 bowls"} <= texts[0] & texts[1]
    kinds = [Counter(item.kind for item in block.items if isinstance(item, Box)) for block in (narrow, wide)]
    assert kinds[0] == kinds[1]


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
    assert [one.label for one in doors] == ["3 choices", "2 choices", "One choice"]
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_a_whole_reading_s_charts_fit_or_scroll(
    shipped: Story, words: Catalogue, size: tuple[int, int], text_scale: int
) -> None:
    """What happened and what was weighed, in one lane and in two, with their sources in reach of every hand."""
    for cut in ("full", "class"):
        p = wandered(shipped, 3, "villager" if cut == "full" else None, cut)[-1]
        app = AppState(shipped, words, Settings(text_scale=text_scale), (ScreenView("title"), ScreenView("reading")), p)
        trees = [render_top(app.pushed(ScreenView("debrief", str(at)))) for at in range(len(talk_screens(p)))]
        drawn = [one for one in trees if any(node.style in ("step", "years") for node in walk(one))]
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
