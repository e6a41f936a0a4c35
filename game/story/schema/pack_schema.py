"""The shape of pack.yaml: all that a story's chapters share. The docstring below each field explains its key.

A weighing is a chart of a harvest: the `ledger` of a page. A second chart shows it as daily portions, step by step.
"""

from __future__ import annotations

import typing
from typing import Annotated, Any

from pydantic import Discriminator, Field, StrictBool, Tag

from game.story.places import NO_SCENE
from game.story.schema.chapter_schema import (
    AnyText,
    Condition,
    Id,
    Ids,
    Integer,
    Passages,
    Prose,
    Scalar,
    Shape,
    Statement,
    Text,
    Texts,
    VariableName,
)
from game.story.schema.media_keys import IMAGE_FILE, SOUND_FILE, Focus, Share


class CountedShape(Shape):
    """The singular and plural of what is counted."""

    one: Prose
    """The singular: `barrel`."""
    other: Prose
    """The plural: `barrels`."""
    few: Prose | None = None
    """In Slavic languages, the form after 2, 3 and 4. Elsewhere, and without it, that is `other`."""

    @property
    def forms(self) -> dict[str, str]:
        """The forms `one`, `few` and `other` by their names. A `few` that is not given is the same as `other`."""
        return {"one": self.one, "few": self.few or self.other, "other": self.other}


class VariableShape(Shape):
    """A variable of the story: a number, true or false, or a word."""

    start: Scalar
    """The value at the beginning, which also sets the variable's kind."""
    min: Integer | None = None
    """The least value of a number."""
    max: Integer | None = None
    """The greatest value of a number."""
    one_of: list[VariableName] = Field(default_factory=list)
    """The words that the variable can be."""
    words: dict[Statement, Prose] = Field(default_factory=dict)
    """Values in a reader's words. A number uses the words of the greatest key at or below it."""
    unit: CountedShape | None = None
    """What a number counts. `{name|count}` in a text shows it: by default the pack's `unit`."""
    tell: typing.Literal["count"] | None = None
    """How a change is told, if not in `words`: `count` tells the number with its unit, as `30 sacks → 28 sacks`."""


class RoleShape(Shape):
    """A role that the reader can play."""

    name: Prose
    """The name that the title page shows on the role's button."""
    about: AnyText = ""
    """The invitation under the name."""


class PlaceShape(Shape):
    """A place of chapters, and its picture."""

    name: Prose
    """The printed name."""
    scene: Id = NO_SCENE
    """The painter's scene. With `none`, or without it, pages there have no picture."""
    params: dict[VariableName, Scalar] = Field(default_factory=dict)
    """The scene's parameters: values, or sums of variables such as `jar * 4`."""
    image: Annotated[Text, Field(pattern=IMAGE_FILE)] | None = None
    """A picture file of the pack, in place of the scene: its path below this folder, as `pictures/cabin.jpg`."""
    credit: Prose | None = None
    """Whom the image is from, and its licence."""
    focus: Focus | None = None
    """What stays in sight where the image is cropped: from the left and from the top, each from 0 to 1."""
    alt: Passages | None = None
    """The picture in words, for readers who cannot see it."""
    sound: Annotated[Text, Field(pattern=SOUND_FILE)] | None = None
    """A loop of the pack's own, heard in place of the scene's sounds: a WAV file below this folder."""
    sound_credit: Prose | None = None
    """Whom the sound is from, and its licence."""
    spot: Id | None = None
    """The place's spot: one of the map's `spots`. Without it, the place is off the map."""


class CutShape(Shape):
    """A length of the story."""

    play: typing.Literal["one role", "both roles"]
    """One role, or both in turn, as a class plays."""
    chapters: Ids | None = None
    """The chapters in the cut; by default all."""
    brief: StrictBool | typing.Literal["lines"] = False
    """Whether pages, and the lines between them, show their `brief` text. `lines`: lines do, and pages do not."""


class ProseShape(Shape):
    """Limits for the pack's texts, most of them numbers of words. `check` warns about each text that breaks one."""

    scene: Integer | None = None
    """The most words of a page with choices."""
    outcome: Integer | None = None
    """The most words of a page without choices."""
    brief: Integer | None = None
    """The most words of a `brief`."""
    page: Integer | None = None
    """The most words of a page with its choices and their reasons; from four choices on, ten less for each more."""
    say: Integer | None = None
    """The most words of a choice's `say`, in a story with reasons. Without this key: nine."""
    reason: Integer | None = None
    """The most words of a `reason`."""
    answer: Integer | None = None
    """The most words of an `answer`."""
    line: Integer | None = None
    """The most words of the `brief` of a line in the calendar. Without this key: 25."""
    names: Integer | None = None
    """The most people whom a page may name for the first time in its chapter. Without this key: two."""
    felt: Integer | None = None
    """A number of dates. So many dates after a choice, something must still depend on the option that was chosen."""
    grade: Integer | None = None
    """The highest school grade (Flesch-Kincaid, for English) that a text may need."""
    never: Texts = Field(default_factory=list)
    """Words that the story does not use."""


