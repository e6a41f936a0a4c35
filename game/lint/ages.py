"""Find ages in English text, in digits or words, and the person of each: `Xiaomai, fifteen`, `He was two.`"""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.core.values import frozen
from game.story.bible import Bible, BiblePerson
from game.story.people import sole_bearers

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905, E501
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    f"{ten}-{unit}" if unit != "zero" else ten: 10 * (i + 2) + number
    for i, ten in enumerate(_TENS)
    for number, unit in enumerate(_UNITS[:10])
}
_AGE = rf"(?P<age>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,3}})"
_NUMBER = re.compile(rf"\b{_AGE}\b")
_ENDS = r"(?=[,.;:!?)\]”\"]|$| years old\b| as you\b)"  # but not `nine days`
_IS = r"(?:was|is|am|’m|’s)(?: (?:only|just|about|then|now))?"
_OF_SOMEBODY = re.compile(rf"\b(?P<who>[Ss]?[Hh]e) {_IS} {_AGE}{_ENDS}")
_OF_TELLER = re.compile(rf"\bI {_IS} {_AGE}{_ENDS}")
_ELSEWHEN = re.compile(r"\b(?:since|when|until|till|before|after|if|than|while)\s+$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*(?:”|$)")
Said = tuple[re.Match[str], tuple[BiblePerson, ...]]


@frozen
class Age:
    """An age in a text, as written and in years, from the character `at` on, and the people whose age it may be."""

    at: int
    words: str
    years: int
    of: tuple[BiblePerson, ...]


class Ages:
    """Finds the ages of the people in a bible, the pack's file on its world."""

    def __init__(self, bible: Bible) -> None:
        self._tellers = tuple(person for person in bible.people if person.tells is not None)
        bearers = sole_bearers((person, person.called) for person in bible.people)
        self._people = {
            form: person for name, person in bearers.items() for form in (name, name[:1].upper() + name[1:])
        }
        name = rf"\b(?P<name>{'|'.join(map(re.escape, sorted(self._people, key=len, reverse=True)))})\b"
        self._name = re.compile(name)
        self._ways = (
            re.compile(rf"{name}(?:,? (?:the )?[a-z]+)?, (?:aged )?{_AGE}{_ENDS}"),  # Lu Qi the smith, fifty.
            re.compile(rf"{name}(?:, who)? {_IS} {_AGE}{_ENDS}"),
            re.compile(rf"\b{_AGE}-year-old {name}"),
        )

    def said(self, words: str, role: str | None, about: str | None = None) -> Iterator[Age]:
        """Yield every age in a text of a role's chapter. `about` names the person that the text is about."""
        if not _NUMBER.search(words):
            return
        for found, of in (*self._beside_names(words, about), *self._of_tellers(words, role)):
            if not _ELSEWHEN.search(words[: found.start()]):
                age = found["age"]
                yield Age(found.start(), found.group(), NUMBERS[age] if age in NUMBERS else int(age), of)

    def _beside_names(self, words: str, about: str | None) -> Iterator[Said]:
        """Yield the ages beside a name. The age of a `he` or `she` belongs to the person who was named last."""
        people = self._people
        if not people:
            return
        for way in self._ways:
            yield from ((found, (people[found["name"]],)) for found in way.finditer(words))
        for found in _OF_SOMEBODY.finditer(words):
            before = [people[match["name"]] for match in self._name.finditer(words[: found.start()])]
            before = [people[about], *before] if about in people else before
            meant = [person for person in before if person.pronoun in (None, found["who"].lower())]
            if meant:
                yield found, (meant[-1],)

    def _of_tellers(self, words: str, role: str | None) -> Iterator[Said]:
        tellers = tuple(person for person in self._tellers if person.tells == role)
        if tellers:
            unquoted = _QUOTED.sub(lambda quote: " " * len(quote.group()), words)
            yield from ((found, tellers) for found in _OF_TELLER.finditer(unquoted))
