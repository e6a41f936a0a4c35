"""QR codes, as runs of dark modules in each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

Runs = tuple[tuple[int, int], ...]


@lru_cache(maxsize=8)
def dark_runs(text: str) -> Sequence[Runs]:
    """For each row from the top, (first module, length) of each dark run. Square, without the quiet zone."""
    import segno  # loaded when a class opens its wall, and by nothing else

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
