"""The shape of people.yaml: everybody in a story. The docstring below each field explains its key."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import BeforeValidator, Field

from game.story.schema.bible_schema import Date, TimedShape
from game.story.schema.chapter_schema import Condition, Id, Passages, Prose, Shape, Text, Texts, as_list, as_texts


class KnownShape(Shape):
    """A sentence about somebody, which is shown from a given chapter on."""

    text: Prose
    """What is said."""
    from_: Id | None = Field(None, alias="from")
    """The chapter of the calendar from which the sentence holds; by default from the beginning."""
    role: Id | None = None
    """The role whose reader may know the sentence; by default every reader."""
    if_: Condition | None = Field(None, alias="if")
    """The sentence holds only if this condition does."""


Known = Annotated[
    list[KnownShape], BeforeValidator(as_texts, json_schema_input_type=Text | KnownShape | list[Text | KnownShape])
]


Notes = Annotated[list[Text], BeforeValidator(as_list, json_schema_input_type=Text | list[Text])]


class PersonShape(TimedShape):
    """A person of the story. `is` and `know` are what readers learn; `tells` is the role that the person narrates."""

    name: Prose
    """The whole name. Texts may use each word of it alone, if nobody else has that word."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts call them: `Captain Ma`, `the old man`. Each opens the card. The first one also stands
    beside the name, on the card and in the list of people, unless it is a part of the name."""
    group: Id | None = None
    """The person's group: one of `groups`."""
    born: Date | None = None
    """The person's birth; `check` compares ages with it."""
    died: Date | None = None
    """The person's death, if they die; a later age may be the age at death."""
    pronoun: typing.Literal["he", "she"] | None = None
    """The person's pronoun. `check` then knows whose age `She was thirteen.` gives. If the person tells a role
    (`tells`), it also makes the label `Not hers to decide`."""
    tells: Id | None = None
    """The role whose chapters the person narrates, as `I`."""
    is_: Known = Field(default_factory=list, alias="is")
    """Who the person is, in a few words: the last sentence of the list that holds."""
    know: Known = Field(default_factory=list)
    """What a reader may know about the person by now: all sentences of the list that hold."""
    fate: Passages | None = None
    """What became of the person, for the debrief: the first text of the list whose `if` holds at the end."""
    notes: dict[Text, Notes] = Field(default_factory=dict)
    """What a writer should know about the person, each note behind a word. Readers do not see it."""


class PeopleShape(Shape):
    """The people of the story: people.yaml. A name in a text opens a card."""

    groups: dict[Id, Prose] = Field(default_factory=dict)
    """The headings of the list of people, in order, each behind a name."""
    people: dict[Id, PersonShape]
    """The people, each behind a name."""
