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

    def __init__(self, walker: Engine, live: Liveness) -> None:
        self._walker = walker
        self._layouts = {node: FieldLayout(walker.story, shown) for node, shown in live.shown.items()}
        self._words: dict[tuple[str, int], int] = {}

    def ways_on(self, stop: Position, with_skip: bool = False) -> Iterator[tuple[str, Position]]:
        """Each entry that can be taken, and where it leads; none after the last ending, or where nothing is open."""
        walker, node = self._walker, stop.node
        if node is None:
            return
        if with_skip:
            yield SKIP, walker.skip(stop)
        if node.end is not None:
            if walker.goes_on(stop):
                yield CONTINUE, walker.go_on(stop)
        elif not node.choices:
            yield CONTINUE, walker.go_on(stop)
        else:
            for choice in node.choices:
                if choice.condition is None or choice.condition(stop.state):
                    yield choice.id, walker.take(stop, choice)

    def words(self, stop: Position) -> int:
        """The words of a page: its text (the brief one where the cut shows it) and its open choices."""
        if stop.node is None:
            return 0
        id = stop.node.full_id
        key = id, self._layouts[id].pack(stop.state)
        if key not in self._words:
            self._words[key] = self._counted(stop)
        return self._words[key]

    def _counted(self, stop: Position) -> int:
        page = Page(self._walker, stop, None, over=False)
        full, brief, _, _ = page.paragraphs, page.brief, page.picture, page.ledger  # all are made: all are watched
        said = sum(len(choice.say.split()) for choice in page.choices)
        return said + _count(brief if page.shows_brief else full)


def words_told(stop: Position) -> int:
    """The words of the chapters that were told on the way to a stop."""
    return sum(_count(told.paragraphs) for told in stop.told)


def because(stop: Position) -> tuple[tuple[str, ...], ...]:
    """What the step to a stop rests on."""
    return tuple(block.because for block in stop.done)


def _count(text: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in text)
