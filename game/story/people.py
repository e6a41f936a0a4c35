"""The people of a story, and a finder of their names in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TypeVar

from game.core.values import frozen
from game.lang.expressions import Expression
from game.lang.markup import Passage

T = TypeVar("T")


@frozen
class Known:
    """A sentence about a person. `KnownShape` explains its fields: `from` is `since` here."""

    text: str
    since: str | None = None
    role: str | None = None
    condition: Expression | None = None


@frozen
class Person:
    """A person of the story. `PersonShape` explains its fields: `is` is `says` here."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    group: str | None = None
    pronoun: str | None = None
    tells: str | None = None
    says: tuple[Known, ...] = ()
    know: tuple[Known, ...] = ()
    fate: tuple[Passage, ...] = ()


def other_name(person: Person) -> str:
    """Return a person's first other name.

    Return "" if there is none, if one of the two names contains the other, or if `name` begins with a small letter.
    """
    also = person.also[0] if person.also else ""
    clear = also in person.name or person.name in also or person.name[:1].islower()
    return "" if clear else also


def names_of(name: str, also: Iterable[str]) -> tuple[str, ...]:
    """Return all names that texts may use: the whole name, other names, and each capitalised word of the whole name."""
    parts = [word for word in name.split() if word[:1].isupper()]
    return tuple(dict.fromkeys((name, *also, *parts)))


def sole_bearers(named: Iterable[tuple[T, Iterable[str]]]) -> dict[str, T]:
    """Return the person for each name, given people and their names. A name that several people share is left out."""
    bearers: dict[str, list[T]] = {}
    for person, names in named:
        for name in names:
            bearers.setdefault(name, []).append(person)
    return {name: people[0] for name, people in bearers.items() if len(people) == 1}


@frozen
class Mention:
    """A person's name in a text: the person's id, and where the name begins and ends."""

    person: str
    start: int
    end: int


@frozen
class NameFinder:
    """Finds the names of people in texts. It ignores a name that several people share."""

    ids: Mapping[str, str]  # from a name as `_key` writes it to a person's id
    _pattern: re.Pattern[str] | None = field(repr=False, compare=False)

    @classmethod
    def of(cls, people: Iterable[Person]) -> NameFinder:
        ids = sole_bearers((person.id, names_of(person.name, person.also)) for person in people)
        return cls({_key(name): id for name, id in ids.items()}, re.compile(_pattern_of(ids)) if ids else None)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the names in a text, from left to right."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield Mention(self.ids[_key(match.group())], match.start(), match.end())


def _key(name: str) -> str:
    """Return a name with a small first letter. So "The carter" at the beginning of a sentence is "the carter"."""
    return name[:1].lower() + name[1:]


def _pattern_of(names: Iterable[str]) -> str:
    """Return a pattern for any of the names as a whole word, also capitalised at the beginning of a sentence.

    Chinese has no spaces between words, so a Chinese name may stand anywhere. Names are grouped by their first letter,
    so that a search can skip to these letters.
    """
    behind: dict[str, list[str]] = {}  # from the pattern of a first letter to the patterns of the rest
    for name in sorted(names, key=len, reverse=True):  # longest first, so that "Captain Ma" is not found as "Ma"
        rest = re.escape(name[1:]) + (r"(?!\w)" if name[-1:].isascii() else "")
        for first in dict.fromkeys((name[0], name[0].upper())):
            letter = re.escape(first)
            behind.setdefault(rf"{letter}(?<!\w{letter})" if first.isascii() else letter, []).append(rest)
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in behind.items())
