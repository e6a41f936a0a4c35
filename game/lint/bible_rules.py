"""Rules of the bible, a pack's file on its world: the chapters' names, ages, years and seasons must agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from game.core.findings import Finding, did_you_mean
from game.lang.story_dates import Months, month_of, parse_date, parse_months
from game.lint.ages import Ages
from game.lint.unknown_names import find_unknown_names
from game.lint.utterance_index import BibleConflict, Utterance
from game.story.bible import Bible, build_bible
from game.story.schema.bible_schema import AllowShape, BibleShape
from game.story.schema.chapter_schema import ChapterShape
from game.story.schema.people_schema import PeopleShape
from game.yamlio.reader import Document

FIRST_HAN = "\u2e80"  # scripts without spaces between words begin here
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def check_bible(
    source: tuple[BibleShape, Document],
    language: str,
    said: Sequence[Utterance],
    chapters: Sequence[tuple[ChapterShape, Document]],
    people: PeopleShape | None,
) -> Iterator[Finding]:
    """Report what contradicts the bible or the people's dates, and exceptions in `allow` that no text needs."""
    shape, document = source
    bible, allow = build_bible(shape.bible, people.people.values() if people is not None else ()), shape.bible.allow
    needed: set[int] = set()
    for doubt in (*find_unknown_names(bible, said, language), *_times(bible, said), *_reserved(bible, said)):
        reasons = {i for i, allowed in enumerate(allow) if _covers(allowed, doubt)}
        needed |= reasons
        if not reasons:
            line = f'{{where: {doubt.saying.where}, says: "{doubt.words}", because: …}}'
            remedy = f"{doubt.remedy} If it is meant, write `{line}` under `allow` in {document.file}."
            yield doubt.saying.finding(doubt.code, doubt.at, doubt.problem, remedy)
    yield from _undated(bible, chapters)
    yield from _unneeded(allow, needed, document, said)


def _covers(allowed: AllowShape, doubt: BibleConflict) -> bool:
    places = doubt.saying.where, doubt.saying.chapter
    return allowed.where in places and allowed.says.casefold() == doubt.words.casefold()


def _times(bible: Bible, said: Sequence[Utterance]) -> Iterator[BibleConflict]:
    """Yield words and ages that do not fit their text's date. In a text without date, check only ages (see `_ages`)."""
    timed = [(_words_of(entry.words), entry) for entry in bible.timed]
    seasonal = [(_words_of(season.words), parse_months(season.months), season) for season in bible.seasons]
    ages = Ages(bible)
    for saying in said:
        printed = saying.when
        at = bible.date(printed) if printed else None
        if at is None:
            yield from _ages(bible, ages, saying, frozenset())
            continue
        for pattern, entry in timed:
            if entry.time.misses(at):
                for found in pattern.finditer(saying.words):
                    problem = f"`{found.group()}` stands in {printed}; the bible: {entry.what}, {entry.time.said}"
                    remedy = "Take it out, or mend the bible."
                    yield BibleConflict(saying, found.start(), found.group(), "WG810", problem, remedy)
        months = {month_of(month) for month in at}
        for pattern, in_season, season in seasonal:
            if not in_season or not in_season & months:
                remedy = "Mend the word, or the date."
                for found in pattern.finditer(saying.words):
                    problem = f"`{found.group()}` stands in {printed}; the bible: {season.what}, {season.months}"
                    yield BibleConflict(saying, found.start(), found.group(), "WG812", problem, remedy)
        yield from _ages(bible, ages, saying, at)


def _reserved(bible: Bible, said: Sequence[Utterance]) -> Iterator[BibleConflict]:
    """Yield each use of a word outside of the chapters or pages in which the bible permits the word."""
    for entry in bible.reserved:
        pattern, only = _words_of(entry.words), ", ".join(entry.only)
        said_by = f"only in {only}" if only else "nowhere"
        for saying in said:
            if saying.where not in entry.only and saying.chapter not in entry.only:
                for found in pattern.finditer(saying.words):
                    problem = f"`{found.group()}` stands in `{saying.where}`; the bible: {entry.what}, {said_by}"
                    yield BibleConflict(saying, found.start(), found.group(), "WG823", problem, "Say it otherwise.")


def _ages(bible: Bible, ages: Ages, saying: Utterance, at: Months) -> Iterator[BibleConflict]:
    """Yield the ages in a text that fit neither its date `at` (empty: no date) nor a year that it names. A text with
    neither date nor year is not checked."""
    for year in _YEAR.findall(saying.words):
        at |= parse_date(year) or frozenset()
    for age in ages.said(saying.words, saying.role, saying.about) if at else ():
        fitting = frozenset().union(*(person.ages(at, bible.in_sui) for person in age.of))
        if age.years not in fitting and all(person.born for person in age.of):
            who = " or ".join(person.called[0] for person in age.of)
            fit = " or ".join(map(str, sorted(fitting))) or "not born"
            where = saying.when or f"`{saying.where}`"
            problem = f"`{age.words}` stands in {where}; by the bible {who} is {fit}"
            yield BibleConflict(saying, age.at, age.words, "WG811", problem, "Mend the age, or the year of birth.")


def _words_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds whole words (parts too in scripts without spaces). Capitals must match in case."""
    each = (re.escape(word) if word[:1].isupper() else f"(?i:{re.escape(word)})" for word in words)
    spaced = (word if max(word) >= FIRST_HAN else rf"(?<!\w){word}(?!\w)" for word in each)
    return re.compile("|".join(spaced)) if words else re.compile(r"(?!)")


def _undated(bible: Bible, chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Finding]:
    for shape, document in chapters:
        dates: list[tuple[tuple[str, ...], str | None]] = [(("when",), shape.when)]
        dates += [(("nodes", id, "when"), node.when) for id, node in (shape.nodes or {}).items()]
        for path, when in dates:
            if when and bible.date(when) is None:
                problem = f"no year can be read in `{when}`, so nothing under it is held to its date"
                remedy = f'Add one, or write what it means under `dates` in the bible: {{{when}: "1958"}}.'
                yield document.finding("WG814", path, problem, remedy)


def _unneeded(
    allow: Sequence[AllowShape], needed: set[int], document: Document, said: Sequence[Utterance]
) -> Iterator[Finding]:
    places = {place for utterance in said for place in (utterance.where, utterance.chapter) if place}
    for i, allowed in enumerate(allow):
        if allowed.where not in places:
            problem = f"`{allowed.where}` is not a chapter or page"
            remedy = f"Mend it.{did_you_mean(allowed.where, places)}"
            yield document.finding("WG813", ("bible", "allow", i, "where"), problem, remedy)
        elif i not in needed:
            problem = f"nothing in `{allowed.where}` says `{allowed.says}` where the bible would not have it"
            yield document.finding("WG813", ("bible", "allow", i), problem, "Take the allowance out.")
