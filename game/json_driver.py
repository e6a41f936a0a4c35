"""The game as JSON lines for other programs: a line of output for each page, a line of input for each entry.

A page has all of `Page.FIELDS`, which the README explains: people, lines, answer, sources and progress too. The last
one has the debrief as well, under `debrief`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from game.play import Playthrough, debrief, follow
from game.play.page import as_plain


def read_json(playthrough: Playthrough, takes: Iterable[str], out: TextIO) -> Playthrough:
    """Print the page, then take entries and print the pages that they lead to, until an ending or the last line.

    Args:
        playthrough: Where to start.
        takes: Lines, each an entry for `follow`; empty ones are passed over.
        out: Where to write the pages.

    Returns:
        The playthrough at the end.

    Raises:
        UnknownChoice, UnavailableChoice: A line is no entry of its page. The pages before it are printed.
    """
    _print(playthrough, out)
    lines = iter(takes)
    # `over` is tested before a line is read: after the last page the other program waits for the end of output.
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
