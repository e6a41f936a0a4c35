"""How a weighing is counted, in sentences whose sums can be done again."""

from __future__ import annotations

import re

import pytest

from game.play import begin
from game.play.page import LedgerRow
from game.story.model import Story
from game.ui.components.chart_trees import counted_link, counted_text, measures_text
from game.ui.i18n import Catalogue
from game.ui.intents import Press
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import walk
from game.ui.update import update
from tests.play.weighings import AUTUMN_58, AUTUMN_59, MEASURES, weighed

SUM = re.compile(r"([\d,]+) sacks × (\d+) ÷ ([\d,]+) people ÷ (\d+) days = (\d\.\d) bowls")


@pytest.mark.parametrize("rows", [AUTUMN_58, AUTUMN_59], ids=["1958", "1959"])
def test_each_sum_comes_out(rows: tuple[LedgerRow, ...], words: Catalogue) -> None:
    """What a reader divides again is what the page draws."""
    made = weighed(*rows)
    sums = [SUM.search(sentence) for sentence in counted_text(words, MEASURES, made)]
    assert len(sums) == 3 and made.portions is not None
    for found, drawn in zip(sums, (made.portions.stood, made.portions.brought_in, made.portions.left), strict=True):
        assert found is not None and drawn is not None
        sacks, in_a_sack, people, days, bowls = (float(number.replace(",", "")) for number in found.groups())
        assert sacks * in_a_sack / people / days == pytest.approx(bowls, abs=0.051)
        assert bowls == pytest.approx(drawn, abs=0.051)


def test_the_measures_say_what_an_ordinary_year_is(words: Catalogue) -> None:
    """A sack, a bowl, and the sum of a year in which nothing went wrong."""
    sack, bowl, ordinary = measures_text(words, MEASURES)
    assert "100 kilograms" in sack and "350 in a sack" in bowl
    assert "5,460, for 4,100 people and 240 days" in ordinary and "1.9 bowls" in ordinary


def test_a_page_leads_to_its_sums_by_one_press(shipped: Story, words: Catalogue) -> None:
    """From the weighing's page to a card with its own numbers, and back."""
    p = begin(shipped, "villager")
    while p.page.node != "weighing-1958.carts":
        p = p.choose(p.page.choices[0].id)
    app = AppState(shipped, words, Settings(), (ScreenView("title"), ScreenView("reading")), p)
    (link,) = (node for node in walk(render_top(app)) if node.id == "counted")
    opened = update(app, Press(link.id))[0]
    said = " ".join(node.label for node in walk(render_top(opened)))
    assert opened.top.screen == "counted" and "In fact 4,480 were left, 780 of them seed." in said
    assert update(opened, Press("back"))[0].top.screen == "reading"


def test_a_page_without_portions_has_no_such_link(words: Catalogue) -> None:
    """Where a story has no measures, nothing is counted by the head."""
    assert counted_link(words, weighed(*AUTUMN_58, measures=None), "weighing.rows") == ()
    assert counted_link(words, None, "gate.knock") == ()
