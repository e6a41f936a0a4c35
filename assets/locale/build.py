"""Build the interface's catalogues: every `game.po` below this folder into the `game.mo` beside it.

    python assets/locale/build.py

Run it after each change of a `game.po`; tests/ui/test_i18n.py compares the two. Needs polib, which the extra `test`
brings.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

HERE = Path(__file__).resolve().parent


def build(folder: Path = HERE) -> list[Path]:
    """Write the .mo of each .po below a folder. Returns the files written."""
    sources = sorted(folder.glob("*/LC_MESSAGES/game.po"))
    for source in sources:
        source.with_suffix(".mo").write_bytes(polib.pofile(str(source)).to_binary())
    return [source.with_suffix(".mo") for source in sources]


if __name__ == "__main__":
    for file in build():
        sys.stdout.write(f"{file}\n")
