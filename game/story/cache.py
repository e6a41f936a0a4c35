"""A checked story kept as JSON, so that starting neither parses YAML nor imports pydantic.

Keyed by the content of the pack's files and by this program's version. What is kept are values and the texts
of expressions, which are read again by our own grammar: a cache can hold no code. A file that is damaged,
half-written, or another user's is ignored and made anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from game import __version__
from game.story import markup, model
from game.story.expressions import Effects, Expression, Scope
from game.story.model import Story

FORMAT = 1
_CLASSES = {
    cls.__name__: cls
    for cls in (
        *(one for one in vars(model).values() if dataclasses.is_dataclass(one) and isinstance(one, type)),
        markup.Span,
        markup.InWords,
    )
}  # fmt: skip


def key_of(files: Iterable[tuple[str, bytes]]) -> str:
    """What a pack's files hash to, under this version of the program."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()[:32]


def recall(folder: Path, key: str) -> Story | None:
    """The story that was kept under a key, or None."""
    path = _path(folder, key)
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        kept = json.loads(path.read_bytes())
        if kept["key"] != key:
            return None
        return _Decoder(kept["bits"]).story(kept["story"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, key: str, story: Story) -> None:
    """Keep a story under a key in place of what was kept before. A folder that takes no file is no error."""
    from game.files import write_whole

    bits = [[verb, full, bit] for (verb, full), bit in _bits(story).items()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("story-*.json"):
            old.unlink()
        write_whole(_path(folder, key), json.dumps({"key": key, "bits": bits, "story": _encoded(story)}))
    except OSError:
        pass


def _path(folder: Path, key: str) -> Path:
    return folder / f"story-{key}.json"


def _bits(story: Story) -> dict[tuple[str, str], int]:
    """Which bit of a state stands for which `seen` and `chose`."""
    bits = {("seen", node.full_id): node.bit for node in story.nodes.values()}
    bits |= {("chose", choice.full_id): choice.bit for node in story.nodes.values() for choice in node.choices}
    return {key: bit for key, bit in bits.items() if bit is not None}


def _encoded(value: Any) -> Any:
    """Plain JSON: every list starts with what it stands for."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return ["tuple", *map(_encoded, value)]
    if isinstance(value, frozenset):
        return ["set", *sorted(map(_encoded, value))]
    if isinstance(value, Mapping):
        return ["map", *([_encoded(key), _encoded(one)] for key, one in value.items())]
    if isinstance(value, Expression):
        return ["Expression", value.scope.chapter, value.text, _encoded(value.reads), _encoded(value.recalls)]
    if isinstance(value, Effects):
        parts = (value.texts, value.reads, value.writes, value.recalls)
        return ["Effects", value.scope.chapter, *map(_encoded, parts)]
    fields = (field for field in dataclasses.fields(value) if field.init)
    return [type(value).__name__, *(_encoded(getattr(value, field.name)) for field in fields)]


class _Decoder:
    """Every scope of one story shares its variables and bits, which are known before the first expression runs."""

    def __init__(self, bits: list[list[Any]]) -> None:
        self._bits = {(verb, full): bit for verb, full, bit in bits}
        self._variables: dict[str, model.Variable] = {}
        self._index: dict[str, int] = {}
        self._scopes: dict[str, Scope] = {}

    def story(self, encoded: Any) -> Story:
        story = self.decoded(encoded)
        if not isinstance(story, Story):
            raise ValueError("no story")
        self._variables.update(story.variables)
        self._index.update(story.index)
        return story

    def decoded(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        kind, *parts = value
        match kind:
            case "tuple":
                return tuple(map(self.decoded, parts))
            case "set":
                return frozenset(map(self.decoded, parts))
            case "map":
                return {self.decoded(key): self.decoded(one) for key, one in parts}
            case "Expression":
                chapter, text, reads, recalls = parts
                return Expression(text, self._scope(chapter), self.decoded(reads), self.decoded(recalls))
            case "Effects":
                chapter, *rest = parts
                texts, reads, writes, recalls = map(self.decoded, rest)
                return Effects(texts, self._scope(chapter), reads, writes, recalls)
            case _:
                return _CLASSES[kind](*map(self.decoded, parts))

    def _scope(self, chapter: str) -> Scope:
        if chapter not in self._scopes:
            self._scopes[chapter] = Scope(self._variables, self._index, self._bits, chapter)
        return self._scopes[chapter]
