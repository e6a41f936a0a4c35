"""A pack's bible as values: the names and ages of its people, and words that belong to a certain time or season."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from game.core.values import frozen
from game.lang.story_dates import Months, month_of, parse_date, year_of
from game.story.people import names_of, sole_bearers
from game.story.schema.bible_schema import BibleBodyShape, ReservedShape, SeasonShape, TimedShape
from game.story.schema.people_schema import PersonShape


@frozen
class TimeSpan:
    """A span of months, counted as in `story_dates`. None is an open end. `said` is the author's text for the span."""

    first: int | None
    last: int | None
    said: str

    def misses(self, when: Months) -> bool:
        """Return whether a date lies entirely outside the span."""
        return (self.first is not None and max(when) < self.first) or (self.last is not None and min(when) > self.last)


@frozen
class BiblePerson:
    """A person in the bible. `called` has all names that texts use, `born` and `died` the possible months (None:
    unknown). `tells` is the role whose chapters the person narrates."""

    called: tuple[str, ...]
    born: Months | None = None
    died: Months | None = None
    pronoun: str | None = None
    tells: str | None = None

    def ages(self, when: Months, in_sui: bool) -> frozenset[int]:
        """Return the person's possible ages in years at a date. `in_sui` counts the Chinese way.

        If the person may have died before the date, the possible ages at death are included.
        """
        times = when | self.died if self.died and min(self.died) <= max(when) else when
        count = _sui if in_sui else _birthdays
        return frozenset(age for born in self.born or () for at in times for age in count(born, at) if age >= 0)


def _birthdays(born: int, at: int) -> tuple[int, ...]:
    return ((at - born) // 12,)


def _sui(born: int, at: int) -> tuple[int, ...]:
    """Return the possible ages in sui; both arguments count months. A child begins with one, and each New Year (in
    January or February) adds one."""
    age = year_of(at) - year_of(born) + 1
    return (age - 1, age) if month_of(at) <= 2 else (age,)


@frozen
class TimedWords:
    """Words that only chapters of a certain time may use. `what` says what they mean."""

    what: str
    words: tuple[str, ...]
    time: TimeSpan


@frozen
class Bible:
    """Everything that chapters are checked against. `names` are those of places and things. `timed`, `seasons` and
    `reserved` hold words that only some times or pages may use. `dates` holds pairs: words in a printed date, and the
    date that they mean. `in_sui`: texts count ages the Chinese way."""

    people: tuple[BiblePerson, ...]
    names: tuple[str, ...]
    timed: tuple[TimedWords, ...]
    seasons: Sequence[SeasonShape]
    reserved: Sequence[ReservedShape]
    in_sui: bool
    dates: tuple[tuple[str, str], ...]

    def date(self, text: str) -> Months | None:
        """Return the months of a chapter's printed date; None if it names no year."""
        for words, meaning in self.dates:
            text = re.sub(re.escape(words), meaning, text, flags=re.IGNORECASE)
        return parse_date(text)


def build_bible(shape: BibleBodyShape, people: Collection[PersonShape] = ()) -> Bible:
    """Build the bible from its shape and the pack's people."""
    others = (*shape.places, *shape.names)
    return Bible(
        people=tuple(
            BiblePerson(
                names_of(person.name, person.also),
                parse_date(person.born) if person.born else None,
                parse_date(person.died) if person.died else None,
                person.pronoun,
                person.tells,
            )
            for person in people
        ),
        names=tuple(word for other in others for word in (other.name, *other.also)),
        timed=(
            *_people(people),
            *(TimedWords(other.name, (other.name, *other.also), _time(other)) for other in others),
            *(TimedWords(object_.what, tuple(object_.words), _time(object_)) for object_ in shape.objects),
        ),
        seasons=shape.seasons,
        reserved=shape.reserved,
        in_sui=shape.reckoning == "sui",
        dates=tuple(shape.dates.items()),
    )


def _people(people: Collection[PersonShape]) -> Iterator[TimedWords]:
    """Yield for each person the names that nobody else has, and the time in which texts may use them."""
    bearers = sole_bearers((person.name, names_of(person.name, person.also)) for person in people)
    for person in people:
        names = tuple(name for name in names_of(person.name, person.also) if name in bearers and name[:1].isupper())
        time = _time(person)
        if time.first is None and person.born:
            said = ", ".join(filter(None, (f"born {person.born}", time.said)))
            time = TimeSpan(min(parse_date(person.born) or ()), time.last, said)
        yield TimedWords(person.name, names, time)


def _time(shape: TimedShape) -> TimeSpan:
    first, last = (parse_date(text) if text else None for text in (shape.from_, shape.until))
    said = [f"{word} {text}" for word, text in (("from", shape.from_), ("until", shape.until)) if text]
    return TimeSpan(min(first) if first else None, max(last) if last else None, " ".join(said))