class LineShape(Shape):
    """A line between two dates: what has changed meanwhile, in the voice of the game. It is not a chapter."""

    line: Id
    """The line's name, unique in the calendar."""
    year: Integer | None = None
    """The year that the line is about."""
    text: Texts
    """The line's sentences."""
    brief: Prose | None = None
    """The line in one sentence, for a cut with brief lines, which shows only the last line before a page."""
    because: Ids = Field(default_factory=list)
    """The facts behind the line: ids of facts.yaml."""


def _entry_kind(value: Any) -> str:
    return "[line]" if isinstance(value, dict | LineShape) else "[date]"


# A mapping is always validated as a line, so that an error in it is found at its place.
CalendarEntry = Annotated[
    Annotated[LineShape, Tag("[line]")] | Annotated[Ids, Tag("[date]")], Discriminator(_entry_kind)
]


class SourceShape(Shape):
    """A document from which facts are taken. `place` is what each fact must give: its page or paragraph, or nothing."""

    title: Prose
    """The document's title."""
    kind: Prose
    """What the document is: `report`, `letters`, `documentary film`."""
    name: Prose | None = None
    """What a sentence calls the document: `the report`. By default its title in quotes."""
    place: typing.Literal["paragraph", "page", "section", "minute", "none"] | None = None
    """How each fact of this source must say where it stands in the document. By default each fact says what it can."""
    about: Prose | None = None
    """What a reader should know about the document: who made it, and what is unknown."""


class RowNamesShape(Shape):
    """The usual names of the rows of weighings. A row of a `ledger` that has a `label` shows the label instead."""

    stood: Prose | None = None
    """What there was: `Grew in the fields`."""
    brought_in: Prose | None = None
    """What came in of it: `Brought in`."""
    reported: Prose | None = None
    """What was reported."""
    asked: Prose | None = None
    """What was asked for."""
    taken: Prose | None = None
    """What was taken."""
    left: Prose | None = None
    """What was left."""


class NotesShape(Shape):
    """The notes below a row, without the number that each begins with: `never came in` for `1,640 never came in`."""

    lost: Prose | None = None
    """What stood and did not come in: `never came in`."""
    made_up: Prose | None = None
    """What was reported and did not come in: `of them were made up`."""
    seed: Prose | None = None
    """What must not be eaten: `of them are next year's seed`."""
    usual: Prose | None = None
    """What would have been taken in an ordinary year: `would be usual`."""
    back: Prose | None = None
    """What came back of what was taken: `of them came back`."""


class StepNamesShape(Shape):
    """The names of the steps in the chart of daily portions."""

    stood: Prose | None = None
    """With all that stood: `If all of it had come in`."""
    brought_in: Prose | None = None
    """With all that came in: `If only the usual part had gone`, or without an `ordinary` year `If nothing had gone`."""
    left: Prose | None = None
    """In fact: `What there was`."""


class CauseShape(Shape):
    """Why a step has less, or more, than the step before."""

    less: Prose | None = None
    """As `lost in the fields`."""
    more: Prose | None = None
    """As `more came in`."""


class CausesShape(Shape):
    """Why each step in the chart of daily portions is not like the step before."""

    stood: CauseShape = Field(default_factory=CauseShape)
    """What stood, against an ordinary year."""
    brought_in: CauseShape = Field(default_factory=CauseShape)
    """What came in, against what stood."""
    left: CauseShape = Field(default_factory=CauseShape)
    """What was left, against an ordinary share of what came in."""


class WeighingWordsShape(Shape):
    """What the parts of a weighing's chart are called, where something else than a harvest is counted."""

    title: Prose | None = None
    """The name of the chart: `The weighing`."""
    rows: RowNamesShape = Field(default_factory=RowNamesShape)
    """The rows."""
    notes: NotesShape = Field(default_factory=NotesShape)
    """The notes below the rows."""
    shares: bool = True
    """Whether the row `asked` has a note of how many in 100 it is, of what was reported and of what was brought in."""
    steps: StepNamesShape = Field(default_factory=StepNamesShape)
    """The steps in portions."""
    causes: CausesShape = Field(default_factory=CausesShape)
    """Why a step has less or more."""
    ordinary: Prose | None = None
    """What a year is called in which nothing went wrong, for the middle of a sentence: `an ordinary year`."""
    food: Prose | None = None
    """What the portions are of, for the middle of a sentence: `food`."""
    legend: Prose | None = None
    """What the patterns of the bars mean: `Slanted lines: taken.`"""


class WordsShape(Shape):
    """What the interface calls things in this story. For a missing word, it uses a neutral one."""

    unit: CountedShape | None = None
    """The unit of the weighings."""
    portion: CountedShape | None = None
    """What one person eats of it at a time."""
    weighing: WeighingWordsShape = Field(default_factory=WeighingWordsShape)
    """The labels of the weighings, where something else than a harvest is counted."""
    between: Prose | None = None
    """The heading over the calendar's lines: `Across the country`."""
    place: Prose | None = None
    """Where the people live: `the village`."""
    invite: Prose | None = None
    """What a kiosk says to passers-by. By default the subtitle."""
    licence: Text | None = None
    """The licence of the story and its pictures, as `CC BY-SA 4.0`. Without it, no licence is shown."""


