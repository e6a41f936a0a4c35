"""Reads the graph with this program, through the public API of `game.play`. Commands and answers are JSON lines."""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from game.play import Playthrough, begin, restore, save
from game.story import Story, load

FACTOR, PRIME = 16807, 2147483647


class Reader:
    story: Story

    def load(self, pack: str, cache: str | None = None) -> dict[str, Any]:
        start = time.perf_counter()
        self.story = load(Path(pack), Path(cache) if cache else None)
        return {"seconds": time.perf_counter() - start}

    def visit(self, nodes: int) -> dict[str, Any]:
        """Once around the ring: make and read every node's page."""
        playthrough, letters = begin(self.story, "reader"), 0
        for _ in range(nodes):
            page = playthrough.page
            letters += sum(len(paragraph.text) + 1 for paragraph in page.paragraphs)
            letters += sum(len(option.say) for option in page.choices)
            playthrough = playthrough.choose("a")
        return {"letters": letters}

    def check(self, choices: int, seed: int) -> dict[str, Any]:
        hashed, playthrough = hashlib.sha256(), begin(self.story, "reader")
        for _ in range(choices):
            page, seed = playthrough.page, seed * FACTOR % PRIME
            open_choices = page.choices
            lines = [paragraph.text for paragraph in page.paragraphs] + [option.say for option in open_choices]
            hashed.update("".join(f"{line}\n" for line in lines).encode())
            playthrough = playthrough.choose(open_choices[seed % len(open_choices)].id)
        return {"hash": hashed.hexdigest()}

    def walk(self, choices: int, seed: int) -> dict[str, Any]:
        """The timed walk. A paragraph's end counts as a letter, since ink prints one."""
        playthrough, letters = begin(self.story, "reader"), 0
        start = time.perf_counter()
        for _ in range(choices):
            page = playthrough.page
            for paragraph in page.paragraphs:
                letters += len(paragraph.text) + 1
            open_choices = page.choices
            for option in open_choices:
                letters += len(option.say)
            seed = seed * FACTOR % PRIME
            playthrough = playthrough.choose(open_choices[seed % len(open_choices)].id)
        return {"seconds": time.perf_counter() - start, "letters": letters}

    def saves(self, choices: int, seed: int) -> dict[str, Any]:
        """Medians of saving and restoring a playthrough of that length, after a first time."""
        playthrough: Playthrough = begin(self.story, "reader")
        for _ in range(choices):
            seed = seed * FACTOR % PRIME
            open_choices = playthrough.page.choices
            playthrough = playthrough.choose(open_choices[seed % len(open_choices)].id)
        data = json.loads(json.dumps(save(playthrough)))
        spent: dict[str, list[float]] = {"save": [], "restore": []}
        for _ in range(201):
            start = time.perf_counter()
            save(playthrough)
            middle = time.perf_counter()
            restored, notes = restore(self.story, data)
            spent["restore"].append(time.perf_counter() - middle)
            spent["save"].append(middle - start)
            assert restored.entries == playthrough.entries and not notes
        return {name: statistics.median(times[1:]) for name, times in spent.items()}


reader = Reader()
for line in sys.stdin:
    order = json.loads(line)
    print(json.dumps(getattr(reader, order.pop("do"))(**order)), flush=True)
