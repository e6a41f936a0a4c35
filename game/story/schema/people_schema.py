"""The shape of people.yaml: everybody in a story, for readers' cards, for writers, and for `check`."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import BeforeValidator, Field

from game.story.schema.bible_schema import Date, TimedShape
from game.story.schema.chapter_schema import Condition, Id, Passages, Prose, Shape, Text, Texts, as_list, as_texts


class KnownShape(Shape):
    """A sentence about somebody, from some time on."""

    text: Prose
    """What is said."""
    from_: Id | None = Field(None, alias="from")
    """The chapter of the calendar from which on it holds; without it, from the beginning."""
    role: Id | None = None
    """The role whose reader may know it; without it, every reader."""
    if_: Condition | None = Field(None, alias="if")
    """It holds only when this does."""


Known = Annotated[
    list[KnownShape], BeforeValidator(as_texts, json_schema_input_type=Text | KnownShape | list[Text | KnownShape])
]


Notes = Annotated[list[Text], BeforeValidator(as_list, json_schema_input_type=Text | list[Text])]


class PersonShape(TimedShape):
    """Somebody."""

    name: Prose
    """The whole name. Each word of it may stand alone, if nobody else has it."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts call them: `Captain Ma`, `the old man`."""
    group: Id | None = None
    """One of `groups`."""
    born: Date | None = None
    """When they are born: ages are held to it."""
    died: Date | None = None
    """When they die, where they do: an age said of them later may be the one at their death."""
    pronoun: typing.Literal["he", "she"] | None = None
    """By which an age may be said of them: `She was thirteen.` Of who `tells` a role, also the label of what was not
    theirs to decide: `Not hers to decide`."""
    tells: Id | None = None
    """The role whose chapters they tell, as `I`."""
    is_: Known = Field(default_factory=list, alias="is")
    """Who they are, in a few words: the last of the list that holds."""
    know: Known = Field(default_factory=list)
    """What a reader may know of them by now: all of the list that hold."""
    fate: Passages | None = None
    """What became of them, for the talk after the story: the first of the list whose `if` holds at the end."""
    notes: dict[Text, Notes] = Field(default_factory=dict)
    """What a writer should know of them, each note behind a word. No reader is shown it."""


class PeopleShape(Shape):
    """Everybody in the story: people.yaml. Texts that name somebody open a card."""

    groups: dict[Id, Prose] = Field(default_factory=dict)
    """The headings under which people stand, in order, each behind a name."""
    people: dict[Id, PersonShape]
    """Everybody, each behind a name of their own."""
