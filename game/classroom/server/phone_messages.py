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
    """A request for a seat at one door; None means any door.

    Here and below, `language` is the tag of the language of the pages that the phone wants; "" means the class's own.
    """

    code: str
    door: str | None = None
    language: str = ""


@frozen
class Hello:
    """The first message on a phone's socket. The token is that of the phone's seat."""

    token: str
    language: str = ""


@frozen
class Ballot:
    """A choice in the vote with this number."""

    choice: str
    number: int


@frozen
class Poll:
    """A request for the page of a phone without a socket. `version` is the version of the page that the phone has."""

    token: str
    version: int
    language: str = ""


def parse_join(text: str | bytes) -> Join:
    data = _object(text)
    return Join(_text(data, "code"), _text(data, "door") if data.get("door") is not None else None, _language(data))


def parse_language(text: str | bytes) -> str:
    """Return the language that a request asks for; "" if the request names none, or is empty."""
    return _language(_object(text)) if text else ""


def parse_hello(text: str | bytes) -> Hello:
    data = _object(text)
    return Hello(_text(data, "token"), _language(data))


def parse_ballot(text: str | bytes) -> Ballot:
    data = _object(text)
    return Ballot(_text(data, "vote"), _whole(data, "round"))


def parse_poll(text: str | bytes) -> Poll:
    data = _object(text)
    return Poll(_text(data, "token"), _whole(data, "version"), _language(data))


def _object(text: str | bytes) -> Mapping[str, Any]:
    try:
        return parse_object(text)
    except ValueError:
        raise Refused("malformed") from None


def _language(data: Mapping[str, Any]) -> str:
    return _text(data, "language") if data.get("language") is not None else ""


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
