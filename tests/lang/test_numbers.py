"""Numbers as a language writes them."""

from __future__ import annotations

import pytest

from game.lang.numbers import NUMBER, grouped, plural_form, with_unit


@pytest.mark.parametrize(("language", "text"), [
    ("en", "6,560"), ("en-GB", "6,560"), ("de", "6.560"), ("fr", "6\u202f560"), ("ru", "6\u00a0560"),
    ("zh-Hans", "6560"), ("zh-Hant", "6560"), ("ja", "6,560"), ("qaa", "6,560"),
])  # fmt: skip
def test_thousands_are_set_apart_as_in_the_language(language: str, text: str) -> None:
    assert grouped(6560, language) == text
    found = NUMBER.search(f"about {text} sacks, and 3")
    assert found is not None and found[0] == text


def test_small_numbers_stay_as_they_are() -> None:
    assert [grouped(n, "de") for n in (0, 12, 999, -5)] == ["0", "12", "999", "-5"]


def test_a_unit_stands_apart_where_words_do() -> None:
    assert with_unit("30", "sacks") == "30 sacks"
    assert with_unit("30", "袋") == "30袋"


@pytest.mark.parametrize(("language", "forms"), [
    ("en", {1: "one", 2: "other", 5: "other", 21: "other"}),
    ("ru", {1: "one", 2: "few", 5: "other", 11: "other", 12: "other", 21: "one", 22: "few", 112: "other"}),
    ("pl", {1: "one", 2: "few", 5: "other", 12: "other", 21: "other", 22: "few"}),
    ("cs", {1: "one", 2: "few", 4: "few", 5: "other", 22: "other"}),
    ("zh-Hans", {2: "other"}),
])  # fmt: skip
def test_a_word_is_counted_as_in_the_language(language: str, forms: dict[int, str]) -> None:
    assert {number: plural_form(number, language) for number in forms} == forms
