"""Paper book: a cut (a length of the story) as a game book for one role, with numbered entries and boxes to tick.

Every playthrough is played to make the book. What an entry says and where a choice leads depends on a formula over the
ticked boxes, so the book reads the same as the program.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import NamedTuple, TypeVar

from game.core.values import frozen
from game.documents.guide.reading_times import as_one_role
from game.documents.guide.tick_formulas import Formula, FormulaTerm, NoFormula, Ticks, formula
from game.lang.markup import Paragraph, Passage
from game.play.engine import CONTINUE, SKIP, Engine, Position
from game.play.page import Page, Weighing
from game.play.page_context import lines_between
from game.play.text_eval import ToldChapter, paragraphs
from game.story.chapter_mode import ChapterMode
from game.story.model import Chapter, Line, Story

MAX_VISITS = 60_000  # a story with more is too long for paper
END = ""  # stands for the node of the text after the last chapter

T = TypeVar("T")
Shown = Paragraph | ToldChapter | Weighing


@frozen
class PaperBlock:
    """A paragraph, a summary of a chapter, or a weighing (the sums of a harvest)."""

    shown: Shown
    when: Formula  # must hold for the block to be read


@frozen
class PaperLink:
    """A link from one entry to another: a choice, a step on, or the way past a chapter."""

    to: str  # the other entry's node
    when: Formula  # must hold for the link to be there
    say: str = ""  # the choice's text; "" for going on
    skip: bool = False  # leads past the chapter to its summary
    tick: str = ""  # the box to tick then; "" for none
    reason: str = ""  # why the narrator chose it


@frozen
class PaperEntry:
    """One numbered entry."""

    number: int
    node: str
    heads: Chapter | None  # the chapter that begins with the entry
    blocks: tuple[PaperBlock, ...]
    links: tuple[PaperLink, ...]
    discuss: str | None = None  # a question for a class
    ends: bool = False  # a playthrough ends with the entry
    lines: tuple[Line, ...] = ()  # the lines of the calendar (short texts) before the chapter `heads`


@frozen
class PaperBook:
    """A game book: a cut on paper, read as one role."""

    role: str
    cut: str
    entries: tuple[PaperEntry, ...]  # by number
    ticks: tuple[str, ...]  # the letters of the boxes to tick

    def entry(self, node: str) -> PaperEntry:
        """Return the entry for a node."""
        return next(entry for entry in self.entries if entry.node == node)


class TooManyReadings(ValueError):
    """Raised if there are too many playthroughs, or if two of them differ although they have the same ticks."""


class _Visit(NamedTuple):
    """A position in the story, and the ticks that a reader can have there."""

    position: Position
    ticks: Ticks


def make_book(story: Story, role: str, cut: str) -> PaperBook:
    """Return the book of a cut played as one role. Raises TooManyReadings."""
    engine = Engine(story, role, as_one_role(story.cuts[cut]))
    visits, names = _visits(engine)
    try:
        entries = _merged([_entry(engine, at, names) for at in visits.values()])
    except NoFormula:
        raise TooManyReadings from None
    return _numbered(role, cut, story, entries, names)


def _visits(engine: Engine) -> tuple[dict[str, list[_Visit]], list[str]]:
    """Return the visits of each node, and the names of all ticks, both in the story's order."""
    start = _Visit(engine.start(), frozenset())
    seen: set[tuple[object, ...]] = set()
    visits: dict[str, list[_Visit]] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        key = (at.position.chapter, at.position.node, at.position.state, at.position.first, at.position.told, at.ticks)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MAX_VISITS:
            raise TooManyReadings
        visits.setdefault(_node(at.position), []).append(at)
        for name, after in _steps(engine, at.position):
            waiting.append(_Visit(after, at.ticks | {name} if name else at.ticks))
    ids = {id: i for i, id in enumerate(engine.story.nodes)}
    first = _node(start.position)  # it need not be the first node in its chapter's file
    ordered = sorted(visits, key=lambda id: (id != first, visits[id][0].position.chapter, ids.get(id, 0)))
    names = [name for id in ordered for name in _names(visits[id][0].position)]
    return {id: visits[id] for id in ordered}, list(dict.fromkeys(names))


def _node(position: Position) -> str:
    return position.node.full_id if position.node is not None else END


def _names(position: Position) -> Iterator[str]:
    if position.node is not None:
        yield f"{position.node.full_id.partition('.')[0]}.{SKIP}"
        yield from (choice.full_id for choice in position.node.choices)


def _steps(engine: Engine, position: Position) -> Iterator[tuple[str, Position]]:
    """Yield each step from a position: the name of its tick ("" for going on), and the next position."""
    page, node = _page(engine, position), position.node
    if node is None:
        return
    open_now = {option.id for option in page.choices}
    if CONTINUE in open_now:
        yield "", engine.advance(position)
    for choice in node.choices:
        if choice.id in open_now:
            yield choice.full_id, engine.take(position, choice)
    if SKIP in page.offers:
        yield f"{page.chapter}.{SKIP}", engine.skip(position)


def _page(engine: Engine, position: Position) -> Page:
    return Page(engine, position, None, not engine.has_next(position))


