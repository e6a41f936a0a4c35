"""Messages between relay processes are parsed as they were written; malformed ones are left out and reported."""

from __future__ import annotations

import asyncio
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.relay.broker import MemoryHub
from game.relay.frames import Gone, In, MalformedFrame, Open, Out, to_text
from game.relay.process_messages import Closed, Message, Moved, ToTeacher, parse_message
from game.relay.process_messages import to_text as message_text
from game.relay.relay import Relay
from tests.clock import Clock
from tests.relay.peer_link import PeerLink
from tests.relay.relay_client import QUICK
from tests.relay.test_frames import tokens

texts = st.text(max_size=10)
frames = st.one_of(st.builds(In, texts, texts, texts), st.builds(Gone, texts)).map(to_text)
contents = st.one_of(
    st.builds(ToTeacher, frames),
    st.builds(Out, st.none() | st.lists(texts).map(tuple), texts, st.integers(200, 599), tokens),
    st.just(Moved()),
    st.just(Closed()),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["room", "from", "phones"]), inner),
    max_leaves=4,
)


@given(st.builds(Message, texts, texts, contents))
def test_every_message_is_read_as_it_was_written(message: Message) -> None:
    """One line each, because several travel together."""
    text = message_text(message)
    assert "\n" not in text
    assert parse_message(text) == message


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('{"room":"A","from":"p","do":"in","frame":"{\\"frame\\":\\"gone\\",\\"phone\\":\\"x\\"}"}',
         ToTeacher('{"frame":"gone","phone":"x"}')),
        ('{"room":"A","from":"p","do":"out","data":"d","status":200,"cookie":""}', Out(None, "d")),
        ('{"room":"A","from":"p","do":"out","phones":["x"],"data":"d","status":403,"cookie":"c"}',
         Out(("x",), "d", 403, "c")),
        ('{"room":"A","from":"p","do":"moved"}', Moved()),
        ('{"room":"A","from":"p","do":"closed"}', Closed()),
    ],
)  # fmt: skip
def test_messages_have_the_form_that_other_versions_read(text: str, content: Any) -> None:
    """Relays are updated one process after the other, so two versions exchange messages."""
    assert parse_message(text) == Message("A", "p", content)
    assert message_text(Message("A", "p", content)) == text


@pytest.mark.parametrize("text", [
    "", "null", "[]", "{}", '{"room":[],"from":"p","do":"moved"}', '{"room":"A","from":{},"do":"closed"}',
    '{"room":"A","from":"p","do":"else"}', '{"room":"A","from":"p","do":"in","frame":"x"}',
    r'{"room":"A","from":"p","do":"in","frame":"{\"frame\":\"close\"}"}', r'{"room":"\ud800","from":"p","do":"moved"}',
    '{"room":"A","from":"p","do":"out","phones":7,"data":"","status":200}', '{"room":"A","from":"p","do":"out"}',
    '{"room":"A","from":"p","do":"out","data":"","status":"200"}',
])  # fmt: skip
def test_what_no_process_wrote_is_refused(text: str) -> None:
    with pytest.raises(MalformedFrame):
        parse_message(text)


@given(
    st.lists(st.text(st.characters()) | anything.map(json.dumps) | st.fixed_dictionaries(
        {"room": anything, "from": anything, "do": st.sampled_from(["in", "out", "moved", "closed"])},
        optional={"frame": anything, "phones": anything, "data": anything, "status": anything, "cookie": anything},
    ).map(json.dumps), max_size=5)
)  # fmt: skip
def test_no_message_deafens_a_process(messages: list[str]) -> None:
    async def hear() -> None:
        relay = Relay(MemoryHub().broker(), Random(1), QUICK, Clock())
        she = PeerLink()
        room = await relay.open_room(Open(), she)
        for message in messages:
            relay.received(message)
        frame = to_text(In("other", "socket", "hello"))
        relay.received(message_text(Message(room.code, "other", ToTeacher(frame))))
        assert she.sent[-1] == frame

    asyncio.run(hear())


def test_what_cannot_be_read_is_counted_logged_once_and_in_health_for_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    relay = Relay(MemoryHub().broker(), Random(1), QUICK, clock)
    assert relay.figures.state == "ok"
    for _ in range(3):
        relay.received("no message")
    assert (relay.figures.state, relay.figures.unreadable) == ("store-unreadable", 3)
    assert len(caplog.records) == 1
    clock.now += 61
    assert relay.figures.state == "ok"
    relay.received("no message")
    assert relay.figures.state == "store-unreadable" and len(caplog.records) == 2
