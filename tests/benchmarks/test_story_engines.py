"""The speed of the story language: the same walks through the same graph as with ink's two runtimes."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import rivals
from tests.benchmarks.graphs import generated, ink_source, write_pack
from tests.benchmarks.harness import ROOT, Say, in_milliseconds, next_line, piped

SIZES = (200, 1000, 5000)
CHOICES, SEED, ROUNDS = 20_000, 42, 5
ENGINES = Path(__file__).with_name("engines")


class Engine:
    """A process that reads a story, and takes commands as JSON lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, order: str, **arguments: Any) -> dict[str, Any]:
        print(json.dumps({"do": order, **arguments}, default=str), file=self._process.stdin, flush=True)
        line = next_line(self._process)
        assert line, f"{self._process.args!r} ended; what it said stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer


class Engines:
    def __init__(self, folder: Path, say: Say) -> None:
        self._folder = folder
        self._bink = rivals.python_with_bink(say)
        self._node, self._modules = rivals.node_with_inkjs(say)
        for size in SIZES:
            graph = generated(size)
            pack, _, ink, _ = self.paths(size)
            write_pack(graph, pack)
            ink.write_text(ink_source(graph), encoding="utf-8")

    def paths(self, size: int) -> list[Path]:
        """The pack of a size, its cache, the same as ink, and what inkjs compiles of it."""
        return [self._folder / f"{kind}-{size}" for kind in ("pack", "cache", "ink", "compiled")]

    @contextmanager
    def started(self, name: str) -> Iterator[Engine]:
        scripts = {
            "ours": [sys.executable, str(ENGINES / "ours.py")],
            "limit": [sys.executable, str(ENGINES / "limit.py")],
            "bink": [str(self._bink), str(ENGINES / "ink_bink.py")],
            "inkjs": [self._node, str(ENGINES / "ink_inkjs.cjs")],
        }
        with piped(scripts[name], PYTHONPATH=str(ROOT), NODE_PATH=str(self._modules)) as process:
            yield Engine(process)

    def timed(self, name: str, order: str, **arguments: Any) -> float:
        with self.started(name) as engine:
            return float(engine.do(order, **arguments)["seconds"])


@pytest.fixture
def engines(tmp_path: Path, say: Say) -> Engines:
    try:
        found = Engines(tmp_path, say)
    except rivals.Missing as missing:
        pytest.skip(str(missing))
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    cpu = next((line for line in about.splitlines() if "model name" in line), platform.processor())
    say(f"\n{platform.platform()}, {cpu.rpartition(':')[2].strip()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {rivals.BINK}, {rivals.INKJS}; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    return found


def prepared(engines: Engines, size: int, start: Callable[[str], Engine]) -> dict[str, Engine]:
    """Every engine after visiting all nodes of the graph of one size; all have read the same words."""
    readers = {name: start(name) for name in ("limit", "ours", "bink", "inkjs")}
    pack, _, ink, compiled = engines.paths(size)
    readers["limit"].do("load", size=size)
    readers["ours"].do("load", pack=pack)
    readers["inkjs"].do("compile", source=ink, compiled=compiled)
    readers["bink"].do("load", compiled=compiled)
    finite = [reader for name, reader in readers.items() if name != "limit"]
    assert len({reader.do("visit", nodes=size)["letters"] for reader in finite}) == 1
    assert len({reader.do("check", choices=CHOICES, seed=SEED)["hash"] for reader in finite}) == 1
    return readers


def walks(engines: Engines) -> dict[int, dict[str, float]]:
    """Choices a second by size and engine: medians of rounds in which all take turns."""
    took: dict[tuple[int, str], list[float]] = {}
    with ExitStack() as running:
        ready = {
            size: prepared(engines, size, lambda name: running.enter_context(engines.started(name))) for size in SIZES
        }
        for _ in range(ROUNDS):
            for size, readers in ready.items():
                answers = {name: reader.do("walk", choices=CHOICES, seed=SEED) for name, reader in readers.items()}
                assert len({answer["letters"] for answer in answers.values()}) == 1
                for name, answer in answers.items():
                    took.setdefault((size, name), []).append(answer["seconds"])
    return {
        size: {name: CHOICES / statistics.median(took[size, name]) for name in readers}
        for size, readers in ready.items()
    }


def test_choices_a_second(benchmark: Any, engines: Engines, say: Say) -> None:
    found = benchmark.pedantic(walks, args=(engines,), rounds=1)
    say(f"{'nodes':>6} {'ours':>9} {'bink':>9} {'inkjs':>9} {'bare loop':>10}   choices a second")
    for size, rates in found.items():
        row = "".join(f"{rates[name]:>10,.0f}" for name in ("ours", "bink", "inkjs", "limit"))
        ratios = ", ".join(f"{rates['ours'] / rates[name]:.2f} x {name}" for name in ("bink", "inkjs", "limit"))
        say(f"{size:>6}{row}   {ratios}")
    held = found[5000]["ours"] / found[200]["ours"]
    say(f"promised at 1,000: 3 x bink, 6 x inkjs; 5,000 to 200: {held:.2f}, promised 0.6")


def test_ready_and_cold(benchmark: Any, engines: Engines, say: Say) -> None:
    size, took = 5000, dict[str, list[float]]()
    pack, cache, ink, compiled = engines.paths(size)
    engines.timed("ours", "load", pack=pack, cache=cache)
    engines.timed("inkjs", "compile", source=ink, compiled=compiled)

    def each() -> None:
        for name, seconds in (
            ("ready: ours", engines.timed("ours", "load", pack=pack, cache=cache)),
            ("ready: bink", engines.timed("bink", "load", compiled=compiled)),
            ("cold: ours", engines.timed("ours", "load", pack=pack)),
            ("cold: inkjs", engines.timed("inkjs", "compile", source=ink, compiled=compiled)),
        ):
            took.setdefault(name, []).append(seconds)

    benchmark.pedantic(each, rounds=ROUNDS)
    middle = {name: statistics.median(seconds) for name, seconds in took.items()}
    say(in_milliseconds(middle))
    say(f"ready: {middle['ready: ours'] / middle['ready: bink']:.2f} of bink, promised below 1; "
        f"cold: {middle['cold: ours'] / middle['cold: inkjs']:.2f} of inkjs, promised below 0.5")  # fmt: skip


def test_save_and_restore(benchmark: Any, engines: Engines, say: Say) -> None:
    found: dict[str, float] = {}
    with engines.started("ours") as ours:
        ours.do("load", pack=engines.paths(1000)[0])
        benchmark.pedantic(lambda: found.update(ours.do("saves", choices=60, seed=SEED)), rounds=1)
    say("60 choices: " + ", ".join(f"{name} {seconds * 1000:.3f} ms" for name, seconds in found.items())
        + "; promised 0.02 and 0.1")  # fmt: skip
