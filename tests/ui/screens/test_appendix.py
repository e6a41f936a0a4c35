"""The appendix of the talk: everything at first, then one year and one kind, and back."""

from __future__ import annotations

import pytest

from game.play.talk import appendix_entries
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, find, walk
from game.ui.update import update
from tests.ui.stand_ins import wandered


@pytest.fixture
def app(shipped: Story, words: Catalogue) -> AppState:
    """On the talk, after a whole reading."""
    p = wandered(shipped, 2, "villager")[-1]
    return AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", "1")))


def pressed(app: AppState, *names: str) -> AppState:
    for name in names:
        assert find(render_top(app), name), name
        app, effects = update(app, intents.Press(name))
        assert effects == ()
    return app


def entries(app: AppState) -> list[TreeNode]:
    return [node for node in walk(render_top(app)) if node.style in ("entry", "item")]


def test_everything_that_the_screens_leave_out_stands_in_it(app: AppState) -> None:
    """Each entry once; and Back leads to the screen of the talk that it was opened from."""
    opened = pressed(app, "appendix")
    assert app.playthrough is not None
    assert len(entries(opened)) == len(appendix_entries(app.playthrough))
    assert (pressed(opened, "back").top.screen, pressed(opened, "back").top.argument) == ("debrief", "1")


def test_a_year_and_a_kind_narrow_it(app: AppState) -> None:
    """Each alone, and both together; the number of each kind is that of the year; the focus stays on the filter."""
    assert app.playthrough is not None
    every = appendix_entries(app.playthrough)
    year = pressed(app, "appendix", "filter-year:1959")
    assert 0 < len(entries(year)) == sum(one.year == 1959 for one in every) < len(every)
    assert year.top.focus == "filter-year:1959"
    label = next(node.label for node in walk(render_top(year)) if node.id == "filter-kind:claimed")
    both = pressed(year, "filter-kind:claimed")
    assert label == f"Claimed ({len(entries(both))})"
    assert {node.value.split(" · ")[0] for node in entries(both)} == {"Claimed"}
    assert [node.id for node in walk(render_top(both)) if node.chosen] == ["filter-year:1959", "filter-kind:claimed"]
    assert len(entries(pressed(both, "filter-year:-", "filter-kind:-"))) == len(every)


def test_kinds_are_shown_apart(app: AppState) -> None:
    """Inventions and books have no source to open; what a reading did not meet is found by its standing too."""
    opened = pressed(app, "appendix")
    for kind in ("invented", "book"):
        found = entries(pressed(opened, f"filter-kind:{kind}"))
        assert found and all(node.style == "item" for node in found)
    unmet = entries(pressed(opened, "filter-kind:unmet"))
    assert app.playthrough is not None
    assert len(unmet) == sum(one.kind == "unmet" for one in appendix_entries(app.playthrough))
