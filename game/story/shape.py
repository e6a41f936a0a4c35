"""The shape of a pack's YAML: each key, what it is for, and what may stand behind it.

What a key is for is said once, here, below its field: the JSON Schema gives it to editors. Writing with less ceremony
is allowed here and evened out here: a text may be one block or a list, a target one word or a list. What an editor
meets before us differs in one thing: it takes `6` for a number, where our reader has the text of it.
"""

from __future__ import annotations

import re
import typing
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from game.story.typography import printed

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"
NUMBER = r"^-?[0-9]{1,11}$"


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _passages(value: Any) -> Any:
    return [part if isinstance(part, dict) else {"text": part} for part in _listed(value)]


def _targets(value: Any) -> Any:
    return [part if isinstance(part, dict) else {"to": part} for part in _listed(value)]


def integer(text: str) -> int | None:
    """The number that a text is, or None. String-first: digits arrive as text."""
    return int(text) if re.fullmatch(NUMBER, text) else None


def _integer(value: Any) -> Any:
    number = integer(value) if isinstance(value, str) else None
    return value if number is None else number  # anything else is left for pydantic to refuse


def _scalar(value: Any) -> Any:
    if isinstance(value, list | dict):
        raise PydanticCustomError("scalar", "a number, true, false or a word is needed here")
    return _integer(value)


def _readable(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "a reader must find something in it")
    return text


def _written(pattern: str | None = None, *more: str) -> WithJsonSchema:
    """A text as an editor meets it: unquoted digits are a number there."""
    kinds: dict[str, Any] = {"type": ["string", "number", *more]}
    return WithJsonSchema({**kinds, "pattern": pattern} if pattern else kinds)


READABLE = r"\S"
Text = Annotated[StrictStr, Field(min_length=1), AfterValidator(_readable), _written(READABLE)]
Prose = Annotated[Text, AfterValidator(printed), _written(READABLE)]
AnyText = Annotated[StrictStr, AfterValidator(printed), _written()]
Id = Annotated[StrictStr, Field(pattern=ID), _written(ID)]
VariableName = Annotated[StrictStr, Field(pattern=NAME), _written(NAME)]
Integer = Annotated[
    int,
    BeforeValidator(_integer),
    Field(strict=True),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": NUMBER}]}),
]
Scalar = Annotated[
    StrictBool | Annotated[int, Field(strict=True)] | StrictStr,
    BeforeValidator(_scalar),
    WithJsonSchema({"type": ["boolean", "integer", "string"]}),
]
Condition = Annotated[
    StrictStr,
    BeforeValidator(lambda value: str(value).lower() if isinstance(value, bool) else value),
    _written(None, "boolean"),
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, use_attribute_docstrings=True)


class PassageShape(Shape):
    """A paragraph or several, with a condition or a speaker."""

    text: Prose
    """What is read. An empty line begins a new paragraph."""
    by: Prose | None = None
    """In whose mouth it stands: shown beside it."""
    if_: Condition | None = Field(None, alias="if")
    """It is there only when this holds, as in `grain > 2 and not wok`."""


class TargetShape(Shape):
    """A way on, with a condition."""

    to: Text
    """A node of this chapter, or `next` for the next chapter."""
    if_: Condition | None = Field(None, alias="if")
    """It is taken only when this holds; else the next in the list is tried. The last has none."""


Passages = Annotated[
    list[PassageShape],
    BeforeValidator(_passages, json_schema_input_type=Text | PassageShape | list[Text | PassageShape]),
    Field(min_length=1),
]
Targets = Annotated[
    list[TargetShape],
    BeforeValidator(_targets, json_schema_input_type=Text | TargetShape | list[Text | TargetShape]),
    Field(min_length=1),
]
Texts = Annotated[list[Prose], BeforeValidator(_listed, json_schema_input_type=Prose | list[Prose])]
Statement = Annotated[StrictStr, _written()]
Statements = Annotated[
    list[Statement],
    BeforeValidator(_listed, json_schema_input_type=Statement | list[Statement]),
    Field(min_length=1),
]
Ids = Annotated[list[Id], BeforeValidator(_listed, json_schema_input_type=Id | list[Id])]
Recalled = Annotated[list[Text], BeforeValidator(_listed, json_schema_input_type=Text | list[Text])]


