"""Find the folders `story/` and `assets/` in an installed wheel, a checkout, or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [here / "_data", here.parent]
    if frozen:
        candidates.insert(0, Path(frozen))
    for root in candidates:
        if (root / "assets").is_dir():
            return root
    return candidates[-1]


def story_folder() -> Path:
    """Return the folder of the shipped story pack."""
    return _root() / "story"


def assets_folder() -> Path:
    """Return the folder of fonts, message catalogues, style sheets, sounds and the phones' page."""
    return _root() / "assets"
