"""Runs of seven words of the film's transcript, stored as hashes, because we may not publish the film's words.

`python -m tests.story.film_runs TRANSCRIPT.md` writes the hashes again, beside this file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

LENGTH = 7  # words in a run
HASHES = Path(__file__).with_suffix(".txt")
_WORD = re.compile(r"[^\W_]+(?:['’,.-][^\W_]+)*")
_NUMBERS = re.compile(r"\*\*[PS][0-9.a-z]+\*\*|\((?:Narrator|Historian|Broadcaster)\)")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Each run of seven words of a text, and its hash of twelve hexadecimal digits."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    for at in range(len(words) - LENGTH + 1):
        run = " ".join(words[at : at + LENGTH])
        yield run, blake2b(run.encode(), digest_size=6).hexdigest()


def known() -> frozenset[str]:
    """The hashes of the transcript's runs."""
    return frozenset(HASHES.read_text(encoding="ascii").split())


if __name__ == "__main__":
    paragraphs = _NUMBERS.sub("", Path(sys.argv[1]).read_text(encoding="utf-8")).split("\n\n")
    found = sorted({key for paragraph in paragraphs for _, key in runs(paragraph)})
    HASHES.write_text("\n".join(found) + "\n", encoding="ascii")
