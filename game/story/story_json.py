"""Write a loaded story as lines of JSON, and read it again.

The cache uses this, and so does a browser, which has neither YAML nor pydantic. The lines hold values and the texts of
expressions, which are parsed again. Each value is checked against its field's type (see json_decoder.py). Each node has
its own line, which is decoded on first use.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from game.core.json_decoder import JsonDecoder, WrongType, tuple_decoder
from game.core.lazy_mapping import LazyMapping
from game.lang.expressions import Effects, Expression
from game.lang.typecheck import Scope
from game.story.model import Chapter, Node, Story, Variable

# The errors that reading invalid lines may raise.
UNUSABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, MemoryError)
NodeLoader = Callable[[str, str], Node]  # gives a node, by the ids of its chapter and of itself


def to_lines(story: Story, key: str) -> str:
    """Return a story as lines of JSON. `key` identifies the program's version and the pack's files."""
    encoder = _Encoder()
    encoded = encoder.encoded(dataclasses.replace(story, folder=""))  # which may be elsewhere when it is read
    bits = [[*key, bit] for node in story.nodes.values() for key, bit in _bits(node).items() if bit is not None]
    return "\n".join([json.dumps({"key": key, "bits": bits, "story": encoded}), *encoder.nodes])


def from_lines(lines: bytes, key: str, fallback: NodeLoader) -> Story | None:
    """Read a story from the lines and the key of `to_lines`. Return None if the key differs.

    If a node's line turns out to be invalid on first use, `fallback` supplies the node. Raises one of UNUSABLE if the
    lines do not hold a story.
    """
    frame, *nodes = lines.split(b"\n")
    kept = json.loads(frame)
    if type(kept) is not dict or kept.get("key") != key:
        return None
    return _Decoder(nodes, fallback).story(kept["bits"], kept["story"])


def _bits(node: Node) -> dict[tuple[str, str], int | None]:
    """Return the state bit of each (verb, full id) of a node and its choices; None if nothing asks for it."""
    return {("seen", node.full_id): node.bit, **{("chose", choice.full_id): choice.bit for choice in node.choices}}


class _Encoder:
    """Encodes values for JsonDecoder. It collects the lines of nodes in `nodes`."""

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
            return [[self.encoded(key), self.encoded(item)] for key, item in value.items()]
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


class _Decoder:
    """Decodes one story. All expressions share its variables and bits, which are complete before an expression runs."""

    def __init__(self, nodes: list[bytes], fallback: NodeLoader) -> None:
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
        """Decode a story that `_Encoder` encoded. `bits` has a (verb, full id, bit) for each `seen` and `chose` that is
        asked. Raises WrongType, or any of UNUSABLE if the JSON has another form."""
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
            raise WrongType("this is not an expression")
        return Expression(text, self._scope(chapter), reads, recalls)

    def _effects(self, value: Any) -> Effects:
        name, chapter, texts, reads, writes, recalls = self._parts_of_effects(value)
        if name != "Effects":
            raise WrongType("these are not effects")
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
            fits = all(self._bits.get(recalled) == bit for recalled, bit in _bits(node).items())
            if not fits or (node.id, node.full_id) != (id, f"{chapter}.{id}"):
                raise WrongType("this is another node")
        except UNUSABLE:
            return self._fallback(chapter, id)
        return node

    def _scope(self, chapter: str) -> Scope:
        if chapter not in self._scopes:
            self._scopes[chapter] = Scope(self._variables, self._index, self._bits, chapter)
        return self._scopes[chapter]
