"""Frames: the messages between a teacher's program and a relay, one JSON object for each WebSocket message.

The teacher sends `open` first, and is answered by `room` or `refused`. After that `in` brings what a phone sent, `gone`
says that its socket closed, `out` is for one phone, for several or for all (`*`), and `close` ends the room. `data` is
never parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from game.core.compact_json import parse_object, to_compact_json
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


def to_text(frame: Frame) -> str:
    """A frame as one line of JSON."""
    match frame:
        case Open(token, code, secret):
            data: dict[str, Any] = {"frame": "open", "token": token, "code": code, "secret": secret}
        case Room(code, secret):
            data = {"frame": "room", "code": code, "secret": secret}
        case In(phone, path, text, cookie, browser, sender):
            more = {"browser": browser, "sender": sender} if sender else {}
            data = {"frame": "in", "phone": phone, "path": path, "data": text, **_cookie(cookie), **more}
        case Out(phones, text, status, cookie):
            to = ALL if phones is None else phones
            data = {"frame": "out", "phones": to, "data": text, "status": status, **_cookie(cookie)}
        case Gone(phone):
            data = {"frame": "gone", "phone": phone}
        case Close():
            data = {"frame": "close"}
        case Store(ok):
            data = {"frame": "store", "ok": ok}
        case Refused(reason):
            data = {"frame": "refused", "reason": reason}
    return to_compact_json(data)


def parse_frame(text: str) -> Frame:
    """A frame from its line of JSON. Raises MalformedFrame."""
    try:
        data = parse_object(text)
    except ValueError as error:
        raise MalformedFrame(str(error)) from None
    kind = data.get("frame")
    parse = _PARSERS.get(kind) if isinstance(kind, str) else None
    if parse is None:
        raise MalformedFrame("no frame of this kind")
    return parse(data)


def _open(data: Mapping[str, Any]) -> Open:
    return Open(*(_text({name: "", **data}, name) for name in ("token", "code", "secret")))


def _room(data: Mapping[str, Any]) -> Room:
    return Room(_text(data, "code"), _text(data, "secret"))


def _in(data: Mapping[str, Any]) -> In:
    more = {"cookie": "", "browser": "", "sender": "", **data}
    return In(*(_text(more, name) for name in ("phone", "path", "data", "cookie", "browser", "sender")))


def parse_out(data: Mapping[str, Any]) -> Out:
    """An answer from its fields. Raises MalformedFrame."""
    phones, status = data.get("phones"), data.get("status", 200)
    if phones != ALL and not (isinstance(phones, list) and all(isinstance(one, str) for one in phones)):
        raise MalformedFrame("phones are no list")
    if not isinstance(status, int) or isinstance(status, bool) or not 200 <= status <= 599:
        raise MalformedFrame("status is no HTTP status")
    cookie = _text({"cookie": "", **data}, "cookie")
    if not _TOKEN.fullmatch(cookie):  # it comes to stand in headers
        raise MalformedFrame("cookie is no token")
    return Out(None if phones == ALL else tuple(phones), _text(data, "data"), status, cookie)


def _gone(data: Mapping[str, Any]) -> Gone:
    return Gone(_text(data, "phone"))


def _store(data: Mapping[str, Any]) -> Store:
    return Store(data.get("ok") is True)


def _refused(data: Mapping[str, Any]) -> Refused:
    return Refused(_text(data, "reason"))


_PARSERS: dict[str, Callable[[Mapping[str, Any]], Frame]] = {
    "open": _open, "room": _room, "in": _in, "out": parse_out, "gone": _gone, "close": lambda _: Close(),
    "store": _store, "refused": _refused,
}  # fmt: skip


def _cookie(value: str) -> dict[str, str]:
    """The field of a cookie, where there is one."""
    return {"cookie": value} if value else {}


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise MalformedFrame(f"{name} is no text")
    return value
