"""The messages of phones, parsed from JSON. Bad input raises Refused (`malformed`) and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.classroom.commands import Refused
from game.core.compact_json import parse_object
from game.core.values import frozen

_LONGEST = 100  # the most characters of a text; tokens have 43, and ids are shorter
_LARGEST = 2**53  # the largest integer of JavaScript


@frozen
class Join:
    """A request for a seat at one door; None means any door."""

    code: str
    door: str | None = None


@frozen
class Ballot:
    """A choice in the vote with this number."""

    choice: str
    number: int


@frozen
class Poll:
    """A phone without a socket asks for its page. `version` is the version of the page that the phone has."""

    token: str
    version: int


def parse_join(text: str | bytes) -> Join:
    data = _object(text)
    return Join(_text(data, "code"), _text(data, "door") if data.get("door") is not None else None)


def parse_hello(text: str | bytes) -> str:
    """Return the token in a socket's first message."""
    return _text(_object(text), "token")


def parse_ballot(text: str | bytes) -> Ballot:
    data = _object(text)
    return Ballot(_text(data, "vote"), _whole(data, "round"))


def parse_poll(text: str | bytes) -> Poll:
    data = _object(text)
    return Poll(_text(data, "token"), _whole(data, "version"))


def _object(text: str | bytes) -> Mapping[str, Any]:
    try:
        return parse_object(text)
    except ValueError:
        raise Refused("malformed") from None


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise Refused("malformed")
    return value


def _whole(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _LARGEST:
        raise Refused("malformed")
    return value