class ChoiceShape(Shape):
    """One of the things that can be done on a page."""

    id: Id
    """A name, once on its page: lower-case words with hyphens. It goes into saves, so keep it."""
    say: Prose
    """The finished deed with its excuse, as the reader would say it: `I hid it, because it was my mother's.`"""
    if_: Condition | None = Field(None, alias="if")
    """It is open only when this holds, as in `wok and grain > 2`."""
    do: Statements | None = None
    """What it changes: `grain -= 1`, `wok = false`, `grain = 3 if wok else 0`."""
    because: Ids = Field(default_factory=list)
    """What the change rests on: ids of facts.yaml, or `invented`."""
    goto: Targets | None = None
    """Where it leads: a node of this chapter, `next`, or a list of `{if: ..., to: ...}`. Without it, the node's own."""
    was: Ids = Field(default_factory=list)
    """Names that it had before, so that saves find it."""


class LedgerShape(Shape):
    """A line of a weighing."""

    label: Prose
    """What is counted."""
    value: Condition
    """How many sacks: a variable, or a sum such as `crop - taken`."""
    claimed: bool = False
    """That somebody only said so: what the chart's other lines do not have is drawn hollow."""


class NodeShape(Shape):
    """One page; without `text`, a fork that is passed through."""

    text: Passages | None = None
    """What is read: one block, or a list of paragraphs, each of them plain or `{if: ..., by: ..., text: ...}`."""
    brief: Passages | None = None
    """The same page in 25 to 45 words, for the kiosk."""
    discuss: Prose | None = None
    """A question for a class."""
    do: Statements | None = None
    """What arriving here changes."""
    because: Ids = Field(default_factory=list)
    """What the change rests on: ids of facts.yaml, or `invented`."""
    choices: Annotated[list[ChoiceShape], Field(min_length=1)] | None = None
    """What can be done here."""
    goto: Targets | None = None
    """Where the page goes on to, and where choices without a `goto` lead."""
    end: Id | None = None
    """The name of an ending: the story is over after this page."""
    ledger: list[LedgerShape] = Field(default_factory=list)
    """A chart of sacks below the text."""
    was: Ids = Field(default_factory=list)
    """Names that it had before, so that saves find it."""


class SkipShape(Shape):
    """The chapter in a few lines, for whoever skips it, and for the cuts and doors that do not walk it."""

    text: Passages | None = None
    """What is told."""
    brief: Passages | None = None
    """What is told in a brief cut; nothing without it."""
    do: Statements | None = None
    """What the chapter then changes."""
    because: Ids = Field(default_factory=list)
    """What the change rests on: ids of facts.yaml, or `invented`."""
    as_: Recalled = Field(default_factory=list, alias="as")
    """What `seen` and `chose` then hold to have happened: `node` or `node.choice` of this chapter."""


