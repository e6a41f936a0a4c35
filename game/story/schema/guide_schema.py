"""The shape of guide.yaml: the teacher's pack."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool

from game.story.schema.chapter_schema import (
    AnyText,
    Id,
    Ids,
    Integer,
    Prose,
    Shape,
    Statement,
    Text,
    Texts,
    VariableName,
    as_texts,
)

Fill = typing.Literal[
    "content-note",
    "lengths",
    "content-map",
    "discussion",
    "debrief",
    "placing",
    "views",
    "people",
    "measures",
    "scenes",
    "cards",
    "facts",
    "voices",
    "glossary",
    "about",
    "paper",
]
FILLS: tuple[str, ...] = typing.get_args(Fill)


class PointShape(Shape):
    """One item of a list."""

    name: Prose | None = None
    """What it is about, printed before it."""
    text: Texts
    """What is said about it."""


class StepShape(Shape):
    """One step of a lesson."""

    minutes: Integer
    """How long it takes."""
    title: Prose
    """What it is called."""
    text: Texts = Field(default_factory=list)
    """What is done in it."""


class TableShape(Shape):
    """A table, to be read or to be written in."""

    caption: Prose | None = None
    """What stands above it."""
    columns: Annotated[list[Prose], Field(min_length=1)]
    """The heads of its columns."""
    rows: Annotated[list[list[AnyText]], Field(min_length=1)]
    """Its rows, each a list of cells. A row that stops early leaves boxes to write in."""


class NoteShape(Shape):
    """What is known from elsewhere about something that the source says."""

    topic: Prose
    """What it is about, in a word or two."""
    facts: Ids = Field(default_factory=list)
    """The claims of facts.yaml that it stands beside: they are printed with it."""
    text: Texts
    """What other histories say."""
    books: Ids = Field(default_factory=list)
    """Where to look: names of `books`."""


class MarkShape(Shape):
    """Something in the story that may hurt."""

    what: Prose
    """What it is, as `hunger`."""
    where: Annotated[list[Text], Field(min_length=1)]
    """The chapters and pages that hold it: `chapter`, or `chapter.node`."""


class GuidePartShape(Shape):
    """One part of the teacher's pack. The first stands before the table of contents."""

    id: Id
    """Its name, once in the pack: links lead to it."""
    title: Prose
    """Its heading."""
    text: Texts = Field(default_factory=list)
    """What it says first. `{minutes_class}` is how long the cut `class` takes, measured; so are words and choices."""
    points: Annotated[
        list[PointShape],
        BeforeValidator(as_texts, json_schema_input_type=Prose | PointShape | list[Prose | PointShape]),
    ] = Field(default_factory=list)
    """A list: texts, or `{name: ..., text: ...}`."""
    steps: list[StepShape] = Field(default_factory=list)
    """The steps of a lesson."""
    lasts: Integer | None = None
    """The minutes that the steps make up together."""
    plan: Id | None = None
    """A part whose steps stand here in short."""
    table: TableShape | None = None
    """A table."""
    notes: list[NoteShape] = Field(default_factory=list)
    """What other histories say beside the source."""
    marks: list[MarkShape] = Field(default_factory=list)
    """For `fill: content-map`: what may hurt, and where it stands."""
    fill: Fill | None = None
    """What the story itself adds here."""
    cut: Id | None = None
    """For `fill: paper`: the cut that is printed to be played on paper."""
    after: Texts = Field(default_factory=list)
    """What it says last, after all else."""
    apart: StrictBool = False
    """Whether it begins a page of its own, to be copied."""
    outside: StrictBool = False
    """Whether it is not from the story's source: then it says so."""


class BookShape(Shape):
    """A book, an article or a paper."""

    author: Prose | None = None
    """Who wrote it."""
    title: Prose
    """What it is called."""
    details: Prose | None = None
    """Where and when it appeared."""
    why: Prose | None = None
    """What a reader finds in it, in a sentence: then the talk after the story names it."""


class GuideShape(Shape):
    """The teacher's pack: guide.yaml. `weight-of-grain guide FILE.html` prints it."""

    guide: Annotated[list[GuidePartShape], Field(min_length=1)]
    """Its parts, in order."""
    books: dict[Id, BookShape] = Field(default_factory=dict)
    """Books, each behind a name: `notes` refer to them."""
    words: dict[VariableName, dict[Statement, Prose]] = Field(default_factory=dict)
    """Values of variables in a teacher's words, for conditions: `guilan_lives: {true: she is alive}`. Whatever has
    words in pack.yaml needs none here."""
