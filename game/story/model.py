"""The model of a story: the values that `load` returns.

Texts are parsed to passages of spans. Conditions and effects are typed expressions, compiled on their first run.
Nothing here knows files, YAML or pydantic. What an author writes is explained in game/story/schema. A full id names a
node or choice with its chapter: `chapter.node`, `chapter.node.choice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from game.core.lazy_mapping import LazyMapping
from game.core.values import frozen
from game.lang.expressions import Effects, Expression
from game.lang.markup import Passage, Span
from game.lang.numbers import grouped, plural_form, with_unit
from game.lang.typecheck import Value
from game.story.debrief import DebriefSection
from game.story.desk import Desk
from game.story.facts import Fact, Source, Term
from game.story.guide import Guide
from game.story.ledger import Ledger, Measures
from game.story.people import NameFinder, Person
from game.story.places import Image, Invitation, Place, Spot

PLACES = {  # what stands before the number of a place in a source
    "paragraph": "P", "page": "p.\N{NO-BREAK SPACE}", "pages": "pp.\N{NO-BREAK SPACE}",
    "section": "§\N{NO-BREAK SPACE}", "minute": "",
}  # fmt: skip
INVENTED = "invented"
NEXT = "next"


@frozen
class Variable:
    """A variable of the story: a number from `low` to `high`, true or false, or a word of `one_of`.

    `words` holds values as a reader sees them. A number without words has those of the next lower number that has any.
    `unit` has the forms ("one", "few", "other") of what a number counts: `{name|count}` shows both. With `counted`, a
    change is told as number and unit, not in `words`. `language` is the story's language tag.
    """

    name: str
    start: Value
    low: int | None = None
    high: int | None = None
    one_of: tuple[str, ...] = ()
    words: Mapping[Value, str] = field(default_factory=dict)
    unit: Mapping[str, str] | None = None
    counted: bool = False
    language: str = "en"
    _spans: dict[tuple[Value, str, bool], Span] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def kind(self) -> Literal["bool", "int", "word"]:
        if isinstance(self.start, bool):
            return "bool"
        return "int" if isinstance(self.start, int) else "word"

    def values(self, most: int) -> Sequence[Value] | None:
        """Return every possible value; None if there are more than `most`."""
        if self.kind == "bool":
            return (True, False)
        if self.kind == "word":
            return self.one_of
        bounded = self.low is not None and self.high is not None and self.high - self.low < most
        return range(self.low, self.high + 1) if bounded else None  # type: ignore[arg-type, operator]

    def in_words(self, value: Value) -> str | None:
        """Return the reader's words for a value; None if the value has no words."""
        if self.kind != "int":
            return self.words.get(value)
        best = None
        for key, words in self.words.items():
            if key <= value and (best is None or key > best[0]):  # type: ignore[operator]
                best = (key, words)
        return best[1] if best else None

    @property
    def is_told(self) -> bool:
        """Whether readers are told when the variable changes."""
        return self.counted or bool(self.words)

    def told(self, value: Value) -> str | None:
        """Return a value as readers are told of it after a change; None if they are not told."""
        return self._count(value) if self.counted else self.in_words(value)

    def _count(self, value: Value) -> str:
        """Return a value as its number with its unit."""
        if self.unit is None:
            return self._number(value)
        return with_unit(self._number(value), self.unit[plural_form(int(value), self.language)])

    def _number(self, value: Value) -> str:
        return grouped(int(value), self.language) if self.kind == "int" else str(value)

    def span(self, value: Value, kind: Literal["plain", "emphasis"], count: bool = False) -> Span:
        """Return the span that shows a value: in words (or as itself), or with `count` as its number and unit."""
        span = self._spans.get((value, kind, count))
        if span is None:
            words = self._count(value) if count else self.in_words(value)
            if words is None:
                words = self._number(value)
            span = self._spans[value, kind, count] = Span(words, kind)
        return span


@frozen
class Option:
    """A choice as a reader sees it: its id for `choose`, what to do (`say`), and the narrator's reason, or ""."""

    id: str
    say: str
    reason: str = ""


@frozen
class Role:
    """A person whom the reader can play. `about` is the role's text on the title page."""

    id: str
    name: str
    about: str = ""


@frozen
class Line:
    """A text between two dates of the calendar, in the game's voice. `LineShape` explains its fields."""

    id: str
    text: tuple[str, ...]
    year: int | None = None
    brief: str | None = None
    because: tuple[str, ...] = ()


