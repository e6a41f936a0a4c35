"""Old classes are announced, and deleted on a later day; a clock that jumps deletes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom.class_expiry import DAY, Expiry, expire
from game.classroom.class_store import record_paths
from game.classroom.log import Log
from tests.classroom.test_class_store import log_with_record

NOW, YEAR = 5_000_000.0, 365 * DAY


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A class of today."""
    return log_with_record(tmp_path / "a.class", NOW)


@pytest.mark.parametrize("jump", [YEAR, -YEAR, 6 * 3600.0])
def test_clock_that_jumps_and_is_corrected_deletes_nothing(log: Path, jump: float) -> None:
    for minutes in range(0, 600, 60):
        assert not expire(log.parent, NOW + jump + 60 * minutes, 30).deleted
    for days in range(5):
        assert expire(log.parent, NOW + days * DAY, 30) == Expiry()
    assert {*log.parent.iterdir()} == {log, *record_paths(log)}


def test_old_class_is_announced_and_deleted_on_another_day(log: Path) -> None:
    later = NOW + 31 * DAY
    for hours in (0, 12, 23):
        assert expire(log.parent, later + 3600 * hours, 30) == Expiry(announced=(log,))
    assert expire(log.parent, later + DAY, 30) == Expiry(deleted=(log,))
    assert not list(log.parent.iterdir())


def test_clock_that_goes_back_after_an_announcement_announces_again_for_a_day(log: Path) -> None:
    expire(log.parent, NOW + 90 * DAY, 30)
    assert expire(log.parent, NOW + 40 * DAY, 30) == Expiry(announced=(log,))
    assert expire(log.parent, NOW + 40.5 * DAY, 30) == Expiry(announced=(log,))
    assert expire(log.parent, NOW + 41 * DAY, 30) == Expiry(deleted=(log,))


def test_class_in_use_or_kept_is_not_deleted(log: Path) -> None:
    later = NOW + 31 * DAY
    expire(log.parent, later, 30)
    assert expire(log.parent, later + 2 * DAY, 30, keep=[log]) == Expiry()
    expire(log.parent, later, 30)
    with Log(log, lambda: NOW):
        assert expire(log.parent, later + 2 * DAY, 30) == Expiry(announced=(log,))
    assert expire(log.parent, later + 2 * DAY, 30) == Expiry(deleted=(log,))


def test_damaged_announcements_are_replaced(log: Path) -> None:
    (log.parent / "old-classes.json").write_text("[1", encoding="utf-8")
    assert expire(log.parent, NOW + 31 * DAY, 30) == Expiry(announced=(log,))


@given(ages=st.lists(st.integers(0, 60), max_size=6), days=st.integers(1, 60))
def test_only_classes_that_are_old_on_both_days_are_deleted(
    ages: list[int], days: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("classes")
    logs = [log_with_record(folder / f"{n}.class", NOW - age * DAY) for n, age in enumerate(ages)]
    first = expire(folder, NOW, days)
    assert set(first.announced) == {log for log, age in zip(logs, ages, strict=True) if age > days}
    second = expire(folder, NOW + DAY, days)
    assert set(second.deleted) == set(first.announced)
    for log in logs:
        assert [file.exists() for file in (log, *record_paths(log))] == [log not in second.deleted] * 3
