"""The game for programs: each page one line of JSON, each choice one line of input.

The ending's page carries the talk after the story as well, under `debrief`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from game.play import Playthrough, debrief, follow
from game.play.page import as_plain


def read_json(playthrough: Playthrough, takes: Iterable[str], out: TextIO) -> Playthrough:
    """Print the page, take a line, print the pages that it leads to, until the ending's page or the last line.

    Raises UnknownChoice or UnavailableChoice; the pages before are printed by then.
    """
    _print(playthrough, out)
    lines = iter(takes)
    # Over is asked before a line is: whoever feeds us waits for the end after the ending's page.
    while not playthrough.over and (line := next(lines, None)) is not None:
        if entry := line.strip():
            for after in follow(playthrough, entry):
                playthrough = after
                if not playthrough.left:
                    _print(playthrough, out)
    return playthrough


def _print(playthrough: Playthrough, out: TextIO) -> None:
    page = playthrough.page.as_json()
    if playthrough.over:
        page["debrief"] = [as_plain(section) for section in debrief(playthrough)]
    out.write(json.dumps(page, ensure_ascii=False) + "\n")
    out.flush()
