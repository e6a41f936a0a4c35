"""The source desk as values: documents that disagree, tasks about them, and the school standards of these tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from game.core.values import frozen
from game.story.debrief import PlacingTask

Seen = Literal["whole", "opening", "excerpt", "later"]
Skill = Literal["sourcing", "context", "corroboration", "numbers"]
Answering = Literal["choose", "order", "place", "mark"]
LEVELS = 4  # of a rubric
MOST_BESIDE = 3  # the most documents that are shown beside one another


@frozen
class DeskDocument:
    """A document in our own words. `DocumentShape` explains its fields: `by` is `author` here, `to` is `audience`."""

    id: str
    title: str
    date: str
    author: str
    audience: str
    kind: str
    find: str
    seen: Seen
    text: tuple[str, ...]
    simply: tuple[str, ...] = ()
    knew: str = ""
    could_not: str = ""
    here: str = ""
    chapters: tuple[str, ...] = ()
    outside: bool = True  # not the story's main source


@frozen
class DeskTask:
    """A task with one to three documents. `TaskShape` explains its fields: `do` is `answering` here."""

    id: str
    title: str
    skill: Skill
    documents: tuple[str, ...]
    minutes: int
    ask: tuple[str, ...]
    answering: Answering
    placing: PlacingTask
    after: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    rubric: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()


@frozen
class Standard:
    """A school standard, in short words (`says`). `family` is the list of standards that its `code` is from."""

    id: str
    family: str
    code: str
    says: str
    chapters: tuple[str, ...] = ()


Subject = Literal["causes", "chronology", "sources", "perspective"]


@frozen
class Question:
    """A question of the questionnaire. `right` is the right option's id; "" if the question asks for an opinion."""

    id: str
    about: Subject
    text: str
    options: Mapping[str, str]
    right: str = ""


@frozen
class Questionnaire:
    """Questions that a class answers before the story and after it. `note` stands above them, `thanks` after them."""

    title: str
    questions: tuple[Question, ...]
    note: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()


@frozen
class Desk:
    """All documents, tasks and standards by their ids, in the order of the file, and the questionnaire."""

    documents: Mapping[str, DeskDocument] = field(default_factory=dict)
    tasks: Mapping[str, DeskTask] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
