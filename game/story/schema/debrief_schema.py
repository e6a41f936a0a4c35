"""The shape of debrief.yaml: the talk after the story. The docstring below each field explains its key."""

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
    """Why the author would place it there, in a sentence."""
    facts: Ids = Field(default_factory=list)
    """What the author's view rests on: ids of facts.yaml."""


class DecisionShape(Shape):
    """A decision of somebody in the story, which the reader places."""

    id: Id
    """The decision's name, unique in the task."""
    text: Prose
    """What was decided."""
    view: ViewShape
    """Where the author would place the decision. It is shown on request, as a view and not as a solution."""


class PlacingShape(Shape):
    """A task: the reader says where each of some decisions was taken."""

    places: Annotated[dict[Id, Prose], Field(min_length=2)]
    """The possible places, each behind a name."""
    decisions: Annotated[list[DecisionShape], Field(min_length=1)]
    """The decisions, in order."""


class DebriefTextShape(Shape):
    """A paragraph with a condition."""

    text: Prose
    """The text of the paragraph."""
    if_: Condition | None = Field(None, alias="if")
    """The paragraph is shown only if this holds at the end of the reading, as in `not seen(the-gate.night)`."""


DebriefTexts = Annotated[
    list[DebriefTextShape],
    BeforeValidator(as_texts, json_schema_input_type=Text | DebriefTextShape | list[Text | DebriefTextShape]),
]


class DebriefSectionShape(Shape):
    """One part of the talk after the story."""

    id: Id
    """The part's name."""
    title: Prose
    """The part's heading."""
    text: DebriefTexts = Field(default_factory=list)
    """The part's paragraphs: each for every reader, or with an `if`.
    A part that has nothing else is left out if no `if` holds."""
    fill: typing.Literal["path", "weighings", "facts", "unmet", "invented", "questions", "books", "people"] | None = (
        None
    )
    """What is shown below the text: the reader's own choices, the weighings met, the facts met, the essential facts not
    met, what was invented; questions of pages that were read; books of guide.yaml that have a `why`; what became of the
    people met."""
    otherwise: Texts = Field(default_factory=list)
    """What replaces `text` if `fill` has nothing to show."""
    placing: PlacingShape | None = None
    """A task: decisions that the reader places."""
    brief: Texts = Field(default_factory=list)
    """The part's text on a museum's card. Parts without it are not on the card."""
    after: Texts = Field(default_factory=list)
    """What is shown at the end; with a `placing`, after the reader has compared."""
    outside: StrictBool = False
    """Whether the part is not from the story's source. The talk then says so."""
    beside: Id | None = None
    """Another part, whose screen this part shares. By default it has its own screen."""
    door: typing.Literal["other"] | None = None
    """`other`: beside the button to go on, another begins the other role's story, if the reading is finished and the
    reader has not read that role."""
    groups: Ids = Field(default_factory=list)
    """With `fill: people`: the groups of people.yaml whose people the part shows. Without it, everybody."""
    appendix: typing.Literal["all", "list"] | None = None
    """What is only in the appendix: the whole part, or only the list from `fill`."""


class DebriefShape(Shape):
    """The debrief, the talk after the story: debrief.yaml."""

    debrief: list[DebriefSectionShape]
    """The parts of the debrief, in order."""
