"""Groups of letters: short, easy to read aloud, and every typing error is detected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play.base32_check import ALPHABET, GROUP, LONGEST, MistypedError, decode, encode, find_typo, group_letters

NUMBERS = st.integers(0, 1 << 200)


@given(NUMBERS)
def test_decode_inverts_encode(number: int) -> None:
    text = encode(number)
    assert decode(text) == number
    groups = text.split("-")
    assert all(len(group) == GROUP for group in groups[:-1])
    assert 2 <= len(groups[-1]) <= GROUP
    assert set(text) <= {*ALPHABET, "-"}


@given(NUMBERS, st.sampled_from([" ", "", " - ", "–", "\n"]))
def test_case_spaces_and_lookalike_letters_do_not_matter(number: int, between: str) -> None:
    text = encode(number)
    typed = text.lower().replace("-", between).replace("0", "o").replace("1", "l")
    assert decode(typed) == number
    wide = "".join(chr(ord(char) + 0xFEE0) if char != "-" else char for char in text)
    assert decode(wide) == number
    assert group_letters(typed) == text


@given(NUMBERS, st.data())
def test_a_wrong_letter_is_detected(number: int, data: st.DataObject) -> None:
    text = encode(number)
    at = data.draw(st.sampled_from([i for i, char in enumerate(text) if char != "-"]))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != text[at]]))
    with pytest.raises(MistypedError) as caught:
        decode(text[:at] + wrong + text[at + 1 :])
    assert caught.value.group == at // (GROUP + 1) + 1
    assert caught.value.reason in ("group", "end", "short")


@given(NUMBERS, st.data())
def test_two_swapped_letters_of_a_group_are_detected(number: int, data: st.DataObject) -> None:
    groups = encode(number).split("-")
    at = data.draw(st.integers(0, len(groups) - 1))
    i, j = data.draw(st.lists(st.integers(0, len(groups[at]) - 1), min_size=2, max_size=2, unique=True))
    letters = list(groups[at])
    if letters[i] == letters[j]:
        return
    letters[i], letters[j] = letters[j], letters[i]
    groups[at] = "".join(letters)
    with pytest.raises(MistypedError):
        decode("-".join(groups))


@given(st.integers(1 << 40, 1 << 200), st.data())
def test_swapped_and_missing_groups_are_detected(number: int, data: st.DataObject) -> None:
    groups = encode(number).split("-")
    gone = data.draw(st.integers(0, len(groups) - 1))
    with pytest.raises(MistypedError):
        decode("-".join(groups[:gone] + groups[gone + 1 :]))
    i, j = data.draw(st.lists(st.integers(0, len(groups) - 1), min_size=2, max_size=2, unique=True))
    if groups[i] != groups[j] and len(groups[i]) == len(groups[j]):
        groups[i], groups[j] = groups[j], groups[i]
        with pytest.raises(MistypedError):
            decode("-".join(groups))


@given(NUMBERS)
def test_every_prefix_of_a_code_has_no_error(number: int) -> None:
    text = encode(number)
    assert [find_typo(text[:end]) for end in range(len(text) + 1)] == [None] * (len(text) + 1)


def test_a_missing_letter_is_reported_for_its_group() -> None:
    groups = encode(1 << 90).split("-")
    groups[1] = groups[1][1:]
    with pytest.raises(MistypedError, match="group 2 of this code has a slip in it"):
        decode(" ".join(groups))


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" - ", "empty"), ("U1234", "letter"), ("ж", "letter"), ("0" * (LONGEST + 1), "long"), ("0", "end"),
     (" " * 5 * LONGEST, "long")],
)  # fmt: skip
def test_each_kind_of_invalid_code_has_its_reason(text: str, reason: str) -> None:
    with pytest.raises(MistypedError) as caught:
        decode(text)
    assert caught.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_decoded_or_a_mistyped_error(text: str) -> None:
    try:
        assert encode(decode(text)) == group_letters(text)
    except MistypedError as error:
        assert str(error)
    group_letters(text)
