"""Statistics of visits: complete sums, in the story's order, without secret tallies."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kiosk.counts.counts_db import Row, StoredCounts
from game.kiosk.counts.visit_counts import WAYS_TO_LEAVE
from game.kiosk.stats.statistics import (
    ChoiceCounts,
    MergeError,
    PageCount,
    PeriodLength,
    merge_counts,
    statistics,
    without_secret_tallies,
)
from game.kiosk.stats.statistics_html import MAX_COLUMNS, MAX_LABELS, statistics_html
from game.kiosk.stats.statistics_table import counts_csv, statistics_text
from game.kiosk.stats.statistics_wording import MAX_DAY_ROWS, StatsWording
from game.story.model import Story
from game.ui.i18n import Catalogue

FIRST = date(2026, 1, 1)
MONDAY = date(2026, 11, 2)
SOME = [
    Row(MONDAY, "choice", "c-lane.desk.double", 5),
    Row(MONDAY, "choice", "c-lane.desk.honest", 1),
    Row(MONDAY, "choice", "m-lane.gate.hide", 3),
    Row(MONDAY, "choice", "m-lane.gate.no-longer-there", 2),
    Row(MONDAY, "cut", "kiosk", 9),
    Row(MONDAY, "ending", "the-steelyard", 4),
    Row(MONDAY, "left", "finished", 4),
    Row(MONDAY, "left", "left.c-lane.desk", 2),
    Row(MONDAY, "left", "timeout.m-lane.gate", 3),
    Row(MONDAY, "left", "timeout.language", 1),
    Row(MONDAY, "page", "m-lane.gate", 6, 126_000),
    Row(MONDAY, "page", "c-lane.desk", 4, 402_000),
    Row(MONDAY, "role", "clerk", 5),
    Row(MONDAY, "role", "miller", 4),
    Row(MONDAY, "visits", "en", 9),
    Row(MONDAY + timedelta(2), "visits", "zh-Hans", 1),
]


def wording(
    story: Story, words: Catalogue, rows: list[Row], since: date | None = None, until: date | None = None
) -> StatsWording:
    return StatsWording(statistics(story, rows, since=since, until=until), words)


def test_what_is_counted_stands_in_the_storys_order(mill: Story) -> None:
    of = statistics(mill, SOME)
    assert of.pages == (PageCount("m-lane.gate", 6, 126.0, 0, 3), PageCount("c-lane.desk", 4, 402.0, 2, 0))
    assert [page.mean for page in of.pages] == [21.0, 100.5]
    assert of.chosen == (
        ChoiceCounts(
            "m-lane.gate", (("m-lane.gate.give-wok", 0), ("m-lane.gate.hide", 3), ("m-lane.gate.give-all", 0))
        ),
        ChoiceCounts("c-lane.desk", (("c-lane.desk.honest", 1), ("c-lane.desk.double", 5))),
    )
    assert (of.total, of.open_days, of.first, of.last) == (10, 2, MONDAY, MONDAY + timedelta(2))
    assert of.ways == {"finished": 4, "left": 2, "timeout": 4}
    assert of.elsewhere == (PageCount("language", 0, 0.0, 0, 1),)
    assert of.endings == {"the-steelyard": 4}
    assert of.unknown == 1


def test_what_is_no_page_of_the_story_is_counted_beside_it(mill: Story, words: Catalogue) -> None:
    rows = [Row(MONDAY, "page", "end", 2, 3_000), Row(MONDAY, "left", "left.end", 1), Row(MONDAY, "role", "both", 2),
            Row(MONDAY, "page", "m-lane.torn-down", 7), Row(MONDAY, "visits", "en", 2)]  # fmt: skip
    telling = wording(mill, words, rows)
    assert telling.statistics.elsewhere == (PageCount("end", 2, 3.0, 1, 0),) and telling.statistics.unknown == 1
    for shown in (statistics_text(telling, 80), statistics_html(telling, "")):
        assert words("stats.screen.end") in shown and words("stats.role.both") in shown
        assert "torn-down" not in shown and words("stats.unknown", n=1)[:40] in shown


keys = st.sampled_from([
    ("visits", "en"), ("visits", "zh-Hans"), ("page", "m-lane.gate"), ("page", "c-lane.desk"), ("role", "clerk"),
    ("choice", "m-lane.gate.hide"), ("choice", "c-lane.desk.double"), ("ending", "the-steelyard"),
    *(("left", f"{how}{where}") for how in WAYS_TO_LEAVE for where in ("", ".m-lane.gate", ".note")),
])  # fmt: skip
kiosks = st.lists(
    st.dictionaries(
        st.tuples(st.integers(0, 120), keys), st.tuples(st.integers(0, 50), st.integers(0, 10**6)), max_size=12
    ),
    max_size=4,
)


@given(kiosks, st.integers(0, 120), st.integers(0, 120))
def test_nothing_is_lost_in_adding_up(
    mill: Story, kiosks: list[dict[tuple[int, tuple[str, str]], tuple[int, int]]], since: int, until: int
) -> None:
    n, seconds = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    files = []
    first, last = FIRST + timedelta(min(since, until)), FIRST + timedelta(max(since, until))
    for i, sums in enumerate(kiosks):
        rows = tuple(Row(FIRST + timedelta(day), *key, *sum_) for (day, key), sum_ in sums.items())
        files.append(StoredCounts(f"{i}", mill.pack, rows))
        for row in rows:
            if first <= row.day <= last:
                n[row.kind, row.key] += row.n
                seconds[row.kind, row.key] += row.ms
    of = statistics(mill, merge_counts(files, mill, [*"abcd"][: len(files)]), len(files), first, last)
    visits = n["visits", "en"] + n["visits", "zh-Hans"]
    assert of.total == visits
    for length in ("day", "week", "month"):
        assert sum(period.n for period in of.periods(length)) == visits
    assert len(of.periods("day")) == (last - first).days + 1
    assert {page.node: (page.shown, round(page.seconds * 1000)) for page in of.pages if page.shown} == {
        key: (n[kind, key], seconds[kind, key]) for kind, key in n if kind == "page" and n[kind, key]
    }
    for how in WAYS_TO_LEAVE:
        assert of.ways[how] == sum(n["left", f"{how}{where}"] for where in ("", ".m-lane.gate", ".note"))
    assert {id: m for choice in of.chosen for id, m in choice.counts or () if m} == {
        key: m for (kind, key), m in n.items() if kind == "choice" and m
    }


def test_a_file_is_added_once_and_only_of_one_story(mill: Story) -> None:
    shipped, other = StoredCounts("1", mill.pack, ()), StoredCounts("2", "another", ())
    with pytest.raises(MergeError, match=r"b\.counts is the same kiosk's as a\.counts"):
        merge_counts([shipped, shipped], mill, ["a.counts", "b.counts"])
    with pytest.raises(MergeError, match=r"c\.counts holds counts of the story `another`, and this one is `mill-lane`"):
        merge_counts([shipped, other], mill, ["a.counts", "c.counts"])


def test_a_page_keeps_its_tally_to_itself(shipped: Story, words: Catalogue) -> None:
    """No choice is counted on a page with a secret tally, and that is said; a count from before the page was marked is
    not shown either, even in the CSV."""
    node, choice = next((id, node.choices[0]) for id, node in shipped.nodes.items() if not node.tally and node.choices)
    rows = [Row(MONDAY, "choice", choice.full_id, 98_765), Row(MONDAY, "page", node, 3), Row(MONDAY, "visits", "en", 3)]
    assert statistics(shipped, rows).chosen == statistics(shipped, rows[1:]).chosen == (ChoiceCounts(node, None),)
    assert statistics(shipped, rows[2:]).chosen == ()
    assert [row.kind for row in without_secret_tallies(rows, shipped)] == ["page", "visits"]
    telling = wording(shipped, words, rows)
    for shown in (statistics_html(telling, ""), statistics_text(telling, 80)):
        assert words("stats.quiet") in shown
        assert choice.say not in shown and "98,765" not in shown and "98765" not in shown


def test_the_text_says_what_was_counted(mill: Story, words: Catalogue) -> None:
    shown = statistics_text(wording(mill, words, SOME), 72)
    for line in (
        "    9   90%  English", "    4   40%  Came to the end", "    5   83%  I said 9,700, and was clapped too.",
        "    0    0%  I gave them the wok and kept the hoe.", "    4  100%  The steelyard",
    ):  # fmt: skip
        assert line in shown
    assert "1 min 40 s" in shown and "The time is an average" in shown
    assert max(map(len, shown.splitlines())) <= 84
    assert "stats." not in shown


def read(page: str) -> Element:
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return tree


@pytest.mark.parametrize("days", [1, MAX_DAY_ROWS, MAX_DAY_ROWS + 1, MAX_COLUMNS + 1, 365, 2000])
def test_the_page_is_html_with_a_column_for_each_period(mill: Story, words: Catalogue, days: int) -> None:
    rows = [*SOME[:14], *(Row(FIRST + timedelta(day), "visits", "en", 1 + day % 40) for day in range(days))]
    telling = wording(mill, words, rows, since=FIRST, until=FIRST + timedelta(days - 1))
    page = statistics_html(telling, "p { color: black; }")
    tree = read(page)
    bars = tree.findall(".//{*}rect")
    length: PeriodLength = "day" if days <= MAX_COLUMNS else "week" if days <= 366 else "month"
    periods = telling.statistics.periods(length)
    assert len(bars) == len(periods) <= MAX_COLUMNS + 5
    chart = tree.findall(".//{*}text")
    scale = [int((text.text or "").replace(",", "")) for text in chart if text.get("class") == "scale"]
    assert scale[0] == 0 and scale[-1] >= max(period.n for period in periods)
    named = [text.text for text in chart if text.get("class") is None]
    if length == "day":
        assert named == [str(period.first.day) for period in periods[:: -(-days // MAX_LABELS)]]
    else:
        assert set(named) <= set(words("stats.months").split()) and 0 < len(named) <= MAX_LABELS
    table = next(tree.iter("table"))
    numbers = [int((list(row)[-1].text or "").replace(",", "")) for row in next(table.iter("tbody"))]
    assert sum(numbers) == telling.statistics.total == sum(1 + day % 40 for day in range(days))
    assert len(numbers) <= 67
    assert f"{words('stats.week', day=telling.day(periods[0].first))}: " in page or length != "week"
    assert f"{telling.day(FIRST)}: " in page or length != "day"
    assert not list(tree.iter("script")) and "http" not in page and "src=" not in page and "stats." not in page


@pytest.mark.parametrize(("since", "until"), [(None, None), (FIRST, None), (None, FIRST)])
def test_nothing_counted_is_said(mill: Story, words: Catalogue, since: date | None, until: date | None) -> None:
    nothing = wording(mill, words, [], since=since, until=until)
    page = statistics_html(nothing, "")
    assert words("stats.nothing") in page and "<svg" not in page
    assert read(page) is not None
    assert words("stats.nothing") in statistics_text(nothing, 80)
    assert nothing.visits() == words("stats.number", n=0) and nothing.statistics.periods("day") == ()


def test_the_sheet_is_tidy_and_no_cell_a_formula() -> None:
    rows = [Row(MONDAY, "page", "a.b", 3, 1_500), Row(MONDAY, "=cmd", "+1", 1)]
    assert list(csv.reader(io.StringIO(counts_csv(rows)))) == [
        ["day", "kind", "key", "n", "seconds"],
        ["2026-11-02", "page", "a.b", "3", "1.500"],
        ["2026-11-02", "'=cmd", "'+1", "1", "0.000"],
    ]
