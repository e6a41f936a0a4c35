"""Typed JSON decoder: JSON -> values of dataclasses, each field checked against its annotation.

A tuple or a set is a list, a mapping a list of pairs, and a value of a class a list that begins with the class's name.
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
    """A value is of another type than its field."""


class JsonDecoder:
    """Makes a decoder for each type on first use. `special` are decoders for types that bring their own."""

    def __init__(self, special: Mapping[Any, Decode]) -> None:
        self._made: dict[Any, Decode] = {**special}
        self._types: dict[tuple[str, str], Any] = {}

    def of(self, expected: Any) -> Decode:
        """The decoder of a type, as an annotation has it; it raises WrongType. Raises TypeError where there is none."""
        try:
            return self._made[expected]
        except KeyError:
            made = self._made[expected] = self._make(expected)
            return made

    def of_class(self, cls: type, but: str = "") -> Decode:
        """The decoder of a dataclass; `but` names a field that is left out and gets its default."""
        names = [one.name for one in fields(cls) if one.init and one.name != but]
        types = [self._type(cls, one.type) for one in fields(cls) if one.init and one.name != but]
        each = [(_at_sight(one), self.of(one)) for one in types]
        # Values of a class come as few combinations of JSON types. Which fields of a combination need decoding is
        # cached, so that a load takes no longer than one without checks.
        known: dict[tuple[type, ...], list[tuple[int, Decode]]] = {}

        def parts_to_decode(kinds: tuple[type, ...]) -> list[tuple[int, Decode]]:
            if len(kinds) != len(each) + 1:
                _wrong(kinds, cls.__name__)
            return [(i, one) for i, (kind, (plain, one)) in enumerate(zip(kinds[1:], each, strict=True), 1)
                    if kind not in plain]  # fmt: skip

        def decode(value: Any) -> Any:
            if type(value) is not list or not value or value[0] != cls.__name__:
                _wrong(value, cls.__name__)
            kinds = (*map(type, value),)
            if (parts := known.get(kinds)) is None:
                parts = known[kinds] = parts_to_decode(kinds)
            _, *decoded = value
            for i, one in parts:
                decoded[i - 1] = one(value[i])
            return cls(**dict(zip(names, decoded, strict=True))) if but else cls(*decoded)

        return decode

    def _type(self, cls: type, annotation: Any) -> Any:
        """Evaluate an annotation of our own source. `get_type_hints` evaluates the same few dozen again for each class,
        which takes two milliseconds of a start."""
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
        """A plain value of one of these types, or a list of one of them; where several are lists, they are classes."""
        plain = tuple(one for one in alternatives if one in _PLAIN)
        lists = [one for one in alternatives if one not in _PLAIN]
        if not lists:
            return _plain(plain)
        if len(lists) == 1:
            of_list = self.of(lists[0])
        else:
            by_name = {one.__name__: self.of(one) for one in lists}

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
    """The plain types that need no decoding where this type is expected."""
    options = get_args(expected) if get_origin(expected) is UnionType else (expected,)
    return tuple(one for one in options if one in _PLAIN)


def _each(decode: Decode, collect: Callable[[list[Any]], Any], at_sight: tuple[type, ...]) -> Decode:
    def decoded(value: Any) -> Any:
        if type(value) is not list:
            _wrong(value, "a list")
        return collect([one if type(one) in at_sight else decode(one) for one in value])

    return decoded


def tuple_decoder(each: Sequence[Decode]) -> Decode:
    """The decoder of a list with one value for each of these decoders, in order, to a tuple."""

    def decoded(value: Any) -> Any:
        if type(value) is not list or len(value) != len(each):
            _wrong(value, f"a list of {len(each)}")
        return tuple([decode(one) for decode, one in zip(each, value, strict=True)])

    return decoded


def _pairs(of_key: Decode, of_value: Decode) -> Decode:
    def decoded(value: Any) -> Any:
        if type(value) is not list or set(map(type, value)) - {list}:
            _wrong(value, "a list of pairs")
        found = {of_key(key): of_value(one) for key, one in value}  # a list of other than two is a ValueError, too
        return found if len(found) == len(value) else _wrong(value, "keys that differ")

    return decoded


def _wrong(value: Any, expected: str) -> NoReturn:
    raise WrongType(f"{value!r:.60} is not {expected}")
