"""The memory of the window after a thousand pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.harness import Say, output_of

TURNS = int(os.environ.get("TURNS", "1000"))
MEGABYTE = 1024 * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_thousand_page_turns(benchmark: Any, say: Say, home: Path) -> None:
    done = benchmark.pedantic(output_of, args=("tests.benchmarks.thousand_turns", str(TURNS)), rounds=1)
    lines = [line.split() for line in done.splitlines() if line[:1].isdigit()]
    held = [int(size) / MEGABYTE for _, size in lines]
    half = len(held) // 2
    say(
        f"\n{TURNS} page turns: {', '.join(f'{size:.0f}' for size in held)} MB, promised 250;"
        f" second half to first {max(held[half:]) / max(held[:half]):.2f}"
    )
