"""Every kind of edit, many times, and readings that are restored after it: does anything change in silence?

    python -m tests.benchmarks.saves_over_edits [--edits 12] [KIND ...]

Each edit is tried on nine readings, of each role and cut, with the other role's record and without. Printed are, for
each kind, how many went another way without a note, and the first three of these. `tests/play/test_no_silent_change.py`
is the short sister.
"""

from __future__ import annotations

import argparse
import inspect

from hypothesis.errors import UnsatisfiedAssumption

from game.resources import story_folder
from game.story import load
from tests.play import edits_keeping, edits_losing, edits_parting
from tests.play.editing import Kind, edited
from tests.play.test_no_silent_change import says_where_it_parts


def kinds() -> dict[str, Kind]:
    """Every kind of edit, by name: the functions with the parameters pack, chance and p."""
    found: dict[str, Kind] = {}
    for module in (edits_keeping, edits_losing, edits_parting):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = [*inspect.signature(function).parameters]
            if function.__module__ == module.__name__ and parameters == ["pack", "chance", "p"]:
                found[name] = function
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edits", type=int, default=12, help="how many of each kind")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="which kinds; else all")
    options = parser.parse_args()
    story, silent = load(story_folder()), 0
    for name, kind in kinds().items():
        if options.kinds and name not in options.kinds:
            continue
        tried, faults = 0, list[str]()
        for seed in range(options.edits):
            try:
                edit, after, ways = edited(kind, story, seed)
            except UnsatisfiedAssumption:  # no place of the story allows it
                continue
            for p in ways:
                tried += 1
                try:
                    says_where_it_parts(edit, after, p)
                except AssertionError as error:
                    faults.append(f"  edit {seed}: {edit.description}; {p!r}: {str(error).splitlines()[0]}")
        silent += len(faults)
        print(f"{name}: {tried} restored, {len(faults)} another way in silence", *faults[:3], sep="\n", flush=True)
    return int(silent > 0)


if __name__ == "__main__":
    raise SystemExit(main())
