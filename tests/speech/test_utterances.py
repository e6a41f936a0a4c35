"""A line as voices say it: signs as words, each language in its own voice, and no utterance too long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.resources import assets_folder
from game.speech.utterances import LONGEST_UTTERANCE, Utterance, base, chunks, in_words, utterances
from game.ui.i18n import Catalogue

BOTH, ENGLISH = ("en-gb", "cmn"), ("en-us",)
CHINESE = Catalogue(assets_folder() / "locale", "zh-Hans")


def said(line: str, words: Catalogue, spoken: tuple[str, ...] = BOTH, language: str = "en") -> list[tuple[str, str]]:
    return [(each.text, each.language) for each in utterances(line, words, language, spoken)]


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("Volume: 75 %.", "Volume: 75 per cent."),
        ("97.5 % of 1,600%", "97.5 per cent of 1,600 per cent"),
        ("1992 · a courtyard", "1992, a courtyard"),
        ("saved 2026-11-04 20:41", "saved 4 November 2026, 20:41"),
        ("between 30–50 million", "between 30 to 50 million"),
        ("Ctrl with + or − changes it", "Ctrl with plus or minus changes it"),
        ("4,868 sacks of Locust-Tree Ford", "4,868 sacks of Locust-Tree Ford"),
        ("no-break\u00a0space", "no-break space"),
    ],
)
def test_signs_are_words(words: Catalogue, line: str, spoken: str) -> None:
    assert in_words(line, words) == spoken


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("音量：75%。", "音量：百分之75。"),
        ("97.5%", "百分之97.5"),
        ("2026-11-04 20:41", "2026年11月4日, 20:41"),
        ("3–5袋", "3到5袋"),
    ],
)
def test_signs_are_chinese_words(line: str, spoken: str) -> None:
    assert in_words(line, CHINESE) == spoken


def test_chinese_is_said_by_a_chinese_voice(words: Catalogue) -> None:
    assert said("合作社 · hézuòshè", words) == [("合作社", "zh")]
    assert said("With the husk it is 原粮, yuánliáng, and more.", words) == [
        ("With the husk it is", "en"), ("原粮", "zh"), ("and more.", "en"),
    ]  # fmt: skip


def test_without_a_chinese_voice_its_sound_is_said(words: Catalogue) -> None:
    """Pinyin is said without tones, which would be spelt; characters alone are left out."""
    assert said("合作社 · hézuòshè", words, ENGLISH) == [("hezuoshe", "en")]
    assert said("It is 原粮, yuánliáng, and more.", words, ENGLISH) == [("It is yuanliang, and more.", "en")]
    assert said("大喇叭", words, ENGLISH) == []
    assert said("A café, Tun’er.", words, ENGLISH) == [("A café, Tun’er.", "en")], "these accents are no tones"
    assert said("The word 忠 (loyalty) hung there.", words, ENGLISH) == [("The word (loyalty) hung there.", "en")]


def test_a_chinese_story_is_said_whole_by_its_own_voice_and_years_digit_by_digit() -> None:
    (line,) = said("1958–1962年，收回来4700袋。", CHINESE, BOTH, "zh-Hans")
    assert line == ("一九五八到一九六二年，收回来4700袋。", "zh-Hans")


@pytest.mark.parametrize(("tag", "language"), [("en_GB", "en"), ("cmn", "zh"), ("zh-Hans", "zh"), ("yue", "yue")])
def test_a_tag_is_known_whatever_its_country(tag: str, language: str) -> None:
    assert base(tag) == language


@given(st.lists(st.text("abc ,.;!?”—", min_size=1, max_size=60), min_size=1, max_size=12).map(" ".join))
def test_no_word_is_lost_between_utterances(text: str) -> None:
    assert "".join(chunks(text)).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.integers(1, 25), min_size=1, max_size=60))
def test_an_utterance_is_short(lengths: list[int]) -> None:
    text = " ".join(" ".join(["grain"] * length) + "." for length in lengths)
    for breath in chunks(text):
        assert len(breath) <= LONGEST_UTTERANCE
        assert breath.endswith(".")


def test_a_long_sentence_pauses_at_its_commas() -> None:
    parts = list(chunks(", ".join(["and then another basket of beans"] * 20) + "."))
    assert len(parts) > 1
    assert all(part.endswith((",", ".")) for part in parts)


@given(st.text(max_size=300), st.sampled_from([BOTH, ENGLISH, ()]))
def test_any_text_can_be_said(words: Catalogue, text: str, spoken: tuple[str, ...]) -> None:
    for each in utterances(text, words, "en", spoken):
        assert isinstance(each, Utterance)
        assert re.search(r"\w", each.text) or each.language == "zh"
