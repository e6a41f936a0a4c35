"""The promise of every layout, with the real fonts as the ruler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story.model import Story
from game.ui.app import App, View, view_tree
from game.ui.layout import layout
from game.ui.settings import VALUES, Settings
from game.ui.words import Words
from game.window.fonts import Fonts
from tests.ui.stand_ins import SCALES, SIZES, check_layout, wandered

some_settings = st.builds(
    Settings,
    text_scale=st.sampled_from(SCALES),
    font=st.sampled_from(VALUES["font"]),
    spacing=st.sampled_from(VALUES["spacing"]),
)


@given(st.integers(0, 10_000), st.sampled_from(SIZES), some_settings, st.data())
def test_every_page_fits_or_scrolls(
    shipped: Story,
    words: Words,
    fonts: Fonts,
    seed: int,
    size: tuple[int, int],
    settings: Settings,
    data: st.DataObject,
) -> None:
    """Any page of any playthrough of the shipped story, at each size and text scale."""
    p = data.draw(st.sampled_from(wandered(shipped, seed)))
    app = App(shipped, words, settings, (View("title"), View("reading")), p)
    tree = view_tree(app, app.top)
    check_layout(tree, layout(tree, size, settings, fonts))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
@pytest.mark.parametrize("role", ["villager", "official"])
def test_the_talk_after_fits_or_scrolls(
    shipped: Story, words: Words, fonts: Fonts, size: tuple[int, int], text_scale: int, role: str
) -> None:
    """Each section of the shipped debrief, with every fact that was met."""
    settings = Settings(text_scale=text_scale)
    p = wandered(shipped, 5, role)[-1]
    for at in range(len(shipped.debrief)):
        app = App(shipped, words, settings, (View("title"), View("reading"), View("debrief", str(at))), p)
        tree = view_tree(app, app.top)
        check_layout(tree, layout(tree, size, settings, fonts))
