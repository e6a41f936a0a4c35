"""The shape of a pack's YAML, and what pydantic says of it as findings in our words.

Only this module knows pydantic, and it is imported only when YAML is read. Writing with less ceremony is
allowed here and evened out here: a text may be one block or a list, a target one word or a list.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from game.story.findings import Finding, did_you_mean
from game.story.reading import Document
from game.story.typography import printed

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _passages(value: Any) -> Any:
    return [part if isinstance(part, dict) else {"text": part} for part in _listed(value)]


def _targets(value: Any) -> Any:
    return [part if isinstance(part, dict) else {"to": part} for part in _listed(value)]


def integer(text: str) -> int | None:
    """The number that a text is, or None. String-first: digits arrive as text."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,11}", text) else None


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


Text = Annotated[StrictStr, Field(min_length=1), AfterValidator(_readable)]
Prose = Annotated[Text, AfterValidator(printed)]
Id = Annotated[StrictStr, Field(pattern=ID)]
VariableName = Annotated[StrictStr, Field(pattern=NAME)]
Integer = Annotated[int, BeforeValidator(_integer), Field(strict=True)]
Scalar = Annotated[StrictBool | Annotated[int, Field(strict=True)] | StrictStr, BeforeValidator(_scalar)]
Condition = Annotated[StrictStr, BeforeValidator(lambda v: str(v).lower() if isinstance(v, bool) else v)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class PassageShape(Shape):
    text: Prose
    by: Prose | None = None
    if_: Condition | None = Field(None, alias="if")


class TargetShape(Shape):
    to: Text
    if_: Condition | None = Field(None, alias="if")


Passages = Annotated[list[PassageShape], BeforeValidator(_passages), Field(min_length=1)]
Targets = Annotated[list[TargetShape], BeforeValidator(_targets), Field(min_length=1)]
Texts = Annotated[list[Prose], BeforeValidator(_listed)]
Statements = Annotated[list[StrictStr], BeforeValidator(_listed), Field(min_length=1)]
Ids = Annotated[list[Id], BeforeValidator(_listed)]
Recalled = Annotated[list[Text], BeforeValidator(_listed)]


class ChoiceShape(Shape):
    id: Id
    say: Prose
    if_: Condition | None = Field(None, alias="if")
    do: Statements | None = None
    because: Ids = []
    goto: Targets | None = None
    was: Ids = []


class LedgerShape(Shape):
    label: Prose
    value: Condition


class NodeShape(Shape):
    text: Passages | None = None
    brief: Passages | None = None
    discuss: Prose | None = None
    do: Statements | None = None
    because: Ids = []
    choices: Annotated[list[ChoiceShape], Field(min_length=1)] | None = None
    goto: Targets | None = None
    end: Id | None = None
    ledger: list[LedgerShape] = []
    was: Ids = []


class SkipShape(Shape):
    text: Passages | None = None
    brief: Passages | None = None
    do: Statements | None = None
    because: Ids = []
    as_: Recalled = Field([], alias="as")


class ChapterShape(Shape):
    chapter: Id
    role: Text | None = None
    title: Prose
    hanzi: Text | None = None
    when: Prose | None = None
    place: Id | None = None
    note: Prose | None = None
    object: Prose | None = None
    begin: Targets | None = None
    skip: SkipShape | None = None
    nodes: Annotated[dict[Id, NodeShape], Field(min_length=1)] | None = None
    was: Ids = []


class VariableShape(Shape):
    start: Scalar
    min: Integer | None = None
    max: Integer | None = None
    one_of: list[VariableName] = []
    words: dict[StrictStr, Prose] = {}


class RoleShape(Shape):
    name: Prose
    about: Annotated[StrictStr, AfterValidator(printed)] = ""


class PlaceShape(Shape):
    name: Prose
    scene: Id
    params: dict[VariableName, Scalar] = {}
    alt: Passages | None = None


class CutShape(Shape):
    play: typing.Literal["one role", "both roles"]
    chapters: Ids | None = None
    brief: StrictBool = False


class PackShape(Shape):
    pack: Id
    title: Prose
    version: Integer
    language: Text = "en"
    variables: dict[VariableName, VariableShape] = {}
    roles: Annotated[dict[Id, RoleShape], Field(min_length=1)]
    places: dict[Id, PlaceShape] = {}
    always: list[Condition] = []
    calendar: Annotated[list[Annotated[list[Id], BeforeValidator(_listed)]], Field(min_length=1)]
    cuts: dict[Id, CutShape] = {}
    content_note: Texts = []
    about: Texts = []


class FactShape(Shape):
    id: Id
    paragraph: Text
    part: Text | None = None
    sentences: list[Integer]
    speaker: Prose
    paraphrase: Prose
    figures: list[dict[str, str]] = []
    date: Prose | None = None
    kind: typing.Literal["record", "claim", "observation", "policy", "figure"]
    theme: Text
    game_may: typing.Literal["fact", "attribute"]
    caution: Prose | None = None


class FactsShape(Shape):
    facts: list[FactShape]


class TermShape(Shape):
    term: Prose
    hanzi: Text | None = None
    pinyin: Text | None = None
    text: Prose
    also: Texts = []


class GlossaryShape(Shape):
    glossary: dict[Id, TermShape]


class DebriefSectionShape(Shape):
    id: Id
    title: Prose
    text: Texts = []
    fill: typing.Literal["path", "facts", "invented"] | None = None


class DebriefShape(Shape):
    debrief: list[DebriefSectionShape]


S = TypeVar("S", bound=Shape)


def shaped(kind: type[S], document: Document) -> S | list[Finding]:
    """The document in a shape, or every finding that prevents it."""
    if not isinstance(document.data, dict):
        return [document.finding("WG203", (), "the file must be a mapping of keys", "Compare it with story/README.md.")]
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        return list(_findings(kind, document, error))


def _findings(kind: type[Shape], document: Document, error: ValidationError) -> Iterator[Finding]:
    seen = set()
    for one in error.errors(include_url=False):
        # A key's own fault carries "[key]" behind it; a union's branch carries its name: neither is a path.
        path = tuple(step for step in one["loc"] if step != "[key]")
        name = str(path[-1]) if path else ""
        value = one.get("input")
        match one["type"]:
            case "extra_forbidden":
                keys = _keys(kind, path[:-1])
                found = document.finding(
                    "WG201",
                    path,
                    f"`{name}` is no key here",
                    f"Keys here are {', '.join(keys)}.{did_you_mean(name, keys)}",
                    on_key=True,
                )
            case "missing":
                found = document.finding(
                    "WG202", path[:-1], f"the key `{name}` is missing", f"Add `{name}:`.", on_key=True
                )
            case "string_pattern_mismatch":
                found = document.finding(
                    "WG204",
                    path,
                    f"`{_short(value)}` is no id",
                    "Write lower-case words with hyphens between them (variables: underscores).",
                    on_key="[key]" in one["loc"],
                )
            case _:
                reason = one["msg"][:1].lower() + one["msg"][1:]
                found = document.finding(
                    "WG203",
                    path,
                    f"`{_name(document, path)}` cannot be {_described(value)}: {reason}",
                    "Compare it with story/README.md.",
                )
        if (found.line, found.column, found.code) not in seen:  # a union reports each of its branches
            seen.add((found.line, found.column, found.code))
            yield found


def _name(document: Document, path: Sequence[str | int]) -> str:
    """The last key of a path that an author wrote; what comes after it are this module's own steps."""
    spot, name = document.spot, ""
    for step in path:
        if step not in spot.parts:
            break
        spot = spot.parts[step]
        name = step if isinstance(step, str) else name
    return name


def _keys(kind: Any, path: tuple[str | int, ...]) -> list[str]:
    """The keys of the shape at the end of a path."""
    for step in path:
        if isinstance(kind, type) and issubclass(kind, Shape):
            fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
            kind = fields.get(str(step))
        else:
            kind = next(iter(_inner(kind)), None)
        kind = _unwrapped(kind)
    if isinstance(kind, type) and issubclass(kind, Shape):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _inner(kind: Any) -> tuple[Any, ...]:
    return typing.get_args(kind)[-1:]


def _unwrapped(kind: Any) -> Any:
    """Without Optional and Annotated around it."""
    while typing.get_origin(kind) in (Annotated, typing.Union, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    return kind


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"`{_short(value)}`" if str(value).strip() else "empty"
