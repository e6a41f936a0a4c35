"""Passages of a story -> the paragraphs of one state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.story.expressions import State
from game.story.markup import InWords, Paragraph, Passage, Span
from game.story.model import Story


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter that made no page, told in a few words: what stood at its head, and the telling."""

    chapter: str
    title: str
    when: str | None
    note: str | None
    paragraphs: tuple[Paragraph, ...]


def paragraphs(passages: Sequence[Passage], story: Story, state: State) -> tuple[Paragraph, ...]:
    """The passages that hold in a state, with values in words."""
    made = []
    for passage in passages:
        if passage.condition is not None and not passage.condition(state):
            continue
        made.append(passage.fixed or Paragraph(tuple(_spans(passage.parts, story, state)), passage.by))
    return tuple(made)


def _spans(parts: Sequence[Span | InWords], story: Story, state: State) -> Iterator[Span]:
    for part in parts:
        if isinstance(part, Span):
            yield part
        else:
            value = state[story.index[part.variable]]
            words = story.variables[part.variable].in_words(value)
            yield Span(str(value) if words is None else words, part.kind)
