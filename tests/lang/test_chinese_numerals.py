"""Numbers in Chinese characters, as a translation may write a number of its original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lang.chinese_numerals import DIGITS, in_characters, numeral_forms

VALUES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def value_of(text: str) -> int:
    """Read characters back, in a way of its own: sections of four digits, each with its unit."""
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif VALUES[character] < 10_000:
            section, digit = section + digit * VALUES[character], 0
        else:
            total, section, digit = total + (section + digit) * VALUES[character], 0, 0
    return total + section + digit


@given(st.integers(0, 10**12 - 1))
def test_characters_say_the_number(number: int) -> None:
    assert value_of(in_characters(number)) == number
    assert "零零" not in in_characters(number)


@pytest.mark.parametrize(("number", "text"), [
    (0, "零"), (10, "一十"), (105, "一百零五"), (1_560, "一千五百六十"), (4_005, "四千零五"), (10_010, "一万零一十"),
    (320_000, "三十二万"), (190_000_000, "一亿九千万"), (100_000_001, "一亿零一"),
])  # fmt: skip
def test_characters_are_those_that_people_write(number: int, text: str) -> None:
    assert in_characters(number) == text


@pytest.mark.parametrize(("digits", "form"), [
    ("12", "十二"), ("11000", "一万一"), ("2000", "两千"), ("1958", "一九五八"), ("1960", "一九六〇"),
    ("1960", "六〇年"), ("1958", "58年"), ("45000000", "4500万"), ("45000", "4.5万"), ("160000000", "1.6亿"),
    ("300", "三百"),
])  # fmt: skip
def test_other_ways_to_write_a_number(digits: str, form: str) -> None:
    assert form in set(numeral_forms(digits))


@pytest.mark.parametrize("digits", ["", "1.5", "-3", "1" * 13])
def test_what_is_no_whole_number_has_no_form(digits: str) -> None:
    assert list(numeral_forms(digits)) == []
