"""The shape of documents.yaml: the source desk."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import Field, StrictBool

from game.story.desk import LEVELS, MOST_BESIDE, Answering, Seen, Skill
from game.story.schema.chapter_schema import Id, Ids, Integer, Prose, Shape, Text, Texts


class DocumentShape(Shape):
    """A document that a reader lays beside others."""

    id: Id
    """Its name, unique in the file."""
    title: Prose
    """What it is called."""
    date: Prose
    """When it was written or said."""
    by: Prose
    """Who wrote or said it."""
    to: Prose
    """For whom."""
    kind: Prose
    """What kind of document it is, as `order` or `secret estimate`."""
    find: Text
    """Where to find it: an archive's name or an address."""
    seen: Seen
    """What you have read of it: `whole`, `opening`, `excerpt`, or `later` for what a later author writes of it."""
    text: Annotated[Texts, Field(min_length=1)]
    """What it says, in your own words: a list of sentences, each of which a task can ask for."""
    simply: Texts = Field(default_factory=list)
    """The same in shorter sentences, for readers who are learning the language."""
    knew: Prose | None = None
    """What its author could know."""
    could_not: Prose | None = None
    """What its author could not know."""
    village: Prose | None = None
    """What stood in the story at that time."""
    chapters: Ids = Field(default_factory=list)
    """The chapters of that time."""
    main: StrictBool = False
    """Whether it is the story's main source. Any other is shown as not from it."""


class TaskItemShape(Shape):
    """A thing to be placed, or the question of a task with `do: choose`."""

    id: Id
    """Its name, once in the task."""
    text: Prose
    """What is read."""
    at: Annotated[Ids, Field(min_length=1)]
    """Where you would place it: one of the `places`, or several. Readers see it as a view, not as the solution."""
    why: Prose
    """Why, in a sentence or two."""


class TaskShape(Shape):
    """A task with documents."""

    id: Id
    """Its name, unique in the file."""
    title: Prose
    """What it is called."""
    skill: Skill
    """What a pupil practises."""
    documents: Annotated[Ids, Field(min_length=1, max_length=MOST_BESIDE)]
    """The documents that lie beside one another."""
    minutes: Integer
    """How long it takes."""
    ask: Annotated[Texts, Field(min_length=1)]
    """What is asked."""
    do: Answering
    """How it is answered. `choose`: one question, and `places` are its answers. `order`: things one after another.
    `place`: each at one of the `places`, or several. `mark`: one sentence of the first document."""
    places: dict[Id, Prose] = Field(default_factory=dict)
    """The places or answers, each behind a name. Not for `order` and `mark`: there they are `1`, `2`, and so on."""
    items: Annotated[list[TaskItemShape], Field(min_length=1)]
    """What is placed; with `choose` and `mark` one question."""
    after: Texts = Field(default_factory=list)
    """What a reader can think about who has compared."""
    words: Texts = Field(default_factory=list)
    """Words that help, as `to estimate: to say a number without counting`."""
    starters: Texts = Field(default_factory=list)
    """Beginnings of sentences."""
    answer: Annotated[Texts, Field(min_length=1)]
    """What a teacher can stand behind, for the teacher's pack."""
    rubric: Annotated[list[Prose], Field(min_length=LEVELS, max_length=LEVELS)]
    """Four levels, the lowest first, for the teacher's pack."""
    standards: Ids = Field(default_factory=list)
    """The standards that it serves."""


class StandardShape(Shape):
    """A standard of a school or an examination."""

    id: Id
    """Its name, unique in the file."""
    of: Prose
    """The list that it is from."""
    code: Prose
    """Its code there."""
    says: Prose
    """What it asks for, in a few of your own words."""
    chapters: Ids = Field(default_factory=list)
    """Chapters that serve it, beside the tasks that name it."""


class DeskShape(Shape):
    """The source desk: documents.yaml."""

    documents: Annotated[list[DocumentShape], Field(min_length=1)]
    """The documents, in order."""
    tasks: list[TaskShape] = Field(default_factory=list)
    """The tasks, in order."""
    standards: list[StandardShape] = Field(default_factory=list)
    """The standards that tasks name."""


SKILLS: tuple[str, ...] = typing.get_args(Skill)
