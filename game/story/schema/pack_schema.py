"""The shape of pack.yaml: the story as a whole, with all that its chapters share."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import Field, StrictBool

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


class VariableShape(Shape):
    """One thing that the story keeps track of: a number, true or false, or a word."""

    start: Scalar
    """The value at the beginning: its kind is the variable's."""
    min: Integer | None = None
    """The least that a number can be."""
    max: Integer | None = None
    """The most that a number can be."""
    one_of: list[VariableName] = Field(default_factory=list)
    """The words that it can be."""
    words: dict[Statement, Prose] = Field(default_factory=dict)
    """Values in a reader's words. For a number, the words of the greatest key at or below it hold."""


class RoleShape(Shape):
    """Somebody that the reader can be."""

    name: Prose
    """The name on the door."""
    about: AnyText = ""
    """The invitation under it."""


class PlaceShape(Shape):
    """Where a chapter stands, and how it is painted."""

    name: Prose
    """The name as it is printed."""
    scene: Id
    """What the painter paints."""
    params: dict[VariableName, Scalar] = Field(default_factory=dict)
    """What it looks like: values, or sums of variables such as `jar * 4`."""
    alt: Passages | None = None
    """The picture in words, for whoever cannot see it."""


class CutShape(Shape):
    """A length of the story."""

    play: typing.Literal["one role", "both roles"]
    """Through one door, or through both in turn, as a class does."""
    chapters: Ids | None = None
    """The chapters that are walked; without it, all."""
    brief: StrictBool = False
    """Whether pages show their `brief` text."""


class ProseShape(Shape):
    """What the pack asks of its own texts; `check` warns where one is otherwise."""

    scene: Integer | None = None
    """The most words of a page with choices."""
    outcome: Integer | None = None
    """The most words of a page without choices."""
    brief: Integer | None = None
    """The most words of a `brief`."""
    grade: Integer | None = None
    """The highest school grade (Flesch-Kincaid, for English) that a text may need."""
    never: Texts = Field(default_factory=list)
    """Words that the story does not use."""


class PackShape(Shape):
    """The story as a whole: pack.yaml."""

    pack: Id
    """The story's name in saves: never change it."""
    title: Prose
    """The story's title."""
    version: Integer
    """A number that grows when you publish it anew."""
    language: Text = "en"
    """The language of its texts, as `en` or `zh-Hans`."""
    variables: dict[VariableName, VariableShape] = Field(default_factory=dict)
    """What the story keeps track of, each thing behind its name: lower-case words with underscores."""
    roles: Annotated[dict[Id, RoleShape], Field(min_length=1)]
    """Who the reader can be."""
    places: dict[Id, PlaceShape] = Field(default_factory=dict)
    """Where chapters stand."""
    always: list[Condition] = Field(default_factory=list)
    """What must hold in every ending: `weight-of-grain explore` proves it."""
    fates: list[Condition] = Field(default_factory=list)
    """Who lives: where an edit of the story changes one of these for a reader's save, that is said first."""
    calendar: Annotated[list[Ids], Field(min_length=1)]
    """The chapters in order. An inner list is one date through several doors."""
    cuts: dict[Id, CutShape] = Field(default_factory=dict)
    """Lengths of the same story; without any, one that is called `full`."""
    prose: ProseShape | None = None
    """Bounds that the story sets itself: lengths, a grade, words that it never uses."""
    content_note: Texts = Field(default_factory=list)
    """What is in the story, said before the first page."""
    about: Texts = Field(default_factory=list)
    """What the story is, for its page of that name."""