class ChapterShape(Shape):
    """A chapter: one date through one door, or an interlude."""

    chapter: Id
    """The chapter's name, once in the story: lower-case words with hyphens. It stands in `calendar` of pack.yaml."""
    role: Text | None = None
    """Whose door it is: a role of pack.yaml. Without it, an interlude that everybody meets."""
    title: Prose
    """The heading."""
    hanzi: Text | None = None
    """The heading in Chinese."""
    when: Prose | None = None
    """The date as it is printed."""
    place: Id | None = None
    """A place of pack.yaml: the picture."""
    note: Prose | None = None
    """What is in it, where it is heavy: said before it begins, with a way round it."""
    object: Prose | None = None
    """The thing that it turns on. For authors only."""
    begin: Targets | None = None
    """Where it begins; without it, at the first node."""
    skip: SkipShape | None = None
    """The chapter in a few lines, for whoever skips it, and for the cuts and doors that do not walk it."""
    nodes: Annotated[dict[Id, NodeShape], Field(min_length=1)] | None = None
    """The pages, each behind a name of its own."""
    was: Ids = Field(default_factory=list)
    """Names that it had before, so that saves find it."""


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
    calendar: Annotated[
        list[Annotated[list[Id], BeforeValidator(_listed, json_schema_input_type=Id | list[Id])]],
        Field(min_length=1),
    ]
    """The chapters in order. An inner list is one date through several doors."""
    cuts: dict[Id, CutShape] = Field(default_factory=dict)
    """Lengths of the same story; without any, one that is called `full`."""
    prose: ProseShape | None = None
    """Bounds that the story sets itself: lengths, a grade, words that it never uses."""
    content_note: Texts = Field(default_factory=list)
    """What is in the story, said before the first page."""
    about: Texts = Field(default_factory=list)
    """What the story is, for its page of that name."""


class FactShape(Shape):
    """One claim of the source, told in our own words."""

    id: Id
    """What `because` calls it."""
    paragraph: Text
    """The paragraph of the transcript, as `P12`."""
    part: Text | None = None
    """A part of the paragraph, as `a`."""
    sentences: list[Integer]
    """The numbers of its sentences."""
    speaker: Prose
    """Who says so."""
    paraphrase: Prose
    """The claim in our own words: what a reader sees."""
    figures: list[dict[Statement, Statement]] = Field(default_factory=list)
    """The numbers in it, each with its unit and what it counts."""
    date: Prose | None = None
    """When it was so."""
    kind: typing.Literal["record", "claim", "observation", "policy", "figure"]
    """What kind of claim it is."""
    theme: Text
    """What it is about."""
    game_may: typing.Literal["fact", "attribute"]
    """`fact`: the story may report it; `attribute`: only in somebody's mouth."""
    caution: Prose | None = None
    """What to be careful about when it is used."""
    essential: StrictBool = False
    """Whether nobody should go without it: the talk after the story names it where a reading did not meet it."""


class FactsShape(Shape):
    """What the story rests on: facts.yaml."""

    facts: list[FactShape]
    """The claims, one an entry."""


class TermShape(Shape):
    """A word of the time, with its card."""

    term: Prose
    """The word as the text has it."""
    hanzi: Text | None = None
    """The word in Chinese."""
    pinyin: Text | None = None
    """How it is said."""
    text: Prose
    """What it means."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts write it."""


class GlossaryShape(Shape):
    """Words of the time: glossary.yaml. A text opens a card with `[[word]]`."""

    glossary: dict[Id, TermShape]
    """The words, each behind its name."""


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


class DebriefSectionShape(Shape):
    """One part of the talk after the story."""

    id: Id
    """Its name."""
    title: Prose
    """Its heading."""
    text: Texts = Field(default_factory=list)
    """What stands there for every reader."""
    fill: typing.Literal["path", "weighings", "facts", "unmet", "invented", "questions", "books"] | None = None
    """What stands below it: the reader's own choices, the weighings met, the facts met, the essential ones not met,
    what was invented; questions of pages that were read; books of guide.yaml that have a `why`."""
    otherwise: Texts = Field(default_factory=list)
    """What stands there in place of `text` where `fill` has nothing to show."""
    placing: PlacingShape | None = None
    """A task: decisions that the reader places."""
    after: Texts = Field(default_factory=list)
    """What stands below all else; with a `placing`, once the reader has compared."""
    outside: StrictBool = False
    """Whether it is not from the story's source: then it says so."""


class DebriefShape(Shape):
    """The talk after the story: debrief.yaml."""

    debrief: list[DebriefSectionShape]
    """Its parts, in order."""
