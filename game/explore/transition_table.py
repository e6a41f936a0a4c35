"""Transition table: a cut's pages and the steps from them. States that a page cannot tell apart share one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import NamedTuple

from game.explore.liveness import Liveness
from game.explore.path_stats import CostRange, FactCounter, Segment
from game.explore.state_codec import NODE_MASK, StateCodec
from game.lang.expressions import Expression, State
from game.lang.markup import Paragraph, Passage
from game.lang.reading_speed import count_words
from game.play import page_context
from game.play.engine import CONTINUE, Engine, Position, state_after_choice
from game.play.page import Page
from game.story.model import Node

Amounts = tuple[tuple[str, float], ...]  # a page's weighing: the names of its rows and portions, with their amounts


class Transition(NamedTuple):
    """One step from a page: `key & keep | put` is the key of the next page.

    `take` is the id of a choice, "continue", or "" for the step to the first page. `choice` is a choice's full id, else
    "". `segment` is what the step adds to a path. `shown` is a number that stands for what the step shows on the next
    page: summarized chapters and changes.
    """

    take: str
    choice: str
    keep: int
    put: int
    segment: Segment
    shown: int


class PageForm(NamedTuple):
    """One page, in all states in which it and the steps from it are the same. The node is None after the last chapter.

    There are no `steps` after the last ending or at a dead end. If a step leads to a page that offers a skip, `skips`
    has the step together with that skip. `amounts` is the page's weighing (sums of a harvest). `broken` names the
    claims (`always`) that are false here. `shown` is a number that stands for text, open choices and weighing.
    """

    node: Node | None
    words: int = 0
    steps: tuple[Transition, ...] = ()
    skips: tuple[Transition, ...] = ()
    amounts: Amounts = ()
    broken: tuple[str, ...] = ()
    shown: int = 0


class TransitionTable:
    """Returns the page at a position and the steps from it. `StateCodec` packs the position into an integer.

    A page reads a few variables, and the steps from it read and write a few (`Liveness.touched`). All others stay the
    same. So the `Engine` takes the steps once for each combination of values of those few. `choices` has the full ids
    of all choices that were open on a page so far.
    """

    def __init__(self, engine: Engine, with_skips: bool = False, with_changes: bool = False) -> None:
        """Make an empty table. With `with_skips`, pages also get their `skips`; `with_changes` separates states whose
        pages show different changes, and fills the `shown` numbers."""
        self.engine, self._story = engine, engine.story
        self._with_skips, self._with_changes = with_skips, with_changes
        self.live = Liveness(engine, with_changes)
        self.codec = StateCodec(engine, self.live)
        self.facts = FactCounter(tuple(self._story.facts))
        self.choices: set[str] = set()
        nodes = (node.full_id if node is not None else "" for node in self.codec.nodes)
        self._touched = [self.codec.mask(self.live.touched.get(node, frozenset())) for node in nodes]
        self._read = [live & mask for live, mask in zip(self.codec.live_masks, self._touched, strict=True)]
        self._forms: dict[int, PageForm] = {}
        self._numbers: dict[object, int] = {}  # what is shown -> its number
        first, *skips = self._transitions(None, "", self.engine.start(), 0)
        self.start = PageForm(None, steps=(first,), skips=tuple(skips))

    def form(self, key: int) -> PageForm:
        """Return the page at a position, which `key` packs (see `StateCodec`)."""
        read = key & self._read[key & NODE_MASK]
        form = self._forms.get(read)
        if form is None:
            form = self._forms[read] = self._made(read)
        return form

    def touched_in(self, nodes: Iterable[Node]) -> int:
        """Return the bits of a key that pages and the steps from them read or write, and the position's bits."""
        mask = self.codec.header
        for node in nodes:
            mask |= self._touched[self.codec.number(node)]
        return mask

    def _made(self, key: int) -> PageForm:
        position = self.codec.unpack(key)
        if position.node is None:
            return PageForm(None)
        page = Page(self.engine, position, None, over=False)
        words = _word_count(page)
        made, skips = list[Transition](), list[Transition]()
        for take, after in steps(self.engine, position):
            step, *more = self._transitions(position, take, after, words)
            made.append(step)
            skips += more
        self.choices.update(step.choice for step in made if step.choice)
        amounts, broken = self._amounts(page), self._broken(position)
        shown = self._number((page.shown_paragraphs(), page.choices, page.ledger)) if self._with_changes else 0
        return PageForm(position.node, words, tuple(made), tuple(skips), amounts, broken, shown)

    def _number(self, shown: object) -> int:
        return self._numbers.setdefault(shown, len(self._numbers))

    def _transitions(
        self, previous: Position | None, take: str, after: Position, page_words: int
    ) -> Iterator[Transition]:
        """Yield the step `take` from `previous` (None at the start), a page of `page_words` words, to `after`. If skips
        are wanted and `after` offers one, also yield the step to the page after the skip, and so on."""
        node = previous.node if previous is not None else None
        entries = ((node.full_id, take),) if node is not None else ()
        choice = f"{node.full_id}.{take}" if node is not None and node.choices else ""
        passed = ~self._touched[self.codec.number(node)] if node is not None else 0
        while True:
            key = self.codec.pack(after)
            keep = self.codec.live_masks[key & NODE_MASK] & passed
            words, because = self._costs(previous, after)
            shown = 0
            if self._with_changes:
                shown = self._number((after.told, Page(self.engine, after, previous, over=False).changes))
            costs = CostRange.of_one(page_words + words), CostRange.of_one(int(bool(choice)))
            segment = Segment(1, *costs, entries, entries, ((1, self.facts.unmet_mask(because)),))
            yield Transition(take, choice, keep, key & ~keep, segment, shown)
            if not (self._with_skips and offers_skip(self.engine, after)):
                return
            after = self.engine.skip(after)

    def _amounts(self, page: Page) -> Amounts:
        weighed = page.ledger
        if weighed is None:
            return ()
        rows: list[tuple[str, float | None]] = [(row.kind, row.amount) for row in weighed.rows]
        if weighed.portions is not None:
            names = [field.name for field in fields(weighed.portions)]
            rows += [(f"portions.{name}", getattr(weighed.portions, name)) for name in names]
        return tuple((name, amount) for name, amount in rows if amount is not None)

    def _broken(self, position: Position) -> tuple[str, ...]:
        node = position.node
        assert node is not None
        claims = [(claim_id(node, claim), claim) for claim in node.always]
        claims += [(claim.text, claim) for claim in self._story.always if node.end is not None]
        return tuple(id for id, claim in claims if not claim(position.state))

    def _costs(self, previous: Position | None, position: Position) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """Return the number of words that a step adds with summaries, lines and, in a brief cut, the choice's answer.
        Also return for each part of the step, and for each line, the ids of its facts (or `invented`)."""
        before = previous.chapter if previous is not None else -1
        lines = page_context.lines(self.engine, previous, position) if before != position.chapter else ()
        brief = self.engine.cut.brief_lines
        texts = [text for line in lines for text in page_context.line_texts(line, brief)]
        words = sum(map(count_words, texts)) + sum(_count(summary.paragraphs) for summary in position.told)
        choice = page_context.choice_taken(position)
        if choice is not None and previous is not None:
            state = state_after_choice(previous, choice)
            answered = self._words_of_first(choice.answer, state)
            words += answered if self.engine.cut.brief else 0
            self._words_of_first(choice.anyway, state)  # the reader does not see it here, but coverage must record it
        return words, tuple(part.because for part in (*position.done, *lines))

    def _words_of_first(self, passages: Iterable[Passage], state: State) -> int:
        found = page_context.first_that_holds(passages, self._story, state)
        return _count((found,)) if found is not None else 0


