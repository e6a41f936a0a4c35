"""A text as a QR code: the dark runs of each of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

Runs = tuple[tuple[int, int], ...]


@lru_cache(maxsize=8)
def dark_runs(text: str) -> Sequence[Runs]:
    """For each row, from the top, (first module, how many) of what is dark; as many rows as columns, no quiet zone."""
    import segno  # only a class wants it

    found = []
    for row in segno.make_qr(text, error="m").matrix:
        runs, at = [], 0
        for module, group in groupby(row):
            length = len(list(group))
            if module:
                runs.append((at, length))
            at += length
        found.append(tuple(runs))
    return tuple(found)
