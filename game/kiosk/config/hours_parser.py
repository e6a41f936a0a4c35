"""Opening hours parser, for values such as `{mon-fri: 10:00-18:00, sat: 20:00-02:00, 2026-12-25: closed}`."""

from __future__ import annotations

import re
from datetime import date

from game.core.findings import did_you_mean
from game.kiosk.config.config_entries import ConfigEntry
from game.kiosk.config.hours import ALWAYS, DAY, Hours, Spans

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = tuple(day[:3] for day in WEEK)
_DAYS = f"Days are {', '.join(_SHORT)}, mon-fri for several, daily for all, or a date such as 2026-12-25."
_TIMES = "Write 10:00-18:00, 20:00-02:00 over midnight, [10:00-12:00, 14:00-18:00], or closed."
_TIME = r"(\d{1,2})(?:[:.](\d\d))?\s*([ap]m)?"
_SPAN = re.compile(rf"\s*{_TIME}\s*[-–]\s*{_TIME}\s*", re.IGNORECASE)
Days = tuple[int, ...] | date


def parse_hours(entry: ConfigEntry) -> Hours:
    """Return the opening hours of an entry. If they are invalid, add what is wrong to the entry's findings."""
    if entry.value == "always":
        return ALWAYS
    if not isinstance(entry.value, dict):
        entry.add_finding("`hours` are `always`, or times behind days", f"{_DAYS} {_TIMES}")
        return ALWAYS
    week: dict[int, Spans] = {}
    dates: dict[date, Spans] = {}
    for name, child in entry.children():
        if _SPAN.fullmatch(name):  # in YAML's braces, a comma ends the value of a day
            child.add_finding(
                f"`{name}` stands where a day should", "Put the times of one day in brackets.", on_key=True
            )
            continue
        days, spans = _days(name, child), _spans(child)
        if isinstance(days, date):
            dates[days] = spans
            continue
        if any(day in week for day in days):
            child.add_finding(f"`{name}` names a day that stood before", "Name each day once.", on_key=True)
        week |= dict.fromkeys(days, spans)
    if len(dates) == len(entry.value):
        entry.add_finding(
            "these hours are of dates alone: on all other days it would be dark", "Add `daily: 00:00-24:00`."
        )
    return Hours(tuple(week.get(day, ()) for day in range(7)), dates)


def _days(name: str, entry: ConfigEntry) -> Days:
    """Return the days that a key names: weekdays from 0 for Monday, or one date; () with a finding if it is invalid."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", name):
        try:
            return date.fromisoformat(name)
        except ValueError:
            entry.add_finding(f"there is no {name}", "Write year, month and day, as 2026-12-25.", on_key=True)
            return ()
    found: list[int] = []
    for part in re.split(r"\s*,\s*", name.strip().lower()):
        ends = [_weekday(end) for end in re.split(r"\s*[-–]\s*", part)]
        match ends:
            case _ if part == "daily":
                found += range(7)
            case [int(day)]:
                found.append(day)
            case [int(first), int(last)]:
                found += ((first + day) % 7 for day in range((last - first) % 7 + 1))
            case _:
                entry.add_finding(
                    f"`{name}` is not a day", f"{_DAYS}{did_you_mean(part, (*WEEK, 'daily'))}", on_key=True
                )
                return ()
    return tuple(found)


def _weekday(name: str) -> int | None:
    """Return the number of a weekday, given its name or at least the first three letters; None for other texts."""
    return next((i for i, day in enumerate(WEEK) if len(name) >= 3 and day.startswith(name)), None)


def _spans(entry: ConfigEntry) -> Spans:
    if isinstance(entry.value, dict) or not entry.value:
        entry.add_finding("hours are missing here", _TIMES)
        return ()
    texts = entry.children() if isinstance(entry.value, list) else [("", entry)]
    return tuple(span for _, child in texts for span in _spans_of_text(child))


def _spans_of_text(entry: ConfigEntry) -> Spans:
    text = entry.text
    if text.strip().lower() == "closed":
        return ()
    spans = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part)
        start, end = (_minute(*match.groups()[:3]), _minute(*match.groups()[3:])) if match else (None, None)
        if start is None or end is None or start == DAY:
            entry.add_finding(f"`{text}` are not hours", _TIMES)
        elif start == end:
            entry.add_finding(f"`{text}` ends when it begins", "For a whole day write 00:00-24:00, for none closed.")
        else:
            spans.append((start, end if end > start else end + DAY))
    return tuple(spans)


def _minute(hour: str, minute: str | None, am_pm: str | None) -> int | None:
    """Return a time as minutes after midnight, up to 24:00; None if there is no such time."""
    h, m = int(hour), int(minute or 0)
    if am_pm:
        if not 1 <= h <= 12:
            return None
        h = h % 12 + (12 if am_pm.lower() == "pm" else 0)
    return h * 60 + m if m < 60 and h * 60 + m <= DAY else None
