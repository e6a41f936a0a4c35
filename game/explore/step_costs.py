"""The possible steps from a position, the words that they cost a reader, and the facts that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.explore.liveness import Liveness
from game.explore.state_codec import FieldLayout
from game.lang.markup import Paragraph
from game.play import page_context
from game.play.engine import CONTINUE, SKIP, Engine, Position
from game.play.page import Page


class StepReader:
    """Gives the steps and the word count of positions. A page is counted once for each form of its text."""

    def __init__(self, engine: Engine, live: Liveness) -> None:
        self._engine = engine
        self._layouts = {node: FieldLayout(engine.story, shown) for node, shown in live.shown.items()}
        self._counts: dict[tuple[str, int], int] = {}

    def steps(self, position: Position, with_skip: bool = False) -> Iterator[tuple[str, Position]]:
        """Each entry that can be taken, and the next position; none after the last ending or at a dead end."""
        engine, node = self._engine, position.node
        if node is None:
            return
        if with_skip:
            yield SKIP, engine.skip(position)
        if node.end is not None:
            if engine.has_next(position):
                yield CONTINUE, engine.advance(position)
        elif not node.choices:
            yield CONTINUE, engine.advance(position)
        else:
            for choice in node.choices:
                if choice.condition is None or choice.condition(position.state):
                    yield choice.id, engine.take(position, choice)

    def word_count(self, position: Position) -> int:
        """The words of a page: its text (the brief one where the cut shows it) and its open choices."""
        if position.node is None:
            return 0
        id = position.node.full_id
        key = id, self._layouts[id].pack(position.state)
        if key not in self._counts:
            self._counts[key] = self._counted(position)
        return self._counts[key]

    def _counted(self, position: Position) -> int:
        page = Page(self._engine, position, None, over=False)
        full, brief, _, _ = page.paragraphs, page.brief, page.picture, page.ledger  # all are made: all are watched
        said = sum(len(choice.say.split()) + len(choice.reason.split()) for choice in page.choices)
        return said + _count(brief if page.shows_brief else full)


def word_count_between(engine: Engine, previous: Position | None, position: Position) -> int:
    """The words on a page that the step to it brought: chapters told in brief, lines, the answer to the choice."""
    words = sum(_count(told.paragraphs) for told in position.told)
    for line in page_context.lines(engine, previous, position):
        words += sum(len(text.split()) for text in page_context.line_texts(line, engine.cut.brief))
    answer = page_context.answer(engine.story, previous, position)
    page_context.anyway(engine.story, previous, position)  # not read on the way, but watched as well
    return words if answer is None else words + _count((answer,))


def cited_facts(engine: Engine, previous: Position | None, position: Position) -> tuple[tuple[str, ...], ...]:
    """The ids of facts, or `invented`, that each block of the step to a position, and each line on it, rests on."""
    lines = page_context.lines(engine, previous, position)
    return (*(block.because for block in position.done), *(line.because for line in lines))


def _count(text: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in text)
