"""Real dates and times in words, as seen from now. `game.lang.story_dates` reads the dates in a story."""

from __future__ import annotations

from datetime import date, datetime

from game.ui.i18n import Catalogue


def day_in_words(day: date, words: Catalogue) -> str:
    """Return a date in full: `9 May 2026`."""
    return words("record.day", day=day.day, month=_month(day, words), year=day.year)


def future_in_words(moment: datetime, now: datetime, words: Catalogue) -> str:
    """Return a future time in words: today the hour, within a week the weekday and the hour, later the date and the
    hour. Both times are local; both have a time zone, or neither has."""
    time, days = f"{moment:%H:%M}", (moment.date() - now.date()).days
    if not days:
        return time
    if 0 < days < 7:
        return words("when.weekday", weekday=words("when.weekdays").split()[moment.weekday()], time=time)
    return words("when.moment", day=day_in_words(moment.date(), words), time=time)


def past_in_words(words: Catalogue, iso: str, now: datetime | None) -> str:
    """Return a past time (ISO 8601; its zone is ignored) in words: within a week before `now` how long ago, earlier the
    date; "" if `iso` is not a time."""
    try:
        when = datetime.fromisoformat(iso).replace(tzinfo=None)
    except ValueError:
        return ""
    if now is not None:
        minutes = int((now.replace(tzinfo=None) - when).total_seconds() // 60)
        days = (now.date() - when.date()).days
        if 0 <= minutes < 60:
            return words("when.minutes", n=minutes) if minutes else words("when.now")
        if days == 0 and minutes >= 0:
            return words("when.today", time=when.strftime("%H:%M"))
        if 0 < days < 7:
            return words("when.days", n=days)
    return words("when.date", day=when.day, month=_month(when, words), year=when.year)


def _month(day: date, words: Catalogue) -> str:
    return words("when.months").split()[day.month - 1]
