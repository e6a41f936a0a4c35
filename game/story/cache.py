"""Cache of loaded stories as JSON, so that a start neither parses YAML nor imports pydantic.

The key is a hash of the pack's files and this program's version. A file holds values and the texts of expressions,
which are parsed again; each value is checked against the type of its field (see json_decoder.py). Each node has a line
of its own, which is decoded on the node's first use.

A file is trusted only if nobody but this user may write it or its folder, and its keyed hash (the seal) is right; the
key lies beside it. A file that is damaged, truncated or not trusted is ignored and written anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from game import __version__
from game.core.files import write_atomic
from game.core.json_decoder import JsonDecoder, WrongType, tuple_decoder
from game.core.lazy_mapping import LazyMapping
from game.lang.expressions import Effects, Expression
from game.lang.typecheck import Scope
from game.story.model import Chapter, Node, Story, Variable

FORMAT = 15
KEY_LENGTH = 32  # characters of a cache key
SEAL_KEY_FILE = "seal-key"  # the file in the cache's folder with the key of all seals
_UNUSABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, MemoryError)


def cache_key(files: Iterable[tuple[str, bytes]]) -> str:
    """The cache key of a pack's files, given as (name, content), under this version of the program."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()[:KEY_LENGTH]


def read(folder: Path, key: str, load: Callable[[], Story], language: str = "") -> Story | None:
    """Read a story from the cache.

    Args:
        folder: the cache's folder.
        key: the `cache_key` of the pack's files.
        load: loads the story from its pack: the fallback for a node whose line turns out to be invalid later; the
            file is then deleted.
        language: as for `game.story.load`.

    Returns:
        The story; None where there is none, or none that is trusted.
    """
    try:
        path = _path(folder, key, language)
        if not _only_ours_to_write(folder, folder.stat()):
            return None
        seal, _, body = _read_private(path).partition(b"\n")
        if seal != _seal(body, _read_seal_key(folder)):
            return None
        frame, *nodes = body.split(b"\n")
        kept = json.loads(frame)
        if type(kept) is not dict or kept.get("key") != key:
            return None
        return _Decoder(nodes, _Fallback(path, load)).story(kept["bits"], kept["story"])
    except _UNUSABLE:
        return None


def write(folder: Path, key: str, story: Story, language: str = "") -> None:
    """Write a story to the cache, in place of the last one in this language. A read-only folder is no error."""
    encoder = _Encoder()
    encoded = encoder.encoded(story)
    bits = [[verb, full, bit] for (verb, full), bit in _bits(story).items()]
    body = "\n".join([json.dumps({"key": key, "bits": bits, "story": encoded}), *encoder.nodes])
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(folder)
        if not _only_ours_to_write(folder, folder.stat()):
            return
        for old in folder.glob(_path(folder, "?" * KEY_LENGTH, language).name):
            old.unlink()
        seal = _seal(body.encode(), _seal_key(folder)).decode()
        write_atomic(_path(folder, key, language), f"{seal}\n{body}", private=True)


def _path(folder: Path, key: str, language: str) -> Path:
    return folder / f"{language or 'story'}-{key}.json"


def _seal(body: bytes, sealing: bytes) -> bytes:
    """A keyed hash, which detects damage to any line, also to those decoded later, and files made elsewhere."""
    return hashlib.blake2b(body, digest_size=16, key=sealing).hexdigest().encode()


def _seal_key(folder: Path) -> bytes:
    """The key of the seals in a folder, made anew where there is none to be trusted. Raises OSError."""
    import secrets  # takes 3 ms, which a start with a valid cache need not spend

    try:
        return _read_seal_key(folder)
    except (OSError, ValueError):
        (folder / SEAL_KEY_FILE).unlink(missing_ok=True)  # else the new one would keep its owner and its mode
        write_atomic(folder / SEAL_KEY_FILE, secrets.token_hex(32), private=True)
        return _read_seal_key(folder)


def _read_seal_key(folder: Path) -> bytes:
    """The key of the seals. Raises OSError, or ValueError where the file holds none."""
    sealing = bytes.fromhex(_read_private(folder / SEAL_KEY_FILE).decode("ascii"))
    if len(sealing) != 32:
        raise ValueError("this is no key of ours")
    return sealing


def _read_private(path: Path) -> bytes:
    """The content of a regular file that only this user may write; OSError on any other."""
    # Non-blocking, since opening a pipe would wait for a writer.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "rb") as stream:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or not _only_ours_to_write(path, found):
            raise PermissionError(13, "it is not this user's alone", str(path))
        return stream.read()


def _only_ours_to_write(path: Path, found: os.stat_result) -> bool:
    """Whether only this user may write a file or folder, by its owner and mode.

    Windows tells neither: there it must lie in the user's home, which is closed to others.
    """
    if hasattr(os, "getuid"):
        return found.st_uid == os.getuid() and not found.st_mode & 0o022
    try:
        return path.resolve().is_relative_to(Path.home().resolve())
    except RuntimeError:  # there is no home
        return False


def _close_to_others(folder: Path) -> None:
    """Remove group and other write permission from our folder: an older version, or a umask, may have set it."""
    found = folder.stat()
    if hasattr(os, "getuid") and found.st_uid == os.getuid() and found.st_mode & 0o022:
        folder.chmod(stat.S_IMODE(found.st_mode) & ~0o022)


