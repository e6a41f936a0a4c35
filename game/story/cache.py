"""A checked story kept as JSON, so that starting neither parses YAML nor imports pydantic.

Keyed by the content of the pack's files and by this program's version. What is kept are values and the texts
of expressions, which are read again by our own grammar; each value is checked for the type of its field on the way in
(see json_decoder.py). A node stands in a line of its own, which is not read before the node is met.

A file is believed where nobody but this user may write it, or the folder, and where its seal is right, which is made
with a key that lies beside it. One that is damaged, half-written, or not believed is ignored and made anew.
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

FORMAT = 13
KEY_LENGTH = 32  # characters of one
SEAL_KEY_FILE = "seal-key"  # the name of the file in the folder that holds the key of all seals
_UNUSABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, MemoryError)


def cache_key(files: Iterable[tuple[str, bytes]]) -> str:
    """What a pack's files hash to, under this version of the program."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()[:KEY_LENGTH]


def read(folder: Path, key: str, anew: Callable[[], Story], language: str = "") -> Story | None:
    """The story that was kept under a key in this language ("": its own), or None.

    A node is read when it is met; where it turns out then to be none, it is taken from the story that `anew` loads, and
    the file is let go of.
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
        return _Decoder(nodes, _Fallback(path, anew)).story(kept["bits"], kept["story"])
    except _UNUSABLE:
        return None


def write(folder: Path, key: str, story: Story, language: str = "") -> None:
    """Keep a story under a key in place of what was kept in this language before.

    A folder that takes no file is no error.
    """
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
    """What shows damage to any line, also to those that are read much later, and a file that was made elsewhere."""
    return hashlib.blake2b(body, digest_size=16, key=sealing).hexdigest().encode()


def _seal_key(folder: Path) -> bytes:
    """The key of the seals in a folder, made where there is none that is believed. Raises OSError."""
    import secrets  # takes 3 ms, which a start with a valid cache need not spend

    try:
        return _read_seal_key(folder)
    except (OSError, ValueError):
        (folder / SEAL_KEY_FILE).unlink(missing_ok=True)  # a new one would have its owner and its mode
        write_atomic(folder / SEAL_KEY_FILE, secrets.token_hex(32), private=True)
        return _read_seal_key(folder)


def _read_seal_key(folder: Path) -> bytes:
    """Raises OSError, or ValueError where it is none."""
    sealing = bytes.fromhex(_read_private(folder / SEAL_KEY_FILE).decode("ascii"))
    if len(sealing) != 32:
        raise ValueError("this is no key of ours")
    return sealing


def _read_private(path: Path) -> bytes:
    """What a file holds. Raises OSError where it is no file that this user alone may write."""
    # A pipe in its place would keep us waiting for somebody who writes to it.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "rb") as stream:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or not _only_ours_to_write(path, found):
            raise PermissionError(13, "it is not this user's alone", str(path))
        return stream.read()


def _only_ours_to_write(path: Path, found: os.stat_result) -> bool:
    """Whether nobody else may write a file or folder: its owner is this user, and its mode lets no group and nobody
    else write. Windows tells neither; there it is what lies in the user's own folder, which is closed to others."""
    if hasattr(os, "getuid"):
        return found.st_uid == os.getuid() and not found.st_mode & 0o022
    try:
        return path.resolve().is_relative_to(Path.home().resolve())
    except RuntimeError:  # nobody's home
        return False


def _close_to_others(folder: Path) -> None:
    """Take from others the right to write in a folder of ours: an older version, or a umask, may have given it."""
    found = folder.stat()
    if hasattr(os, "getuid") and found.st_uid == os.getuid() and found.st_mode & 0o022:
        folder.chmod(stat.S_IMODE(found.st_mode) & ~0o022)


def _bits(story: Story) -> dict[tuple[str, str], int]:
    """Which bit of a state stands for which `seen` and `chose`."""
    bits = {("seen", node.full_id): node.bit for node in story.nodes.values()}
    bits |= {("chose", choice.full_id): choice.bit for node in story.nodes.values() for choice in node.choices}
    return {key: bit for key, bit in bits.items() if bit is not None}


class _Encoder:
    """Values as JsonDecoder reads them. Nodes go into lines beside it."""

    def __init__(self) -> None:
        self.nodes: list[str] = []

    def encoded(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | str):
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
    """A story that is loaded from its pack where a kept one turns out to hold a node that is none."""

    def __init__(self, path: Path, anew: Callable[[], Story]) -> None:
        self._path, self._anew = path, anew
        self._story: Story | None = None

    def node(self, chapter: str, id: str) -> Node:
        if self._story is None:
            with suppress(OSError):
                self._path.unlink()
            self._story = self._anew()
        return self._story.chapters[chapter].nodes[id]


class _Decoder:
    """Every scope of one story shares its variables and bits, which are known before the first expression runs."""

    def __init__(self, nodes: list[bytes], spare: _Fallback) -> None:
        self._nodes, self._spare = nodes, spare
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
        """Raises WrongType, and what else there is to raise on JSON that says something else."""
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
            return self._spare.node(chapter, id)
        return node

    def _scope(self, chapter: str) -> Scope:
        if chapter not in self._scopes:
            self._scopes[chapter] = Scope(self._variables, self._index, self._bits, chapter)
        return self._scopes[chapter]
