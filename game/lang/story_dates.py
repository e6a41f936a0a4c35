"""Parse dates in words, as a page prints them: `February to May 1958`, `winter, 1959 to 1960`.

A date is the set of its months. A month is a number, counted from January of the year 0, so that dates can be compared
as sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Months = frozenset[int]

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
MONTHS_BY_NAME: dict[str, tuple[int, ...]] = {
    **{name: (number,) for number, name in enumerate(_NAMES, 1)},
    "spring": (2, 3, 4, 5),
    "summer": (5, 6, 7, 8),
    "autumn": (8, 9, 10, 11),
    "winter": (11, 12, 1, 2),
}  # seasons overlap, because they begin earlier or later from year to year
_TOKEN = re.compile(
    rf"\b(?P<name>{'|'.join(MONTHS_BY_NAME)})\b|\b(?P<year>\d{{4}})\b|(?P<to>\b(?:to|until)\b|[–-])", re.IGNORECASE
)


def parse_date(text: str) -> Months | None:
    """Return the months of a date in words, counted from January of the year 0. None if the date names no year."""
    found = list(_TOKEN.finditer(text))
    years = [int(token["year"]) for token in found if token["year"]]
    if not years:
        return None
    if spans := list(_spans(found, years)):
        return frozenset().union(*spans)
    each = range(min(years), max(years) + 1) if any(token["to"] for token in found) else years
    return frozenset(_count(year, month) for year in each for month in range(1, 13))


def parse_months(text: str) -> Months | None:
    """Return the months (1 to 12) of a time such as `November to March` or `May, June`; None if it names none."""
    months: set[int] = set()
    before, upto = 0, False
    for token in _TOKEN.finditer(text):
        if token["year"]:
            return None
        if token["to"]:
            upto = True
        else:
            own = MONTHS_BY_NAME[token["name"].lower()]
            if before and upto:
                months |= {(before + step) % 12 + 1 for step in range((own[0] - before) % 12)}
            months |= set(own)
            before, upto = own[-1], False
    return frozenset(months) or None


def year_of(month: int) -> int:
    """Return the year of a counted month."""
    return month // 12


def month_of(month: int) -> int:
    """Return a counted month's number in its year, 1 to 12."""
    return month % 12 + 1


def _count(year: int, month: int) -> int:
    return year * 12 + month - 1


def _spans(found: list[re.Match[str]], years: list[int]) -> Iterator[Months]:
    """Yield the months of each name of a month or season in the tokens `found`. A name belongs to the next year
    after it in the text, or else to the last of the `years`. For `May to July`, also yield all months between."""
    before: Months | None = None
    upto = False
    for token in found:
        if token["to"]:
            upto = True
        elif token["name"]:
            after = [int(other["year"]) for other in found if other["year"] and other.start() > token.start()]
            own = _of(MONTHS_BY_NAME[token["name"].lower()], after[0] if after else years[-1])
            if before and upto:
                yield frozenset(range(min(before), max(own) + 1))
            yield own
            before, upto = own, False


def _of(months: tuple[int, ...], year: int) -> Months:
    first = months[0]
    return frozenset(_count(year + (month < first), month) for month in months)
