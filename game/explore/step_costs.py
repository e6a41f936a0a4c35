"""The possible steps from a position, the words that they cost a reader, and the facts that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.explore.liveness import Liveness
from game.explore.state_codec import FieldLayout
from game.lang.expressions import State
from game.lang.markup import Paragraph, Passage
from game.play import page_context
from game.play.engine import CONTINUE, SKIP, Engine, Position, state_after_choice
from game.play.page import Page
from game.story.model import Choice


class StepReader:
    """Gives the steps and the word count of positions. A page is counted once for each form of its text."""

    def __init__(self, engine: Engine, live: Liveness) -> None:
        self._engine = engine
        self._layouts = {node: FieldLayout(engine.story, shown) for node, shown in live.shown.items()}
        self._counts: dict[tuple[str, int], int] = {}
        self._answers: dict[str, int] = {}
        self._lines: dict[tuple[int, int], tuple[int, tuple[tuple[str, ...], ...]]] = {}

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

    def step_costs(self, previous: Position | None, position: Position) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """What a step to a position costs, beside its page.

        Returns:
            The words on the page that the step brought (chapters told in brief, lines, the answer to the choice), and
            the ids of facts, or `invented`, that each of its blocks and lines rests on.
        """
        words, because = self._costs_of_lines(previous, position)
        if position.told:
            words += sum(_count(told.paragraphs) for told in position.told)
        choice = page_context.choice_taken(position)
        if choice is not None and previous is not None:
            words += self._words_of_answer(choice, previous)
        return words, (*(block.because for block in position.done), *because)

    def _costs_of_lines(
        self, previous: Position | None, position: Position
    ) -> tuple[int, tuple[tuple[str, ...], ...]]:  # fmt: skip
        """The words of the lines between two positions, and what they rest on. Both follow from the chapters alone."""
        before = previous.chapter if previous is not None else -1
        if before == position.chapter:
            return 0, ()
        key = before, position.chapter
        if key not in self._lines:
            lines = page_context.lines(self._engine, previous, position)
            brief = self._engine.cut.brief_lines
            texts = [text for line in lines for text in page_context.line_texts(line, brief)]
            self._lines[key] = sum(len(text.split()) for text in texts), tuple(line.because for line in lines)
        return self._lines[key]

    def _words_of_answer(self, choice: Choice, previous: Position) -> int:
        """The words of the answer to a choice that was taken at a position."""
        known = self._answers.get(choice.full_id)
        if known is not None:
            return known
        state = state_after_choice(previous, choice)
        words = self._words_of_first(choice.answer, state)
        self._words_of_first(choice.anyway, state)  # not read on the way, but watched as well
        said = (*choice.answer, *choice.anyway)
        if all(passage.condition is None and passage.fixed is not None for passage in said):
            self._answers[choice.full_id] = words  # the same in every state
        return words

    def _words_of_first(self, passages: Iterable[Passage], state: State) -> int:
        """The words of the first of several texts that holds in a state."""
        found = page_context.first_that_holds(passages, self._engine.story, state)
        return _count((found,)) if found is not None else 0


def _count(text: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in text)
