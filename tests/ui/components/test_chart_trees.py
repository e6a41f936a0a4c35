"""Charts of weighings and of a way: the tree has values and words, the layout bars and doors."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import begin
from game.play.history import Fork, MetWeighing, ReadingMap, Station
from game.play.page import Change, LedgerRow, Portions
from game.play.talk import talk_screens
from game.story.builder.setting_builder import pack_texts
from game.story.model import Story
from game.story.schema.pack_schema import WeighingWordsShape
from game.ui.components.chart_trees import (
    bar_parts,
    bowls_of,
    cells,
    counted_link,
    counted_text,
    full_length,
    measures_text,
    round_number,
    round_up,
    way_map,
    weighing_chart,
    weighings_chart,
)
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import ScreenView
from game.ui.tree import TreeNode, walk
from tests.lanes import sampled
from tests.play.weighings import AUTUMN_58, AUTUMN_59, MEASURES, weighed
from tests.ui.app_driver import AppDriver, at_page, has_unique_ids
from tests.ui.stand_ins import SCALES, SIZES, Ruler, Size, boxes_of, check_layout, laid_out, runs_of, wandered

FULL = 13_000
kinds = st.sampled_from(["stood", "brought_in", "reported", "asked", "taken", "left"])
some_rows = st.lists(
    st.builds(lambda kind, amount, seed: LedgerRow(kind, amount, min(amount, seed) if kind in ("taken", "left") else 0),
              kinds, st.integers(0, 6_000), st.integers(0, 800)),
    min_size=1, unique_by=lambda row: row.kind,
)  # fmt: skip


@pytest.fixture(scope="module")
def measured(mill: Story) -> Story:
    return replace(mill, measures=MEASURES, ledger_max=FULL)


def rows_of(chart: TreeNode) -> list[TreeNode]:
    return [node for node in walk(chart) if node.role == "row"]


def shown(*nodes: TreeNode) -> TreeNode:
    return TreeNode("screen", "sheet", "A sheet", style="sheet", children=nodes)


def bars_of(chart: TreeNode) -> dict[str, list[tuple[str, int]]]:
    return {row.style: [(mark.style, mark.level) for mark in row.children] for row, *_ in cells(chart)}


def filled(bowl: Box) -> int:
    """The content of a bowl after a cut, in tenths."""
    return round(10 * min(1.0, max(0.0, bowl.cut[1])))


def said(chart: TreeNode) -> list[str]:
    return [" ".join(filter(None, (node.label, node.value))) for node in walk(chart) if node.label][1:]


def test_a_pack_can_leave_out_the_shares_of_what_was_asked(words: Catalogue) -> None:
    own = words.of_pack({}, pack_texts(WeighingWordsShape(shares=False)))
    lines = said(weighing_chart(own, weighed(*AUTUMN_58), FULL))
    assert "Asked for 2,080 units" in lines and not any("of 100" in line for line in lines)


def test_a_chart_says_in_words_what_it_draws(words: Catalogue) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_58), FULL)
    assert said(chart) == [
        "Grew in the fields 8,200 sacks", "1,640 never came in", "Brought in 6,560 sacks", "Reported 13,000 sacks",
        "6,440 of them were made up", "Asked for 2,080 sacks", "16 of 100 reported, 32 of 100 there",
        "Taken 2,080 sacks", "usually 1,312 sacks", "Left 4,480 sacks", "780 of them are next year’s seed",
        "Food for each of 4,100 people and each day, in bowls", "An ordinary year 1.9 bowls",
        "more grew +0.2", "If all of it had come in 2.1 bowls", "lost in the fields −0.5",
        "If only the usual part had gone 1.6 bowls", "more than usual was taken −0.3", "What there was 1.3 bowls",
    ]  # fmt: skip
    assert bars_of(chart) == {
        "stood": [("outline", 6560), ("lost", 1640)], "brought_in": [("", 6560)],
        "reported": [("outline", 6560), ("false", 6440)],
        "asked": [("outline", 2080)], "taken": [("taken", 2080)],
        "left": [("gap", 2080), ("", 3700), ("seed", 780)],
    }  # fmt: skip
    assert has_unique_ids(chart)


def test_the_famine_s_autumn_shows_the_seed_in_what_was_taken(words: Catalogue) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_59), FULL)
    bars = bars_of(chart)
    assert bars["taken"] == [("taken", 2700), ("seed", 780)] and bars["left"] == [("gap", 3480), ("", 1720)]
    assert "What there was 0.6 bowls" in said(chart)


def test_before_the_carts_nothing_is_said_of_what_was_left(words: Catalogue) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_58[:4]), FULL)
    assert [row.style for row in bowls_of(chart) if row.style != "cause"] == ["ordinary", "stood", "brought_in"]
    assert "left" not in {row.style for row in rows_of(chart)}


def test_packs_without_measures_show_bars_alone(mill: Story, words: Catalogue) -> None:
    plain = weighed(LedgerRow("brought_in", 4868), LedgerRow("taken", 1825), measures=None)
    assert said(weighing_chart(words, plain, FULL)) == ["Brought in 4,868 sacks", "Taken 1,825 sacks"]
    met = [MetWeighing("1958", "", plain), MetWeighing(None, "The Scales", plain)]
    years = weighings_chart(replace(mill, measures=None), words, met)
    assert [node.label for node in years.children if node.style == "year"] == ["1958", "The Scales"]


def test_fewer_people_than_in_an_ordinary_year_are_mentioned(words: Catalogue) -> None:
    made = replace(weighed(LedgerRow("brought_in", 4700), LedgerRow("left", 3421, 780), people=3500), back=300)
    chart = weighing_chart(words, made, FULL)
    assert "Food for each of the 3,500 people who are left, and each day, in bowls" in said(chart)
    assert "300 of them came back" in said(chart)


def test_a_step_that_changes_nothing_has_no_cause(words: Catalogue) -> None:
    rows = [LedgerRow("stood", 4900), LedgerRow("brought_in", 4900)]
    rows += [LedgerRow("taken", 882), LedgerRow("left", 4018, 780)]
    chart = weighing_chart(words, weighed(*rows, people=3450), FULL)
    causes = [row.label for row in bowls_of(chart) if row.style == "cause"]
    assert causes == ["less grew", "less than usual was taken"], "what is drawn as 1.3 and then 1.4 is explained"


@given(some_rows)
def test_the_marks_of_a_row_add_up_to_its_number(words: Catalogue, rows: list[LedgerRow]) -> None:
    chart = weighing_chart(words, weighed(*rows), FULL)
    for row, node in zip(rows, [node for node in chart.children if node.role == "row"], strict=True):
        gap = sum(mark.level for mark in node.children if mark.style == "gap")
        assert sum(mark.level for mark in node.children) - gap == node.level == row.amount
        assert gap == 0 or row.kind == "left"
        ends = [0.0, *(end for _, _, end in bar_parts(node, chart.level))]
        assert ends[-1] == pytest.approx((gap + row.amount) / chart.level if row.amount else 0) and ends[-1] <= 1


@given(st.floats(0, 40, allow_nan=False))
def test_bowls_are_full_but_one_and_empty_up_to_an_ordinary_year(words: Catalogue, per_day: float) -> None:
    made = replace(weighed(LedgerRow("left", 1000)), portions=Portions(1.9, left=per_day))
    row = next(node for node in bowls_of(weighing_chart(words, made, FULL)) if node.style == "left")
    levels = [mark.level for mark in row.children]
    assert sum(levels) == row.level == round(per_day * 10)
    assert levels == sorted(levels, reverse=True) and sum(0 < level < 10 for level in levels) <= 1
    assert row.value.startswith(f"{row.level / 10:.1f} bowl")
    assert len(levels) == max(2, -(-row.level // 10))


@given(st.floats(0, 1e6, allow_nan=False))
def test_a_step_of_a_scale_is_a_round_number(number: float) -> None:
    step = round_number(number)
    assert number <= step and (step == 1 or number > step * 0.4)
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(st.integers(1, 10**9))
def test_a_scale_ends_on_two_digits_at_most(number: int) -> None:
    end = round_up(number)
    assert number <= end < number * 1.1 + 1
    assert len(str(end).rstrip("0")) <= 2


def test_every_weighing_of_a_story_has_the_same_scale(measured: Story, words: Catalogue) -> None:
    """The scale follows from the story, not from the page, so that a small crop looks small."""
    full = full_length(measured)
    small = weighed(LedgerRow("brought_in", 400))
    charts = [weighing_chart(words, weighing, full) for weighing in (weighed(*AUTUMN_58), weighed(*AUTUMN_59), small)]
    years = weighings_chart(measured, words, [MetWeighing("1958", "", small)])
    assert {chart.level for chart in (*charts, years)} == {FULL}
    plans = [layout(shown(chart), (1920, 1080), Settings(), Ruler()) for chart in charts]
    longest, *others = (boxes_of(plan, "amount")[0].rect.w for plan in plans)
    assert [width / longest for width in others] == pytest.approx([5200 / 6560, 400 / 6560], abs=0.01)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_a_readings_weighings_have_one_scale(shipped: Story, words: Catalogue, size: Size, text_scale: int) -> None:
    lengths = []
    for p in wandered(shipped, 3, "villager", "full"):
        if p.page.ledger is not None:
            _, plan = laid_out(at_page(words, p, settings=Settings(text_scale=text_scale)), size)
            lengths.append(boxes_of(plan, "amount")[0].rect.w / (p.page.ledger.amount("brought_in") or 1))
    assert lengths == pytest.approx([lengths[0]] * 6, rel=0.02)


def test_the_scale_holds_an_ordinary_year(mill: Story) -> None:
    assert full_length(replace(mill, measures=MEASURES, ledger_max=0)) == 7800
    assert full_length(replace(mill, measures=None, ledger_max=123)) == 130
    assert full_length(replace(mill, measures=None, ledger_max=0)) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_bars_are_as_long_as_the_numbers_say(words: Catalogue, size: Size, text_scale: int) -> None:
    chart = weighing_chart(words, weighed(*AUTUMN_59), FULL)
    plan = layout(shown(chart), size, Settings(text_scale=text_scale), Ruler())
    brought_in, left = boxes_of(plan, "amount")
    (taken,), (seed,), (lost,) = (boxes_of(plan, f"amount.{part}") for part in ("taken", "seed", "lost"))
    stood, reported, asked = boxes_of(plan, "amount.outline")
    (made_up,) = boxes_of(plan, "amount.false")
    pixels = brought_in.rect.w / 5200
    drawn = {brought_in: 5200, left: 1720, taken: 2700, seed: 780, lost: 400, stood: 5200, reported: 5200, asked: 2700,
             made_up: 3800}  # fmt: skip
    for box, sacks in drawn.items():
        assert box.rect.w == pytest.approx(sacks * pixels, abs=2), sacks
    assert len({box.rect.x for box in (brought_in, taken, stood, reported, asked)}) == 1
    assert (left.rect.x, lost.rect.x) == pytest.approx((seed.rect.right, stood.rect.right), abs=2)
    assert left.rect.right == pytest.approx(brought_in.rect.right, abs=2), "what was taken and left is what came in"
    assert {"5,200 sacks", "9,000 sacks", "0.6 bowls", "1.9 bowls"} <= {run.text for run in runs_of(plan)}
    bowls = boxes_of(plan, "bowl")
    assert [filled(box) for box in bowls] == [10, 9, 10, 3, 10, 2, 6, 0]
    assert [box.cut[0] == box.cut[1] for box in bowls] == [True] * 6 + [False] * 2
    assert bowls[6].cut[0] == 1.2, "they come from what the usual part would have left"
    assert {box.slide for box in (stood, brought_in, reported, asked, lost, made_up)} == {0}
    assert {brought_in.rect.y + box.slide for box in (taken, seed)} == {taken.rect.y}
    assert brought_in.rect.y + left.slide == left.rect.y, "and what is cut from what came in"
    assert min(box.rect.w for box in bowls) >= 24 * plan.scale.unit
    check_layout(shown(), plan)


def test_any_amount_above_zero_is_drawn(words: Catalogue) -> None:
    rows = (LedgerRow("reported", 10_000), LedgerRow("brought_in", 3), LedgerRow("asked", 0))
    plan = layout(shown(weighing_chart(words, weighed(*rows), 10_000)), (1920, 1080), Settings(), Ruler())
    (grain,), (reported,) = boxes_of(plan, "amount"), boxes_of(plan, "amount.false")
    assert grain.rect.w >= 3 and reported.rect.w > 100 * grain.rect.w


def test_a_weighing_leaves_room_for_its_sentence_and_its_choice(words: Catalogue) -> None:
    plan = layout(shown(weighing_chart(words, weighed(*AUTUMN_59), FULL)), (1280, 720), Settings(), Ruler())
    assert plan.main.height <= 14 * 1.46 * plan.scale.body


WEIGHINGS = [MetWeighing(f"in {year}", "", weighed(*rows)) for year, rows in
             ((1958, AUTUMN_58), (1959, AUTUMN_59), (1960, AUTUMN_58), (1961, AUTUMN_59))]  # fmt: skip


def test_years_begin_with_an_ordinary_one(measured: Story, words: Catalogue) -> None:
    chart = weighings_chart(measured, words, WEIGHINGS[:1])
    assert [year.label for year in chart.children if year.style == "year"] == ["An ordinary year", "in 1958"]
    eaten = "Food for each person and day, in bowls"
    assert said(chart) == [
        "An ordinary year", "Brought in 7,800 sacks", "Reported 7,800 sacks",
        "Taken 1,560 sacks", "Left 6,240 sacks", f"{eaten} 1.9 bowls",
        "in 1958", "Brought in 6,560 sacks", "Reported 13,000 sacks",
        "Taken 2,080 sacks", "Left 4,480 sacks", f"{eaten} 1.3 bowls",
        words("chart.scale"), words("chart.patterns"),
    ]  # fmt: skip
    assert has_unique_ids(chart)


@pytest.mark.parametrize("text_scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_years_stand_abreast_where_there_is_room(
    measured: Story, words: Catalogue, size: Size, text_scale: int
) -> None:
    chart = weighings_chart(measured, words, WEIGHINGS)
    plan = layout(shown(chart), size, Settings(text_scale=text_scale), Ruler())
    runs = runs_of(plan)
    first = [run.baseline for run in runs if run.text in ("6,560", "5,200")]
    tables = len(set(first))
    assert len(first) == 4
    assert sum(run.text == "Reported" for run in runs) in (tables, tables + 1)
    if text_scale == 100:
        assert tables == 1, "all five abreast"
    widths = [bar.rect.w for bar in boxes_of(plan, "amount")]
    for number in (7800, 6560, 5200, 1720):
        assert any(width == pytest.approx(max(widths) * number / 7800, abs=2) for width in widths), number
    assert {filled(box) for box in boxes_of(plan, "bowl")} == {10, 9, 3, 6, 0}
    check_layout(shown(), plan)


WAY = ReadingMap((
    (Station("miller", "October 1958", "The Gate", (Fork("I waited.", 3, 2, ("scrap",)), Fork("I gave it.", 2, 0))),),
    (Station("miller", "June 1960", "The Ladle", told=True, changes=(Change("jar", "full", "empty"),) * 2),
     Station("clerk", "May 1960", "The Book", (Fork("I signed.", 1, 0),))),
), ("miller", "clerk"))  # fmt: skip


def test_a_way_has_a_door_for_each_open_choice(mill: Story, words: Catalogue) -> None:
    found = way_map(mill, words, WAY)
    assert has_unique_ids(found)
    doors = [node for node in walk(found) if node.style == "doors"]
    assert [[door.chosen for door in fork.children] for fork in doors] == [[False, False, True], [True, False], [True]]
    assert not any(mark.label or mark.value or mark.action for fork in doors for mark in fork.children)
    assert [fork.label for fork in doors] == ["3 choices", "2 choices", "One choice"]
    said = [node.label for node in walk(found) if node.style in ("item", "small", "station")]
    assert said == [
        "October 1958 · The Gate", "I waited.", "I gave it.",
        "June 1960 · The Ladle", "This was told in a few words.", "May 1960 · The Book", "I signed.",
    ]  # fmt: skip
    assert [node.value for node in walk(found) if node.style == "station"] == ["Old Ning", "Old Ning", "Clerk Yao"]


def test_a_way_of_one_lane_names_nobody_and_without_choices_explains_no_doors(mill: Story, words: Catalogue) -> None:
    found = way_map(mill, words, replace(WAY, lanes=(), dates=WAY.dates[:1]))
    assert [(node.value, node.level) for node in walk(found) if node.style == "station"] == [("", 0)]
    assert way_map(mill, words, ReadingMap()).children == ()


@pytest.mark.parametrize("size", sampled(SIZES, SIZES[0], SIZES[-1]))
@pytest.mark.parametrize("text_scale", sampled(SCALES, SCALES[0], SCALES[-1]))
def test_a_whole_reading_s_charts_fit_or_scroll(shipped: Story, words: Catalogue, size: Size, text_scale: int) -> None:
    for role, cut in (("villager", "full"), (None, "class")):
        p = wandered(shipped, 3, role, cut)[-1]
        app, drawn = at_page(words, p, settings=Settings(text_scale=text_scale)), 0
        for at in range(len(talk_screens(p))):
            talk = app.pushed(ScreenView("debrief", str(at)))
            if any(node.style in ("step", "years") for node in walk(render_top(talk))):
                check_layout(*laid_out(talk, size))
                drawn += 1
        assert drawn == 2


def test_the_reading_s_page_has_its_chart(mill: Story, words: Catalogue) -> None:
    p = next(p for p in wandered(mill, 4, "miller") if p.page.ledger)
    app = at_page(words, p)
    back = replace(app, playthrough=p.choose("continue")).pushed(ScreenView("look-back", str(len(p.past))))
    for shown_page in (render_top(app), render_top(back)):
        (chart,) = (node for node in shown_page.children if node.style == "chart")
        assert [row.label for row in rows_of(chart)][:2] == ["Grew in the fields", "What came to the mill"]


SUM = re.compile(r"([\d,]+) sacks × (\d+) ÷ ([\d,]+) people ÷ (\d+) days = (\d\.\d) bowls")


@pytest.mark.parametrize("rows", [AUTUMN_58, AUTUMN_59], ids=["1958", "1959"])
def test_the_explained_sum_gives_the_drawn_number(rows: tuple[LedgerRow, ...], words: Catalogue) -> None:
    made = weighed(*rows)
    sums = [SUM.search(sentence) for sentence in counted_text(words, MEASURES, made)]
    assert len(sums) == 3 and made.portions is not None
    for found, drawn in zip(sums, (made.portions.stood, made.portions.brought_in, made.portions.left), strict=True):
        assert found is not None and drawn is not None
        sacks, in_a_sack, people, days, bowls = (float(number.replace(",", "")) for number in found.groups())
        assert sacks * in_a_sack / people / days == pytest.approx(bowls, abs=0.051)
        assert bowls == pytest.approx(drawn, abs=0.051)


def test_the_measures_say_what_an_ordinary_year_is(words: Catalogue) -> None:
    sack, bowl, ordinary = measures_text(words, MEASURES)
    assert "100 kilograms" in sack and "350 in one sack" in bowl
    assert "5,460 are left, for 4,100 people and 240 days" in ordinary and "1.9 bowls" in ordinary


def test_a_page_leads_to_its_sums_by_one_press(shipped: Story, words: Catalogue) -> None:
    p = begin(shipped, "villager")
    while p.page.node != "weighing-1958.carts":
        p = p.choose(p.page.choices[0].id)
    driver = AppDriver(at_page(words, p))
    driver.press("counted")
    assert driver.where == "counted" and "Left: 4,480 sacks. 780 of them are next year’s seed." in driver.said
    driver.press("back")
    assert driver.where == "reading"


def test_a_page_without_portions_has_no_link_to_sums(words: Catalogue) -> None:
    assert counted_link(words, weighed(*AUTUMN_58, measures=None), "weighing.rows") == ()
    assert counted_link(words, None, "gate.knock") == ()


def test_an_ordinary_year_has_the_rows_that_the_story_has(measured: Story, words: Catalogue) -> None:
    unreported = weighed(*(row for row in AUTUMN_58 if row.kind != "reported"))
    silent = replace(measured, measures=replace(MEASURES, ordinary_reported=None))
    for story, met in ((measured, unreported), (silent, weighed(*AUTUMN_58))):
        year = weighings_chart(story, words, [MetWeighing("in 1958", "", met)]).children[0]
        assert [row.style for row in year.children if row.role == "row"] == ["brought_in", "taken", "left"]


def test_a_row_that_stands_for_another_is_drawn_beside_other_years(mill: Story, words: Catalogue) -> None:
    alone = weighed(LedgerRow("stood", 8), LedgerRow("asked", 3), measures=None)
    year = weighings_chart(replace(mill, measures=None), words, [MetWeighing("May", "", alone)]).children[0]
    assert [row.style for row in year.children] == ["stood", "asked"]


def test_without_an_ordinary_year_nothing_is_compared_with_it(measured: Story, words: Catalogue) -> None:
    measures = replace(MEASURES, ordinary_stood=0, ordinary_taken=0, seed=0)
    met = weighed(*(replace(row, of_seed=0) for row in AUTUMN_58), measures=measures)
    assert met.portions is not None and met.portions.ordinary is None
    chart = weighing_chart(words, met, FULL)
    assert [row.style for row in bowls_of(chart) if row.style != "cause"] == ["stood", "brought_in", "left"]
    text = " ".join([*said(chart), *measures_text(words, measures), *counted_text(words, measures, met)])
    assert not re.search("ordinary|usual|seed", text)
    years = weighings_chart(replace(measured, measures=measures), words, WEIGHINGS[:1])
    assert [year.label for year in years.children if year.style == "year"] == ["in 1958"]


def test_a_pack_names_what_its_weighings_are_of(words: Catalogue) -> None:
    own = words.of_pack(
        {"unit": "sack", "units": "sacks", "portion": "ladle", "portions": "ladles", "ordinary": "the week before",
         "food": "soup"},
        {"ledger.of-seed": "{n:,} lie under the floor", "ledger.taken.usual": "{n:,} would be the promised part",
         "ledger.stood": "Promised", "ledger.brought_in": "Came up the road"},
    )  # fmt: skip
    sums = [*measures_text(own, MEASURES), *counted_text(own, MEASURES, weighed(*AUTUMN_58))]
    assert sums[2].startswith("In the week before 7,800 sacks come in, and 1,560 of them go. 780 lie under the floor.")
    assert sums[3].startswith("Promised: 8,200 sacks. As in the week before, 1,640 of them would have gone.")
    chart = weighing_chart(own, weighed(*AUTUMN_58), FULL)
    assert "Soup for each of 4,100 people and each day, in ladles" in said(chart)
    assert "The week before 1.9 ladles" in said(chart)
    assert not re.search("ordinary|usual,|seed|field|grew|bowls", " ".join(sums))
