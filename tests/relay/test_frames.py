"""Frames are parsed as they were written, and malformed frames are refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.relay.frames import (
    Close,
    Frame,
    Gone,
    In,
    MalformedFrame,
    Open,
    Out,
    Refused,
    Room,
    Store,
    parse_frame,
    to_text,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
tokens = st.from_regex(r"[A-Za-z0-9_-]{0,100}", fullmatch=True)
frames = st.one_of(
    st.builds(Open, texts, texts, texts),
    st.builds(Room, texts, texts),
    st.builds(In, texts, texts, texts, texts),
    st.builds(Out, st.none() | st.lists(texts).map(tuple), texts, st.integers(200, 599), tokens),
    st.builds(Gone, texts),
    st.just(Close()),
    st.builds(Store, st.booleans()),
    st.builds(Refused, texts),
)


@given(frames)
def test_every_frame_is_read_as_it_was_written(frame: Frame) -> None:
    text = to_text(frame)
    assert "\n" not in text
    assert parse_frame(text) == frame


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "x", "[" * 100_000, '{"frame": 1}', '{"frame": []}', '{"frame": "in", "phone": 1}',
        '{"frame": "nothing"}',
        '{"frame": "out", "phones": "some", "data": ""}', '{"frame": "out", "phones": [1], "data": ""}',
        '{"frame": "out", "phones": [], "data": "", "status": true}',
        '{"frame": "out", "phones": [], "data": "", "status": 99}',
        '{"frame": "open", "token": null}',
        '{"frame": "in", "phone": "", "path": "", "data": "", "cookie": 1}',
        '{"frame": "out", "phones": [], "data": "", "cookie": "a b"}',
        '{"frame": "out", "phones": [], "data": "", "status": 307, "cookie": "a\\r\\nB: c"}',
    ],
)  # fmt: skip
def test_malformed_frames_are_refused(text: str) -> None:
    with pytest.raises(MalformedFrame):
        parse_frame(text)


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parse_frame(text)
    except MalformedFrame as error:
        assert str(error)
