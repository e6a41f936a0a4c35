"""Words are counted alike in every language, so that times to read agree."""

from __future__ import annotations

import pytest

from game.documents.guide.reading_times import estimate_minutes
from game.lang.reading_speed import count_words
from game.resources import story_folder
from game.story import Story, load


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("He wrote 6,800 half-heartedly. He did.", 6),
        ("She said — “now” — and went.", 7),
        ("他写了六千八百。", 4),
        ("“走吧。”她说……", 2),
        ("1960年，村里收回来4700袋。", 6),  # eight characters and two numbers
        ("Ashton 等人，Famine in China", 5),
    ],
)
def test_length_in_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_length_takes_about_as_long_in_both_languages(shipped: Story) -> None:
    chinese = load(story_folder(), language="zh-Hans")
    for cut in (shipped.cuts["kiosk"], shipped.cuts["lesson"]):
        minutes = {story.language: estimate_minutes(story, "villager", cut) for story in (shipped, chinese)}
        assert 0.6 < minutes["zh-Hans"] / minutes["en"] < 1.4, minutes
