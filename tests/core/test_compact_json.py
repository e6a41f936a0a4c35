"""JSON from a network: whatever is read can be sent again, and no text breaks the reader."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.compact_json import parse_json, parse_object, to_compact_json

HALF = st.characters(categories=["Cs"])
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.text(HALF, min_size=1),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.text(HALF, min_size=1), inner),
    max_leaves=3,
)


def _can_be_sent(data: Any) -> bool:
    try:
        return bool(to_compact_json(data).encode())
    except UnicodeEncodeError:
        return False


@given(DATA, st.booleans())
def test_what_is_read_can_be_sent_on(data: Any, ascii: bool) -> None:
    text = json.dumps(data, ensure_ascii=ascii)
    if _can_be_sent(json.loads(text)):  # two halves make a character
        assert parse_json(text) == json.loads(text)
    else:
        with pytest.raises(ValueError, match="surrogates"):
            parse_json(text)


@given(st.binary() | st.text())
def test_no_text_breaks_the_reader(text: bytes | str) -> None:
    with suppress(ValueError):
        assert _can_be_sent(parse_json(text))


@pytest.mark.parametrize("text", ["", "NaN", "[-Infinity]", "[" * 100_000, '{"a":' * 100_000, "9" * 10_000, b'"\xff"'])
def test_invalid_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        parse_json(text)


@pytest.mark.parametrize(
    ("text", "said"), [("{", "no JSON"), (b"\xff", "no JSON"), ("[1]", "no object"), ("null", "no object")]
)
def test_anything_but_an_object_is_refused_with_its_kind(text: str | bytes, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        parse_object(text)
    assert parse_object('{"a":1}') == {"a": 1}