class OrdinaryShape(Shape):
    """A year in which nothing went wrong."""

    stood: Annotated[Integer, Field(gt=0)]
    """The units that stood in the fields. All of them were brought in."""
    taken: Integer
    """The units that were taken."""
    reported: Integer | None = None
    """The units that were reported, if the chart of the talk is to say it."""


class MeasuresShape(Shape):
    """How the units of a weighing become daily portions for a person."""

    unit_kg: Annotated[Integer, Field(gt=0)]
    """What a unit weighs, unhusked."""
    husked_percent: Annotated[Integer, Field(gt=0, le=100)]
    """How much of a unit's weight is left after husking, in percent."""
    portion_g: Annotated[Integer, Field(gt=0)]
    """The husked grain in one portion."""
    days: Annotated[Integer, Field(gt=0)]
    """How many days the grain must last."""
    seed: Annotated[Integer, Field(ge=0)]
    """The units that must be kept to sow."""
    ordinary: OrdinaryShape | None = None
    """An ordinary year, for comparison. Without it, nothing is compared, and no usual part is taken off."""
    people: Annotated[dict[Integer, Annotated[Integer, Field(gt=0)]], Field(min_length=1)]
    """How many people eat of the grain, from each year on: `{1957: 4100, 1960: 3500}`."""


class SpotShape(Shape):
    """A place on the map."""

    name: Prose
    """The spot's name on the map."""
    at: Annotated[list[Share], Field(min_length=2, max_length=2)]
    """Where the spot is: from the left edge and from the top, each from 0 to 1."""


class MapShape(Shape):
    """The map of the story's country."""

    spots: dict[Id, SpotShape]
    """The spots, each behind a name that a place's `spot` can use."""


class InvitationShape(Shape):
    """An idle kiosk's picture: one scene that changes in stages, such as years. `title` is the number of a stage."""

    scene: Id = NO_SCENE
    """The painter's scene. With `none`, or without it, the invitation has no picture."""
    stages: Annotated[list[dict[VariableName, Scalar]], Field(min_length=2)]
    """The stages of the picture: values of the scene's parameters."""
    title: Annotated[int, Field(ge=1)] | None = None
    """The stage, from 1, that is the picture behind the title; by default the story's first picture."""


class PackShape(Shape):
    """The story as a whole: pack.yaml."""

    pack: Id
    """The story's name in saves: never change it."""
    title: Prose
    """The story's title."""
    version: Integer
    """A number that grows with each edition that you publish."""
    language: Text = "en"
    """The language of the pack's texts, as `en` or `zh-Hans`."""
    variables: dict[VariableName, VariableShape] = Field(default_factory=dict)
    """The variables, each behind its name: lower-case words with underscores."""
    roles: Annotated[dict[Id, RoleShape], Field(min_length=1)]
    """The roles that the reader can play."""
    places: dict[Id, PlaceShape] = Field(default_factory=dict)
    """The places of chapters."""
    always: list[Condition] = Field(default_factory=list)
    """What must hold in every ending; `weight-of-grain explore` proves it."""
    fates: list[Condition] = Field(default_factory=list)
    """Conditions that say who lives. If an edit of the story changes one for a save, the reader is told so first."""
    calendar: Annotated[list[CalendarEntry], Field(min_length=1)]
    """The chapters in order. An inner list is one date of several roles; `{line: ...}` is a line between dates."""
    cuts: dict[Id, CutShape] = Field(default_factory=dict)
    """Lengths of the same story; by default one length called `full`."""
    sources: dict[Id, SourceShape] = Field(default_factory=dict)
    """The documents from which facts are taken. A fact that names no source has the main source, or else the first."""
    main: Id | None = None
    """The source that the story rests on. What is from another source says so. A single source is the main one."""
    words: WordsShape = Field(default_factory=WordsShape)
    """What the interface calls things in this story."""
    measures: MeasuresShape | None = None
    """How units of weighings become daily portions for a person."""
    map: MapShape | None = None
    """The map of the places."""
    invitation: InvitationShape | None = None
    """An ageing picture for an idle kiosk; by default pictures of the story."""
    prose: ProseShape | None = None
    """The story's own limits: lengths, a grade, words that it never uses."""
    ornament: typing.Literal["grain", "none"] = "none"
    """What is drawn on the title page, at a kiosk and over the words of an ending: an ear of `grain`, or nothing."""
    content_note: Texts = Field(default_factory=list)
    """A content note, shown before the first page."""
    subtitle: Texts = Field(default_factory=list)
    """The text below the title on the title page: when and where the story is, and what the reader does."""
    about: Texts = Field(default_factory=list)
    """The text of the page about the story."""
