"""Frames: the messages between a teacher's program and a relay, one JSON object in each WebSocket message.

The teacher's program sends `open` first; the relay answers `room` or `refused`. Then `in` brings what a phone sent,
`gone` reports that a phone's socket closed, `out` is for one phone, several or all (`*`), and `close` ends the room.
`phone` is the id that the relay gave a phone. The relay never parses `data`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_args

from game.core import compact_json
from game.core.compact_json import to_compact_json
from game.core.values import frozen

SOCKET = "socket"  # the path of messages on a phone's socket; other paths are requests, each answered once
ALL = "*"
_TOKEN = re.compile(r"[\w-]{0,100}", re.ASCII)  # matches a seat's token, or a browser's name


class MalformedFrame(ValueError):
    """Raised if a text is not a valid frame. The message says in a few words what is wrong."""


@frozen
class Open:
    """From the teacher: asks for a new room; with `code` and `secret`, for an earlier room."""

    token: str = ""  # of a teacher, if the relay wants one
    code: str = ""
    secret: str = ""


@frozen
class Room:
    """From the relay: the code for phones, and the secret that proves that the teacher owns the room."""

    code: str
    secret: str


@frozen
class In:
    """From the relay: what a phone sent (`data`), on its socket (`path` is SOCKET) or as a request with this path."""

    phone: str
    path: str
    data: str
    cookie: str = ""  # the token of the browser's seat, if it has one
    browser: str = ""  # the names of a browser without a cookie, separated by spaces
    sender: str = ""  # for a request, a word that stands for its address, but does not reveal it


@frozen
class Out:
    """From the teacher: a message for phones. If `phones` is None, it is for all sockets of the room.

    The answer to a request has its HTTP status, and the `cookie` that the browser should store for this room. With
    status 307, `cookie` is a name for the browser, which sends its request again.
    """

    phones: tuple[str, ...] | None
    data: str
    status: int = 200
    cookie: str = ""


@frozen
class Gone:
    """From the relay: a phone's socket closed."""

    phone: str


@frozen
class Close:
    """From the teacher: the class is over, and the room's code is free again."""


@frozen
class Store:
    """From the relay: whether the relays can reach their shared store."""

    ok: bool


@frozen
class Refused:
    """From the relay: why there is no room, or why the link ends, in a word such as `token`, `full` or `taken`."""

    reason: str


Frame = Open | Room | In | Out | Gone | Close | Store | Refused
F = TypeVar("F", bound=Frame)
_FRAMES: Mapping[str, type[Frame]] = {kind.__name__.lower(): kind for kind in get_args(Frame)}


def to_text(frame: Frame) -> str:
    """Return a frame as one line of JSON. Fields with their default value are left out."""
    parts = {part.name: (getattr(frame, part.name), part.default) for part in fields(frame)}
    data = {name: value for name, (value, default) in parts.items() if value != default}
    if isinstance(frame, Out) and frame.phones is None:
        data["phones"] = ALL
    return to_compact_json({"frame": type(frame).__name__.lower(), **data})


def parse_frame(text: str) -> Frame:
    """Parse a frame from its line of JSON. Raises MalformedFrame if the text is not a frame."""
    data = parse_object(text)
    kind = data.get("frame")
    frame = _FRAMES.get(kind) if isinstance(kind, str) else None
    if frame is None:
        raise MalformedFrame("no frame of this kind")
    return parse_out(data) if frame is Out else _parse(frame, data)


def parse_out(data: Mapping[str, Any]) -> Out:
    """Parse an `Out` frame from its fields. Raises MalformedFrame if a field is missing or wrong."""
    phones = data.get("phones")
    if phones != ALL and not (isinstance(phones, list) and all(isinstance(phone, str) for phone in phones)):
        raise MalformedFrame("phones are no list")
    out = _parse(Out, data, phones=None if phones == ALL else tuple(phones))
    if not 200 <= out.status <= 599:
        raise MalformedFrame("status is not an HTTP status")
    if not _TOKEN.fullmatch(out.cookie):  # checked because it goes into headers
        raise MalformedFrame("cookie is not a token")
    return out


def _parse(kind: type[F], data: Mapping[str, Any], **known: Any) -> F:
    """Make a frame from `known` fields and the fields in `data`. Raises MalformedFrame if one is missing or wrong."""
    found = dict(known)
    for part in fields(kind):
        if part.name not in known:
            found[part.name] = value = data.get(part.name, part.default)
            if type(value).__name__ != part.type:
                raise MalformedFrame(f"{part.name} is not a {part.type}")
    return kind(**found)


def parse_object(text: str) -> dict[str, Any]:
    """Parse an object from a line of JSON. Raises MalformedFrame if the text is not a JSON object."""
    try:
        return compact_json.parse_object(text)
    except ValueError as error:
        raise MalformedFrame(str(error)) from None
