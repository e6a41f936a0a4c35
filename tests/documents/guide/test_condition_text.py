"""A condition is described in the story's words, and never in words with another meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.documents.guide import overviews
from game.documents.guide.condition_text import in_words
from game.documents.guide.inline_html import PrintSetting
from game.story import Story
from game.ui.i18n import Catalogue
from tests.small_stories.packs import load_the_ferry
from tests.story.packs import CHAPTER, PACK, playable


def words_of(condition: str, folder: Path, words: Catalogue, **files: str) -> str | None:
    """The words of a condition on the standard pack's second page."""
    text = f"text: [{{if: '{condition}', text: They came in.}}, So it was.]"
    story: Story = playable(folder, chapter=CHAPTER.replace("text: They came in.", text), **files)
    passage = story.nodes["gate.inside"].text[0]
    assert passage.condition is not None
    return in_words(passage.condition, story, words)


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("wok", "“the wok on its hook”"),
        ("not wok", "“the bare hook”"),
        ("wok == false", "“the bare hook”"),
        ("said == praise", "“full bowls”"),
        ("said != praise", "“no opinion”"),
        ("grain > 2", "“a full jar”"),
        ("grain < 3", "“an empty jar” or “half a jar”"),
        ("not grain > 2", "“an empty jar” or “half a jar”"),
        ("wok and said == praise", "“the wok on its hook” and “full bowls”"),
        ("not (wok or said == praise)", "“the bare hook” and “no opinion”"),
        ("chose(knock.open)", "the reader chose “I opened.”"),
        ("not chose(gate.knock.open)", "the reader did not choose “I opened.”"),
        ("seen(knock)", "“The Gate · Shen Guilan” was read"),
    ],
)
def test_a_condition_is_put_in_the_story_s_words(condition: str, wanted: str, tmp_path: Path, words: Catalogue) -> None:
    assert words_of(condition, tmp_path, words) == wanted


def test_guide_words_come_before_those_of_the_story(tmp_path: Path, words: Catalogue) -> None:
    guide = "guide: [{id: a, title: A}]\nwords: {grain: {0: none, 1: some}, wok: {true: a wok there}}\n"
    pack = re.sub(", words: {0: an empty jar.*?}", "", PACK)
    found = words_of("grain > 0 and wok", tmp_path, words, pack=pack, guide=guide)
    assert found == "“some” and “a wok there”"


@pytest.mark.parametrize("condition", ["grain > 1", "grain + 1 > 2", "wok and grain > 1", "1 < grain < 4"])
def test_a_condition_without_words_has_none(condition: str, tmp_path: Path, words: Catalogue) -> None:
    """*Half a jar* stands for 1 and 2, so no words mean *more than 1*, and the result is None."""
    assert words_of(condition, tmp_path, words) is None


def test_a_text_of_the_talk_is_printed_after_its_condition(words: Catalogue) -> None:
    story = load_the_ferry()
    printed = [
        "".join(element.itertext()) for element in overviews.debrief(PrintSetting(story, words, (), frozenset()))
    ]
    assert printed[-2:] == [
        "Only if not seen(c-list.list) and hunger > 0: Somebody wrote a list.",
        "Only if “The Desk · Yao Wen” was not read: The clerk had stood at the gate.",
    ]
