"""A sitting as a book to be played on paper: numbered entries, and a sheet of ticks in place of the variables.

It is made by walking every reading of the sitting. What an entry shows, and where a choice leads, is written as a
formula over the choices that were ticked on the way, so the book cannot say anything else than the program would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from game.core.values import frozen
from game.documents.guide.reading_times import one_door
from game.documents.guide.tick_formulas import Formula, NoFormula, Ticks, formula
from game.lang.markup import Paragraph
from game.play.engine import CONTINUE, SKIP, Engine, Position
from game.play.page import LedgerRow, Page
from game.play.text_eval import Told, paragraphs
from game.story.model import Chapter, Story

MOST = 60_000  # places that are walked; a longer story is not one for paper
END = ""  # the node of what is told past the last chapter

Shown = Paragraph | Told | tuple[LedgerRow, ...]


@frozen
class PaperBlock:
    """A paragraph, a telling or a ledger, and the ticks with which it is read."""

    shown: Shown
    when: Formula


@frozen
class PaperLink:
    """A way on. `say` is empty for going on; `skip` has the chapter told. Taken, it ticks `tick`."""

    to: str
    when: Formula
    say: str = ""
    skip: bool = False
    tick: str = ""


@frozen
class PaperEntry:
    """One numbered entry; `heads` is the chapter that begins with it, `ends` whether a reading ends with it."""

    number: int
    node: str
    heads: Chapter | None
    blocks: tuple[PaperBlock, ...]
    ways: tuple[PaperLink, ...]
    discuss: str | None = None
    ends: bool = False


@frozen
class PaperBook:
    """A sitting on paper. Ways lead to a node; `entry` gives the entry of it. `ticks` are the boxes of the sheet."""

    role: str
    cut: str
    entries: tuple[PaperEntry, ...]
    ticks: tuple[str, ...]

    def entry(self, node: str) -> PaperEntry:
        return next(entry for entry in self.entries if entry.node == node)


class TooManyReadings(ValueError):
    """The sitting has more readings than can be walked, or one that no ticks can tell."""


class _At(NamedTuple):
    stop: Position
    ticks: Ticks


def book(story: Story, role: str, cut: str) -> PaperBook:
    """The book of a cut behind one door. Raises TooLarge."""
    engine = Engine(story, role, one_door(story.cuts[cut]))
    places, names = _walked(engine)
    try:
        entries = _merged([_entry(engine, at, names) for at in places.values()])
    except NoFormula:
        raise TooManyReadings from None
    return _numbered(role, cut, story, entries, names)


def _walked(engine: Engine) -> tuple[dict[str, list[_At]], list[str]]:
    """Every way to stand at each node, and every name of a tick, both in the story's order."""
    start = _At(engine.start(), frozenset())
    seen: set[tuple[object, ...]] = set()
    places: dict[str, list[_At]] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        key = (at.stop.chapter, at.stop.node, at.stop.state, at.stop.first, at.stop.told, at.ticks)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MOST:
            raise TooManyReadings
        places.setdefault(_node(at.stop), []).append(at)
        for name, after in _steps(engine, at.stop):
            waiting.append(_At(after, at.ticks | {name} if name else at.ticks))
    ids = {id: i for i, id in enumerate(engine.story.nodes)}
    ordered = sorted(places, key=lambda id: (places[id][0].stop.chapter, ids.get(id, 0)))
    names = [name for id in ordered for name in _names(places[id][0].stop)]
    return {id: places[id] for id in ordered}, list(dict.fromkeys(names))


def _node(stop: Position) -> str:
    return stop.node.full_id if stop.node is not None else END


def _names(stop: Position) -> Iterator[str]:
    """Every tick that can be made at a node."""
    if stop.node is not None:
        yield f"{stop.node.full_id.partition('.')[0]}.{SKIP}"
        yield from (choice.full_id for choice in stop.node.choices)


def _steps(engine: Engine, stop: Position) -> Iterator[tuple[str, Position]]:
    """Each way on by the name of its tick (none for going on), and where it leads."""
    page, node = _page(engine, stop), stop.node
    if node is None:
        return
    open_now = {option.id for option in page.choices}
    if CONTINUE in open_now:
        yield "", engine.advance(stop)
    for choice in node.choices:
        if choice.id in open_now:
            yield choice.full_id, engine.take(stop, choice)
    if SKIP in page.offers:
        yield f"{page.chapter}.{SKIP}", engine.skip(stop)


def _page(engine: Engine, stop: Position) -> Page:
    return Page(engine, stop, None, not engine.has_next(stop))


