"""When something is, read from the words that a page prints: `February to May 1958`, `winter, 1959 to 1960`.

A date is the set of its months, each counted from January of the year 0, so that dates compare as sets of numbers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Months = frozenset[int]

NAMES: dict[str, tuple[int, ...]] = {
    **{
        name: (number,)
        for number, name in enumerate(
            "january february march april may june july august september october november december".split(),  # noqa: SIM905
            1,
        )
    },
    "spring": (2, 3, 4, 5),
    "summer": (5, 6, 7, 8),
    "autumn": (8, 9, 10, 11),
    "winter": (11, 12, 1, 2),
}  # a season is taken wide: where it begins is a matter of the year
_TOKEN = re.compile(
    rf"\b(?P<name>{'|'.join(NAMES)})\b|\b(?P<year>\d{{4}})\b|(?P<to>\b(?:to|until)\b|[–-])", re.IGNORECASE
)


def date(text: str) -> Months | None:
    """The months of a date in words; None where no year stands in it."""
    found = list(_TOKEN.finditer(text))
    years = [int(token["year"]) for token in found if token["year"]]
    if not years:
        return None
    if spans := list(_spans(found, years)):
        return frozenset().union(*spans)
    each = range(min(years), max(years) + 1) if any(token["to"] for token in found) else years
    return frozenset(_count(year, month) for year in each for month in range(1, 13))


def months_of_any_year(text: str) -> Months | None:
    """The months, 1 to 12, of a time of the year: `November to March`, `May, June`; None where it names none."""
    months: set[int] = set()
    before, upto = 0, False
    for token in _TOKEN.finditer(text):
        if token["year"]:
            return None
        if token["to"]:
            upto = True
        else:
            own = NAMES[token["name"].lower()]
            if before and upto:
                months |= {(before + step) % 12 + 1 for step in range((own[0] - before) % 12)}
            months |= set(own)
            before, upto = own[-1], False
    return frozenset(months) or None


def year_of(month: int) -> int:
    return month // 12


def month_of(month: int) -> int:
    """Which month of the year it is, 1 to 12."""
    return month % 12 + 1


def _count(year: int, month: int) -> int:
    return year * 12 + month - 1


def _spans(found: list[re.Match[str]], years: list[int]) -> Iterator[Months]:
    """The months that each name stands for, and those between two names with `to` between them."""
    before: Months | None = None
    upto = False
    for token in found:
        if token["to"]:
            upto = True
        elif token["name"]:
            after = [int(other["year"]) for other in found if other["year"] and other.start() > token.start()]
            own = _of(NAMES[token["name"].lower()], after[0] if after else years[-1])
            if before and upto:
                yield frozenset(range(min(before), max(own) + 1))
            yield own
            before, upto = own, False


def _of(months: tuple[int, ...], year: int) -> Months:
    """A month or season that begins in a year; one that runs over New Year ends in the next."""
    first = months[0]
    return frozenset(_count(year + (month < first), month) for month in months)
