"""People's names are found in texts: whole words, in any language, only if they mean one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story.people import NameFinder, Person, names_of

PEOPLE = (
    Person("ning", "Ning Changshun", ("the old man",)),
    Person("ma-tie", "Ma Tie", ("Captain Ma",)),
    Person("ma-hong", "Ma Hong"),
    Person("lu", "Lu Qi"),
    Person("hong", "马红"),
    Person("yao", "姚文", ("管钥匙的人",)),
    Person("cui", "Cui’er"),
)
FINDER = NameFinder.of(PEOPLE)


def found(text: str) -> list[tuple[str, str]]:
    """The people named, and the words that name them."""
    return [(mention.person, text[mention.start : mention.end]) for mention in FINDER.mentions(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Lu Qi rang it.", [("lu", "Lu Qi")]),
        ("Qi rang it, and Lu did.", [("lu", "Qi"), ("lu", "Lu")]),
        ("Lu Qi’s anvil; Lu Qi's gong.", [("lu", "Lu Qi"), ("lu", "Lu Qi")]),
        ("Lunar years, a Qigong book, Tiehong.", []),
        ("The old man coughed. Then the old man spat.", [("ning", "The old man"), ("ning", "the old man")]),
        ("THE OLD MAN, an older man.", []),
        ("Ma came.", []),
        ("Captain Ma, Ma Hong, Ma Tie.", [("ma-tie", "Captain Ma"), ("ma-hong", "Ma Hong"), ("ma-tie", "Ma Tie")]),
        ("Hong, Tie; Ma.", [("ma-hong", "Hong"), ("ma-tie", "Tie")]),
        ("Cui’er’s bowl", [("cui", "Cui’er")]),
        ("名单上有马红的名字，姚文看着。", [("hong", "马红"), ("yao", "姚文")]),
        ("管钥匙的人来了，马没来。", [("yao", "管钥匙的人")]),
        ("“Lu Qi!”—Ning?", [("lu", "Lu Qi"), ("ning", "Ning")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_name_is_found_as_a_word(text: str, named: list[tuple[str, str]]) -> None:
    """The longest name counts, without the genitive; a sentence may capitalise it; a shared name means nobody."""
    assert found(text) == named


def test_a_pack_without_people_names_nobody() -> None:
    assert list(NameFinder.of(()).mentions("Lu Qi rang it.")) == []


def test_each_capitalised_word_of_a_name_is_one() -> None:
    assert names_of("the smith's boy", ()) == ("the smith's boy",)
    assert names_of("Old Lu Qi", ("young Lu",)) == ("Old Lu Qi", "young Lu", "Old", "Lu", "Qi")


NAMES = [name for known in PEOPLE for name in names_of(known.name, known.also)]
WORDS = st.sampled_from([*NAMES, "a", "came", "马", "。", "’s", ", ", " ", "—"])


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=30))
def test_mentions_are_apart_and_are_names(text: str) -> None:
    end = 0
    names = {person.id: {name.casefold() for name in names_of(person.name, person.also)} for person in PEOPLE}
    for mention in FINDER.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].casefold() in names[mention.person]
        end = mention.end
