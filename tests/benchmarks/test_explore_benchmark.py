"""The cost of playing every playthrough, and the end of exploring a story without bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from game.resources import story_folder
from tests.benchmarks.harness import Say
from tests.story.packs import written

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a system that counts a child's memory")
SECONDS, MEGABYTES = 60, 1000
NUMBERS = 16  # each with three values, alive to the end: 43 million states


def boundless(folder: Path) -> Path:
    names = [f"v{i}" for i in range(NUMBERS)]
    variables = "".join(f"  {name}: {{start: 0, min: 0, max: 3}}\n" for name in names)
    pack = (
        f"pack: boundless\ntitle: Boundless\nversion: 1\nvariables:\n{variables}roles: {{villager: {{name: A}}}}\n"
        f"calendar: [{', '.join(f'c-{name}' for name in names)}, last]\n"
    )
    files = {"pack.yaml": pack}
    for name in names:
        choices = "".join(
            f"      - {{id: k{k}, say: I took {k}., do: {name} = {k}, because: invented, goto: next}}\n"
            for k in range(3)
        )
        head = f"chapter: c-{name}\nrole: villager\ntitle: A Day\nnodes:\n"
        files[f"{name}.yaml"] = f"{head}  a:\n    text: A page with a few words.\n    choices:\n{choices}"
    texts = ", ".join(f"{{if: {name} == 2, text: Two.}}" for name in names)
    files["last.yaml"] = f"chapter: last\nrole: villager\ntitle: Last\nnodes: {{a: {{text: [{texts}], end: done}}}}\n"
    return written(folder, files)


def explored(folder: Path) -> tuple[dict[str, Any], float, float]:
    """The report of `explore` as a separate process, its seconds, and its most memory in MB."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "game", "explore", "--story", str(folder), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        report = json.load(process.stdout)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return report, time.perf_counter() - start, kilobytes / 1000


@pytest.mark.parametrize("story", ["the shipped story", "a story without bounds"])
def test_exploring_ends(say: Say, tmp_path: Path, story: str) -> None:
    has_bounds = story == "the shipped story"
    report, seconds, megabytes = explored(story_folder() if has_bounds else boundless(tmp_path))
    say(
        f"\nexplore, {story}: {report['states']:,} states, {seconds:.1f} s, {megabytes:.0f} MB, {report['why_partial']}"
    )
    say(f"promised of the shipped one {SECONDS} s, {MEGABYTES} MB")
    assert report["partial"] != has_bounds
