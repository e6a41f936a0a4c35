"""The shape of documents.yaml: documents that a class compares. The docstring below each field explains its key."""

from __future__ import annotations

import typing
from typing import Annotated

from pydantic import Field, StrictBool

from game.story.desk import LEVELS, MOST_BESIDE, Answering, Seen, Skill, Subject
from game.story.schema.chapter_schema import Id, Ids, Integer, Prose, Shape, Text, Texts


class DocumentShape(Shape):
    """A document that a reader can compare with others."""

    id: Id
    """The document's name, unique in the file."""
    title: Prose
    """The document's title."""
    date: Prose
    """When the document was written or said."""
    by: Prose
    """Who wrote or said it."""
    to: Prose
    """For whom it was written or said."""
    kind: Prose
    """What kind of document it is, as `order` or `secret estimate`."""
    find: Text
    """Where to find the document: an archive's name or an address."""
    seen: Seen
    """What you have read of the document: `whole`, `opening`, `excerpt`,
    or `later` for what a later author writes of it."""
    text: Annotated[Texts, Field(min_length=1)]
    """What the document says, in your own words: a list of sentences. A task can ask for each of them."""
    simply: Texts = Field(default_factory=list)
    """The same text in shorter sentences, for readers who are learning the language."""
    knew: Prose | None = None
    """What the document's author could know."""
    could_not: Prose | None = None
    """What the document's author could not know."""
    here: Prose | None = None
    """What the story says of its own place at that time."""
    chapters: Ids = Field(default_factory=list)
    """The story's chapters at that time."""
    main: StrictBool = False
    """Whether it is the story's main source. The desk says of any other document that it is not."""


class TaskItemShape(Shape):
    """A thing that the reader places, or the question of a task with `do: choose`."""

    id: Id
    """The thing's name, unique in the task."""
    text: Prose
    """The text that a reader sees."""
    at: Annotated[Ids, Field(min_length=1)]
    """Where you would place it: one of the `places`, or several. Readers see it as a view, not as the solution."""
    why: Prose
    """Why you would place it there, in a sentence or two."""


class TaskShape(Shape):
    """A task with one or more documents."""

    id: Id
    """The task's name, unique in the file."""
    title: Prose
    """The task's title."""
    skill: Skill
    """What a pupil practises."""
    documents: Annotated[Ids, Field(min_length=1, max_length=MOST_BESIDE)]
    """The documents of the task. The desk shows them beside one another."""
    minutes: Integer
    """How long the task takes."""
    ask: Annotated[Texts, Field(min_length=1)]
    """What the task asks."""
    do: Answering
    """How a reader answers. `choose`: one question, and `places` are its answers. `order`: things one after another.
    `place`: each thing at one of the `places`, or several. `mark`: one sentence of the first document."""
    places: dict[Id, Prose] = Field(default_factory=dict)
    """The places or answers, each behind a name. Not for `order` and `mark`: there they are `1`, `2`, and so on."""
    items: Annotated[list[TaskItemShape], Field(min_length=1)]
    """The things to place; with `choose` and `mark`, one question."""
    after: Texts = Field(default_factory=list)
    """What a reader can think about after comparing."""
    words: Texts = Field(default_factory=list)
    """Words that help a reader, as `to estimate: to say a number without counting`."""
    starters: Texts = Field(default_factory=list)
    """Beginnings of sentences, for a reader's answer."""
    answer: Annotated[Texts, Field(min_length=1)]
    """A good answer, for the teacher's pack."""
    rubric: Annotated[list[Prose], Field(min_length=LEVELS, max_length=LEVELS)]
    """Four levels of an answer, the lowest first, for the teacher's pack."""
    standards: Ids = Field(default_factory=list)
    """The standards that the task serves."""


class StandardShape(Shape):
    """A standard of a school or an examination."""

    id: Id
    """The standard's name, unique in the file."""
    of: Prose
    """The list of standards that it is from."""
    code: Prose
    """The standard's code in that list."""
    says: Prose
    """What the standard asks for, in a few of your own words."""
    chapters: Ids = Field(default_factory=list)
    """Chapters that serve the standard, beside the tasks that name it."""


class QuestionShape(Shape):
    """A question of the questionnaire."""

    id: Id
    """The question's name, unique in the questionnaire."""
    about: Subject
    """What the question is about."""
    text: Prose
    """What is asked, or a sentence to agree with."""
    options: Annotated[dict[Id, Prose], Field(min_length=2, max_length=6)]
    """The answers, each behind a name."""
    right: Id | None = None
    """The right answer. A `perspective` has none; all others need one."""


class QuestionnaireShape(Shape):
    """Questions that pupils answer before the story and after it. They do not give their names."""

    title: Prose
    """The heading of the questionnaire."""
    note: Texts = Field(default_factory=list)
    """What stands above the questions: that nobody gives a name, and nothing is marked."""
    questions: Annotated[list[QuestionShape], Field(min_length=1)]
    """The questions, in order."""
    thanks: Texts = Field(default_factory=list)
    """What stands after the last question."""


class DeskShape(Shape):
    """The source desk, where a class compares documents: documents.yaml."""

    documents: Annotated[list[DocumentShape], Field(min_length=1)]
    """The documents, in order."""
    tasks: list[TaskShape] = Field(default_factory=list)
    """The tasks, in order."""
    standards: list[StandardShape] = Field(default_factory=list)
    """The standards that tasks name."""
    questionnaire: QuestionnaireShape | None = None
    """Questions that a class answers before the story and after it."""


SKILLS: tuple[str, ...] = typing.get_args(Skill)
