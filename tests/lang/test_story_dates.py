"""Dates in words are parsed to months: years, months, seasons, and ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lang.story_dates import MONTHS_BY_NAME, month_of, parse_date, parse_months, year_of

MONTHS = [name for name, months in MONTHS_BY_NAME.items() if len(months) == 1]


@pytest.mark.parametrize(
    ("text", "first", "last", "length"),
    [
        ("October 1958", (1958, 10), (1958, 10), 1),
        ("January and February 1958", (1958, 1), (1958, 2), 2),
        ("January, March 1958", (1958, 1), (1958, 3), 2),
        ("February to May 1958", (1958, 2), (1958, 5), 4),
        ("February–May 1958", (1958, 2), (1958, 5), 4),
        ("winter, 1959 to 1960", (1959, 11), (1960, 2), 4),
        ("the winter of 1959", (1959, 11), (1960, 2), 4),
        ("spring 1962", (1962, 2), (1962, 5), 4),
        ("1992", (1992, 1), (1992, 12), 12),
        ("1958 and 1960", (1958, 1), (1960, 12), 24),
        ("1958 to 1960", (1958, 1), (1960, 12), 36),
        ("March 1959 to April 1960", (1959, 3), (1960, 4), 14),
        ("1958, in October", (1958, 10), (1958, 10), 1),
    ],
)
def test_a_date_is_read_as_its_months(text: str, first: tuple[int, int], last: tuple[int, int], length: int) -> None:
    months = parse_date(text)
    assert months is not None
    found = [(year_of(month), month_of(month)) for month in sorted(months)]
    assert (found[0], found[-1], len(found)) == (first, last, length)


@pytest.mark.parametrize("text", ["", "that spring", "October", "in the year 58", "19581"])
def test_without_a_year_there_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("November to March", {11, 12, 1, 2, 3}),
        ("March and April", {3, 4}),
        ("May to June, September to November", {5, 6, 9, 10, 11}),
        ("summer", {5, 6, 7, 8}),
        ("winter to April", {11, 12, 1, 2, 3, 4}),
        ("July", {7}),
        ("March 1958", None),
        ("always", None),
    ],
)
def test_a_season_is_read_without_a_year(text: str, months: set[int] | None) -> None:
    assert parse_months(text) == months


@given(st.sampled_from(MONTHS), st.sampled_from(MONTHS))
def test_from_a_month_to_another_is_every_month_between(first: str, other: str) -> None:
    there, back = parse_months(f"{first} to {other}"), parse_months(f"{other} to {first}")
    assert there is not None and back is not None
    assert there | back == set(range(1, 13)) or first == other
    assert there & back == {*MONTHS_BY_NAME[first], *MONTHS_BY_NAME[other]}


@given(st.integers(1500, 2099), st.sampled_from(MONTHS))
def test_a_month_of_a_year_is_itself(year: int, month: str) -> None:
    assert [(year_of(at), month_of(at)) for at in parse_date(f"{month} {year}") or ()] == [
        (year, *MONTHS_BY_NAME[month])
    ]
