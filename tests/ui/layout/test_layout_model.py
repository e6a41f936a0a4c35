"""Scrolling follows the focus, arrow keys page through the text, and a line names what is hidden below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from game.play import begin
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.intents import Focus, Intent, Scroll
from game.ui.key_bindings import ViewState, key_intents
from game.ui.layout.geometry import Box, Rect
from game.ui.layout.layout_model import Layout, hidden_below_text, in_sight, reveal, scrolled_by_page, shown_focus
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.tree import TreeNode, choices
from tests.ui.app_driver import at_page
from tests.ui.stand_ins import Ruler, laid_out, wandered

SMALL, LARGE = (800, 480), Settings(text_scale=200)  # a page scrolls, with its choices


@pytest.fixture
def long_page(mill: Story, words: Catalogue) -> tuple[TreeNode, Layout]:
    return laid_out(at_page(words, wandered(mill, 1, "miller")[1], settings=LARGE), SMALL)


def arrow(view: ViewState, key: str) -> Intent:
    [intent] = key_intents(key, view, None, False)
    return intent


def pressed(tree: TreeNode, plan: Layout, key: str, focus: str | None, scroll: int) -> Iterator[tuple[str | None, int]]:
    """The focus and the scroll after each of 60 presses of an arrow key."""
    for _ in range(60):
        intent = arrow(ViewState(plan, tree, focus, scroll), key)
        if isinstance(intent, Scroll):
            scroll = intent.to
        elif isinstance(intent, Focus):
            focus, scroll = intent.id, reveal(plan, scroll, intent.id)
        yield focus, scroll


def test_the_status_line_counts_hidden_choices(long_page: tuple[TreeNode, Layout], words: Catalogue) -> None:
    tree, plan = long_page
    assert hidden_below_text(plan, tree, 0, words) == "3 choices below"
    said = {hidden_below_text(plan, tree, scroll, words) for scroll in range(0, plan.max_scroll + 1, 10)}
    assert "1 choice below" in said
    assert hidden_below_text(plan, tree, plan.max_scroll, words) == ""


def test_a_hidden_way_on_is_not_called_a_choice(mill: Story, words: Catalogue) -> None:
    tree, plan = laid_out(at_page(words, begin(mill, "miller"), settings=LARGE), SMALL)
    assert hidden_below_text(plan, tree, 0, words) == "The page goes on below"


def test_down_reads_on_until_a_choice_is_in_reach(long_page: tuple[TreeNode, Layout]) -> None:
    tree, plan = long_page
    steps = [(None, 0), *pressed(tree, plan, "down", None, 0)]
    further = [after - before for (focus, before), (following, after) in pairwise(steps) if focus == following]
    assert all(0 <= by <= plan.main.view.h for by in further), "never further than what was in sight"
    slips = [slip.id for slip in choices(tree)]
    assert [focus for focus in dict.fromkeys(focus for focus, _ in steps) if focus in slips] == slips


def test_down_does_not_pass_what_is_still_hidden(mill: Story, words: Catalogue) -> None:
    tree, plan = laid_out(at_page(words, begin(mill, "miller"), settings=LARGE), SMALL)
    assert not in_sight(plan, 0, "choice:continue")
    intent = arrow(ViewState(plan, tree, "choice:continue", 0), "down")
    assert isinstance(intent, Scroll) and intent.to > 0
    assert arrow(ViewState(plan, tree, "choice:continue", plan.max_scroll), "down") != intent


def test_up_leads_back_to_the_beginning(long_page: tuple[TreeNode, Layout]) -> None:
    tree, plan = long_page
    *_, (_, scroll) = pressed(tree, plan, "up", choices(tree)[-1].id, plan.max_scroll)
    assert scroll == 0


def test_a_screenful_keeps_a_line(long_page: tuple[TreeNode, Layout]) -> None:
    _, plan = long_page
    assert 0 < scrolled_by_page(plan, 0, 1) < plan.main.view.h
    assert scrolled_by_page(plan, plan.max_scroll, 1) == plan.max_scroll
    assert scrolled_by_page(plan, 0, -1) == 0


def test_reveal_moves_only_hidden_nodes(long_page: tuple[TreeNode, Layout]) -> None:
    tree, plan = long_page
    last = choices(tree)[-1].id
    shown = reveal(plan, 0, last)
    assert in_sight(plan, shown, last)
    assert reveal(plan, shown, last) == shown
    roomy = layout(tree, (1280, 720), LARGE, Ruler())
    assert roomy.max_scroll and reveal(roomy, 0, "pause") == 0
    assert shown_focus(plan, tree, last, 0) == (last, 0), "a page stays at its beginning"


def test_the_smallest_thing_under_a_point_is_hit(long_page: tuple[TreeNode, Layout]) -> None:
    """By its area, so that a long and low option wins over its row."""
    _, plan = long_page
    sheet = Rect(0, 0, 400, 400)
    row, option = Box("row", Rect(0, 0, 100, 50), "row"), Box("option", Rect(0, 0, 40, 4), "option")
    panel = replace(plan.main, rect=sheet, view=sheet, items=(row, option), fixed=())
    plan = replace(plan, panels=(panel,))
    assert plan.hit(10, 2) == "option"
    assert plan.hit(10, 30) == "row"
    assert plan.hit(10, 60) is None
