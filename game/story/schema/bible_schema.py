"""The shape of bible.yaml: what is true in a story's world. The docstring below each field explains its key."""

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
    """Something that belongs to a certain time. `check` reports a chapter that names it at another time."""

    from_: Date | None = Field(None, alias="from")
    """The first date on which a chapter may name it."""
    until: Date | None = None
    """The last date on which a chapter may name it."""


class NameShape(TimedShape):
    """A place, or another thing with a name. In a translation's bible, `of` is its name in the original."""

    name: Prose
    """The name."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts write the name."""
    of: Prose | None = None
    """In the bible of a translation: the name in the original. Where the original has it, the translation must have
    this name."""


class ObjectShape(TimedShape):
    """A thing that did not always exist."""

    what: Prose
    """What the thing is, and why it has a time."""
    words: Texts
    """The words that name the thing, in each form that texts may use: `[ox, oxen]`."""


class SeasonShape(Shape):
    """Weather, crops and feasts that belong to a time of the year."""

    what: Prose
    """What it is."""
    words: Texts
    """The words that name it, in each form that texts may use: `[snow, snowed]`."""
    months: Season
    """The months in which texts may name it, as in `November to March`."""


class ReservedShape(Shape):
    """Words that only some pages may say, because they would tell something too early."""

    what: Prose
    """What the words are, and what they would tell."""
    words: Texts
    """The words, in each form that texts may use: `[grandmother, grandma]`."""
    only: Texts = Field(default_factory=list)
    """The chapters, pages or `people.ID` that may say them. Without this key no text may."""


class AllowShape(Shape):
    """An exception: words that a text may use although `check` would report them, and the reason."""

    where: Text
    """The chapter, page or `chapter.skip` with these words."""
    says: Prose
    """The words, as `check` names them."""
    because: Prose
    """Why the words are allowed."""


class BibleBodyShape(Shape):
    """What chapters must agree with: ages, dates, names, and words that belong to a time. Also exceptions and notes."""

    reckoning: typing.Literal["birthdays", "sui"] = "birthdays"
    """How ages are counted: by `birthdays`, or in `sui`: one at birth, and one more at each New Year."""
    dates: dict[Text, Date] = Field(default_factory=dict)
    """What the words of a `when` without a year mean: `{the year of the Leap: "1958"}`."""
    places: list[NameShape] = Field(default_factory=list)
    """Every place that a text names."""
    names: list[NameShape] = Field(default_factory=list)
    """Everything else with a capital letter: peoples, offices, feasts."""
    objects: list[ObjectShape] = Field(default_factory=list)
    """Things that did not always exist."""
    seasons: list[SeasonShape] = Field(default_factory=list)
    """Things that belong to a time of the year."""
    reserved: list[ReservedShape] = Field(default_factory=list)
    """Words that only some pages may say."""
    allow: list[AllowShape] = Field(default_factory=list)
    """Exceptions in the texts, each with its reason."""
    notes: Notes = Field(default_factory=dict)
    """What a writer or translator should know, each note behind a word. `check` does not use the notes."""


class BibleShape(Shape):
    """What is true in the story's world: bible.yaml. `weight-of-grain check` checks the chapters against it."""

    bible: BibleBodyShape
    """Names, ages, years and seasons for checking the chapters; exceptions; and notes."""
