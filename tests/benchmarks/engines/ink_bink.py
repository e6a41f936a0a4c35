"""Reads the compiled graph with bink, ink's runtime in Rust. Commands and answers are JSON lines."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any

from bink.story import Story, story_from_file

FACTOR, PRIME = 16807, 2147483647


class Reader:
    story: Story

    def load(self, compiled: str) -> dict[str, Any]:
        start = time.perf_counter()
        self.story = story_from_file(compiled)
        return {"seconds": time.perf_counter() - start}

    def visit(self, nodes: int) -> dict[str, Any]:
        story, letters = self.story, 0
        story.reset_state()
        for _ in range(nodes):
            letters += len(story.continue_maximally())
            letters += sum(len(label) for label in story.get_current_choices())
            story.choose_choice_index(0)
        return {"letters": letters}

    def check(self, choices: int, seed: int) -> dict[str, Any]:
        hashed, story = hashlib.sha256(), self.story
        story.reset_state()
        for _ in range(choices):
            text, labels, seed = story.continue_maximally(), list(story.get_current_choices()), seed * FACTOR % PRIME
            hashed.update((text + "".join(f"{label}\n" for label in labels)).encode())
            story.choose_choice_index(seed % len(labels))
        return {"hash": hashed.hexdigest()}

    def walk(self, choices: int, seed: int) -> dict[str, Any]:
        story, letters = self.story, 0
        story.reset_state()
        start = time.perf_counter()
        for _ in range(choices):
            letters += len(story.continue_maximally())
            labels = story.get_current_choices()
            for label in labels:
                letters += len(label)
            seed = seed * FACTOR % PRIME
            story.choose_choice_index(seed % len(labels))
        return {"seconds": time.perf_counter() - start, "letters": letters}


reader = Reader()
for line in sys.stdin:
    order = json.loads(line)
    print(json.dumps(getattr(reader, order.pop("do"))(**order)), flush=True)
