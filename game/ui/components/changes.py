"""What came of a choice, in words: the story's answer to it, and the variables that it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.page import Change, Paragraph
from game.ui.components.parts import prose
from game.ui.i18n import Catalogue, capital
from game.ui.tree import TreeNode


def change_in_words(words: Catalogue, change: Change) -> str:
    """The value before, and after."""
    return words("because.change", before=capital(change.before), after=change.after)


def change_lines(words: Catalogue, changes: Iterable[Change], prefix: str) -> Iterator[TreeNode]:
    """A line for each change."""
    for i, change in enumerate(changes):
        yield TreeNode("paragraph", f"{prefix}-{i}", change_in_words(words, change), style="change")


def what_changed(
    words: Catalogue, answer: Paragraph | None, changes: Iterable[Change], rests: tuple[TreeNode, ...] = ()
) -> tuple[TreeNode, ...]:
    """The group "What changed, and why": the answer to the last choice, then the changes, then `rests`.

    Empty where nothing was answered or changed.
    """
    told = (*(prose((answer,), "answer", style="answer") if answer else ()), *change_lines(words, changes, "change"))
    return (TreeNode("group", "because", words("because"), style="answer", children=(*told, *rests)),) if told else ()


def outcome_lines(
    words: Catalogue, answer: str, anyway: str, changes: Iterable[Change], prefix: str
) -> Iterator[TreeNode]:
    """What came of a deed, below it in a list: the answer, or else the changes; then what would have come anyway."""
    if answer:
        yield TreeNode("paragraph", f"{prefix}-answer", answer, style="outcome")
    else:
        yield from change_lines(words, changes, prefix)
    if anyway:
        yield TreeNode("paragraph", f"{prefix}-anyway", anyway, value=words("because.anyway"), style="anyway")
