"""The talk on its screens: what came of a choice stands with it, and what is from elsewhere says so."""

from __future__ import annotations

import pytest

from game.play import debrief
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.render import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import walk
from tests.ui.stand_ins import wandered


@pytest.mark.parametrize("seed", range(6))
def test_what_came_of_each_choice_stands_behind_it(seed: int, mill: Story, words: Catalogue) -> None:
    """In the part that tells the reader's way every change that a page told is said, and no other."""
    p = wandered(mill, seed, "miller")[-1]
    sections = [section.id for section in debrief(p)]
    app = AppState(
        mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(sections.index("path"))))
    )
    shown = [node.label for node in walk(render_top(app)) if node.style == "change"]
    found = next(section for section in debrief(p) if section.id == "path").way
    assert found is not None
    stations = [station for date in found.dates for station in date]
    changes = [
        change for one in stations for change in (*(c for fork in one.forks for c in fork.changes), *one.changes)
    ]
    assert [label.split(". Now: ")[1] for label in shown] == [f"{change.after}." for change in changes]


def test_what_is_not_from_the_source_says_so(shipped: Story, words: Catalogue) -> None:
    """Over the further reading stands that it is from elsewhere, and over no other part."""
    p = wandered(shipped, 2, "official", "kiosk")[-1]
    told = []
    for at, section in enumerate(debrief(p)):
        app = AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(at))))
        if any(words("debrief.outside") in node.label for node in walk(render_top(app))):
            told.append(section.id)
    assert told == ["further-reading"]