def steps(engine: Engine, position: Position) -> Iterator[tuple[str, Position]]:
    """Yield each possible step except skips, with the position that it leads to; nothing at the end of the story."""
    node = position.node
    if node is None:
        return
    if node.end is not None or not node.choices:
        if engine.has_next(position):
            yield CONTINUE, engine.advance(position)
    else:
        for choice in node.choices:
            if choice.condition is None or choice.condition(position.state):
                yield choice.id, engine.take(position, choice)


def offers_skip(engine: Engine, position: Position) -> bool:
    """Return whether a page offers a skip. Pass no position from `StateCodec.unpack`: its `first` is always true."""
    chapter = position.chapter_of(engine.story) if position.first else None
    return chapter is not None and bool(chapter.note and chapter.skip)


def claim_id(node: Node, claim: Expression) -> str:
    """Return the name of a page's claim: the page's id, then the text of the claim."""
    return f"{node.full_id}: {claim.text}"


def _word_count(page: Page) -> int:
    """Return the number of words on a page: its shown text (brief or full) and its open choices."""
    full, brief, _ = page.paragraphs, page.brief, page.picture  # asks for all texts, so that coverage sees all
    said = sum(count_words(choice.say) + count_words(choice.reason) for choice in page.choices)
    return said + _count(brief if page.shows_brief else full)


def _count(text: Iterable[Paragraph]) -> int:
    return sum(count_words(paragraph.text) for paragraph in text)
