"""The teacher's pack as values: its parts in order, and the books that the parts cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Literal

from game.core.values import frozen
from game.lang.markup import Passage
from game.lang.typecheck import Value

Prose = tuple[Passage, ...]  # paragraphs; a {name} in them is one of `length_names`


@frozen
class GuideStep:
    """One step of a lesson, with its length in minutes."""

    minutes: int
    title: str
    text: Prose = ()


@frozen
class GuidePoint:
    """One item of a list. `name` is its topic, printed before the text."""

    text: Prose
    name: str = ""


@frozen
class GuideTable:
    """A table of the teacher's pack. A row may be short: empty boxes to write in are printed for its missing cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]
    caption: str = ""


@frozen
class GuideBook:
    """A book, article or paper. `details` says where and when it appeared, `why` what a reader finds in it."""

    title: str
    author: str = ""
    details: str = ""
    why: str = ""


@frozen
class GuideNote:
    """A note on some claims of the source (`facts`): what other histories say, and in which `books`."""

    topic: str
    text: Prose
    facts: tuple[str, ...] = ()
    books: tuple[str, ...] = ()


@frozen
class GuideMark:
    """Distressing content of one kind, and the chapters and pages (full ids) that contain it."""

    what: str
    where: tuple[str, ...]


@frozen
class TimelineDate:
    """A date of a timeline, with the texts `above` and `below` the line. On the pupils' sheet, the text on the side
    `gap` (if any) is left out, for the pupils to write."""

    when: str
    above: Prose = ()
    below: Prose = ()
    gap: Literal["above", "below", ""] = ""


@frozen
class Timeline:
    """A timeline for one landscape page. `above` and `below` name what stands on each side of the line."""

    above: str
    below: str
    dates: tuple[TimelineDate, ...]


@frozen
class GuideCard:
    """A card to cut out, with empty `lines` to write on. Two cards stand side by side."""

    title: str
    text: Prose = ()
    lines: int = 0


@frozen
class GuidePart:
    """A part of the teacher's pack. `GuidePartShape` explains its fields. They are printed in this order."""

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
    timeline: Timeline | None = None
    cards: tuple[GuideCard, ...] = ()
    fill: str | None = None
    cut: str | None = None
    after: Prose = ()
    apart: bool = False
    outside: bool = False
    appendix: bool = False
    picture: str | None = None


@frozen
class Guide:
    """The whole teacher's pack. `words` maps a variable and its value to the words for it in a printed condition."""

    parts: tuple[GuidePart, ...] = ()
    books: Mapping[str, GuideBook] = field(default_factory=dict)
    words: Mapping[str, Mapping[Value, str]] = field(default_factory=dict)


def length_name(kind: str, cut: str) -> str:
    """Return the name of a cut's length in a guide's text, as in {minutes_class}. `kind`: minutes, words or choices."""
    return f"{kind}_{cut.replace('-', '_')}"


def length_names(cuts: Iterable[str]) -> frozenset[str]:
    """Return all names that `length_name` makes for these cuts: three for each cut."""
    return frozenset(length_name(kind, cut) for cut in cuts for kind in ("minutes", "words", "choices"))
