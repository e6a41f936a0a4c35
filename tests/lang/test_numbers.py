"""Numbers as a language writes them."""

from __future__ import annotations

import pytest

from game.lang.numbers import NUMBER, grouped, with_unit


@pytest.mark.parametrize(("language", "text"), [
    ("en", "6,560"), ("en-GB", "6,560"), ("de", "6.560"), ("fr", "6\u202f560"), ("ru", "6\u00a0560"),
    ("zh-Hans", "6560"), ("zh-Hant", "6560"), ("ja", "6,560"), ("qaa", "6,560"),
])  # fmt: skip
def test_thousands_are_set_apart_as_in_the_language(language: str, text: str) -> None:
    """And the number is found again in a text with its unit."""
    assert grouped(6560, language) == text
    found = NUMBER.search(f"about {text} sacks, and 3")
    assert found is not None and found[0] == text


def test_small_numbers_stay_as_they_are() -> None:
    assert [grouped(n, "de") for n in (0, 12, 999, -5)] == ["0", "12", "999", "-5"]


def test_a_unit_stands_apart_where_words_do() -> None:
    assert with_unit("30", "sacks") == "30 sacks"
    assert with_unit("30", "袋") == "30袋"
