"""Opening hours answer like somebody who looks at the clock on the wall every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kiosk.config.hours import DAY, Hours, Spans
from tests.kiosk.time_zones import AT_MIDNIGHT, BERLIN, LORD_HOWE

MINUTE = timedelta(minutes=1)
# Two weeks around the clock changes in each zone; 2026-11-25 is an ordinary day.
NEAR = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 10, 4), date(2026, 4, 4), date(2026, 9, 5),
        date(2026, 11, 25)]  # fmt: skip

spans = st.lists(st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)), max_size=2).map(
    lambda made: tuple((start, start + length) for start, length in made)
)
days = st.builds(lambda near, more: near + timedelta(days=more), st.sampled_from(NEAR), st.integers(-3, 3))
timetables = st.builds(Hours, st.tuples(*[spans] * 7), st.dictionaries(days, spans, max_size=2))
zones = st.sampled_from([None, UTC, BERLIN, LORD_HOWE, AT_MIDNIGHT])


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """An existing moment: converted from UTC if it has a zone."""
    there, zone = draw(days), draw(zones)
    naive = datetime(there.year, there.month, there.day) + timedelta(seconds=draw(st.integers(0, 86_399)))
    if zone is None:
        return naive
    return naive.replace(tzinfo=zone, fold=draw(st.integers(0, 1))).astimezone(UTC).astimezone(zone)


def lit(hours: Hours, first: date, last: date) -> set[datetime]:
    """Every open minute of the local clock, from one day to another."""
    shown = [first + timedelta(days=n) for n in range(-1, (last - first).days + 1)]
    return {
        datetime(day.year, day.month, day.day) + minute * MINUTE
        for day in shown
        for start, end in hours.dates.get(day, hours.week[day.weekday()])
        for minute in range(start, end)
    }


def on_the_wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, fold=0, second=0, microsecond=0)


def passed(moment: datetime, by: timedelta, zone: tzinfo | None) -> datetime:
    return moment + by if zone is None else (moment.astimezone(UTC) + by).astimezone(zone)


@given(timetables, moments())
def test_it_is_open_in_the_minutes_of_its_spans(hours: Hours, now: datetime) -> None:
    assert hours.open_at(now) == (on_the_wall(now) in lit(hours, now.date(), now.date()))


@given(timetables, moments())
def test_the_next_change_is_that_which_comes_minute_by_minute(hours: Hours, now: datetime) -> None:
    last = max([now.date(), *hours.dates]) + timedelta(days=8)
    open_minutes = lit(hours, now.date() - timedelta(days=1), last + timedelta(days=1))
    was = on_the_wall(now) in open_minutes
    at = passed(now.replace(second=0), MINUTE, now.tzinfo)
    while at.date() <= last and (on_the_wall(at) in open_minutes) == was:
        at = passed(at, MINUTE, now.tzinfo)
    change = hours.next_change(now)
    assert (change and (change, change.fold)) == (None if at.date() > last else (at, at.fold))


@given(timetables, moments(), moments())
def test_hours_are_stateless(hours: Hours, now: datetime, wrong: datetime) -> None:
    before = hours.open_at(now), hours.next_change(now)
    hours.next_change(wrong)
    assert (hours.open_at(now), hours.next_change(now)) == before


@pytest.mark.parametrize(
    ("now", "opens", "hours_later"),
    [
        (datetime(2026, 3, 28, 18, 0, tzinfo=BERLIN), datetime(2026, 3, 29, 10, 0, tzinfo=BERLIN), 15),
        (datetime(2026, 10, 24, 18, 0, tzinfo=BERLIN), datetime(2026, 10, 25, 10, 0, tzinfo=BERLIN), 17),
        (datetime(2026, 11, 25, 18, 0, tzinfo=BERLIN), datetime(2026, 11, 26, 10, 0, tzinfo=BERLIN), 16),
    ],
)
def test_ten_o_clock_is_ten_o_clock_in_any_season(now: datetime, opens: datetime, hours_later: int) -> None:
    change = Hours((((600, 1080),),) * 7).next_change(now)
    assert change == opens
    assert change.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=hours_later)


def test_a_time_that_is_not_there_is_the_moment_of_the_leap() -> None:
    """If 02:30 is skipped, an opening at 02:30 happens when the clock jumps from 02:00 to 03:00."""
    sundays = Hours((*((),) * 6, ((150, 600),)))
    opens = sundays.next_change(datetime(2026, 3, 29, 1, 0, tzinfo=BERLIN))
    assert opens is not None and opens.replace(tzinfo=None) == datetime(2026, 3, 29, 3, 0)


def test_after_a_long_holiday_it_opens_again() -> None:
    closed: dict[date, Spans] = {date(2026, 7, day): () for day in range(1, 32)}
    hours = Hours((((600, 1080),),) * 7, closed)
    assert hours.next_change(datetime(2026, 6, 30, 18, 0)) == datetime(2026, 8, 1, 10, 0)
