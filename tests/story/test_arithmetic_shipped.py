"""Every sum on a page of the shipped story, computed from its sacks and its measures."""

from __future__ import annotations

import re

import pytest

from game.play import begin
from game.play.page import Page, Weighing
from game.play.playthrough import Playthrough
from game.story.ledger import LedgerKind
from game.story.model import Story
from tests.play.readers import page_text, read_on

# his choices up to each crop of 1958, with the sacks brought in
CROPS = {7708: ("one", "nine"), 7380: ("all", "nine"), 6560: ("one", "seven"), 6232: ("all", "seven"),
         5986: ("one", "five"), 5658: ("all", "five")}  # fmt: skip
NUMBERS = {"read-out": 10400, "sit-down": 11000, "double": 13000}
LOST = {"nine": 5, "seven": 19, "five": 26, "one": 1, "all": 5}  # of each hundred that stood
ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def pages(story: Story, role: str, *takes: str, earlier: Playthrough | None = None) -> dict[str, Page]:
    """The pages of a whole reading (see `read_on`) by node."""
    whole = read_on(begin(story, role, "full", earlier), *takes)
    return {page.node: page for page in whole.pages if page.node is not None}


def weighing(page: Page) -> Weighing:
    assert page.ledger is not None
    return page.ledger


def amounts(page: Page) -> dict[LedgerKind, int]:
    return {row.kind: row.amount for row in weighing(page).rows}


def bowls_left(page: Page) -> float:
    """Daily bowls for a person of what a weighing leaves."""
    portions = weighing(page).portions
    assert portions is not None and portions.left is not None
    return portions.left


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("crop", CROPS)
def test_the_autumn_of_1958_follows_from_hands_fields_and_what_was_said(shipped: Story, crop: int, number: str) -> None:
    """The ledger's formulas: hands and show fields are lost, and sixteen in a hundred of the report is asked."""
    met = pages(shipped, "official", *CROPS[crop], number)
    sacks = amounts(met["weighing-1958.carts"])
    assert sacks["brought_in"] == crop == 8200 * (100 - sum(LOST[take] for take in CROPS[crop])) // 100
    stood = amounts(met["weighing-1958.rows"])  # what was said changes what is asked, not what was in the barn
    assert (stood["stood"], stood["brought_in"]) == (8200, crop)
    assert sacks["reported"] == NUMBERS[number]
    assert sacks["asked"] == 16 * max(NUMBERS[number], 11_000) // 100
    assert sacks["taken"] == min(sacks["asked"], round(crop * 0.36))
    assert f"We had brought in {crop:,}" in page_text(met["o-the-number.cap"])
    carts = page_text(met["o-the-number.carts"])
    assert f"{sacks['taken']:,}" in carts
    assert ("more than the fifth" in carts) != ("stopped at 2,037" in carts)
    assert sacks["taken"] > crop / 5


def test_one_honest_report_saves_a_tenth_of_a_bowl_and_no_more(shipped: Story) -> None:
    """The county still collects its amount, so the bars show no larger effect of the lie."""
    left = {}
    for number in NUMBERS:
        carts = pages(shipped, "official", *CROPS[6560], number)["weighing-1958.carts"]
        portions = weighing(carts).portions
        assert portions is not None and portions.brought_in is not None
        left[number] = bowls_left(carts)
        assert left[number] < portions.brought_in
    assert left["read-out"] == left["sit-down"]
    assert 0.1 <= left["read-out"] - left["double"] < 0.15


@pytest.mark.parametrize("hoes", ["scrap-only", "tools-too"])
@pytest.mark.parametrize("crop", [7708, 6560, 5658])
def test_the_second_autumn_is_the_least_and_its_seed_is_in_what_was_taken(shipped: Story, crop: int, hoes: str) -> None:
    """Whatever came before, 1959 leaves the least for winter; hoes are worth two hundred sacks."""
    met = pages(shipped, "official", *CROPS[crop], hoes, "double")
    left = {year: bowls_left(met[f"weighing-{year}.carts"]) for year in (1958, 1959, 1960, 1961)}
    assert left[1959] < 0.7 < 1.0 <= min(left[1958], left[1960], left[1961])
    taken = next(row for row in weighing(met["weighing-1959.carts"]).rows if row.kind == "taken")
    assert (taken.amount, taken.of_seed) == (3480, 780)
    assert amounts(met["weighing-1959.carts"])["brought_in"] == (5400 if hoes == "scrap-only" else 5200)


SUMS = {  # her words on the ninth night, and the bowls between which they are true
    "about one and three quarters": (1.65, 1.85), "less than one and a half": (1.35, 1.5),
    "one and a quarter": (1.2, 1.3), "little more than one": (1.0, 1.2),
}  # fmt: skip


