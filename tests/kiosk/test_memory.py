"""A kiosk's memory over some visits in fast time; `tests.benchmarks.kiosk_hour` takes an hour in real time."""

from __future__ import annotations

import pytest

from tests.benchmarks.test_memory_soak import glibc, soaked

GROWTH = 5_000_000  # bytes


@pytest.mark.full
@glibc
def test_kiosk_holds_no_more_after_its_second_visit() -> None:
    """At 1080x1920, where the invitation goes through all its years between visits: the most it held at any moment."""
    weights = soaked("kiosk_visits", "6", "1958")
    highest = [one.highest for one in weights]
    assert len(highest) == 6
    assert max(highest[2:]) - max(highest[:2]) <= GROWTH, [str(one) for one in weights]
