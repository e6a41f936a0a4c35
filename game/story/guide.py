"""The teacher's pack as values: its parts in order, and the books that they lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from game.core.values import frozen
from game.lang.markup import Passage
from game.lang.typecheck import Value

Prose = tuple[Passage, ...]  # paragraphs; a {name} in them is one of the lengths (see `lengths_of`)


@frozen
class GuideStep:
    """One step of a lesson: how long, what it is called, and what is done."""

    minutes: int
    title: str
    text: Prose = ()


@frozen
class GuidePoint:
    """One of a list; `name` is what it is about."""

    text: Prose
    name: str = ""


@frozen
class GuideTable:
    """Rows of cells. A row that stops early leaves boxes to write in."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]
    caption: str = ""


@frozen
class GuideBook:
    """A book, an article or a paper, with where and when it appeared; `why` is what a reader finds in it."""

    title: str
    author: str = ""
    details: str = ""
    why: str = ""


@frozen
class GuideNote:
    """What other histories say of claims of the source, and in which books."""

    topic: str
    text: Prose
    facts: tuple[str, ...] = ()
    books: tuple[str, ...] = ()


@frozen
class GuideMark:
    """Something that may hurt, and the chapters and pages (by full ids) that hold it."""

    what: str
    where: tuple[str, ...]


@frozen
class GuidePart:
    """One part of the pack. It prints its fields in this order; `fill` is what the story itself adds.

    `lasts` are the minutes that its steps make up. `plan` names a part whose steps stand here in short. `apart`
    begins a page of its own, to be copied. `outside`: nothing in it is from the story's source.
    """

    id: str
    title: str
    text: Prose = ()
    points: tuple[GuidePoint, ...] = ()
    steps: tuple[GuideStep, ...] = ()
    lasts: int | None = None
    plan: str | None = None
    table: GuideTable | None = None
    notes: tuple[GuideNote, ...] = ()
    marks: tuple[GuideMark, ...] = ()
    fill: str | None = None
    cut: str | None = None
    after: Prose = ()
    apart: bool = False
    outside: bool = False


@frozen
class Guide:
    """The whole pack, the books that its notes name, and a teacher's words for what the reader is never told of."""

    parts: tuple[GuidePart, ...] = ()
    books: Mapping[str, GuideBook] = field(default_factory=dict)
    words: Mapping[str, Mapping[Value, str]] = field(default_factory=dict)


def length_name(kind: str, cut: str) -> str:
    """What a text of the pack calls a length of a cut: `minutes_class`."""
    return f"{kind}_{cut.replace('-', '_')}"


def length_names(cuts: Mapping[str, object]) -> frozenset[str]:
    """Every length that a text may name: of each cut the minutes, the words and the choices of one reading."""
    return frozenset(length_name(kind, cut) for cut in cuts for kind in ("minutes", "words", "choices"))
