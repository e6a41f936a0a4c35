"""Share codes: a playthrough in a few letters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Playthrough, Record, begin
from game.play.base32_check import ALPHABET, GROUP, encode
from game.play.share_code import CodeError, from_code, to_code
from game.story import Story
from tests.play.readers import edited, read, read_to_the_end
from tests.small_stories.packs import load_the_mill


def wandered(story: Story, seed: int, earlier: Playthrough | Record | None = None) -> Playthrough:
    """A random playthrough, perhaps of both doors or left; with `earlier`, a playthrough of the other door."""
    chance = random.Random(seed)
    if earlier is not None:
        role, cut = next(role for role in story.roles if role != earlier.role), "full"
    else:
        role, cut = chance.choice(list(story.roles)), chance.choice(list(story.cuts))
    return read_to_the_end(begin(story, role, cut, earlier), chance, chance.choice([0, 3, 12, 300]), 0.02)


def facts(p: Playthrough) -> tuple[object, ...]:
    return p.role, p.cut, p.entries, p.earlier, p.left, p.position


@given(st.integers(0, 10**6))
def test_from_code_inverts_to_code(the_mill: Story, seed: int) -> None:
    p = wandered(the_mill, seed)
    restored, notes = from_code(the_mill, to_code(p))
    assert (facts(restored), notes) == (facts(p), ())


@given(st.integers(0, 10**6))
def test_a_code_has_the_earlier_record(the_mill: Story, seed: int) -> None:
    chance = random.Random(seed)
    first = read_to_the_end(begin(the_mill, "miller"), chance)
    second = read_to_the_end(begin(the_mill, "clerk", earlier=first), chance)
    third = wandered(the_mill, seed, second)
    broken = begin(the_mill, "miller", earlier=Record("clerk", second.entries[::2]))
    for p in (second, third, broken):
        assert facts(from_code(the_mill, to_code(p))[0]) == facts(p)


@given(st.integers(0, 10**6), st.data())
def test_no_typing_error_opens_another_playthrough(the_mill: Story, seed: int, data: st.DataObject) -> None:
    text = to_code(wandered(the_mill, seed))
    at = data.draw(st.sampled_from([i for i, char in enumerate(text) if char != "-"]))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != text[at]]))
    with pytest.raises(CodeError) as caught:
        from_code(the_mill, text[:at] + wrong + text[at + 1 :])
    assert caught.value.group == at // 6 + 1


def slips(text: str) -> Iterator[str]:
    """Every text after one typing error: a letter changed, dropped or added, or two letters swapped."""
    for at, letter in enumerate(text):
        yield text[:at] + text[at + 1 :]
        yield text[:at] + text[at + 1 : at + 2] + letter + text[at + 2 :]
        for wrong in ALPHABET:
            yield text[:at] + wrong + text[at + 1 :]
            yield text[:at] + wrong + text[at:]
    yield from (text + wrong for wrong in ALPHABET)


@pytest.mark.parametrize("seed", range(12))
def test_every_typing_error_of_one_letter_is_detected(the_mill: Story, shipped: Story, seed: int) -> None:
    story = shipped if seed % 2 else the_mill
    first = wandered(story, seed)
    second = wandered(story, seed, first) if first.role is not None and first.finished else first
    for p in (first, second):
        text = to_code(p).replace("-", "")
        assert len(text) % GROUP == 0
        for slip in {*slips(text)} - {text}:
            with pytest.raises(CodeError):
                from_code(story, slip)


@given(st.integers(0, 1 << 120))
def test_any_number_is_a_playthrough_or_a_code_error(the_mill: Story, number: int) -> None:
    try:
        p, _ = from_code(the_mill, encode(number))
        assert facts(from_code(the_mill, to_code(p))[0]) == facts(p)
    except CodeError as error:
        assert str(error)


def test_codes_of_the_shipped_story_are_short(shipped: Story) -> None:
    for seed in range(5):
        chance = random.Random(seed)
        first = read_to_the_end(begin(shipped, "villager"), chance)
        second = read_to_the_end(begin(shipped, "official", earlier=first), chance)
        assert len(to_code(first).replace("-", "")) <= 20
        assert len(to_code(second).replace("-", "")) <= 30


def test_a_code_of_another_story_is_refused(the_mill: Story) -> None:
    with pytest.raises(CodeError, match="another story") as caught:
        from_code(the_mill, to_code(begin(replace(the_mill, pack="elsewhere"), "miller")))
    assert caught.value.reason == "foreign"


def test_a_reworded_story_opens_old_codes_with_a_note(tmp_path: Path) -> None:
    text = to_code(read(load_the_mill(), "miller", "wait", "give"))
    reworded = edited(tmp_path / "reworded", ("m-gate", "say: I gave the wok.", "say: I lent the wok."))
    p, notes = from_code(reworded, text)
    assert (p.entries[-1].take, notes) == ("give", ())
    p, (note,) = from_code(replace(reworded, version=reworded.version + 1), text)
    assert note.kind == "retold"


@pytest.mark.parametrize(("later", "reason"), [(1, "older"), (-1, "newer"), (0, "other")])
def test_a_code_of_a_story_with_other_choices_is_refused(tmp_path: Path, later: int, reason: str) -> None:
    old = replace(load_the_mill(), version=3)
    new = replace(edited(tmp_path, ("m-gate", "id: give", "id: hand-over")), version=3 + later)
    with pytest.raises(CodeError) as caught:
        from_code(new, to_code(begin(old, "miller")))
    assert caught.value.reason == reason
