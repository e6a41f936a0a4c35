"""Raw bytes over every route and frame of a class and a relay end no room, while two phones vote all the time.

`RAW_BYTES=50000 RAW_BYTES_SEED=1 RAW_BYTES_ROUNDS=20 pytest -m full tests/relay/test_raw_bytes.py --timeout 0` sends
more. The seed determines the inputs; the machine determines their order of arrival.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.relay.fuzzed_class import check, fuzz, processes

INPUTS, SEED, ROUNDS = (int(os.environ.get(f"RAW_BYTES{name}", usual)) for name, usual in (
    ("", 1000), ("_SEED", 26), ("_ROUNDS", 1),
))  # fmt: skip


@pytest.mark.full
@pytest.mark.usefixtures("home")
def test_no_bytes_from_the_network_hold_up_a_class_or_lose_a_vote(tmp_path: Path) -> None:
    with processes(tmp_path) as made:
        check(made, asyncio.run(fuzz(made, SEED, INPUTS, ROUNDS)))
