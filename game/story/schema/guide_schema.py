"""The shape of guide.yaml: the teacher's pack. The docstring below each field explains its key."""

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
    "tasks",
    "answers",
    "documents",
    "standards",
    "questionnaire",
    "questionnaire-key",
    "gaps",
    "weighings",
]
FILLS: tuple[str, ...] = typing.get_args(Fill)


class PointShape(Shape):
    """One item of a list."""

    name: Prose | None = None
    """The item's topic, printed before its text."""
    text: Texts
    """The text of the item."""


class StepShape(Shape):
    """One step of a lesson."""

    minutes: Integer
    """How long the step takes."""
    title: Prose
    """What the step is called."""
    text: Texts = Field(default_factory=list)
    """What happens in the step."""


class TableShape(Shape):
    """A table, to be read or to be written in."""

    caption: Prose | None = None
    """Its caption."""
    columns: Annotated[list[Prose], Field(min_length=1)]
    """The heads of the columns."""
    rows: Annotated[list[list[AnyText]], Field(min_length=1)]
    """The rows, each a list of cells. For a short row, boxes to write in are printed."""


class NoteShape(Shape):
    """What is known from elsewhere about something that the source says."""

    topic: Prose
    """What the note is about, in a word or two."""
    facts: Ids = Field(default_factory=list)
    """The claims of facts.yaml that the note is about; they are printed with it."""
    text: Texts
    """What other histories say."""
    books: Ids = Field(default_factory=list)
    """References: names of `books`."""


class MarkShape(Shape):
    """Something in the story that may hurt a reader."""

    what: Prose
    """What may hurt, as `hunger`."""
    where: Annotated[list[Text], Field(min_length=1)]
    """The chapters and pages that contain it: `chapter`, or `chapter.node`."""


class TimelineDateShape(Shape):
    """A date of a timeline."""

    when: Prose
    """The date."""
    above: Texts = Field(default_factory=list)
    """What happened, above the line."""
    below: Texts = Field(default_factory=list)
    """What happened, below the line."""
    gap: typing.Literal["above", "below"] | None = None
    """Which of the two pupils find out: it is left empty, and stands among the answers (`fill: gaps`)."""


class TimelineShape(Shape):
    """A timeline on one page."""

    above: Prose
    """What stands above the line, as `The country`."""
    below: Prose
    """What stands below it, as `The village`."""
    dates: Annotated[list[TimelineDateShape], Field(min_length=1)]
    """Its dates, in order."""


class CardShape(Shape):
    """A card to cut out."""

    title: Prose
    """Its heading."""
    text: Texts = Field(default_factory=list)
    """What it says."""
    lines: Integer = 0
    """How many empty lines it has to write on."""


class GuidePartShape(Shape):
    """A part of the teacher's pack. The first part stands before the table of contents."""

    id: Id
    """The part's name, unique in the pack, for links."""
    title: Prose
    """The part's heading."""
    text: Texts = Field(default_factory=list)
    """The part's first text. `{minutes_class}` shows how many minutes the cut `class` takes. Words and choices work
    alike."""
    points: Annotated[
        list[PointShape],
        BeforeValidator(as_texts, json_schema_input_type=Prose | PointShape | list[Prose | PointShape]),
    ] = Field(default_factory=list)
    """A list: texts, or `{name: ..., text: ...}`."""
    steps: list[StepShape] = Field(default_factory=list)
    """The steps of a lesson."""
    lasts: Integer | None = None
    """The sum of the steps in minutes."""
    plan: Id | None = None
    """A part whose steps are summarised here."""
    table: TableShape | None = None
    """A table."""
    notes: list[NoteShape] = Field(default_factory=list)
    """What other histories say."""
    marks: list[MarkShape] = Field(default_factory=list)
    """For `fill: content-map`: what may hurt, and where it is."""
    timeline: TimelineShape | None = None
    """A timeline."""
    cards: list[CardShape] = Field(default_factory=list)
    """Cards to cut out, two side by side."""
    fill: Fill | None = None
    """Content made from the story."""
    cut: Id | None = None
    """For `fill: paper`: the cut that is printed to be played on paper. With `steps`: the cut that the plan is for."""
    after: Texts = Field(default_factory=list)
    """The part's last text."""
    apart: StrictBool = False
    """Whether the part begins a new page, for copying."""
    outside: StrictBool = False
    """Whether it is not from the story's source; this is then shown."""
    appendix: StrictBool = False
    """Whether it stands after all that a lesson needs, with its own list of contents."""
    picture: Id | None = None
    """A chapter whose picture it has."""


class BookShape(Shape):
    """A book, an article or a paper."""

    author: Prose | None = None
    """Who wrote the book."""
    title: Prose
    """The book's title."""
    details: Prose | None = None
    """Where and when the book appeared."""
    why: Prose | None = None
    """What a reader finds in the book, in a sentence. With it, the talk after the story names the book."""


class GuideShape(Shape):
    """The teacher's pack: guide.yaml. `weight-of-grain guide FILE.html` prints it."""

    guide: Annotated[list[GuidePartShape], Field(min_length=1)]
    """The parts of the teacher's pack, in order."""
    books: dict[Id, BookShape] = Field(default_factory=dict)
    """Books, each behind a name: `notes` refer to them."""
    words: dict[VariableName, dict[Statement, Prose]] = Field(default_factory=dict)
    """Values of variables in a teacher's words, for conditions: `guilan_lives: {true: she is alive}`. A value
    without words here has those of pack.yaml."""