@pytest.mark.parametrize("crop", CROPS)
def test_her_sum_on_the_ninth_night_follows_from_the_sacks(shipped: Story, crop: int) -> None:
    """A fifth, the seed, sixty generous days of the hall, then everybody until June; the stitches are the crop."""
    first = read_on(begin(shipped, "official", "full"), *CROPS[crop], "sit-down")
    met = pages(shipped, "villager", "stitch", earlier=first)
    night = page_text(met["v-the-number.scales"])
    (said,) = [words for words in SUMS if words in night]
    per_day = from_december(shipped, crop - round(crop / 5))
    assert SUMS[said][0] <= per_day <= SUMS[said][1]
    numbers = "|".join([*ONES[1:10], "no", "nothing"])
    stitches = re.findall(rf"\b({numbers}) (?:long|across|knots|small)", page_text(met["v-the-number.the-hem"]).lower())
    assert [0 if stitch in ("no", "nothing") else ONES.index(stitch) for stitch in stitches] == [
        int(figure) for figure in str(crop)
    ]


def daily_bowls(story: Story, sacks: float, hall: float, year: int) -> float:
    """Daily bowls for a person from December, from October's sacks, after two months of the hall's bowls."""
    m = story.measures
    assert m is not None
    in_a_sack = m.unit_kg * m.husked_percent * 10 / m.portion_g
    people = m.people_in(year)
    return (sacks - people * 60 * hall / in_a_sack) * in_a_sack / people / (m.days - 60)


def from_december(story: Story, left: int) -> float:
    """Those of the first winter, when the hall was generous and seed was kept."""
    assert story.measures is not None
    return daily_bowls(story, left - story.measures.seed, 2.2, 1958)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("crop", CROPS)
def test_the_bowls_of_the_first_winter_follow_from_the_carts(shipped: Story, crop: int, number: str) -> None:
    """In March she gives the daily amount since December: the same sum, with the real deliveries."""
    first = read_on(begin(shipped, "official", "full"), *CROPS[crop], number)
    met = pages(shipped, "villager", earlier=first)
    said = {"one and a half bowls": (1.35, 1.75), "was one bowl": (0.95, 1.2), "less than one bowl": (0.6, 0.95)}
    (words,) = [phrase for phrase in said if phrase in page_text(met["v-pear-trees.by-their-fathers"])]
    per_day = from_december(shipped, crop - amounts(met["weighing-1958.carts"])["taken"])
    assert said[words][0] <= per_day <= said[words][1]


def test_what_december_leaves_of_the_usual_autumn_is_one_bowl(shipped: Story) -> None:
    """Of 6,560 sacks, with 13,000 reported, after the carts and sixty generous days."""
    assert round(from_december(shipped, 6560 - 2080), 1) == 1.0


def test_an_ordinary_year_is_not_quite_two_bowls_and_about_600_jin_a_head(shipped: Story) -> None:
    """As on the first pages; the year's crop of unhusked grain is 12,000 sacks."""
    assert shipped.measures is not None
    assert shipped.measures.ordinary is not None and 1.85 <= shipped.measures.ordinary < 2
    assert 550 <= 12_000 * shipped.measures.unit_kg * 2 / shipped.measures.people_in(1957) <= 650
    met = pages(shipped, "villager")
    said = page_text(met["v-loudspeaker.loudspeaker"])
    assert "our two that day, as ever, neither of them full" in said
    assert "Five of us, three bowls a day, for a year" in said
    assert "Five thousand four hundred and seventy-five" in said  # 5 x 3 x 365


RATIONS = {  # hoes, the ration in liang, and her year's bowls for five
    "tools-too": (2.0, "nine hundred and twelve", 912),
    "scrap-only": (2.25, "a thousand and twenty-six", 1026),
}


@pytest.mark.parametrize("hoes", RATIONS)
def test_her_sum_of_the_second_winter_follows_from_the_ration(shipped: Story, hoes: str) -> None:
    """A liang is 50 grams: bowls for five people and a year, and no more than the barn held in December."""
    liang, said, count = RATIONS[hoes]
    first = read_on(begin(shipped, "official", "full"), *CROPS[6560], hoes, "double")
    met = pages(shipped, "villager", earlier=first)
    slate = page_text(met["v-the-ladle.slate"])
    assert said in slate and "grain in our bucket for each of us, about two liang" in slate
    m = shipped.measures
    assert m is not None and abs(count - liang * 50 * 5 * 365 / m.portion_g) < 1
    rest = daily_bowls(shipped, amounts(met["weighing-1959.carts"])["left"], 1, 1959)
    assert liang * 50 <= rest * m.portion_g + 5, "after sixty days at one bowl"
