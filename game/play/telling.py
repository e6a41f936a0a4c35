"""Passages of a story -> the paragraphs of one state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.story.expressions import State
from game.story.markup import InWords, Paragraph, Passage, Span
from game.story.model import Story


def paragraphs(self) -> tuple[Paragraph, ...]:
        node = self._stop.node
        return paragraphs(node.text, self._story, self._stop.state) if node else ()

    @_made_when_read
    def brief(self) -> tuple[Paragraph, ...]:
        """The kiosk's text; empty where the story has none."""
        node = self._stop.node
        return paragraphs(node.brief, self._story, self._stop.state) if node else ()

    @property
    def shows_brief(self) -> bool:
        """Whether `brief` is shown and the paragraphs stand behind "more"."""
        return self._walker.cut.brief and bool(self.brief)

    @property
    def told(self) -> tuple[Paragraph, ...]:
        """What was told of chapters that made no page, since the page before."""
        return self._stop.told

    @_made_when_read
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen now; `continue` where the page only goes on."""
        stop = self._stop
        if self._over or stop.node is None:
            return ()
        if not stop.node.choices:
            return (Option(CONTINUE, ""),)
        return tuple(
            Option(choice.id, choice.say)
            for choice in stop.node.choices
            if choice.condition is None or choice.condition(stop.state)
        )

    @property
    def offers(self) -> tuple[str, ...]:
        """`skip` on a heavy chapter's first page; `leave` while the story goes on."""
        if self._over:
            return ()
        return ("skip", "leave") if self.note and self._chapter and self._chapter.skip else ("leave",)

    @_made_when_read
    def changes(self) -> tuple[Change, ...]:
        if self._previous is None:
            return ()
        return tuple(_changes(self._story, self._previous.state, self._stop))

    @_made_when_read
    def ledger(self) -> tuple[LedgerRow, ...]:
        node = self._stop.node
        return tuple(LedgerRow(row.label, row.value(self._stop.state)) for row in node.ledger) if node else ()

    @_made_when_read
    def picture(self) -> Picture | None:
        return _picture(self._chapter, self._story, self._stop.state)

    @property
    def discuss(self) -> str | None:
        return self._stop.node.discuss if self._stop.node else None

    @property
    def ending(self) -> str | None:
        return self._stop.node.end if self._stop.node else None

    def __repr__(self) -> str:
        return f"Page({self.node})"


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
