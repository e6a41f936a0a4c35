"""The shape of debrief.yaml: the talk after the story."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool

from game.story.schema.chapter_schema import Condition, Id, Ids, Prose, Shape, Text, Texts, as_texts


class ViewShape(Shape):
    """Where the author would place a decision."""

    at: Annotated[Ids, Field(min_length=1)]
    """One of the `places`, or several."""
    text: Prose
    """Why, in a sentence."""
    facts: Ids = Field(default_factory=list)
    """What that rests on: ids of facts.yaml."""


class DecisionShape(Shape):
    """Something that was decided."""

    id: Id
    """Its name, once in the task."""
    text: Prose
    """What was decided."""
    view: ViewShape
    """Where the author would place it. It is shown when the reader asks for it, as one view and not as a solution."""


class PlacingShape(Shape):
    """Decisions, each to be placed where it was taken."""

    places: Annotated[dict[Id, Prose], Field(min_length=2)]
    """Where a decision may be placed, each place behind a name."""
    decisions: Annotated[list[DecisionShape], Field(min_length=1)]
    """What is to be placed, in order."""


class DebriefTextShape(Shape):
    """A paragraph with a condition."""

    text: Prose
    """What is read."""
    if_: Condition | None = Field(None, alias="if")
    """It is there only when this holds at the end of the reading, as in `not seen(the-gate.night)`."""


DebriefTexts = Annotated[
    list[DebriefTextShape],
    BeforeValidator(as_texts, json_schema_input_type=Text | DebriefTextShape | list[Text | DebriefTextShape]),
]


class DebriefSectionShape(Shape):
    """One part of the talk after the story."""

    id: Id
    """Its name."""
    title: Prose
    """Its heading."""
    text: DebriefTexts = Field(default_factory=list)
    """What stands there: for every reader, or with an `if`. A part that is nothing but texts is left out where none
    holds."""
    fill: typing.Literal["path", "weighings", "facts", "unmet", "invented", "questions", "books", "people"] | None = (
        None
    )
    """What stands below it: the reader's own choices, the weighings met, the facts met, the essential ones not met,
    what was invented; questions of pages that were read; books of guide.yaml that have a `why`;
    what became of the people met."""
    otherwise: Texts = Field(default_factory=list)
    """What stands there in place of `text` where `fill` has nothing to show."""
    placing: PlacingShape | None = None
    """A task: decisions that the reader places."""
    brief: Texts = Field(default_factory=list)
    """What a museum's card says of it: the card is made of the parts that have one."""
    after: Texts = Field(default_factory=list)
    """What stands below all else; with a `placing`, once the reader has compared."""
    outside: StrictBool = False
    """Whether it is not from the story's source: then it says so."""
    beside: Id | None = None
    """The part on whose screen it stands. Without it, it has a screen of its own."""
    door: typing.Literal["other"] | None = None
    """`other`: a button beside the way on begins the other role's story, where the reading is finished and that role
    is unread."""
    groups: Ids = Field(default_factory=list)
    """With `fill: people`: the groups of people.yaml whose people it shows. Without it, everybody."""
    appendix: typing.Literal["all", "list"] | None = None
    """What of it stands in the appendix and on no screen: the whole part, or only the list that `fill` makes."""


class DebriefShape(Shape):
    """The talk after the story: debrief.yaml."""

    debrief: list[DebriefSectionShape]
    """Its parts, in order."""
