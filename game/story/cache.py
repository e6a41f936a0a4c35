"""A checked story kept as JSON, so that starting neither parses YAML nor imports pydantic.

Keyed by the content of the pack's files and by this program's version. What is kept are values and the texts
of expressions, which are read again by our own grammar: a cache can hold no code. A node stands in a line of
its own, which is not read before the node is met. A file that is damaged, half-written, or in anybody else's
hands is ignored and made anew.
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
from game.story import guide, markup, model
from game.story.expressions import Effects, Expression, Scope
from game.story.lazily import Lazily
from game.story.model import Chapter, Node, Story

FORMAT = 11
KEY = 32  # characters of one
_CLASSES = {
    cls.__name__: cls
    for cls in (
        *(
            one
            for room in (model, guide)
            for one in vars(room).values()
            if dataclasses.is_dataclass(one) and isinstance(one, type)
        ),
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
    return hashed.hexdigest()[:KEY]


def recall(folder: Path, key: str, language: str = "") -> Story | None:
    """The story that was kept under a key in this language ("": its own), or None."""
    try:
        if not _ours(folder.stat()):
            return None
        with _path(folder, key, language).open("rb") as file:
            if not _ours(os.fstat(file.fileno())):
                return None
            seal, _, body = file.read().partition(b"\n")
        if seal != _seal(body):
            return None
        frame, *nodes = body.split(b"\n")
        kept = json.loads(frame)
        return _Decoder(kept["bits"], nodes).story(kept["story"]) if kept["key"] == key else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, key: str, story: Story, language: str = "") -> None:
    """Keep a story under a key in place of what was kept in this language before.

    A folder that takes no file is no error.
    """
    from game.files import write_whole

    encoder = _Encoder()
    encoded = encoder.encoded(story)
    bits = [[verb, full, bit] for (verb, full), bit in _bits(story).items()]
    body = "\n".join([json.dumps({"key": key, "bits": bits, "story": encoded}), *encoder.nodes])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(folder.stat()):
            return
        for old in folder.glob(_path(folder, "?" * KEY, language).name):
            old.unlink()
        write_whole(_path(folder, key, language), f"{_seal(body.encode()).decode()}\n{body}")
    except OSError:
        pass


def _path(folder: Path, key: str, language: str) -> Path:
    return folder / f"{language or 'story'}-{key}.json"


def _seal(body: bytes) -> bytes:
    """What shows damage to any line, also to those that are read much later."""
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()


def _ours(found: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user and is not open to everybody's writing."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o002)


def _bits(story: Story) -> dict[tuple[str, str], int]:
    """Which bit of a state stands for which `seen` and `chose`."""
    bits = {("seen", node.full_id): node.bit for node in story.nodes.values()}
    bits |= {("chose", choice.full_id): choice.bit for node in story.nodes.values() for choice in node.choices}
    return {key: bit for key, bit in bits.items() if bit is not None}


class _Encoder:
    """Values as plain JSON: every list starts with what it stands for. Nodes go into lines beside it."""

    def __init__(self) -> None:
        self.nodes: list[str] = []

    def encoded(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, tuple):
            return ["tuple", *map(self.encoded, value)]
        if isinstance(value, frozenset):
            return ["set", *sorted(map(self.encoded, value))]
        if isinstance(value, Mapping):
            return ["map", *([self.encoded(key), self.encoded(one)] for key, one in value.items())]
        if isinstance(value, Expression):
            parts = (value.reads, value.recalls)
            return ["Expression", value.scope.chapter, value.text, *map(self.encoded, parts)]
        if isinstance(value, Effects):
            return [
                "Effects",
                value.scope.chapter,
                *map(self.encoded, (value.texts, value.reads, value.writes, value.recalls)),
            ]
        if isinstance(value, Chapter) and value.nodes:
            first = len(self.nodes)
            self.nodes += [json.dumps(self._fields(node)) for node in value.nodes.values()]
            return ["Chapter", first, [*value.nodes], self._fields(dataclasses.replace(value, nodes={}))]
        return self._fields(value)

    def _fields(self, value: Any) -> list[Any]:
        fields = (field for field in dataclasses.fields(value) if field.init)
        return [type(value).__name__, *(self.encoded(getattr(value, field.name)) for field in fields)]


class _Decoder:
    """Every scope of one story shares its variables and bits, which are known before the first expression runs."""

    def __init__(self, bits: list[list[Any]], nodes: list[bytes]) -> None:
        self._bits = {(verb, full): bit for verb, full, bit in bits}
        self._nodes = nodes
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
            case "Chapter" if isinstance(parts[0], int):
                first, ids, chapter = parts
                lines = dict(zip(ids, self._nodes[first : first + len(ids)], strict=True))
                return dataclasses.replace(self.decoded(chapter), nodes=Lazily(lines, self._node))
            case _:
                return _CLASSES[kind](*map(self.decoded, parts))

    def _node(self, line: bytes) -> Node:
        node: Node = self.decoded(json.loads(line))
        return node

    def _scope(self, chapter: str) -> Scope:
        if chapter not in self._scopes:
            self._scopes[chapter] = Scope(self._variables, self._index, self._bits, chapter)
        return self._scopes[chapter]
