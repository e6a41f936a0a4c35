"""The shipped story's places: enough different rooms, and no picture that reveals a death before its page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import groupby, pairwise

import pytest

from game.painter.canvas.scene_state import read
from game.play import Page, begin
from game.story import Story
from tests.play.readers import read_by_chance

DOORS = [("full", "official"), ("full", "villager"), ("one-door", "official"), ("one-door", "villager"),
         ("kiosk", "official"), ("kiosk", "villager"), ("class", None)]  # fmt: skip
READINGS = 40
HOUSEHOLD = {
    "Grandfather": r"Grandfather died|He died in January|died, of hunger, in January|and died in January",
    "Dashan": r"Dashan died|Dashan went (?:off )?to look for work",
    "Xiaomai": r"died of hunger, and [^.]*Xiaomai did|and then Xiaomai, at thirteen|Xiaomai died",
    "Tun'er": r"Tun'er[^.]* died|The baby died",
    "Guilan": r"My mother died",
}
VILLAGE = {"dike", "dining", "hall", "presidium", "reservoir", "scales"}  # scenes with the village's people
FRAMES = {"v-two-baskets", "o-forty-sheets"}  # set years later; the second says that many died
DEATHS = r"\bdie[ds]?\b|\bdying\b|\bdead\b|starv"


def readings(story: Story, cut: str, role: str | None) -> Iterator[tuple[Page, ...]]:
    for seed in range(READINGS):
        yield read_by_chance(begin(story, role, cut), random.Random(seed)).pages


def said(page: Page) -> str:
    """A page's texts: its lines, its summaries, its text; not the debrief."""
    summaries = [paragraph.text for chapter in page.told for paragraph in chapter.paragraphs]
    lines = [said for line in page.lines if line.year != 1958 for said in ([line.brief] if line.brief else line.text)]
    return " ".join([*lines, *summaries, *(paragraph.text for paragraph in page.shown_paragraphs())]).replace(
        "\u2019", "'"
    )


@pytest.mark.parametrize(("cut", "role"), DOORS)
def test_his_desk_is_never_shown_on_more_than_two_pages_in_a_row(shipped: Story, cut: str, role: str | None) -> None:
    """And on at most a fifth of any reading of his role."""
    for pages in readings(shipped, cut, role):
        scenes = [page.picture.scene if page.picture else "" for page in pages]
        longest = max((len(list(run)) for scene, run in groupby(scenes) if scene == "desk"), default=0)
        assert longest <= 2
        assert scenes.count("desk") <= len(scenes) / 5 + 1


@pytest.mark.parametrize(("cut", "role"), DOORS)
def test_no_bowl_or_coat_is_gone_before_a_page_tells_of_the_death(shipped: Story, cut: str, role: str | None) -> None:
    for pages in readings(shipped, cut, role):
        text = ""
        for page in pages:
            text += said(page)
            if page.picture is None or page.picture.scene not in ("kitchen", "courtyard") or page.role != "villager":
                continue
            shown = read(page.picture.params)
            deaths = sum(bool(re.search(pattern, text)) for pattern in HOUSEHOLD.values())
            if "1992" not in (page.when or ""):
                assert shown.coats >= 5 - deaths, page.node
            if page.picture.scene == "kitchen":
                assert shown.bowls >= 5 - deaths, page.node


@pytest.mark.parametrize(("cut", "role"), DOORS)
def test_no_crowd_of_the_village_thins_before_a_page_tells_that_people_die(
    shipped: Story, cut: str, role: str | None
) -> None:
    for pages in readings(shipped, cut, role):
        text = ""
        for page in pages:
            text += said(page) if page.chapter not in FRAMES else ""
            if page.picture and page.picture.scene in VILLAGE and not re.search(DEATHS, text):
                assert read(page.picture.params).people == 10, page.node


def test_a_picture_of_his_changes_with_its_place(shipped: Story) -> None:
    for pages in readings(shipped, "full", "official"):
        for before, other in pairwise(pages):
            if before.place != other.place:
                assert before.picture != other.picture
