"""Midnight, daylight saving time, and a system clock that is set during a visit."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from game.kiosk.config.hours import ALWAYS, DAY, Hours
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.kiosk.kiosk_driver import KioskDriver
from tests.kiosk.time_zones import BERLIN

FRIDAY_NIGHT = Hours(((),) * 4 + (((18 * 60, DAY + 150),),) + ((),) * 2)  # to half past two on Saturday
FRIDAY, SATURDAY = date(2026, 10, 23), date(2026, 10, 24)


def counted(kiosk: KioskDriver, day: date) -> Counter[str]:
    """How often each kind was counted on a day."""
    return Counter(kind for kind, _, on in kiosk.counts.days.elements() if on == day)


@pytest.fixture
def kiosk(mill: Story, words: Catalogue) -> KioskDriver:
    """A Friday evening at a museum that is open until half past two."""
    kiosk = KioskDriver(mill, words, hours=FRIDAY_NIGHT)
    kiosk.day = datetime(2026, 10, 23, 23, 59)
    return kiosk


def test_a_visit_over_midnight_is_counted_where_each_thing_happened(kiosk: KioskDriver) -> None:
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.wait(1)
    assert kiosk.beats[-1] == 1
    kiosk.wait(62)
    assert kiosk.beats[-1] == 0
    kiosk.press("stop", "yes", "visit-over", "visit-anew", "come-in", "enter:miller/kiosk")
    kiosk.poll()
    assert kiosk.beats[-1] == 1
    assert counted(kiosk, FRIDAY) == {"visits": 1, "role": 1, "cut": 1}
    assert counted(kiosk, SATURDAY)["visits"] == counted(kiosk, SATURDAY)["left"] == 1


def test_it_closes_in_the_night_and_until_the_next_evening(kiosk: KioskDriver) -> None:
    kiosk.day = datetime(2026, 10, 24, 2, 29)
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.wait(61)
    assert kiosk.where in ("reading", "still-there")
    kiosk.wait(300)
    assert kiosk.where == "closed"
    kiosk.set_clock(datetime(2026, 10, 24, 18, 30))
    assert kiosk.where == "closed"
    kiosk.set_clock(datetime(2026, 10, 30, 18, 0))
    assert kiosk.where == "attract"


def test_hour_repeated_by_clock_change_is_open_twice(mill: Story, words: Catalogue) -> None:
    """When summer time ends during opening hours, the kiosk follows the local clock, and no visit is cut short."""
    saturday_night = Hours(((),) * 5 + (((18 * 60, DAY + 150),),) + ((),))
    kiosk, now = KioskDriver(mill, words, hours=saturday_night), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
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
def test_clock_set_during_a_visit(by: timedelta, mill: Story, words: Catalogue) -> None:
    kiosk = KioskDriver(mill, words, hours=ALWAYS)
    before = kiosk.day.date()
    kiosk.press("come-in", "enter:miller/kiosk")
    kiosk.wait(20)
    kiosk.day += by
    kiosk.wait(20)
    assert kiosk.where == "reading"
    after = kiosk.day.date()
    assert kiosk.beats[-1] == (1 if after == before else 0)
    kiosk.wait(400)
    assert kiosk.where == "attract"
    assert kiosk.counts.n["left", "timeout." + next(key for kind, key in kiosk.counts.n if kind == "page")] == 1
    assert counted(kiosk, before)["visits"] == counted(kiosk, after)["left"] == 1
    assert 40 <= sum(kiosk.counts.seconds.values()) <= 200
