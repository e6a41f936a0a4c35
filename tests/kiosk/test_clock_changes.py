"""Midnight, daylight saving time, and a system clock that is set during a visit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from game.kiosk.config.hours import DAY, Hours
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.kiosk.kiosk_driver import InMemoryCounts, KioskDriver
from tests.kiosk.time_zones import BERLIN

FRIDAY_NIGHT = Hours(((),) * 4 + (((18 * 60, DAY + 150),),) + ((),) * 2)  # to half past two on Saturday
FRIDAY, SATURDAY = date(2026, 10, 23), date(2026, 10, 24)


class Days(InMemoryCounts):
    def on(self, day: date) -> dict[str, int]:
        found = dict[str, int]()
        for (kind, _, on), n in self.days.items():
            found[kind] = found.get(kind, 0) + (n if on == day else 0)
        return {kind: n for kind, n in found.items() if n}


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def kiosk(mill: Story, words: Catalogue, days: Days) -> KioskDriver:
    """A Friday evening at a museum that is open until half past two."""
    kiosk = KioskDriver(mill, words, counts=days, hours=FRIDAY_NIGHT)
    kiosk.day = datetime(2026, 10, 23, 23, 59)
    return kiosk


def comes_in(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")


def test_a_visit_over_midnight_is_counted_where_each_thing_happened(kiosk: KioskDriver, days: Days) -> None:
    comes_in(kiosk)
    kiosk.wait(1)
    assert kiosk.beats[-1] == 1
    kiosk.wait(62)
    assert kiosk.beats[-1] == 0
    kiosk.press("stop", "yes", "visit-over", "visit-anew")
    comes_in(kiosk)
    kiosk.poll()
    assert kiosk.beats[-1] == 1
    assert days.on(FRIDAY) == {"visits": 1, "role": 1, "cut": 1}
    assert days.on(SATURDAY)["visits"] == days.on(SATURDAY)["left"] == 1


def test_it_closes_in_the_night_and_until_the_next_evening(kiosk: KioskDriver) -> None:
    kiosk.day = datetime(2026, 10, 24, 2, 29)
    comes_in(kiosk)
    kiosk.wait(61)
    assert kiosk.where in ("reading", "still-there")
    kiosk.wait(300)
    assert kiosk.where == "closed"
    kiosk.set_clock(datetime(2026, 10, 24, 18, 30))
    assert kiosk.where == "closed"
    kiosk.set_clock(datetime(2026, 10, 30, 18, 0))
    assert kiosk.where == "attract"


def test_hour_repeated_by_clock_change_is_open_twice(mill: Story, words: Catalogue, days: Days) -> None:
    """When summer time ends during opening hours, the kiosk follows the local clock, and no visit is cut short."""
    saturday_night = Hours(((),) * 5 + (((18 * 60, DAY + 150),),) + ((),))
    kiosk, now = KioskDriver(mill, words, counts=days, hours=saturday_night), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    seen = list[tuple[str, str]]()
    for _ in range(180):
        kiosk.day = now.astimezone(BERLIN).replace(tzinfo=None)
        kiosk.now += 60
        kiosk.poll()
        if not seen or seen[-1][1] != kiosk.where:
            seen.append((f"{kiosk.day:%H:%M}", kiosk.where))
        now += timedelta(minutes=1)
    assert seen == [("02:00", "attract"), ("02:30", "closed"), ("02:00", "attract"), ("02:30", "closed")]


@pytest.mark.parametrize("by", [timedelta(days=-1), timedelta(hours=-1), timedelta(days=400), timedelta(days=-20000)])
def test_clock_set_during_a_visit(by: timedelta, mill: Story, words: Catalogue, days: Days) -> None:
    kiosk = KioskDriver(mill, words, counts=days, hours=Hours((((0, DAY),),) * 7))
    before = kiosk.day.date()
    comes_in(kiosk)
    kiosk.wait(20)
    kiosk.day += by
    kiosk.wait(20)
    assert kiosk.where == "reading"
    after = kiosk.day.date()
    assert kiosk.beats[-1] == (1 if after == before else 0)
    kiosk.wait(400)
    assert kiosk.where == "attract"
    assert days.n["left", "timeout." + next(key for kind, key in days.n if kind == "page")] == 1
    assert days.on(before)["visits"] == days.on(after)["left"] == 1
    assert 40 <= sum(days.seconds.values()) <= 200