@frozen
class Branch:
    """A target: a node's full id, or `next` for the next chapter. A branch without a condition is always open."""

    to: str
    condition: Expression | None = None


@frozen
class Choice:
    """A choice of a page. `ChoiceShape` explains its fields: `if` is `condition` here, and `do` `effects`."""

    id: str
    full_id: str
    say: str
    goto: tuple[Branch, ...]
    reason: str = ""
    condition: Expression | None = None
    effects: Effects | None = None
    because: tuple[str, ...] = ()
    answer: tuple[Passage, ...] = ()
    anyway: tuple[Passage, ...] = ()
    bit: int | None = None  # the bit of its `chose` in a state, if any expression reads it
    was: tuple[str, ...] = ()
    where: str = ""  # file:line:column
    option: Option = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "option", Option(self.id, self.say, self.reason))


@frozen
class Node:
    """A page of a chapter. Without text it is a fork, which only leads on.

    `NodeShape` explains its fields: `do` is `effects` here.
    """

    id: str
    full_id: str
    text: tuple[Passage, ...] = ()
    brief: tuple[Passage, ...] = ()
    in_brief: bool = True
    discuss: str | None = None
    tally: bool = True
    when: str | None = None
    place: str | None = None
    image: Image | None = None
    alt: tuple[Passage, ...] = ()
    effects: Effects | None = None
    because: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    goto: tuple[Branch, ...] = ()
    end: str | None = None
    onward: str = ""
    ledger: Ledger | None = None
    always: tuple[Expression, ...] = ()  # what must hold whenever it is reached
    bit: int | None = None  # the bit of its `seen` in a state, if any expression reads it
    was: tuple[str, ...] = ()
    where: str = ""  # file:line:column

    def is_page(self, cut: Cut) -> bool:
        """Return whether a cut shows the node as a page."""
        return self.end is not None or (bool(self.text) and (self.in_brief or not cut.brief))


@frozen
class Skip:
    """The summary of a chapter that is not played, and its effects. The summary sets the bits of `stands_for` in the
    state, so that nodes and choices count as seen and taken. `takes` has the full ids of these choices."""

    text: tuple[Passage, ...] = ()
    brief: tuple[Passage, ...] = ()
    effects: Effects | None = None
    because: tuple[str, ...] = ()
    stands_for: int = 0
    takes: frozenset[str] = frozenset()


