"""Evaluate the passages (paragraphs with a condition) of a story's texts in a state."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.values import frozen
from game.lang.expressions import State
from game.lang.markup import InWords, Paragraph, Passage, Span
from game.story.model import Story


@frozen
class ToldChapter:
    """A chapter's summary. It comes without the chapter's warning (`note`), which would be as long as the summary."""

    chapter: str
    title: str
    when: str | None
    paragraphs: tuple[Paragraph, ...]


def paragraphs(passages: Sequence[Passage], story: Story, state: State) -> tuple[Paragraph, ...]:
    """Return the passages whose condition holds in a state, with the values of variables in words."""
    made = []
    for passage in passages:
        if passage.condition is None or passage.condition.run(state):
            made.append(passage.fixed or _filled(passage, story, state))
    return tuple(made)


def _filled(passage: Passage, story: Story, state: State) -> Paragraph:
    index, variables = story.index, story.variables

    def span(part: Span | InWords) -> Span:
        if isinstance(part, Span):
            return part
        return variables[part.variable].span(state[index[part.variable]], part.kind, part.count)

    return Paragraph(tuple(map(span, passage.parts)), passage.by)
