"""Every sum that a page of the shipped story tells, reckoned from its sacks and its measures."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from game.play import begin
from game.play.page import Page
from game.play.playthrough import Playthrough
from game.story.model import Story

FULL = ["let-han", "short", "one", "tools-too", "nine"]  # the official's choices up to a full harvest, and so on
USUAL = ["let-han", "full", "one", "tools-too", "seven"]
LEAN = ["let-han", "full", "all", "tools-too", "seven"]
HARVESTS = {"full": FULL, "usual": USUAL, "lean": LEAN}
NUMBERS = {"read-out": 6800, "sit-down": 7300, "double": 9700}
ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def pages(playthrough: Playthrough, takes: Sequence[str]) -> dict[str, Page]:
    """The pages of a whole reading by their nodes: each of `takes` where it is open, else the first choice."""
    met = {}
    while True:
        page = playthrough.page
        if page.node:
            met[page.node] = page
        if not page.choices:
            return met
        open_ = [choice.id for choice in page.choices]
        playthrough = playthrough.choose(next((take for take in takes if take in open_), open_[0]))


def finished(playthrough: Playthrough, takes: Sequence[str]) -> Playthrough:
    """The playthrough read to its end in the same way."""
    while playthrough.page.choices:
        open_ = [choice.id for choice in playthrough.page.choices]
        playthrough = playthrough.choose(next((take for take in takes if take in open_), open_[0]))
    return playthrough


def text(page: Page) -> str:
    """A page's paragraphs as one text."""
    return "\n".join(paragraph.text for paragraph in page.paragraphs)


