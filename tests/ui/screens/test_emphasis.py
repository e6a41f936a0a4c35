"""Stars in the story's files mark emphasis: no text on screen or paper shows them as letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from game.documents.guide import render_guide
from game.documents.journal.journal_html import render_journal
from game.lang.markup import emphasis_spans
from game.play.talk import talk_screens
from game.resources import assets_folder, story_folder
from game.story import load
from game.story.model import Story
from game.terminal import keys_of, render
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.screens.registry import render_top
from game.ui.state import ScreenView
from game.ui.tree import TreeNode, walk
from tests.ui.app_driver import at_page
from tests.ui.stand_ins import wandered

FILM = "Communist China: The Great Leap Forward"


def texts(story: Story, words: Catalogue) -> Iterator[TreeNode]:
    """The story's description, each screen of the talk after a reading, and its appendix."""
    p = wandered(story, 2, "villager")[-1]
    app = at_page(words, p)
    views = [ScreenView("debrief", str(at)) for at in range(len(talk_screens(p)))]
    for view in (ScreenView("about"), *views, ScreenView("appendix")):
        yield render_top(app.pushed(view))


@pytest.mark.parametrize("language", ["", "zh-Hans"])
def test_no_screen_and_no_line_of_a_terminal_has_a_star(language: str) -> None:
    story = load(story_folder(), language=language)
    screens = list(texts(story, catalogue_for(assets_folder() / "locale", story)))
    for tree in screens:
        assert not [node for node in walk(tree) if "*" in f"{node.label}{node.value}"]
        assert "*" not in render(tree, keys_of(tree), 100)
    marked = [span.text for tree in screens for node in walk(tree) for span in node.spans if span.kind == "emphasis"]
    assert (marked.count(FILM) > 1) == (language == "")


def test_no_line_of_the_journal_and_the_guide_has_a_star(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    journal = render_journal(p, words, "", {}, date(2026, 11, 28))
    guide = render_guide(shipped, words, "", ())
    for html in (journal, guide):
        assert "*" not in re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    assert f"<em>{FILM}</em>" in guide


def test_no_choice_has_a_star(shipped: Story) -> None:
    """Buttons, walls and tallies show a deed in plain letters."""
    assert not [choice.id for node in shipped.nodes.values() for choice in node.choices if "*" in choice.say]
    assert "Have him begin it Xiaomai." in [choice.say for node in shipped.nodes.values() for choice in node.choices]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Plain.", [("Plain.", "plain")]),
        ("*All*", [("All", "emphasis")]),
        ("In *the film* it is.", [("In ", "plain"), ("the film", "emphasis"), (" it is.", "plain")]),
        ("5 * 3", [("5 * 3", "plain")]),
    ],
)
def test_stars_in_pairs_are_marks_and_one_alone_is_a_letter(text: str, spans: list[tuple[str, str]]) -> None:
    assert [(span.text, span.kind) for span in emphasis_spans(text)] == spans
