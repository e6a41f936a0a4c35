"""The shapes of chapters, facts and glossary: each key, its purpose, and its values.

The docstring below a field says what its key is for; the JSON Schema shows it in editors. Short forms are allowed and
normalised here: a text may be one block or a list, a target one word or a list. Editors and this program differ in one
case: an unquoted `6` is a number for an editor, and text for this program. A weighing is a chart of a harvest in units.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
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

from game.lang.typography import typeset
from game.story.ledger import LedgerKind
from game.story.schema.media_keys import IMAGE_FILE, Focus

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"
MINUTE = r"[0-9]+(:[0-9]{2}){1,2}"
NUMBER = r"^-?[0-9]{1,11}$"


def as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def as_texts(value: Any) -> Any:
    """Turn one or several texts, plain or mappings, into a list of mappings with a `text`."""
    return [part if isinstance(part, dict) else {"text": part} for part in as_list(value)]


def _targets(value: Any) -> Any:
    return [part if isinstance(part, dict) else {"to": part} for part in as_list(value)]


def integer(text: str) -> int | None:
    """Return the whole number that a text stands for; None for other texts. The YAML reader gives digits as text."""
    return int(text) if re.fullmatch(NUMBER, text) else None


def _integer(value: Any) -> Any:
    number = integer(value) if isinstance(value, str) else None
    return value if number is None else number  # pydantic refuses a value that is no number


def _amount(value: Any) -> Any:
    """Turn a bare amount into a mapping with an `amount`."""
    return value if isinstance(value, dict | AmountShape) else {"amount": value}


def _scalar(value: Any) -> Any:
    if isinstance(value, list | dict):
        raise PydanticCustomError("scalar", "a number, true, false or a word is needed here")
    return _integer(value)


def _readable(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "a reader must find something in it")
    return text


def _minute(text: str) -> str:
    if not re.fullmatch(MINUTE, text):
        raise PydanticCustomError("minute", "write minutes and seconds, as `12:30`")
    return text


def _written(pattern: str | None = None, *more_types: str) -> WithJsonSchema:
    """Return the JSON Schema of a text that fits `pattern`. The schema also allows values of the types `more_types`,
    and numbers: for an editor, unquoted digits are a number."""
    kinds: dict[str, Any] = {"type": ["string", "number", *more_types]}
    return WithJsonSchema({**kinds, "pattern": pattern} if pattern else kinds)


READABLE = r"\S"
Text = Annotated[StrictStr, Field(min_length=1), AfterValidator(_readable), _written(READABLE)]
PRINTED = AfterValidator(typeset)  # marks text for readers, which a translation may hold
Prose = Annotated[Text, PRINTED, _written(READABLE)]
AnyText = Annotated[StrictStr, PRINTED, _written()]
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
    """One or more paragraphs, with a condition or a speaker."""

    text: Prose
    """The text. An empty line begins a new paragraph."""
    by: Prose | None = None
    """Who says the text; the name is shown beside it."""
    if_: Condition | None = Field(None, alias="if")
    """A condition such as `grain > 2 and not wok`. The text is shown only if it holds."""


class TargetShape(Shape):
    """A page, or the next chapter, that follows if a condition holds."""

    to: Text
    """A node of this chapter, or `next` for the next chapter."""
    if_: Condition | None = Field(None, alias="if")
    """The target is taken only if this holds; otherwise the next target of the list is tried. The last target has no
    `if`."""


Passages = Annotated[
    list[PassageShape],
    BeforeValidator(as_texts, json_schema_input_type=Text | PassageShape | list[Text | PassageShape]),
    Field(min_length=1),
]
Targets = Annotated[
    list[TargetShape],
    BeforeValidator(_targets, json_schema_input_type=Text | TargetShape | list[Text | TargetShape]),
    Field(min_length=1),
]
Texts = Annotated[list[Prose], BeforeValidator(as_list, json_schema_input_type=Prose | list[Prose])]
Statement = Annotated[StrictStr, _written()]
Statements = Annotated[
    list[Statement], BeforeValidator(as_list, json_schema_input_type=Statement | list[Statement]), Field(min_length=1)
]
Ids = Annotated[list[Id], BeforeValidator(as_list, json_schema_input_type=Id | list[Id])]
Recalled = Annotated[list[Text], BeforeValidator(as_list, json_schema_input_type=Text | list[Text])]


class ChoiceShape(Shape):
    """A choice on a page."""

    id: Id
    """A name, unique on its page: lower-case words with hyphens. Saves contain it, so never change it."""
    say: Prose
    """What to do, as an order: `Hide the wok.`"""
    reason: Prose | None = None
    """Why the narrator would do so, in the narrator's words: `It was my mother's.` It is shown below `say`."""
    if_: Condition | None = Field(None, alias="if")
    """A condition such as `wok and grain > 2`. The choice is open only if it holds."""
    do: Statements | None = None
    """What the choice changes: `grain -= 1`, `wok = false`, `grain = 3 if wok else 0`."""
    because: Ids = Field(default_factory=list)
    """The facts behind the change: ids of facts.yaml, or `invented`."""
    goto: Targets | None = None
    """Where the choice leads: a node of this chapter, `next`, or a list of `{if: ..., to: ...}`. By default the page's
    `goto`."""
    answer: Passages | None = None
    """What the choice led to: the first text of the list whose `if` holds right after the choice's `do`. The talk after
    the story shows it and, in a `brief` cut, the next page."""
    anyway: Passages | None = None
    """What people above decided, then what was left to the narrator. The talk after the story shows the first text of
    the list whose `if` holds right after the choice's `do`."""
    was: Ids = Field(default_factory=list)
    """The choice's earlier names, so that saves find it."""


class AmountShape(Shape):
    """A row of a weighing, with its amount in units."""

    amount: Condition
    """The amount: a number, a variable, or a sum such as `crop - 400`."""
    of_seed: Condition | None = None
    """How much of the amount is seed."""
    label: Prose | None = None
    """The row's name, if it differs from the usual one."""


Amount = typing.Annotated[AmountShape, BeforeValidator(_amount, json_schema_input_type=Condition | AmountShape)]


class LedgerShape(Shape):
    """A weighing: a chart of a harvest. What is left is computed: brought in, less taken, plus what came back."""

    year: Integer
    """The year, which sets how many people eat: `people` of the pack's `measures`."""
    stood: Amount | None = None
    """What stood in the fields."""
    brought_in: Amount | None = None
    """What was brought in."""
    reported: Amount | None = None
    """What was reported."""
    asked: Amount | None = None
    """What was asked for."""
    taken: Amount | None = None
    """What was taken; with `{amount: taken, of_seed: 780}` also how much of it was seed."""
    back: Condition | None = None
    """How much of what was taken was returned."""

    def rows(self) -> Iterator[tuple[LedgerKind, AmountShape]]:
        """Yield the rows that are present, in the order in which they are shown."""
        kinds: tuple[LedgerKind, ...] = ("stood", "brought_in", "reported", "asked", "taken")
        for kind in kinds:
            if (row := getattr(self, kind)) is not None:
                yield kind, row


class NodeShape(Shape):
    """One page of a chapter. Without `text` it is a fork, which shows no page."""

    text: Passages | None = None
    """The text: one block, or a list of paragraphs, each plain or `{if: ..., by: ..., text: ...}`."""
    brief: Passages | None = None
    """The same page in 25 to 45 words, for the kiosk."""
    in_brief: StrictBool = True
    """`false`: a brief cut shows no page for it, but its changes happen."""
    discuss: Prose | None = None
    """A question for a class."""
    tally: StrictBool = True
    """`false`: a class votes here, and sees only the decision, never the numbers."""
    when: Prose | None = None
    """The page's date, if it differs from the chapter's."""
    place: Id | None = None
    """Its place in pack.yaml, if it differs from the chapter's."""
    image: Annotated[Text, Field(pattern=IMAGE_FILE)] | None = None
    """A picture of its own, in place of its place's: a file below the pack's folder, as `pictures/letter.jpg`."""
    credit: Prose | None = None
    """Whom the image is from, and its licence."""
    focus: Focus | None = None
    """What stays in sight where the image is cropped: from the left and from the top, each from 0 to 1."""
    alt: Passages | None = None
    """The image in words, for readers who cannot see it."""
    do: Statements | None = None
    """What changes when the page is reached."""
    because: Ids = Field(default_factory=list)
    """The facts behind the change: ids of facts.yaml, or `invented`."""
    choices: Annotated[list[ChoiceShape], Field(min_length=1)] | None = None
    """The choices."""
    goto: Targets | None = None
    """Where the page leads. It is also the default of its choices' `goto`."""
    end: Id | None = None
    """The name of an ending: the story is over after this page."""
    onward: Prose | None = None
    """The label of the button on a page without choices: `Tie the sacks.` By default the interface's word."""
    ledger: LedgerShape | None = None
    """A weighing, drawn below the text."""
    always: list[Condition] = Field(default_factory=list)
    """What must hold whenever this page is reached; `weight-of-grain explore` proves it."""
    was: Ids = Field(default_factory=list)
    """The page's earlier names, so that saves find it."""


class SkipShape(Shape):
    """The chapter in a few lines, for readers who skip it or whose cut omits it. Its `do` counts for all roles."""

    text: Passages | None = None
    """The text that is shown in place of the chapter."""
    brief: Passages | None = None
    """What a brief cut shows. Without it, a brief cut shows nothing."""
    do: Statements | None = None
    """The changes of the skipped chapter."""
    because: Ids = Field(default_factory=list)
    """The facts behind the change: ids of facts.yaml, or `invented`."""
    as_: Recalled = Field(default_factory=list, alias="as")
    """What `seen` and `chose` then hold for, as if it had happened: `node` or `node.choice` of this chapter."""


class ChapterShape(Shape):
    """A chapter: one date of one role, or an interlude."""

    chapter: Id
    """The chapter's name, unique in the story: lower-case words with hyphens. `calendar` in pack.yaml contains it."""
    role: Text | None = None
    """A role of pack.yaml. A chapter without a role is an interlude for everybody."""
    title: Prose
    """The heading."""
    hanzi: Text | None = None
    """The heading in Chinese."""
    when: Prose | None = None
    """The printed date."""
    place: Id | None = None
    """A place of pack.yaml: the picture."""
    note: Prose | None = None
    """A content note, shown before the chapter begins, with a way to skip the chapter."""
    object: Id | None = None
    """The chapter's central object, by a name like `rice-bowl`. A museum may have its own text for it."""
    begin: Targets | None = None
    """Where the chapter begins; by default at its first node."""
    skip: SkipShape | None = None
    """The chapter in a few lines, for readers who skip it or whose cut omits it. Its `do` counts for all roles."""
    nodes: Annotated[dict[Id, NodeShape], Field(min_length=1)] | None = None
    """The pages, each behind its name."""
    was: Ids = Field(default_factory=list)
    """The chapter's earlier names, so that saves find it."""


class FactShape(Shape):
    """A claim of the source in our own words."""

    id: Id
    """The fact's name in `because`."""
    source: Id | None = None
    """The fact's source in pack.yaml; by default the main source, or else the first."""
    paragraph: Text | None = None
    """The paragraph in the source, as `12` or `P12`."""
    page: Text | None = None
    """The page in the source, as `41` or `41-43`."""
    section: Text | None = None
    """The section in the source, as `3` or `3.2`."""
    minute: Annotated[Text, AfterValidator(_minute)] | None = None
    """The minute of a film or a recording, as `12:30` or `1:02:30`."""
    part: Text | None = None
    """A part of the paragraph, as `a`."""
    sentences: list[Integer] = Field(default_factory=list)
    """The numbers of the fact's sentences in the paragraph."""
    speaker: Prose
    """Who makes the claim."""
    paraphrase: Prose
    """The claim in our own words: what a reader sees."""
    figures: list[dict[Statement, Statement]] = Field(default_factory=list)
    """The numbers in the claim, each with its unit and what it counts."""
    date: Prose | None = None
    """The date that the source gives, as `October 1958`. A reader sees it on the card of the fact."""
    kind: typing.Literal["record", "policy", "figure", "claim", "observation", "goal", "question"]
    """What kind of claim it is. The source itself states a `record`, `policy` or `figure`. A `claim` is somebody's, an
    `observation` a visitor's. A `goal` was only aimed at. A `question` is left open."""
    theme: Text
    """What the fact is about."""
    game_may: typing.Literal["fact", "attribute"]
    """`fact`: the story may report the claim as true; `attribute`: the story may only let somebody say so."""
    caution: Prose | None = None
    """What writers must be careful about when they use the fact."""
    essential: StrictBool = False
    """Whether every reader should know the fact: the debrief shows it if a reading did not meet it."""


class FactsShape(Shape):
    """The facts behind the story: facts.yaml."""

    facts: list[FactShape]
    """The claims, one an entry."""


class TermShape(Shape):
    """A word of the story's time, with the text of its card."""

    term: Prose
    """The word as the text has it."""
    hanzi: Text | None = None
    """The word in Chinese."""
    pinyin: Text | None = None
    """The pronunciation of the Chinese word."""
    text: Prose
    """What the word means."""
    also: Texts = Field(default_factory=list)
    """Other ways in which texts write the word."""


class GlossaryShape(Shape):
    """Words of the story's time: glossary.yaml. A text opens a card with `[[word]]`."""

    glossary: dict[Id, TermShape]
    """The words, each behind its name."""