def bowls(story: Story, sacks: int) -> float:
    """What so many sacks, less the seed, come to for each person and day, in bowls."""
    m = story.measures
    assert m is not None
    return (sacks - m.seed_sacks) * m.sack_kg * m.husked_percent * 10 / m.people / m.days / m.bowl_g


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("harvest", HARVESTS)
def test_the_weighing_of_1958_tells_the_price_of_the_report(shipped: Story, harvest: str, number: str) -> None:
    """What a quarter of the crop would have left, what was left, and the quarter on the carts' page."""
    met = pages(begin(shipped, role="official", cut="full"), [*HARVESTS[harvest], number])
    page = met["weighing-1958.rows"]
    sacks = {row.kind: row.sacks for row in page.ledger}
    assert sacks["said"] == NUMBERS[number]
    assert sacks["taken"] == min(sacks["said"] // 4, sacks["grown"] * 45 // 100)
    by_the_crop = sacks["grown"] // 4
    assert shipped.measures is not None
    assert f"An ordinary autumn is {shipped.measures.ordinary_crop:,}" in text(page)
    assert ("It found only 45 sacks of each 100" in text(page)) == (sacks["taken"] < sacks["said"] // 4)
    per_day = {row.kind: row.per_day for row in page.ledger}
    assert per_day["grown"] == pytest.approx(bowls(shipped, sacks["grown"] - by_the_crop), abs=0.01)
    assert per_day["left"] == pytest.approx(bowls(shipped, sacks["left"]), abs=0.01)

    carts = text(met["o-the-number.carts"])
    assert f"{sacks['taken']:,} sacks" in carts
    assert f"would have been {by_the_crop:,}." in carts
    if sacks["said"] == 7300 and harvest != "lean":
        assert f"{sacks['said'] - sacks['taken']:,} left to eat and sow" in carts
        assert f"it was {sacks['grown'] - sacks['taken']:,}." in carts
    assert f"crop was {sacks['grown']:,} sacks" in text(met["o-the-number.cap"])


def test_a_class_can_do_the_sum_of_the_weighing_on_its_page(shipped: Story) -> None:
    """The ordinary autumn is told as one sum, from the sacks to the bowls, with the numbers of the measures."""
    m = shipped.measures
    assert m is not None
    page = text(pages(begin(shipped, role="villager", cut="full"), [])["weighing-1958.rows"])
    to_eat = m.ordinary_crop - m.ordinary_taken - m.seed_sacks
    in_a_sack = m.sack_kg * m.husked_percent * 10 // m.bowl_g
    assert f"{m.ordinary_taken:,} for the county, {m.seed_sacks} for seed, {to_eat:,} to eat" in page
    assert f"A sack makes {in_a_sack} bowls, for the commune’s {m.people:,} people and the {m.days} days" in page
    per_day = to_eat * in_a_sack / m.people / m.days
    assert f"{to_eat:,} × {in_a_sack} ÷ {m.people:,} ÷ {m.days} is {per_day:.1f} bowls" in page


@pytest.mark.parametrize("hoes", ["scrap-only", "tools-too"])
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("harvest", HARVESTS)
def test_the_halls_give_out_no_more_than_the_weighing_of_1959_left(
    shipped: Story, harvest: str, number: str, hoes: str
) -> None:
    """In every state: what was asked and taken is what the page says, and the ration is what the barn can bear."""
    takes = [hoes if take == "tools-too" else take for take in HARVESTS[harvest]]
    page = pages(begin(shipped, role="official", cut="full"), [*takes, number])["weighing-1959.rows"]
    sacks = {row.kind: row.sacks for row in page.ledger}
    assert f"the figure itself, {sacks['said']:,}" in text(page)
    asked = sacks["said"] * 30 // 100
    assert f"asked three tenths of it, {asked:,}" in text(page)
    assert sacks["taken"] == min(asked, sacks["grown"] * 45 // 100)
    assert ("no more than 45 of each hundred" in text(page)) == (sacks["taken"] < asked)
    liang = {"two and a half liang": 2.5, "two liang": 2, "three liang": 3}
    ration = next(many for said, many in liang.items() if said in text(page))
    assert ration * 50 <= bowls(shipped, sacks["left"]) * 200 + 1


@pytest.mark.parametrize(
    ("harvest", "said", "at_least", "at_most"),
    [
        ("usual", "It came to one bowl, because", 0.95, 1.05),
        ("full", "It came to one and a third, because", 1.28, 1.38),
        ("lean", "It came to less than three quarters of one, because", 0.65, 0.75),
    ],
)
def test_her_sum_on_the_ninth_night_follows_from_the_sacks(
    shipped: Story, harvest: str, said: str, at_least: float, at_most: float
) -> None:
    """The county's quarter first, then the seed, then everybody; and the stitches are the crop's figures."""
    first = finished(begin(shipped, role="official", cut="full"), [*HARVESTS[harvest], "sit-down"])
    met = pages(begin(shipped, role="villager", cut="full", earlier=first), ["stitch"])
    crop = next(row.sacks for row in met["weighing-1958.rows"].ledger if row.kind == "grown")
    assert said in text(met["v-the-number.scales"])
    assert at_least <= bowls(shipped, crop - crop // 4) <= at_most
    numbers = "|".join(ONES[1:10])
    stitches = re.findall(rf"\b({numbers}) (?:long|across|knots|small)", text(met["v-the-number.the-hem"]).lower())
    assert [ONES.index(stitch) for stitch in stitches] == [int(figure) for figure in str(crop)]


def test_an_ordinary_year_is_not_quite_two_bowls_and_about_600_jin_a_head(shipped: Story) -> None:
    """As she says on the first pages; the year's crop of unhusked grain is 12,000 sacks."""
    assert shipped.measures is not None
    assert 1.85 <= shipped.measures.ordinary_per_day < 2
    assert 550 <= 12_000 * shipped.measures.sack_kg * 2 / shipped.measures.people <= 650
    met = pages(begin(shipped, role="villager", cut="full"), [])
    said = text(met["v-loudspeaker.loudspeaker"])
    assert "not quite two bowls" in said
    assert "Five of us" in said
    assert "three full bowls a day" in said
    assert "Five thousand four hundred and seventy-five" in said  # 5 x 3 x 365


@pytest.mark.parametrize(
    ("liang", "takes", "said"),
    [
        (2, [*LEAN, "sit-down"], "nine hundred and twelve"),
        (2.5, [*USUAL, "sit-down"], "eleven hundred and forty"),
        (3, ["let-han", "short", "one", "scrap-only", "nine", "sit-down"], "thirteen hundred and sixty-eight"),
    ],
)
def test_her_sum_of_the_second_winter_follows_from_the_ration(
    shipped: Story, liang: float, takes: list[str], said: str
) -> None:
    """A liang is 50 grams: so many bowls for five people and a year, and no more than the barn held."""
    first = finished(begin(shipped, role="official", cut="full"), takes)
    met = pages(begin(shipped, role="villager", cut="full", earlier=first), [])
    assert said in text(met["v-the-ladle.slate"])
    written = {
        "nine hundred and twelve": 912,
        "eleven hundred and forty": 1140,
        "thirteen hundred and sixty-eight": 1368,
    }
    assert shipped.measures is not None
    assert abs(written[said] - liang * 50 * 5 * 365 / shipped.measures.bowl_g) < 1
    left = next(row.sacks for row in met["weighing-1959.rows"].ledger if row.kind == "left")
    assert liang * 50 <= bowls(shipped, left) * shipped.measures.bowl_g + 1
