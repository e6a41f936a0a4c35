"""The shape of bible.yaml: what holds in a story, for its writers and translators, and for `check`."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from game.lang.story_dates import Months, parse_date, parse_months
from game.story.schema.chapter_schema import Prose, Shape, Text, Texts


def _understood(by: Callable[[str], Months | None], needed: str) -> AfterValidator:
    def check(text: str) -> str:
        if not by(text):
            raise PydanticCustomError("time", needed)
        return text

    return AfterValidator(check)


Date = Annotated[Text, _understood(parse_date, "a year is needed in it, as in `October 1958`, `spring 1960` or `1956`")]
Season = Annotated[
    Text, _understood(parse_months, "months are needed, without a year, as in `November to March` or `May, June`")
]
Notes = dict[Text, Texts]


class TimedShape(Shape):
    """Something that has its time in the story. `check` reports a chapter that names it at another time."""

    from_: Date | None = Field(None, alias="from")
    """The first date at which a chapter may name it."""
    until: Date | None = None
    """The last date at which a chapter may name it."""


class NameShape(TimedShape):
    """A place, or another thing with a name."""

    name: Prose
    """The name."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts write it."""


class ObjectShape(TimedShape):
    """A thing that there was not always."""

    what: Prose
    """What it is, and why it has its time."""
    words: Texts
    """The words that name it, in each form that texts may use: `[ox, oxen]`."""


class SeasonShape(Shape):
    """Weather, crops and feasts that have their time of the year."""

    what: Prose
    """What it is."""
    words: Texts
    """The words that name it, in each form that texts may use: `[snow, snowed]`."""
    months: Season
    """When it is, as in `November to March`."""


class AllowShape(Shape):
    """Something that stands in a text all the same, and why."""

    where: Text
    """The chapter, page or `chapter.skip` that says it."""
    says: Prose
    """The words, as `check` names them."""
    because: Prose
    """Why they may stand there."""


class BibleBodyShape(Shape):
    """What the chapters are held to, and notes."""

    reckoning: typing.Literal["birthdays", "sui"] = "birthdays"
    """How ages are counted: by `birthdays`, or in `sui`, where one is one at birth and older at each New Year."""
    dates: dict[Text, Date] = Field(default_factory=dict)
    """What the words of a `when` mean where a year is not among them: `{the year of the Leap: "1958"}`."""
    places: list[NameShape] = Field(default_factory=list)
    """Every place that a text names."""
    names: list[NameShape] = Field(default_factory=list)
    """All else that has a capital letter: peoples, offices, feasts."""
    objects: list[ObjectShape] = Field(default_factory=list)
    """Things that there were not always."""
    seasons: list[SeasonShape] = Field(default_factory=list)
    """Things that have their time of the year."""
    allow: list[AllowShape] = Field(default_factory=list)
    """What stands in a text all the same, each with its reason."""
    notes: Notes = Field(default_factory=dict)
    """What a writer or translator should know, each note behind a word. Nothing is held to it."""


class BibleShape(Shape):
    """What holds in the story: bible.yaml. `weight-of-grain check` holds the chapters to it."""

    bible: BibleBodyShape
    """Names, ages, years and seasons to hold the chapters to; what is allowed all the same; and notes."""
