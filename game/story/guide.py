"""The teacher's pack as values: its parts in order, and the books that they cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from game.core.values import frozen
from game.lang.markup import Passage
from game.lang.typecheck import Value

Prose = tuple[Passage, ...]  # paragraphs; a {name} in them is one of `length_names`


@frozen
class GuideStep:
    """One step of a lesson."""

    minutes: int
    title: str
    text: Prose = ()


@frozen
class GuidePoint:
    """One item of a list; `name` is its topic."""

    text: Prose
    name: str = ""


@frozen
class GuideTable:
    """A table. Missing cells of a row are printed as boxes to write in."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]
    caption: str = ""


@frozen
class GuideBook:
    """A book, article or paper; `details` says where and when it appeared, `why` what a reader finds in it."""

    title: str
    author: str = ""
    details: str = ""
    why: str = ""


@frozen
class GuideNote:
    """A note on claims (`facts`) of the source: what other histories say, and in which `books`."""

    topic: str
    text: Prose
    facts: tuple[str, ...] = ()
    books: tuple[str, ...] = ()


@frozen
class GuideMark:
    """Distressing content, and the chapters and pages (full ids) that contain it."""

    what: str
    where: tuple[str, ...]


@frozen
class GuidePart:
    """One part of the pack. Its fields are printed in this order; `fill` names the content made from the story.

    `lasts` is the sum of its steps in minutes. `plan` is the id of a part whose steps are summarised here. `apart`
    starts a new page, for copying. `outside`: none of it is from the story's source.
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
    """The whole pack, the books that its notes cite, and words for the values of variables that readers never see."""

    parts: tuple[GuidePart, ...] = ()
    books: Mapping[str, GuideBook] = field(default_factory=dict)
    words: Mapping[str, Mapping[Value, str]] = field(default_factory=dict)


def length_name(kind: str, cut: str) -> str:
    """The name of a cut's length in the pack's texts, such as `minutes_class`."""
    return f"{kind}_{cut.replace('-', '_')}"


def length_names(cuts: Mapping[str, object]) -> frozenset[str]:
    """The names of all lengths: minutes, words and choices of a playthrough of each cut."""
    return frozenset(length_name(kind, cut) for cut in cuts for kind in ("minutes", "words", "choices"))
