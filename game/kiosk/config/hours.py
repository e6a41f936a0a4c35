"""Opening hours: by weekday and by date, in local time. A span may end after midnight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime, timedelta

from game.core.values import frozen

DAY = 24 * 60  # minutes
Span = tuple[int, int]  # start and end in minutes after midnight; an end beyond DAY is on the next day
Spans = tuple[Span, ...]


@frozen
class Hours:
    """The opening hours of a week, Monday first, and of special dates, which replace the weekday's hours. All times are
    local, also after the clocks change."""

    week: tuple[Spans, ...]
    dates: Mapping[date, Spans] = field(default_factory=dict)

    def open_at(self, now: datetime) -> bool:
        """Return whether the museum is open at a local time."""
        minute = now.hour * 60 + now.minute
        today, yesterday = self._spans_on(now.date()), self._spans_on(now.date() - timedelta(days=1))
        return any(start <= minute < end for start, end in today) or any(minute < end - DAY for _, end in yesterday)

    def next_change(self, now: datetime) -> datetime | None:
        """Return when the museum next opens or closes, in local time; None if it never does."""
        was_open, at = self.open_at(now), now
        # a week after the last special date, every case has come
        last = max((now.date(), *self.dates)) + timedelta(days=8)
        while at.date() <= last:
            at = self._next_edge(at)
            if self.open_at(at) != was_open:
                return at
        return None

    def _spans_on(self, day: date) -> Spans:
        return self.dates.get(day, self.week[day.weekday()])

    def _next_edge(self, now: datetime) -> datetime:
        """Return the first time after `now` at which a span starts or ends, a day begins, or the UTC offset changes."""
        now = now.replace(microsecond=0)
        minute = now.hour * 60 + now.minute
        edges = {DAY, *(edge for span in self._spans_on(now.date()) for edge in span)}
        edges |= {end - DAY for _, end in self._spans_on(now.date() - timedelta(days=1))}
        step = timedelta(minutes=min(edge for edge in edges if edge > minute) - minute, seconds=-now.second)
        if _later(now, step).utcoffset() == now.utcoffset():
            return _later(now, step)
        low, high = 0, int(step.total_seconds())  # after `low` seconds the offset is the same, after `high` another
        while high - low > 1:
            middle = (low + high) // 2
            same = _later(now, timedelta(seconds=middle)).utcoffset() == now.utcoffset()
            low, high = (middle, high) if same else (low, middle)
        return _later(now, timedelta(seconds=high))


ALWAYS = Hours((((0, DAY),),) * 7)


def _later(now: datetime, by: timedelta) -> datetime:
    """Return the local time that comes `by` after `now`, correct across changes of the UTC offset."""
    return now + by if now.tzinfo is None else (now.astimezone(UTC) + by).astimezone(now.tzinfo)