def _entry(engine: Engine, visits: list[_Visit], names: list[str]) -> PaperEntry:
    story, node = engine.story, visits[0].position.node

    def blocks_of(shown: Callable[[Position], Shown | None]) -> list[PaperBlock]:
        variants: Iterator[tuple[Shown, Formula]] = _variants(visits, names, shown)
        return [PaperBlock(text, when) for text, when in variants]

    def told(chapter: str) -> Callable[[Position], ToldChapter | None]:
        return lambda position: next((summary for summary in position.told if summary.chapter == chapter), None)

    def paragraph(passage: Passage) -> Callable[[Position], Paragraph | None]:
        return lambda position: next(iter(paragraphs([passage], story, position.state)), None)

    def target(name: str) -> Callable[[Position], str | None]:
        return lambda position: _target(engine, position, name)

    blocks: list[PaperBlock] = []
    for chapter in sorted({summary.chapter for at in visits for summary in at.position.told}, key=story.order.index):
        blocks += blocks_of(told(chapter))
    if node is None:
        return PaperEntry(0, END, None, tuple(blocks), (), ends=True)
    for passage in node.brief if engine.cut.brief and node.brief else node.text:
        blocks += blocks_of(paragraph(passage))
    if node.ledger is not None:
        blocks += blocks_of(lambda position: _page(engine, position).ledger)
    reasons = {choice.full_id: choice.reason for choice in node.choices}
    links = tuple(
        PaperLink(to, when, say, name.endswith(f".{SKIP}") and not say, name, reasons.get(name, ""))
        for name, say in _step_texts(engine, visits).items()
        for to, when in _variants(visits, names, target(name))
    )
    first = next((at.position for at in visits if at.position.first), None)
    heads = first.chapter_of(story) if first else None
    shown_lines = _lines_before(engine, first.chapter) if first else ()
    return PaperEntry(0, node.full_id, heads, tuple(blocks), links, node.discuss, not links, shown_lines)


def _lines_before(engine: Engine, chapter: int) -> tuple[Line, ...]:
    """Return the lines of the calendar between the chapter number `chapter` and the last chapter played before that."""
    dates = [engine.story.date_of[id] for id in engine.story.order]
    played = [number for number in range(chapter) if engine.modes[number] is ChapterMode.PLAYED]
    return lines_between(engine, dates[played[-1]] if played else -1, dates[chapter])


def _variants(
    visits: list[_Visit], names: list[str], result_at: Callable[[Position], T | None]
) -> Iterator[tuple[T, Formula]]:
    """Yield each different result of `result_at` at a node's visits, except None. With each, yield a formula over ticks
    that holds at the visits with this result, and at no others."""
    found: dict[T | None, set[Ticks]] = {}
    for at in visits:
        found.setdefault(result_at(at.position), set()).add(at.ticks)
    for value, yes in found.items():
        if value is not None:
            yield value, formula(yes, {t for other, ts in found.items() if other != value for t in ts}, names)


def _step_texts(engine: Engine, visits: list[_Visit]) -> dict[str, str]:
    """Return the text of each step from a node ("" for steps other than choices), by the name of its tick."""
    node = visits[0].position.node
    open_names = {name for at in visits for name, _ in _steps(engine, at.position)}
    choices = node.choices if node is not None else ()
    texts = {choice.full_id: choice.say for choice in choices if choice.full_id in open_names}
    return texts | {name: "" for name in sorted(open_names) if name not in texts}


def _target(engine: Engine, position: Position, name: str) -> str | None:
    return next((_node(after) for step, after in _steps(engine, position) if step == name), None)


def _merged(entries: list[PaperEntry]) -> list[PaperEntry]:
    """Join two entries if the first leads only to the second, and no other entry leads there."""
    by_node = {entry.node: entry for entry in entries}
    leading = Counter(link.to for entry in entries for link in entry.links)
    for entry in reversed(entries):
        here = by_node.get(entry.node)  # it may have been merged with a later entry of its file already
        if here is None or len(here.links) != 1 or here.discuss:
            continue
        link = here.links[0]
        after = by_node.get(link.to)
        if after is None or link.tick or not link.when.always or leading[link.to] != 1 or after.heads or after is here:
            continue
        by_node[entry.node] = replace(
            here, blocks=here.blocks + after.blocks, links=after.links, discuss=after.discuss, ends=after.ends
        )
        del by_node[link.to]
    return list(by_node.values())


def _numbered(role: str, cut: str, story: Story, entries: list[PaperEntry], names: list[str]) -> PaperBook:
    """Number the entries in an order that reveals nothing, and give a letter to each tick that a formula needs."""
    order = {id: i for i, id in enumerate(story.order)}

    def place(entry: PaperEntry) -> tuple[int, bool, bytes]:
        scattered = hashlib.blake2b(entry.node.encode(), digest_size=8).digest()
        return order.get(entry.node.partition(".")[0], len(order)), entry.heads is None, scattered

    formulas = [block.when for entry in entries for block in entry.blocks]
    formulas += [link.when for entry in entries for link in entry.links]
    asked = {name for when in formulas for name in when.names}
    letters = dict(zip((name for name in names if name in asked), _letters(), strict=False))
    first, *rest = entries
    ordered = [first, *sorted(rest, key=place)]
    numbered = (replace(_lettered(entry, letters), number=i) for i, entry in enumerate(ordered, start=1))
    return PaperBook(role, cut, tuple(numbered), tuple(letters.values()))


def _letters() -> Iterator[str]:
    """Yield A, B, C and so on, then A2, B2 and so on, without I and O, which look like numbers."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    for round_ in count():
        yield from (letter + (str(round_ + 1) if round_ else "") for letter in alphabet)


def _lettered(entry: PaperEntry, letters: Mapping[str, str]) -> PaperEntry:
    def all_of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(letters[name] for name in names)

    def lettered(when: Formula) -> Formula:
        return Formula(tuple(FormulaTerm(all_of(term.ticked), all_of(term.unticked)) for term in when.terms))

    return replace(
        entry,
        blocks=tuple(replace(block, when=lettered(block.when)) for block in entry.blocks),
        links=tuple(replace(link, when=lettered(link.when), tick=letters.get(link.tick, "")) for link in entry.links),
    )
