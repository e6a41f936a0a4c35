"""Changes of variables in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.page import Change
from game.ui.i18n import Catalogue, capital
from game.ui.tree import TreeNode


def change_in_words(words: Catalogue, change: Change) -> str:
    """The value before, and after."""
    return words("because.change", before=capital(change.before), after=change.after)


def change_lines(words: Catalogue, changes: Iterable[Change], prefix: str) -> Iterator[TreeNode]:
    """A line for each change."""
    for i, change in enumerate(changes):
        yield TreeNode("paragraph", f"{prefix}-{i}", change_in_words(words, change), style="change")
