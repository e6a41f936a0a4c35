"""Messages between relay processes, one JSON object each.

While a relay is updated, processes of two versions send them to each other.
"""

from __future__ import annotations

from game.core.compact_json import parse_json, to_compact_json
from game.core.values import frozen
from game.relay.frames import ALL, Gone, In, MalformedFrame, Out, parse_frame, parse_out


@frozen
class ToTeacher:
    """A frame `in` or `gone` for the teacher of a room, as text."""

    frame: str


@frozen
class Moved:
    """The teacher of the room is connected to the sender now."""


@frozen
class Closed:
    """The room is over."""


Content = ToTeacher | Out | Moved | Closed


@frozen
class Message:
    """What a process says about a room. An `Out` is for phones that are connected to the receiver."""

    room: str
    sender: str
    content: Content


def to_text(message: Message) -> str:
    """A message as one line of JSON."""
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
    """A message from its line of JSON. Raises MalformedFrame."""
    try:
        data = parse_json(text)
    except ValueError:
        raise MalformedFrame("no JSON") from None
    match data:
        case {"room": str(room), "from": str(sender), "do": "in", "frame": str(frame)}:
            if not isinstance(parse_frame(frame), In | Gone):
                raise MalformedFrame("no frame of a phone")
            return Message(room, sender, ToTeacher(frame))
        case {"room": str(room), "from": str(sender), "do": "out"}:
            return Message(room, sender, parse_out({"phones": ALL, **data}))
        case {"room": str(room), "from": str(sender), "do": "moved"}:
            return Message(room, sender, Moved())
        case {"room": str(room), "from": str(sender), "do": "closed"}:
            return Message(room, sender, Closed())
    raise MalformedFrame("no message")
