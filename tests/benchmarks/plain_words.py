"""Counts words that make the program hard to read, per room: `python -m tests.benchmarks.plain_words`."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.harness import ROOT

PHRASES = {phrase: re.compile(rf"\b{phrase}\b", re.IGNORECASE) for phrase in ("is no", "told", "whoever", "anew")}
PHRASES["is no"] = re.compile(r"\b(?<!there )is no\b", re.IGNORECASE)
COLUMNS = (*PHRASES, "one =", "lines")


def counts_of(source: str) -> Counter[str]:
    """Count phrases anywhere in a module, `one` where the code uses it as a name, and lines."""
    counts = Counter({phrase: len(pattern.findall(source)) for phrase, pattern in PHRASES.items()})
    names = (getattr(node, "id", getattr(node, "arg", None)) for node in ast.walk(ast.parse(source)))
    counts["one ="] = sum(name == "one" for name in names)
    counts["lines"] = len(source.splitlines())
    return counts


def room_counts(folder: Path) -> dict[str, Counter[str]]:
    """Map each room of a folder to its counts; modules beside the rooms are under the folder's own name."""
    rooms: dict[str, Counter[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).parts
        room = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
        rooms.setdefault(room, Counter()).update(counts_of(path.read_text(encoding="utf-8")))
    return rooms


def table(rows: Iterable[tuple[str, Counter[str]]]) -> str:
    heading = f"{'':<20}" + "".join(f"{column:>9}" for column in COLUMNS)
    return "\n".join(
        [heading, *(f"{room:<20}" + "".join(f"{counts[column]:>9,}" for column in COLUMNS) for room, counts in rows)]
    )


if __name__ == "__main__":
    for folder in ("game", "tests"):
        rooms = room_counts(ROOT / folder)
        print(table([*rooms.items(), ("total", sum(rooms.values(), Counter()))]), end="\n\n")
