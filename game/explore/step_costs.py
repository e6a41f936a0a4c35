"""What a stop offers and costs whoever reads on: its ways on, its words, what its step rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.explore.liveness import Liveness
from game.explore.state_codec import FieldLayout
from game.lang.markup import Paragraph
from game.play.engine import CONTINUE, SKIP, Engine, Position
from game.play.page import Page


class StepReader:
    """Reads along one sitting. The words of a page are counted once for each way that its text can come out."""

    def __init__(self, engine: Engine, live: Liveness) -> None:
        self._engine = engine
        self._layouts = {node: FieldLayout(engine.story, shown) for node, shown in live.shown.items()}
        self._words: dict[tuple[str, int], int] = {}

    def ways_on(self, position: Position, with_skip: bool = False) -> Iterator[tuple[str, Position]]:
        """Each entry that can be taken, and where it leads; none after the last ending, or where nothing is open."""
        engine, node = self._engine, position.node
        if node is None:
            return
        if with_skip:
            yield SKIP, engine.skip(position)
        if node.end is not None:
            if engine.goes_on(position):
                yield CONTINUE, engine.go_on(position)
        elif not node.choices:
            yield CONTINUE, engine.go_on(position)
        else:
            for choice in node.choices:
                if choice.condition is None or choice.condition(position.state):
                    yield choice.id, engine.take(position, choice)

    def words(self, position: Position) -> int:
        """The words of a page: its text (the brief one where the cut shows it) and its open choices."""
        if position.node is None:
            return 0
        id = position.node.full_id
        key = id, self._layouts[id].pack(position.state)
        if key not in self._words:
            self._words[key] = self._counted(position)
        return self._words[key]

    def _counted(self, position: Position) -> int:
        page = Page(self._engine, position, None, over=False)
        full, brief, _, _ = page.paragraphs, page.brief, page.picture, page.ledger  # all are made: all are watched
        said = sum(len(choice.say.split()) for choice in page.choices)
        return said + _count(brief if page.shows_brief else full)


def words_told(position: Position) -> int:
    """The words of the chapters that were told on the way to a stop."""
    return sum(_count(told.paragraphs) for told in position.told)


def because(position: Position) -> tuple[tuple[str, ...], ...]:
    """What the step to a stop rests on."""
    return tuple(block.because for block in position.done)


def _count(text: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in text)
