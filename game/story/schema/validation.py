"""Validate a document against a pydantic model, with errors as findings."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError

from game.core.findings import Finding
from game.story.schema.chapter_schema import Shape
from game.story.schema.file_kinds import KINDS, SECTIONS
from game.yamlio.reader import QUOTE_COLON, QUOTE_COMMA, Document

S = TypeVar("S", bound=Shape)
MOST_KEYS = 6  # of a shape, in an example of it
FILES = {  # keys that name a file of the pack: what it is, its formats, and an example
    "image": ("an image", "a PNG, JPEG or WebP file", "pictures/cabin.jpg"),
    "sound": ("a sound", "a WAV file", "sounds/harbour.wav"),
}


def validate(kind: type[S], document: Document) -> S | list[Finding]:
    """Validate a document as a shape. Return the shape, or the findings if the document is invalid."""
    if not isinstance(document.data, dict):
        return [document.finding("WG203", (), "the file must be a mapping of keys", manual(kind, ()))]
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        return list(_findings(kind, document, error))


def _findings(kind: type[Shape], document: Document, error: ValidationError) -> Iterator[Finding]:
    seen = set()
    for detail in error.errors(include_url=False):
        # The steps "[key]" (an error of the key itself) and "[line]" (the branch of a union) are no part of the path.
        path = tuple(step for step in detail["loc"] if not str(step).startswith("["))
        name = str(path[-1]) if path else ""
        value = detail.get("input")
        match detail["type"]:
            case "extra_forbidden":
                found = document.unknown_key(path, _keys(kind, path[:-1]))
            case _ if document.is_rest_of_text(path) and path[-1] not in _keys(kind, path[:-1]):
                problem = f"`{_short(path[-1])}` stands alone behind a comma, and no colon follows"
                found = document.finding("WG203", path, problem, f"{QUOTE_COMMA}.", on_key=True)
            case "string_type" if isinstance(value, dict) and len(value) == 1 and _name(document, path) != "do":
                problem = f"`{_name(document, path)}` is a text, and `{_short(next(iter(value)))}:` makes a key of it"
                found = document.finding("WG203", path, problem, f"{QUOTE_COLON}.")
            case "missing":
                problem = f"the key `{name}` is missing"
                found = document.finding("WG202", path[:-1], problem, f"Add `{name}:`.", on_key=True)
            case "string_pattern_mismatch" if name in FILES:
                what, formats, example = FILES[name]
                remedy = f"Write {formats} below the story's folder, with /: `{example}`."
                found = document.finding("WG204", path, f"`{_short(value)}` is not {what} of the story", remedy)
            case "string_pattern_mismatch":
                problem = f"`{_short(value)}` is not an id" if value else "an id is missing here"
                remedy = "Write lower-case words with hyphens between them (variables: underscores)."
                found = document.finding("WG204", path, problem, remedy, on_key="[key]" in detail["loc"])
            case _ if isinstance(value, str) and not value.strip():
                key = _name(document, path)
                found = document.finding("WG203", path, f"`{key}` is empty", f"Write something behind `{key}:`.")
            case _ if isinstance(value, dict) and _name(document, path) == "do":
                effects = " and ".join(f"`{_effect(*effect)}`" for effect in value.items())
                found = document.finding("WG203", path, "an effect has no colon", f"Write {effects}.")
            case "model_type" | "dict_type" | "list_type":
                problem = f"`{_name(document, path)}` cannot be {_described(value)}"
                found = document.finding("WG203", path, problem, _shape_in_words(kind, path, detail["type"]))
            case _:
                reason = detail["msg"][:1].lower() + detail["msg"][1:]
                problem = f"`{_name(document, path)}` cannot be {_described(value)}: {reason}"
                found = document.finding("WG203", path, problem, manual(kind, path))
        if (found.line, found.column, found.code) not in seen:  # a union reports an error for each branch
            seen.add((found.line, found.column, found.code))
            yield found


def manual(kind: type[Shape], path: Sequence[str | int]) -> str:
    """Return where the manual says how to write the value at a path of a file."""
    file = [name for name, shape in KINDS.items() if shape is kind]
    section = next((SECTIONS[step] for step in (*reversed(path), *file) if step in SECTIONS), None)
    if section is None:
        return "`weight-of-grain schema` writes down what each key holds."
    return f"Compare it with *{section}* in the manual: story/README.md, or MANUAL.md of a new story."


def _shape_in_words(kind: type[Shape], path: tuple[str | int, ...], error_type: str) -> str:
    """Return how to write the value at a path: as a list, a mapping or a shape's keys. pydantic gives `error_type`."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "it")
    if path and isinstance(path[-1], int):
        below = _example(_keys(kind, path)) or "a-name: …"
        return f"Write a list of keys and values: `{name}: [{{{below}}}]`."
    if error_type == "list_type":
        return f"Write a list: `{name}: [one, two]`, or a line with `- ` before each."
    if error_type == "model_type":
        return f"Write its keys behind it: `{name}: {{{_example(_keys(kind, path))}}}`."
    below = _example(_keys(kind, (*path, "a-name")))
    return f"Write a name before each: `{name}: {{a-name: {f'{{{below}}}' if below else '…'}}}`."


def _example(keys: Sequence[str]) -> str:
    """Return an example with the first few keys that a shape can have: "say: …, goto: …, …"."""
    return ", ".join(f"{key}: …" for key in keys[:MOST_KEYS]) + (", …" if len(keys) > MOST_KEYS else "")


def _effect(variable: str, value: Any) -> str:
    """Return the effect to suggest where an author wrote one as a key and a value: "fear = true" for `fear: true`."""
    return f"{variable} = {str(value).lower() if isinstance(value, bool) else _short(value)}"


def _name(document: Document, path: Sequence[str | int]) -> str:
    """Return the last key in the part of a path that the document has. Pydantic's paths may have further steps."""
    source_map, name = document.source_map, ""
    for step in path:
        if step not in source_map.parts:
            break
        source_map = source_map.parts[step]
        name = step if isinstance(step, str) else name
    return name


def _keys(kind: Any, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys of the shape that a path leads to."""
    for step in path:
        kind = _unwrapped(annotation_below(kind, str(step)))
    return list(_annotations(kind)) if is_shape(kind) else []


def is_shape(kind: Any) -> bool:
    """Return whether an annotation is a shape."""
    return isinstance(kind, type) and issubclass(kind, Shape)


def annotation_below(kind: Any, key: str) -> Any:
    """Return the annotation of a shape's key, or of the values of a list or mapping; None for any other annotation."""
    return _annotations(kind).get(key) if is_shape(kind) else next(iter(typing.get_args(kind)[-1:]), None)


@cache
def _annotations(kind: type[Shape]) -> Mapping[str, Any]:
    hints = typing.get_type_hints(kind, include_extras=True)
    return {field.alias or name: hints[name] for name, field in kind.model_fields.items()}


def _unwrapped(kind: Any) -> Any:
    """Return an annotation without Optional and Annotated around it."""
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
