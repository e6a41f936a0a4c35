"""Messages between relay processes, one JSON object each. During an update, the processes may differ in version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.core.compact_json import to_compact_json
from game.core.values import frozen
from game.relay.frames import ALL, Gone, In, MalformedFrame, Out, parse_frame, parse_object, parse_out


@frozen
class ToTeacher:
    """Carries a frame `in` or `gone`, as text, to the teacher of a room."""

    frame: str


@frozen
class Moved:
    """Says that the room's teacher is now connected to the sending process."""


@frozen
class Closed:
    """Says that the room is over."""


Content = ToTeacher | Out | Moved | Closed


@frozen
class Message:
    """A message about a room from one process to another."""

    room: str  # its code
    sender: str  # the name of the process
    content: Content  # an `Out` is for phones that are connected to the receiving process


def to_text(message: Message) -> str:
    """Return a message as one line of JSON."""
    head = {"room": message.room, "from": message.sender}
    match message.content:
        case ToTeacher(frame):
            return to_compact_json({**head, "do": "in", "frame": frame})
        case Out(phones, text, status, cookie):
            out = {"data": text, "status": status, "cookie": cookie}
            to = {} if phones is None else {"phones": phones}
            return to_compact_json({**head, "do": "out", **to, **out})
        case Moved():
            return to_compact_json({**head, "do": "moved"})
        case Closed():
            return to_compact_json({**head, "do": "closed"})


def parse_message(text: str) -> Message:
    """Parse a message from its line of JSON. Raises MalformedFrame if the text is not a message."""
    data = parse_object(text)
    room, sender, do = data.get("room"), data.get("from"), data.get("do")
    if not (isinstance(room, str) and isinstance(sender, str) and isinstance(do, str) and do in _PARSERS):
        raise MalformedFrame("no message")
    return Message(room, sender, _PARSERS[do](data))


def _to_teacher(data: Mapping[str, Any]) -> ToTeacher:
    frame = data.get("frame")
    if not isinstance(frame, str) or not isinstance(parse_frame(frame), In | Gone):
        raise MalformedFrame("no frame of a phone")
    return ToTeacher(frame)


_PARSERS: dict[str, Callable[[Mapping[str, Any]], Content]] = {
    "in": _to_teacher, "out": lambda data: parse_out({"phones": ALL, **data}), "moved": lambda _: Moved(),
    "closed": lambda _: Closed(),
}  # fmt: skip
