"""JSON from elsewhere is parsed unless its nesting could overflow a stack."""

from __future__ import annotations

import pytest

from game.core.shallow_json import DEEPEST, parse_json


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_a_deeply_nested_text_is_refused_before_it_is_parsed(opening: str, closing: str) -> None:
    """Up to the limit it is parsed; a text far over it is refused whether or not it ends."""
    levels = DEEPEST // sum(map(opening.count, "[{"))
    assert parse_json(opening * levels + "1" + closing * levels)
    for text in (opening * (levels + 1) + "1" + closing * (levels + 1), opening * 200_000):
        with pytest.raises(ValueError, match="nested"):
            parse_json(text)


def test_brackets_in_strings_and_beside_each_other_are_not_nesting() -> None:
    """A text of many brackets is fine as long as it is shallow."""
    assert parse_json('["' + "[" * 500 + '\\"[["]') == ["[" * 500 + '"[[']
    assert parse_json(b"[" + b",".join([b"[]"] * 500) + b"]") == [[]] * 500


@pytest.mark.parametrize("content", ["", "[", '"', b"\xff", "{'a': 1}"])
def test_what_is_no_json_is_a_value_error(content: str | bytes) -> None:
    """As `json.loads` has it."""
    with pytest.raises(ValueError):
        parse_json(content)
