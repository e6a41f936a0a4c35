"""The messages of a phone, with its code and its token."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom.commands import Refused
from game.classroom.join_codes import LENGTH, new_code, new_token, same_code, seat_of
from game.classroom.server import phone_messages
from game.core.join_codes import ALPHABET

READERS = [
    phone_messages.parse_join,
    phone_messages.parse_hello,
    phone_messages.parse_language,
    phone_messages.parse_ballot,
    phone_messages.parse_poll,
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["code", "door", "token", "vote", "round", "version"]) | st.text(), inner
    ),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("parse", "data", "message"),
    [
        (phone_messages.parse_join, '{"code": "K7QP"}', phone_messages.Join("K7QP")),
        (phone_messages.parse_join, '{"code": "K7QP", "door": null}', phone_messages.Join("K7QP")),
        (phone_messages.parse_join, b'{"code": "K7QP", "door": "a", "name": "x"}', phone_messages.Join("K7QP", "a")),
        (phone_messages.parse_hello, '{"token": "abc"}', phone_messages.Hello("abc")),
        (phone_messages.parse_hello, '{"token": "abc", "language": "fr"}', phone_messages.Hello("abc", "fr")),
        (phone_messages.parse_language, "", ""),
        (phone_messages.parse_language, "{}", ""),
        (phone_messages.parse_ballot, '{"vote": "fire", "round": 3}', phone_messages.Ballot("fire", 3)),
        (phone_messages.parse_poll, '{"token": "abc", "version": 0}', phone_messages.Poll("abc", 0)),
    ],
)
def test_a_valid_message_is_read(parse: Callable[[str | bytes], object], data: str | bytes, message: object) -> None:
    """Unknown keys are ignored, so that a newer page can send more."""
    assert parse(data) == message


@pytest.mark.parametrize("reader", READERS)
@given(data=JSON.map(json.dumps) | st.text() | st.binary())
def test_any_other_data_is_a_malformed_message(reader: Callable[[str | bytes], Any], data: str | bytes) -> None:
    try:
        message = reader(data)
    except Refused:
        return
    texts = [message] if isinstance(message, str) else [getattr(message, name) for name in message.__slots__]
    for text in (text for text in texts if isinstance(text, str)):
        assert len(text) <= 100
        assert text.encode().decode() == text, "a lone surrogate cannot be sent on"


@pytest.mark.parametrize("text", [
    '{"vote": "a", "round": true}', '{"vote": "a", "round": 1.0}', '{"vote": "a", "round": -1}',
    '{"vote": "a", "round": NaN}', '{"vote": "a", "round": 1e400}', '{"vote": "a", "round": ' + "9" * 5000 + "}",
    '{"vote": "\\ud800", "round": 1}', '{"vote": "a\\u0000", "round": 1}', '{"vote": "' + "a" * 101 + '", "round": 1}',
    '{"vote": ["a"], "round": 1}', '{"vote": {"a": 1}, "round": 1}', '{"vote": null, "round": 1}',
    "[" * 100_000, '{"vote": ' * 50_000, "[]", "3", '"vote"', "null", "", "\ufeff{}",
])  # fmt: skip
def test_a_ballot_of_the_wrong_kind_is_malformed(text: str) -> None:
    with pytest.raises(Refused, match="malformed"):
        phone_messages.parse_ballot(text)


@given(seed=st.integers())
def test_a_code_is_hard_to_misread_and_spells_nothing(seed: int) -> None:
    code = new_code(Random(seed).choice)
    assert len(code) == LENGTH and set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OILAEIU") and len(set(ALPHABET)) == len(ALPHABET)
    assert same_code(code, code) and same_code(f" {code[:2].lower()} {code[2:]}\t", code)
    assert not same_code(code[:-1], code) and not same_code(code + "2", code)


def test_tokens_are_all_different_and_a_token_always_gives_the_same_seat() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000 and {len(token) for token in tokens} == {43}
    assert len({seat_of(token) for token in tokens}) == 1000
    token = tokens.pop()
    assert seat_of(token) == seat_of(token) and len(seat_of(token)) == 20 and token not in seat_of(token)
