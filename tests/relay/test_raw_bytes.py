"""Raw bytes over every route and frame of a class and a relay end no room: see tests/benchmarks/raw_bytes.py."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.relay.fuzzed_class import check, fuzz, processes


@pytest.mark.full
@pytest.mark.usefixtures("home")
def test_no_bytes_from_the_network_hold_up_a_class_or_lose_a_vote(tmp_path: Path) -> None:
    with processes(tmp_path) as made:
        check(made, asyncio.run(fuzz(made, 26, 1000, 1)))