def _bits(story: Story) -> dict[tuple[str, str], int]:
    """The bit in a state of each (verb, full id) of `seen` and `chose`."""
    bits = {("seen", node.full_id): node.bit for node in story.nodes.values()}
    bits |= {("chose", choice.full_id): choice.bit for node in story.nodes.values() for choice in node.choices}
    return {key: bit for key, bit in bits.items() if bit is not None}


class _Encoder:
    """Encodes values as JsonDecoder reads them; nodes are collected as lines in `nodes`."""

    def __init__(self) -> None:
        self.nodes: list[str] = []

    def encoded(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, tuple):
            return [*map(self.encoded, value)]
        if isinstance(value, frozenset):
            return sorted(map(self.encoded, value))
        if isinstance(value, Mapping):
            return [[self.encoded(key), self.encoded(one)] for key, one in value.items()]
        if isinstance(value, Expression):
            return ["Expression", value.scope.chapter, value.text, *map(self.encoded, (value.reads, value.recalls))]
        if isinstance(value, Effects):
            parts = (value.texts, value.reads, value.writes, value.recalls)
            return ["Effects", value.scope.chapter, *map(self.encoded, parts)]
        if isinstance(value, Chapter):
            first = len(self.nodes)
            self.nodes += [json.dumps(self._fields(node)) for node in value.nodes.values()]
            return [first, [*value.nodes], self._fields(value, but="nodes")]
        return self._fields(value)

    def _fields(self, value: Any, but: str = "") -> list[Any]:
        each = (field.name for field in dataclasses.fields(value) if field.init and field.name != but)
        return [type(value).__name__, *(self.encoded(getattr(value, name)) for name in each)]


class _Fallback:
    """Loads the story from its pack when a cached node turns out to be invalid, and deletes the cache file."""

    def __init__(self, path: Path, load: Callable[[], Story]) -> None:
        self._path, self._load = path, load
        self._story: Story | None = None

    def node(self, chapter: str, id: str) -> Node:
        if self._story is None:
            with suppress(OSError):
                self._path.unlink()
            self._story = self._load()
        return self._story.chapters[chapter].nodes[id]


class _Decoder:
    """Decodes one story. All its scopes share its variables and bits, which are filled before an expression runs."""

    def __init__(self, nodes: list[bytes], fallback: _Fallback) -> None:
        self._nodes, self._fallback = nodes, fallback
        self._bits: dict[tuple[str, str], int] = {}
        self._variables: dict[str, Variable] = {}
        self._index: dict[str, int] = {}
        self._scopes: dict[str, Scope] = {}
        self._types = JsonDecoder({Expression: self._expression, Effects: self._effects, Chapter: self._chapter})
        names, recalls = self._types.of(frozenset[str]), self._types.of(frozenset[tuple[str, str]])
        text, texts = self._types.of(str), self._types.of(tuple[str, ...])
        self._parts_of_expression = tuple_decoder([text, text, text, names, recalls])
        self._parts_of_effects = tuple_decoder([text, text, texts, names, names, recalls])
        self._parts_of_chapter = tuple_decoder([self._types.of(int), texts, self._types.of_class(Chapter, but="nodes")])

    def story(self, bits: Any, encoded: Any) -> Story:
        """The story. Raises WrongType, or any of _UNUSABLE on JSON of another form."""
        for verb, full, bit in self._types.of(tuple[tuple[str, str, int], ...])(bits):
            self._bits[verb, full] = bit
        if sorted(self._bits.values()) != [*range(len(bits))]:
            raise WrongType("places in a state follow one another")
        story: Story = self._types.of(Story)(encoded)
        self._variables.update(story.variables)
        self._index.update(story.index)
        return story

    def _expression(self, value: Any) -> Expression:
        name, chapter, text, reads, recalls = self._parts_of_expression(value)
        if name != "Expression":
            raise WrongType("this is no expression")
        return Expression(text, self._scope(chapter), reads, recalls)

    def _effects(self, value: Any) -> Effects:
        name, chapter, texts, reads, writes, recalls = self._parts_of_effects(value)
        if name != "Effects":
            raise WrongType("these are no effects")
        return Effects(texts, self._scope(chapter), reads, writes, recalls)

    def _chapter(self, value: Any) -> Chapter:
        parts: tuple[int, tuple[str, ...], Chapter] = self._parts_of_chapter(value)
        first, ids, chapter = parts
        lines = self._nodes[first : first + len(ids)]
        if first < 0 or len({*ids}) != len(lines):
            raise WrongType("each node has one line")
        if not all(line.startswith(f'["Node", "{id}", '.encode()) for id, line in zip(ids, lines, strict=True)):
            raise WrongType("this is another node's line")
        places = {id: (chapter.id, id, line) for id, line in zip(ids, lines, strict=True)}
        return dataclasses.replace(chapter, nodes=LazyMapping(places, self._node))

    def _node(self, place: tuple[str, str, bytes]) -> Node:
        chapter, id, line = place
        try:
            node: Node = self._types.of(Node)(json.loads(line))
            told = {("seen", node.full_id): node.bit, **{("chose", one.full_id): one.bit for one in node.choices}}
            if (node.id, node.full_id) != (id, f"{chapter}.{id}") or any(
                self._bits.get(recalled) != bit for recalled, bit in told.items()
            ):
                raise WrongType("this is another node")
        except _UNUSABLE:
            return self._fallback.node(chapter, id)
        return node

    def _scope(self, chapter: str) -> Scope:
        if chapter not in self._scopes:
            self._scopes[chapter] = Scope(self._variables, self._index, self._bits, chapter)
        return self._scopes[chapter]
