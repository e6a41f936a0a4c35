"""A pack on disk -> Story. `load` gives a story or raises; `check` gives every finding.

Imports of YAML and pydantic wait until a pack is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.story.findings import Finding, StoryErrors
from game.story.model import Story

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Finding", "Story", "StoryErrors", "check", "load"]


def load(folder: Path) -> Story:
    """The story of a folder. Raises StoryErrors, with every finding, where it cannot be played."""
    from game.story import loading

    return loading.load(folder)


def check(folder: Path) -> tuple[Story | None, Sequence[Finding]]:
    """The story of a folder (None where it cannot be played) and all findings, in the files' order."""
    from game.story import loading

    return loading.check(folder)
