"""What a step moved, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.page import Change
from game.ui.tree import Node
from game.ui.words import Words


def changed(words: Words, changes: Iterable[Change], prefix: str) -> Iterator[Node]:
    """A line for each change: before, and now."""
    for i, change in enumerate(changes):
        before = change.before[:1].upper() + change.before[1:]
        label = words("because.change", before=before, after=change.after)
        yield Node("paragraph", f"{prefix}-{i}", label, style="change")
