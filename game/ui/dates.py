"""Days and moments as a person says them: by the clock today, by the weekday within a week, by the date beyond it."""

from __future__ import annotations

from datetime import date, datetime

from game.ui.i18n import Catalogue


def day_in_words(day: date, words: Catalogue) -> str:
    return words("record.day", day=day.day, month=words("when.months").split()[day.month - 1], year=day.year)


def moment_in_words(moment: datetime, now: datetime, words: Catalogue) -> str:
    """A moment to come, as it is said now; both in local time."""
    time, days = f"{moment:%H:%M}", (moment.date() - now.date()).days
    if not days:
        return time
    if 0 < days < 7:
        return words("when.weekday", weekday=words("when.weekdays").split()[moment.weekday()], time=time)
    return words("when.moment", day=day_in_words(moment.date(), words), time=time)