def _entry(engine: Engine, places: list[_At], names: list[str]) -> PaperEntry:
    story, node = engine.story, places[0].stop.node

    def told(of: Callable[[Position], object]) -> Iterator[tuple[object, Formula]]:
        """Each thing that `of` can come out as, None left out, and the ticks with which it does."""
        found: dict[object, set[Ticks]] = {}
        for at in places:
            found.setdefault(of(at.stop), set()).add(at.ticks)
        for one, yes in found.items():
            if one is not None:
                yield one, formula(yes, {t for other, ts in found.items() if other != one for t in ts}, names)

    blocks: list[PaperBlock] = []
    for chapter in dict.fromkeys(one.chapter for at in places for one in at.stop.told):
        blocks += [
            PaperBlock(one, when)  # type: ignore[arg-type]
            for one, when in told(lambda stop, id=chapter: next((t for t in stop.told if t.chapter == id), None))  # type: ignore[misc]
        ]
    if node is None:
        return PaperEntry(0, END, None, tuple(blocks), (), ends=True)
    for passage in node.brief if engine.cut.brief and node.brief else node.text:
        blocks += [
            PaperBlock(one, when)  # type: ignore[arg-type]
            for one, when in told(lambda stop, p=passage: next(iter(paragraphs([p], story, stop.state)), None))  # type: ignore[misc]
        ]
    if node.ledger:
        blocks += [PaperBlock(one, when) for one, when in told(lambda stop: _page(engine, stop).ledger)]  # type: ignore[arg-type]
    ways: list[PaperLink] = []
    for name, say in _sayings(engine, places).items():
        for to, when in told(lambda stop, n=name: _leads(engine, stop, n)):  # type: ignore[misc]
            ways.append(PaperLink(str(to), when, say, name.endswith(f".{SKIP}") and not say, name))
    first = next((at.stop for at in places if at.stop.first), None)
    return PaperEntry(
        0, node.full_id, first.chapter_of(story) if first else None, tuple(blocks), tuple(ways), node.discuss, not ways
    )


def _sayings(engine: Engine, places: list[_At]) -> dict[str, str]:
    """Every way on that a node can have, by the name of its tick: its choices, then going on or skipping."""
    node = places[0].stop.node
    open_names = {name for at in places for name, _ in _steps(engine, at.stop)}
    choices = node.choices if node is not None else ()
    sayings = {choice.full_id: choice.say for choice in choices if choice.full_id in open_names}
    return sayings | {name: "" for name in sorted(open_names) if name not in sayings}


def _leads(engine: Engine, stop: Position, name: str) -> str | None:
    for one, after in _steps(engine, stop):
        if one == name:
            return _node(after)
    return None


def _merged(entries: list[PaperEntry]) -> list[PaperEntry]:
    """Without turning where there is nothing to decide: what only goes on to one entry that nothing else leads to
    stands before it."""
    by_node = {entry.node: entry for entry in entries}
    leading: dict[str, int] = {}
    for entry in entries:
        for way in entry.ways:
            leading[way.to] = leading.get(way.to, 0) + 1
    for entry in reversed(entries):
        here = by_node[entry.node]
        if len(here.ways) != 1 or here.discuss:
            continue
        way = here.ways[0]
        after = by_node.get(way.to)
        if after is None or way.tick or not way.when.always or leading[way.to] != 1 or after.heads or after is here:
            continue
        by_node[entry.node] = replace(
            here, blocks=here.blocks + after.blocks, ways=after.ways, discuss=after.discuss, ends=after.ends
        )
        del by_node[way.to]
    return list(by_node.values())


def _numbered(role: str, cut: str, story: Story, entries: list[PaperEntry], names: list[str]) -> PaperBook:
    """Numbers that do not give away what follows what, and a letter for each tick that anything asks for."""
    order = {id: i for i, id in enumerate(story.order)}

    def place(entry: PaperEntry) -> tuple[int, bool, bytes]:
        scattered = hashlib.blake2b(entry.node.encode(), digest_size=8).digest()
        return order.get(entry.node.partition(".")[0], len(order)), entry.heads is None, scattered

    formulas = [one.when for entry in entries for one in entry.blocks]
    formulas += [way.when for entry in entries for way in entry.ways]
    asked = {name for when in formulas for name in when.names}
    letters = dict(zip((name for name in names if name in asked), _letters(), strict=False))
    first, *rest = entries
    ordered = [first, *sorted(rest, key=place)]
    return PaperBook(
        role,
        cut,
        tuple(replace(_lettered(entry, letters), number=i) for i, entry in enumerate(ordered, start=1)),
        tuple(letters.values()),
    )


def _letters() -> Iterator[str]:
    """A, B, C and so on; I and O are left out, since they look like numbers."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    for round_ in count():
        yield from (letter + (str(round_ + 1) if round_ else "") for letter in alphabet)


def _lettered(entry: PaperEntry, letters: Mapping[str, str]) -> PaperEntry:
    def again(when: Formula) -> Formula:
        return Formula(
            tuple(replace(t, ticked=_all(t.ticked, letters), unticked=_all(t.unticked, letters)) for t in when.terms)
        )

    return replace(
        entry,
        blocks=tuple(replace(block, when=again(block.when)) for block in entry.blocks),
        ways=tuple(replace(way, when=again(way.when), tick=letters.get(way.tick, "")) for way in entry.ways),
    )


def _all(names: Iterable[str], letters: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(letters[name] for name in names)
