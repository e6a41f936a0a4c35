"""Relays under load end on SIGTERM; `python -m tests.benchmarks.relay_sigterm` does it forty times."""

from __future__ import annotations

import asyncio
import shutil

import pytest

from tests.benchmarks.relay_sigterm import terminate_often

pytestmark = [pytest.mark.full, pytest.mark.skipif(shutil.which("valkey-server") is None, reason="needs valkey-server")]


def test_relays_under_load_end_on_sigterm_each_time() -> None:
    assert None not in asyncio.run(terminate_often(3, rooms=4))
