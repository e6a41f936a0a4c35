"""At every size and text scale of a wall, each choice, count and bar of both halves is in sight at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from game.classroom import commands
from game.desktop.render.fonts import Fonts
from game.resources import assets_folder, story_folder
from game.story import load
from game.story.model import Story
from game.ui.class_state import ClassView
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box
from game.ui.settings import Settings
from game.ui.state import WALL, AppState, ScreenView
from game.ui.tree import walk
from tests.access.every_screen import Shown, laid_out
from tests.classroom.wall_states import UnloggedClass
from tests.lanes import sampled

SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080))


def votes_of(story: Story) -> Iterator[ClassView]:
    class_ = UnloggedClass(story)
    while class_.state.can_vote or any(track.only_continues for track in class_.state.tracks):
        if not class_.state.can_vote:
            class_.do(commands.go_on)
            continue
        yield class_.class_view()
        yield class_.do(commands.open_vote).vote(22, Random(1)).class_view(75.0)
        yield class_.do(commands.reveal).class_view()
        class_.do(commands.decide, choose=lambda most: most[0])


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("text_scale", sampled([100, 120, 140], 140))
def test_every_choice_count_and_bar_is_in_sight(language: str, text_scale: int, shipped: Story, fonts: Fonts) -> None:
    story = shipped if language == "en" else load(story_folder(), None, language)
    words, settings = Catalogue(assets_folder() / "locale", language), Settings(text_scale=text_scale)
    for class_view in votes_of(story):
        app = AppState(story, words, settings, (ScreenView("wall"),), class_view.playthrough, mode=WALL)
        screen = Shown(f"{class_view.halves[0].page.node} {class_view.phase}", replace(app, class_view=class_view))
        options = {node.id for node in walk(screen.tree) if node.style == "option"}
        for size in SIZES:
            plan = laid_out(screen, size, fonts)
            hidden = [item for item in plan.main.items if item.rect.bottom > plan.main.view.h]
            votes = [item for item in hidden if item.id in options or (isinstance(item, Box) and item.kind == "gauge")]
            assert not votes, (screen.name, size)
