"""When a kiosk is open: by weekday and by date, over midnight, on the wall's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime, timedelta

from game.core.values import frozen

DAY = 24 * 60  # minutes
Span = tuple[int, int]  # from and to, in minutes after its day's midnight: beyond DAY, on the next day
Spans = tuple[Span, ...]


@frozen
class Hours:
    """A week, Monday first, and the dates that are not as their weekday is.

    All answers are those of the wall's clock: where it is put forward or back, the kiosk follows it. Nothing is kept
    from one question to the next, so that a clock that was wrong leaves no trace.
    """

    week: tuple[Spans, ...]
    dates: Mapping[date, Spans] = field(default_factory=dict)

    def open_at(self, now: datetime) -> bool:
        """Whether it is open at a moment, which is given in local time."""
        minute = now.hour * 60 + now.minute
        today, yesterday = self._on(now.date()), self._on(now.date() - timedelta(days=1))
        return any(start <= minute < end for start, end in today) or any(minute < end - DAY for _, end in yesterday)

    def next_change(self, now: datetime) -> datetime | None:
        """The next moment at which it opens or closes, as local as the one given; None where it never will."""
        was, at = self.open_at(now), now
        # A week after the last date that is different, all there is to see has been seen.
        last = max((now.date(), *self.dates)) + timedelta(days=8)
        while at.date() <= last:
            at = self._next_edge(at)
            if self.open_at(at) != was:
                return at
        return None

    def _on(self, day: date) -> Spans:
        return self.dates.get(day, self.week[day.weekday()])

    def _next_edge(self, now: datetime) -> datetime:
        """The next moment that may be a change: an end of a span, a midnight, or the clock's being put elsewhere."""
        now = now.replace(microsecond=0)
        begun = now.hour * 60 + now.minute
        edges = {DAY, *(edge for span in self._on(now.date()) for edge in span)}
        edges |= {end - DAY for _, end in self._on(now.date() - timedelta(days=1))}
        step = timedelta(minutes=min(edge for edge in edges if edge > begun) - begun, seconds=-now.second)
        if _later(now, step).utcoffset() == now.utcoffset():
            return _later(now, step)
        low, high = 0, int(step.total_seconds())  # the offset is still the same after `low`, and another after `high`
        while high - low > 1:
            middle = (low + high) // 2
            same = _later(now, timedelta(seconds=middle)).utcoffset() == now.utcoffset()
            low, high = (middle, high) if same else (low, middle)
        return _later(now, timedelta(seconds=high))


ALWAYS = Hours((((0, DAY),),) * 7)


def _later(now: datetime, by: timedelta) -> datetime:
    """The moment when so much time has passed, which a wall's clock does not always say."""
    return now + by if now.tzinfo is None else (now.astimezone(UTC) + by).astimezone(now.tzinfo)
