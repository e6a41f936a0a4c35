"""A kiosk's memory over some visits in fast time; `tests.benchmarks.kiosk_hour` takes an hour in real time."""

from __future__ import annotations

import pytest

from tests.benchmarks.test_memory_soak import glibc, soaked

# Bytes: two pictures. One more or less is being painted or cut at the moment in which most is held; what grew before
# the pictures had one budget and large blocks were mapped was 59 MB.
GROWTH = 2 * 4 * 1080 * 1920


@pytest.mark.full
@glibc
def test_kiosk_holds_no_more_after_its_third_visit() -> None:
    """At 1080x1920, where the invitation goes through all its years between visits: the most it held at any moment."""
    weights = soaked("kiosk_visits", "6", "1958")
    highest = [one.highest for one in weights]
    assert len(highest) == 6
    assert max(highest[3:]) - max(highest[:3]) <= GROWTH, [str(one) for one in weights]