@frozen
class Chapter:
    """A chapter of one role, or an interlude of all roles. `ChapterShape` explains its fields."""

    id: str
    title: str
    role: str | None = None
    hanzi: str | None = None
    when: str | None = None
    place: str | None = None
    note: str | None = None
    object: str | None = None
    begin: tuple[Branch, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    skip: Skip | None = None
    was: tuple[str, ...] = ()

    def when_at(self, node: Node | None) -> str | None:
        """Return the date of a page, which by default is the chapter's."""
        return (node.when if node is not None else None) or self.when


@frozen
class Cut:
    """A length of the story: `chapters` (None: all), read by one role or by both in turn.

    `brief`: pages show their brief text. `brief_lines`: only the last line between two pages is shown, in brief.
    """

    id: str
    both_roles: bool = False
    chapters: frozenset[str] | None = None
    brief: bool = False
    brief_lines: bool = False


@dataclass(frozen=True)
class Story:
    """A loaded and checked pack.

    `calendar` has the chapters in the order of reading, for all roles; an inner tuple is one date. `lines` has for each
    date the lines directly before it. `always` must hold in every ending, and `fates` say who lives.
    """

    pack: str
    title: str
    version: int
    language: str
    variables: Mapping[str, Variable]
    roles: Mapping[str, Role]
    places: Mapping[str, Place]
    chapters: Mapping[str, Chapter]
    calendar: tuple[tuple[str, ...], ...]
    cuts: Mapping[str, Cut]
    always: tuple[Expression, ...] = ()
    fates: tuple[Expression, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    people_groups: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    main: str = ""  # the source that the story rests on; "" if all are equal
    words: Mapping[str, str] = field(default_factory=dict)  # of the pack, for the interface: see `pack_words`
    texts: Mapping[str, str] = field(default_factory=dict)  # of the pack, in place of the interface's: see `pack_texts`
    measures: Measures | None = None
    ledger_max: int = 0  # the most units that any ledger's row can show
    spots: Mapping[str, Spot] = field(default_factory=dict)
    invitation: Invitation | None = None
    lines: tuple[tuple[Line, ...], ...] = ()
    debrief: tuple[DebriefSection, ...] = ()
    ornament: Literal["grain", ""] = ""
    content_note: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    guide: Guide | None = None
    desk: Desk | None = None
    renames: tuple[tuple[str, str], ...] = ()  # every `was`, as a full id and an earlier name
    untranslated: Mapping[str, str] = field(default_factory=dict)  # see game/story/translation.py
    originals: Mapping[str, str] = field(default_factory=dict)  # a choice's full id -> its original text
    folder: str = field(default="", compare=False)  # the pack's, for its images; "" where they are painted already

    def original_of(self, choice: Choice) -> str:
        """Return a choice's text in the story's own language."""
        return self.originals.get(choice.full_id, choice.say)

    def cited(self, fact: Fact) -> str:
        """Return a fact's place in its source, as "Letters, p. 41"; for the main source, without the title: "P18".

        For a fact without a place, return its source's title, or else its speaker.
        """
        place = f"{PLACES[fact.counted]}{fact.place}" if fact.place else ""
        if fact.source not in self.sources:
            return place or fact.speaker
        title = self.sources[fact.source].title
        return place if place and fact.source == self.main else ", ".join(filter(None, (title, place)))

    def pronoun_of(self, role: str | None) -> str:
        """Return the pronoun of a role's narrators: "he" or "she"; "they" if the pronouns differ or are unknown."""
        found = {person.pronoun for person in self.people.values() if role is not None and person.tells == role}
        return (found.pop() if len(found) == 1 else None) or "they"

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The calendar as one flat list of chapter ids."""
        return tuple(chapter for date in self.calendar for chapter in date)

    @cached_property
    def names(self) -> NameFinder:
        """The finder of people's names in texts."""
        return NameFinder.of(self.people.values())

    @cached_property
    def date_of(self) -> Mapping[str, int]:
        """The number of each chapter's date in the calendar."""
        return {chapter: number for number, date in enumerate(self.calendar) for chapter in date}

    def original_in(self, cut: Cut) -> str | None:
        """Return the place (file:line:column) of a cut's first untranslated text; None if every text is translated."""
        met = ["pack", "people", "facts", "glossary", "debrief"]
        for chapter in self.chapters.values():
            if cut.chapters is None or chapter.id in cut.chapters:
                met += [f"{chapter.id}.title", chapter.id]
            elif chapter.skip is not None and (chapter.skip.brief if cut.brief else chapter.skip.text):
                met += [f"{chapter.id}.title", f"{chapter.id}.skip.{'brief' if cut.brief else 'text'}"]
        return next((self.untranslated[whose] for whose in met if whose in self.untranslated), None)

    def place_of(self, chapter: Chapter, node: Node | None) -> Place | None:
        """Return the place of a page, which by default is the chapter's; None if neither has one."""
        return self.places.get((node.place if node is not None else None) or chapter.place or "")

    @property
    def images(self) -> Iterator[Image]:
        """The pictures that are files of the pack: those of places, then those of pages."""
        yield from (place.image for place in self.places.values() if place.image is not None)
        pages = (node for chapter in self.chapters.values() for node in chapter.nodes.values())
        yield from (node.image for node in pages if node.image is not None)

    @cached_property
    def objects(self) -> tuple[str, ...]:
        """The ids of the things that chapters are about (`Chapter.object`), each once, in the order of the calendar."""
        return self.objects_in(None)

    def objects_in(self, cut: str | None) -> tuple[str, ...]:
        """Return the `objects` of a cut's chapters; None means all chapters."""
        walked = self.cuts[cut].chapters if cut is not None else None
        chapters = (self.chapters[id] for id in self.order if walked is None or id in walked)
        things = (chapter.object for chapter in chapters if chapter.nodes)
        return tuple(dict.fromkeys(thing for thing in things if thing is not None))

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Each variable's index in the tuple of a state."""
        return {name: i for i, name in enumerate(self.variables)}

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node by its full id."""
        places = {f"{chapter.id}.{id}": (chapter, id) for chapter in self.chapters.values() for id in chapter.nodes}
        return LazyMapping(places, lambda place: place[0].nodes[place[1]])
