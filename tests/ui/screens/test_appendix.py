"""The appendix of the talk: everything at first, then one year and one kind, and back."""

from __future__ import annotations

from functools import partial

import pytest

from game.play.talk import appendix_entries
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, walk
from tests.ui.app_driver import press
from tests.ui.stand_ins import wandered


@pytest.fixture
def app(shipped: Story, words: Catalogue) -> AppState:
    """On the talk, after a whole reading."""
    p = wandered(shipped, 2, "villager")[-1]
    return AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", "1")))


pressed = partial(press, quiet=True)


def entries(app: AppState) -> list[TreeNode]:
    return [node for node in walk(render_top(app)) if node.style in ("entry", "item")]


def test_the_appendix_has_all_that_the_screens_leave_out(app: AppState) -> None:
    opened = pressed(app, "appendix")
    assert len(entries(opened)) == len(appendix_entries(app.current))
    assert (pressed(opened, "back").top.screen, pressed(opened, "back").top.argument) == ("debrief", "1")


def test_a_year_and_a_kind_filter_the_entries(app: AppState) -> None:
    every = appendix_entries(app.current)
    year = pressed(app, "appendix", "filter-year:1959")
    assert 0 < len(entries(year)) == sum(entry.year == 1959 for entry in every) < len(every)
    assert year.top.focus == "filter-year:1959"
    label = next(node.label for node in walk(render_top(year)) if node.id == "filter-kind:claimed")
    both = pressed(year, "filter-kind:claimed")
    assert label == f"Claimed ({len(entries(both))})"
    assert {node.value.split(" · ")[0] for node in entries(both)} == {"Claimed"}
    assert [node.id for node in walk(render_top(both)) if node.chosen] == ["filter-year:1959", "filter-kind:claimed"]
    assert len(entries(pressed(both, "filter-year:-", "filter-kind:-"))) == len(every)


def test_each_kind_of_entry_has_its_form(app: AppState) -> None:
    opened = pressed(app, "appendix")
    for kind in ("invented", "book"):
        found = entries(pressed(opened, f"filter-kind:{kind}"))
        assert found and all(node.style == "item" for node in found)
    unmet = entries(pressed(opened, "filter-kind:unmet"))
    assert len(unmet) == sum(entry.kind == "unmet" for entry in appendix_entries(app.current))
