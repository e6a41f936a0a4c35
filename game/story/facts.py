"""Facts as values: claims that a source makes, in our own words; the sources; and the terms of the glossary."""

from __future__ import annotations

from game.core.values import frozen


@frozen
class Fact:
    """A claim of a source in our own words. `FactShape` explains its fields.

    `place` is the number of a paragraph, page or section of the source, or a minute of it, and `counted` which of these
    it is: "paragraph", "page", "pages", "section" or "minute". Both may be "", and so may `source`.
    """

    id: str
    text: str
    place: str
    counted: str
    sentences: tuple[int, ...]
    speaker: str
    kind: str
    theme: str
    game_may: str
    date: str | None = None
    caution: str | None = None
    essential: bool = False
    source: str = ""


@frozen
class Source:
    """A document from which facts are taken.

    `kind` is what it is, in the story's words, and `name` what a sentence calls it, such as "the film"; "" means its
    title. `about` is what a reader should know about it.
    """

    id: str
    title: str
    kind: str
    name: str = ""
    about: str = ""


@frozen
class Term:
    """A card of the glossary: a word of the story's time, and what the word means."""

    id: str
    term: str
    text: str
    hanzi: str | None = None
    pinyin: str | None = None
