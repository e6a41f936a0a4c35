"""Frames: the messages between a teacher's program and a relay, one JSON object for each WebSocket message.

The teacher sends `open` first, and is answered by `room` or `refused`. After that `in` brings what a phone sent, `gone`
says that its socket closed, `out` is for one phone, for several or for all (`*`), and `close` ends the room. `data` is
never parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_args

from game.core import compact_json
from game.core.compact_json import to_compact_json
from game.core.values import frozen

SOCKET = "socket"  # the path of what a phone sends by its socket; other paths are requests, each answered once
ALL = "*"
_TOKEN = re.compile(r"[\w-]{0,100}", re.ASCII)  # of a seat, or a browser's name


class MalformedFrame(ValueError):
    """No frame: the message says why in a few words."""


@frozen
class Open:
    """The teacher asks for a room: a new one, or with `code` and `secret` the one that it had before."""

    token: str = ""
    code: str = ""
    secret: str = ""


@frozen
class Room:
    """The relay's answer: what phones join with, and what the teacher proves with that the room is its own."""

    code: str
    secret: str


@frozen
class In:
    """What a phone sent, by its socket or as a request with this path.

    Attributes:
        cookie: what its browser keeps.
        browser: the names of its browser before it keeps anything, with spaces between.
        sender: of a request, a word that is the same for all of one address in this room, and says nothing about it.
    """

    phone: str
    path: str
    data: str
    cookie: str = ""
    browser: str = ""
    sender: str = ""


@frozen
class Out:
    """What phones are to get. `phones` None means all sockets of the room.

    Of an answered request, `status` is its HTTP status, and `cookie` what the browser is to keep for this room; with
    307 it is a name of the browser, by which it asks again.
    """

    phones: tuple[str, ...] | None
    data: str
    status: int = 200
    cookie: str = ""


@frozen
class Gone:
    """A phone's socket closed."""

    phone: str


@frozen
class Close:
    """The class is over: the room's code is free again."""


@frozen
class Store:
    """Whether the relays can reach the store that they share (`ok`) or not."""

    ok: bool


@frozen
class Refused:
    """Why there is no room, or why the link ends: `token`, `full`, `taken`, `malformed`, `too-fast`."""

    reason: str


Frame = Open | Room | In | Out | Gone | Close | Store | Refused
F = TypeVar("F", bound=Frame)
_FRAMES: Mapping[str, type[Frame]] = {kind.__name__.lower(): kind for kind in get_args(Frame)}


def to_text(frame: Frame) -> str:
    """A frame as one line of JSON. What has its default is left out."""
    parts = {part.name: (getattr(frame, part.name), part.default) for part in fields(frame)}
    data = {name: value for name, (value, default) in parts.items() if value != default}
    if isinstance(frame, Out) and frame.phones is None:
        data["phones"] = ALL
    return to_compact_json({"frame": type(frame).__name__.lower(), **data})


def parse_frame(text: str) -> Frame:
    """A frame from its line of JSON. Raises MalformedFrame."""
    data = parse_object(text)
    kind = data.get("frame")
    frame = _FRAMES.get(kind) if isinstance(kind, str) else None
    if frame is None:
        raise MalformedFrame("no frame of this kind")
    return parse_out(data) if frame is Out else _parse(frame, data)


def parse_out(data: Mapping[str, Any]) -> Out:
    """An answer from its fields. Raises MalformedFrame."""
    phones = data.get("phones")
    if phones != ALL and not (isinstance(phones, list) and all(isinstance(one, str) for one in phones)):
        raise MalformedFrame("phones are no list")
    out = _parse(Out, data, phones=None if phones == ALL else tuple(phones))
    if not 200 <= out.status <= 599:
        raise MalformedFrame("status is no HTTP status")
    if not _TOKEN.fullmatch(out.cookie):  # it comes to stand in headers
        raise MalformedFrame("cookie is no token")
    return out


def _parse(kind: type[F], data: Mapping[str, Any], **known: Any) -> F:
    """A value from the fields of an object, each of the type that it has in its class. Raises MalformedFrame."""
    found = dict(known)
    for part in fields(kind):
        if part.name not in known:
            found[part.name] = value = data.get(part.name, part.default)
            if type(value).__name__ != part.type:
                raise MalformedFrame(f"{part.name} is no {part.type}")
    return kind(**found)


def parse_object(text: str) -> dict[str, Any]:
    """The object in a line of JSON. Raises MalformedFrame."""
    try:
        return compact_json.parse_object(text)
    except ValueError as error:
        raise MalformedFrame(str(error)) from None
