"""The session lays out the next pages one by one while a reader is on this one."""

from __future__ import annotations

from game.desktop.frames import Prefetcher
from game.desktop.render.fonts import Fonts
from game.desktop.render.tree_renderer import TreeRenderer
from game.resources import assets_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.transitions import next_states
from tests.ui.stand_ins import wandered

SIZE = (1280, 720)


def test_each_next_page_is_laid_out_once_and_then_there_is_none(mill: Story, words: Catalogue) -> None:
    p = next(p for p in wandered(mill, 1, "miller") if len(p.page.choices) > 1)
    app = AppState(mill, words, Settings(), (ScreenView("title"), ScreenView("reading")), p)
    fonts = Fonts(assets_folder() / "fonts")
    prefetch, coming = Prefetcher(fonts, TreeRenderer(fonts)), [render_top(state) for state in next_states(app)]
    assert [prefetch.step(app, SIZE) for _ in range(len(coming) + 2)] == [True] * len(coming) + [False] * 2
    for tree in coming:
        assert prefetch.plan(tree, SIZE, app.settings) is not None
        assert prefetch.plan(tree, (800, 600), app.settings) is None
