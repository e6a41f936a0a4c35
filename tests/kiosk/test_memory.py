"""A kiosk's memory over some visits in fast time; `tests.benchmarks.kiosk_hour` takes an hour in real time."""

from __future__ import annotations

import pytest

from tests.benchmarks.test_memory_soak import glibc, soaked

# Bytes of two pictures: one more or less may be painted or cut at the peak. Before the pictures had one budget and
# large blocks were mapped, growth was 59 MB.
GROWTH = 2 * 4 * 1080 * 1920


@pytest.mark.full
@glibc
def test_kiosk_holds_no_more_after_its_third_visit() -> None:
    """At 1080x1920, with the invitation's whole cycle between visits: the peak."""
    weights = soaked("kiosk_visits", "6", "1958")
    highest = [weight.highest for weight in weights]
    assert len(highest) == 6
    assert max(highest[3:]) - max(highest[:3]) <= GROWTH, [str(weight) for weight in weights]
