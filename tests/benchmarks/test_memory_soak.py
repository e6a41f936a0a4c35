"""Memory over page turns (`TURNS`), a kiosk's visits in fast time (`VISITS`, `SOAK_SEED`) and class rounds (`ROUNDS`,
`PHONES`)."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.harness import Say, output_of
from tests.benchmarks.weight import Weight

TURNS = os.environ.get("TURNS", "1000")
VISITS = os.environ.get("VISITS", "130")  # a museum's hour has some 60
ROUNDS, PHONES = os.environ.get("ROUNDS", "30"), os.environ.get("PHONES", "60")
SEED = os.environ.get("SOAK_SEED", "1958")
FIRST = 10  # visits or rounds in which what is kept may still fill up
GROWTH = 5_000_000  # bytes
EVERY = 5

glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="asks glibc what it holds")


def soaked(module: str, *arguments: str) -> list[Weight]:
    said = output_of(f"tests.benchmarks.{module}", *arguments, SDL_VIDEODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
    return [Weight(**json.loads(line)) for line in said.splitlines() if line.startswith("{")]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_thousand_page_turns(benchmark: Any, say: Say, home: Path) -> None:
    done = benchmark.pedantic(output_of, args=("tests.benchmarks.thousand_turns", TURNS), rounds=1)
    held = [int(line.split()[1]) / 2**20 for line in done.splitlines() if line[:1].isdigit()]
    half = len(held) // 2
    say(
        f"\n{TURNS} page turns: {', '.join(f'{size:.0f}' for size in held)} MB, promised 250;"
        f" second half to first {max(held[half:]) / max(held[:half]):.2f}"
    )


@glibc
@pytest.mark.parametrize(
    ("module", "arguments", "size"),
    [
        pytest.param("kiosk_visits", (VISITS, SEED), "1080x1920", id="two hours of visits"),
        pytest.param("class_rounds", (ROUNDS, PHONES), "1920x1080", id="thirty rounds of a class"),
    ],
)
def test_no_growth_after_the_first_ones(say: Say, module: str, arguments: tuple[str, str], size: str) -> None:
    weights = soaked(module, *arguments)
    say(f"\n{module} {' '.join(arguments)}, at {size}")
    for number, weight in enumerate(weights, 1):
        if number in (1, 3) or number % EVERY == 0:
            say(f"  {number:4d}: {weight}")
    growth = max(weight.resident for weight in weights[FIRST:]) - weights[FIRST - 1].resident
    say(f"  the heaviest, beside the last of the first {FIRST}: {growth / 1e6:+.1f} MB, promised {GROWTH / 1e6:.0f}")
    assert growth <= GROWTH
