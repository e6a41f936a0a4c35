"""What came of a choice: the story's answer to it, and the variables that it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.history import Fork
from game.play.page import Change, Paragraph, Span
from game.ui.components.parts import prose
from game.ui.i18n import Catalogue, capital
from game.ui.tree import TreeNode


def change_with_arrow(change: Change) -> str:
    """The value before, an arrow and the value after, for the eye. No line ends on the arrow."""
    return f"{capital(change.before)} →\u00a0{change.after}"


def change_in_words(words: Catalogue, change: Change) -> str:
    """The value before and the value after as sentences, for the ear and for running text."""
    return words("changes.said", before=capital(change.before), after=change.after)


def change_lines(words: Catalogue, changes: Iterable[Change], prefix: str) -> Iterator[TreeNode]:
    """A line for each change. It is drawn with an arrow and read aloud as sentences."""
    for i, change in enumerate(changes):
        drawn = (Span(change_with_arrow(change)),)
        yield TreeNode("paragraph", f"{prefix}-{i}", change_in_words(words, change), spans=drawn, style="change")


def what_changed(
    words: Catalogue, answer: Paragraph | None, changes: Iterable[Change], rests: tuple[TreeNode, ...] = ()
) -> tuple[TreeNode, ...]:
    """The group "What changed": the answer to the last choice, where the page shows it, the changes, and `rests`.

    Empty where nothing was answered or changed.
    """
    told = (*(prose((answer,), "answer", style="answer") if answer else ()), *change_lines(words, changes, "change"))
    return (TreeNode("group", "changes", words("changes"), style="changes", children=(*told, *rests)),) if told else ()


def outcome_lines(words: Catalogue, fork: Fork, prefix: str) -> Iterator[TreeNode]:
    """What came of a deed, below it in a list: the answer, or else the changes; then what was not theirs to decide."""
    if fork.answer is not None:
        yield TreeNode("paragraph", f"{prefix}-answer", fork.answer.text, style="outcome")
    else:
        yield from change_lines(words, fork.changes, prefix)
    if fork.anyway is not None:
        text = fork.anyway.text
        said = words("speech.by", name=words(f"anyway.{fork.pronoun}"), text=text)
        drawn = (Span(said.removesuffix(text), "emphasis"), Span(text))
        yield TreeNode("paragraph", f"{prefix}-anyway", said, spans=drawn, style="anyway")
