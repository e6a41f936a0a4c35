"""The people of a story, and the finder of their names in texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from game.core.values import frozen
from game.lang.expressions import Expression
from game.lang.markup import Passage


@frozen
class Known:
    """A sentence about a person: from which chapter on it holds, for which role's reader, and on what condition.

    `since` is the chapter's id, or None for the beginning; `role` None means every reader.
    """

    text: str
    since: str | None = None
    role: str | None = None
    condition: Expression | None = None


@frozen
class Person:
    """A person of the story.

    Attributes:
        name: the whole name.
        also: other names in texts.
        group: the key of their group in `Story.people_groups`, or None.
        pronoun: "he" or "she"; None if the story does not say.
        tells: the role whose chapters they narrate.
        says: who they are; the last that holds is shown.
        know: what a reader may know about them; all that hold are shown.
        fate: what became of them; the first that holds at the end is shown.
    """

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
    """Another name that pages use for a person, if the name does not make clear who is meant; else ""."""
    also = person.also[0] if person.also else ""
    clear = also in person.name or person.name in also or person.name[:1].islower()
    return "" if clear else also


def names_of(name: str, also: Iterable[str]) -> tuple[str, ...]:
    """All names that texts may use: the whole name, other names, and each capitalised word of the whole name."""
    parts = [word for word in name.split() if word[:1].isupper()]
    return tuple(dict.fromkeys((name, *also, *parts)))


@frozen
class Mention:
    """A person's name in a text: the person's id, and the slice of the text."""

    person: str
    start: int
    end: int


@frozen
class NameFinder:
    """Finds the names of people in texts. A name that several people share is ambiguous, and not found."""

    ids: Mapping[str, str]  # a name as `_key` writes it -> a person's id
    _pattern: re.Pattern[str] | None = field(repr=False, compare=False)

    @classmethod
    def of(cls, people: Iterable[Person]) -> NameFinder:
        people = tuple(people)
        bearers = Counter(name for person in people for name in names_of(person.name, person.also))
        ids = {
            name: person.id for person in people for name in names_of(person.name, person.also) if bearers[name] == 1
        }
        return cls({_key(name): id for name, id in ids.items()}, re.compile(_pattern_of(ids)) if ids else None)

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a text, from left to right."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield Mention(self.ids[_key(match.group())], match.start(), match.end())


def _key(name: str) -> str:
    """A name without the capital letter of a sentence's beginning."""
    return name[:1].lower() + name[1:]


def _pattern_of(names: Iterable[str]) -> str:
    """A pattern for any of the names as a whole word, also capitalised at the beginning of a sentence.

    Chinese has no spaces between words. Names are grouped by their first letter, so that a search can skip to these
    letters.
    """
    behind: dict[str, list[str]] = {}  # the pattern of a first letter -> patterns of the rest
    for name in sorted(names, key=len, reverse=True):  # so that "Captain Ma" is not found as "Ma"
        rest = re.escape(name[1:]) + (r"(?!\w)" if name[-1:].isascii() else "")
        for first in dict.fromkeys((name[0], name[0].upper())):
            letter = re.escape(first)
            behind.setdefault(rf"{letter}(?<!\w{letter})" if first.isascii() else letter, []).append(rest)
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in behind.items())
