"""Typed JSON decoder: makes values of dataclasses, and checks each field against its annotation.

JSON has fewer types than Python. So a tuple or set is stored as a list, a mapping as a list of pairs, and an object of
a class as a list that begins with the class's name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, get_args, get_origin

Decode = Callable[[Any], Any]

_PLAIN = (str, int, float, bool, NoneType)


class WrongType(ValueError):
    """Raised when a value does not have the type of its field."""


class JsonDecoder:
    """Supplies the decoder of each type, made on first use. `special` maps types to decoders that are used as given."""

    def __init__(self, special: Mapping[Any, Decode]) -> None:
        self._made: dict[Any, Decode] = {**special}
        self._types: dict[tuple[str, str], Any] = {}

    def of(self, expected: Any) -> Decode:
        """Return the decoder of a type, or raise TypeError. The decoder raises WrongType for values of another type."""
        try:
            return self._made[expected]
        except KeyError:
            made = self._made[expected] = self._make(expected)
            return made

    def of_class(self, cls: type, but: str = "") -> Decode:
        """Return the decoder of a dataclass. The field named `but` is not decoded, and keeps its default."""
        names, types = zip(*((f.name, f.type) for f in fields(cls) if f.init and f.name != but), strict=True)
        each = [(_at_sight(type_), self.of(type_)) for type_ in (self._type(cls, annotation) for annotation in types)]
        # The objects of a class have few combinations of JSON types. Cache which fields of a combination need decoding:
        # loading is then as fast as without checks.
        known: dict[tuple[type, ...], list[tuple[int, Decode]]] = {}

        def parts_to_decode(kinds: tuple[type, ...]) -> list[tuple[int, Decode]]:
            if len(kinds) != len(each) + 1:
                _wrong(kinds, cls.__name__)
            parts = enumerate(zip(kinds[1:], each, strict=True), 1)
            return [(i, decode_part) for i, (kind, (plain, decode_part)) in parts if kind not in plain]

        def decode(value: Any) -> Any:
            if type(value) is not list or not value or value[0] != cls.__name__:
                _wrong(value, cls.__name__)
            kinds = (*map(type, value),)
            if (parts := known.get(kinds)) is None:
                parts = known[kinds] = parts_to_decode(kinds)
            _, *decoded = value
            for i, decode_part in parts:
                decoded[i - 1] = decode_part(value[i])
            return cls(**dict(zip(names, decoded, strict=True))) if but else cls(*decoded)

        return decode

    def _type(self, cls: type, annotation: Any) -> Any:
        """Return the type that a field's annotation in `cls` means. The annotation is text of the program's own source.
        Equal annotations are evaluated only once; `get_type_hints` would take 2 ms longer at the start."""
        at = cls.__module__, annotation
        if at not in self._types:
            self._types[at] = eval(annotation, vars(sys.modules[cls.__module__]))
        return self._types[at]

    def _make(self, expected: Any) -> Decode:
        origin, arguments = get_origin(expected), get_args(expected)
        if expected in _PLAIN:
            return _plain((expected,))
        if origin is Literal:
            return _one_of(arguments)
        if origin is UnionType:
            return self._union(arguments)
        if origin is tuple and arguments[-1] is ...:
            return _each(self.of(arguments[0]), tuple, _at_sight(arguments[0]))
        if origin is tuple:
            return tuple_decoder([*map(self.of, arguments)])
        if origin is frozenset:
            return _each(self.of(arguments[0]), frozenset, _at_sight(arguments[0]))
        if origin is Mapping:
            return _pairs(*map(self.of, arguments))
        return self.of_class(expected)

    def _union(self, alternatives: Sequence[Any]) -> Decode:
        """Return the decoder of a union of types. If two or more of the types are stored as lists, each of these must
        be a dataclass: only the list of a dataclass begins with a name."""
        plain = tuple(alternative for alternative in alternatives if alternative in _PLAIN)
        lists = [alternative for alternative in alternatives if alternative not in _PLAIN]
        if not lists:
            return _plain(plain)
        if len(lists) == 1:
            of_list = self.of(lists[0])
        else:
            by_name = {cls.__name__: self.of(cls) for cls in lists}

            def of_list(value: Any) -> Any:
                if not value or type(value[0]) is not str or value[0] not in by_name:
                    _wrong(value, " or ".join(by_name))
                return by_name[value[0]](value)

        def decode(value: Any) -> Any:
            if type(value) is list:
                return of_list(value)
            return value if type(value) in plain else _wrong(value, str(alternatives))

        return decode


def _plain(types: tuple[type, ...]) -> Decode:
    if len(types) == 1:
        (only,) = types

        def decode(value: Any) -> Any:
            return value if type(value) is only else _wrong(value, only.__name__)

        return decode
    return lambda value: value if type(value) in types else _wrong(value, str(types))


def _one_of(values: tuple[Any, ...]) -> Decode:
    known = frozenset(values)
    return lambda value: value if type(value) is str and value in known else _wrong(value, str(values))


def _at_sight(expected: Any) -> tuple[type, ...]:
    """Return the plain types among the types that `expected` allows. A value of a plain type needs no decoding."""
    options = get_args(expected) if get_origin(expected) is UnionType else (expected,)
    return tuple(option for option in options if option in _PLAIN)


def _each(decode: Decode, collect: Callable[[list[Any]], Any], at_sight: tuple[type, ...]) -> Decode:
    def decoded(value: Any) -> Any:
        if type(value) is not list:
            _wrong(value, "a list")
        return collect([element if type(element) in at_sight else decode(element) for element in value])

    return decoded


def tuple_decoder(each: Sequence[Decode]) -> Decode:
    """Return a decoder from a list to a tuple of the same length, whose elements `each` decodes in order."""

    def decoded(value: Any) -> Any:
        if type(value) is not list or len(value) != len(each):
            _wrong(value, f"a list of {len(each)}")
        return tuple([decode(element) for decode, element in zip(each, value, strict=True)])

    return decoded


def _pairs(of_key: Decode, of_value: Decode) -> Decode:
    def decoded(value: Any) -> Any:
        if type(value) is not list or set(map(type, value)) - {list}:
            _wrong(value, "a list of pairs")
        found = {of_key(key): of_value(item) for key, item in value}  # an item that is not a pair is a ValueError, too
        return found if len(found) == len(value) else _wrong(value, "keys that differ")

    return decoded


def _wrong(value: Any, expected: str) -> NoReturn:
    raise WrongType(f"{value!r:.60} is not {expected}")
