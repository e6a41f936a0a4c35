"""A page of a playthrough as values, which window, terminal, phone and speech show. A heavy chapter has a `note`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

from game.core.values import frozen
from game.lang.expressions import State
from game.lang.markup import Paragraph, Span
from game.play import page_context
from game.play.engine import CONTINUE, Block, Engine, Position
from game.play.page_context import LedgerRow, MarkedTexts, PersonCard, PersonMark, Portions, Progress, Weighing
from game.play.pictures import Picture, picture_of
from game.play.text_eval import ToldChapter, paragraphs
from game.story.model import Chapter, Line, Option, Story
from game.story.places import Place, Sound

__all__ = [
    "Change", "LedgerRow", "Line", "MarkedTexts", "Option", "Page", "Paragraph", "PersonCard", "PersonMark", "Picture",
    "Portions", "Progress", "Span", "ToldChapter", "Weighing",
]  # fmt: skip

ONWARD = (Option(CONTINUE, ""),)  # it has no text, because the interface has its own


@frozen
class Change:
    """A variable that the last entry changed: its values in words, and the facts (ids, or `invented`) behind it."""

    variable: str
    before: str
    after: str
    facts: tuple[str, ...] = ()


class Page:
    """One page of a playthrough. Each property is computed when it is read. FIELDS names those of the JSON form."""

    FIELDS = (
        "chapter", "node", "role", "title", "hanzi", "when", "place", "note", "object", "paragraphs", "brief",
        "shows_brief", "told", "choices", "onward", "offers", "answer", "changes", "lines", "shows_brief_lines",
        "sources", "people", "progress", "ledger", "picture", "discuss", "tally", "ending",
    )  # fmt: skip
    __slots__ = ("__dict__", "_earlier", "_engine", "_over", "_position", "_previous", "_story")

    def __init__(
        self,
        engine: Engine,
        position: Position,
        previous: Position | None,
        over: bool,
        earlier: Callable[[], Iterable[Page]] = tuple,
    ) -> None:
        """Make the page of a position.

        `previous` is the position of the page before, to find changes. `over`: the playthrough has ended, so no entry
        can be taken. `earlier` returns the pages of the same chapter that were read before this one.
        """
        self._engine, self._story, self._position = engine, engine.story, position
        self._previous, self._over, self._earlier = previous, over, earlier

    def reached_by(self, previous: Position | None, done: tuple[Block, ...], told: tuple[ToldChapter, ...]) -> Page:
        """Return the same page for readers who reached it by another step, as one half of a class does, from the
        position `previous`. `done` and `told` are as in `Position`."""
        position = self._position._replace(done=done, told=told)
        return Page(self._engine, position, previous, self._over, self._earlier)

    @cached_property
    def _chapter(self) -> Chapter | None:
        return self._position.chapter_of(self._story)

    @property
    def chapter(self) -> str | None:
        """The chapter's id; None past the last chapter of the calendar."""
        return self._chapter.id if self._chapter else None

    @property
    def node(self) -> str | None:
        """The node's full id; None past the last chapter."""
        return self._position.node.full_id if self._position.node else None

    @property
    def role(self) -> str | None:
        """The id of the role that tells this chapter; None for an interlude of all roles."""
        return self._chapter.role if self._chapter else None

    @property
    def title(self) -> str:
        """The chapter's title; past the last chapter, the story's title."""
        return self._chapter.title if self._chapter else self._story.title

    @property
    def hanzi(self) -> str | None:
        """The chapter's title in Chinese characters; None without one."""
        return self._chapter.hanzi if self._chapter else None

    @property
    def when(self) -> str | None:
        """The date, as it is printed; None without one."""
        return self._chapter.when_at(self._position.node) if self._chapter else None

    @property
    def place(self) -> str | None:
        """The place's name, as it is printed; None without a place."""
        return self._place.name if self._place else None

    @property
    def spot(self) -> str | None:
        """The key of the place's spot on the map; None if the place is not on the map."""
        return self._place.spot if self._place else None

    @cached_property
    def _place(self) -> Place | None:
        return self._story.place_of(self._chapter, self._position.node) if self._chapter else None

    @property
    def note(self) -> str | None:
        """The warning about the hard content of a heavy chapter, on the chapter's first page; None on other pages."""
        return self._chapter.note if self._chapter and self._position.first else None

    @property
    def object(self) -> str | None:
        """The id of the chapter's main object, on its first page; None on other pages."""
        return self._chapter.object if self._chapter and self._position.first else None

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text; empty past the last chapter."""
        node = self._position.node
        return paragraphs(node.text, self._story, self._position.state) if node else ()

    @cached_property
    def brief(self) -> tuple[Paragraph, ...]:
        """The short text for a kiosk; empty if the page has none."""
        node = self._position.node
        return paragraphs(node.brief, self._story, self._position.state) if node else ()

    @property
    def shows_brief(self) -> bool:
        """Whether `brief` is shown first, and the paragraphs only after the reader asks for "more"."""
        return self._engine.cut.brief and bool(self.brief)

    @property
    def shows_brief_lines(self) -> bool:
        """Whether lines show their `brief` text instead of their whole text."""
        return self._engine.cut.brief_lines

    def shown_paragraphs(self, other_form: bool = False) -> tuple[Paragraph, ...]:
        """Return the paragraphs shown first: `brief` or the long ones. With `other_form`, return the other text."""
        return self.brief if self.shows_brief != other_form and self.brief else self.paragraphs

    @property
    def told(self) -> tuple[ToldChapter, ...]:
        """The chapters that were summarised since the page before."""
        return self._position.told

    @cached_property
    def telling(self) -> ToldChapter | None:
        """The summary of this heavy chapter for a reader who skips it. None in other chapters, or without a summary."""
        return self._engine.telling(self._position) if self._chapter and self._chapter.note else None

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        """The open choices; only `continue` if the page has none; empty if the story is over."""
        position = self._position
        if self._over or position.node is None:
            return ()
        if not position.node.choices:
            return ONWARD
        state, choices = position.state, position.node.choices
        return tuple([one.option for one in choices if one.condition is None or one.condition.run(state)])

    @property
    def has_decision(self) -> bool:
        """Whether there is something to choose, and not only a way on."""
        return any(option.say for option in self.choices)

    @property
    def onward(self) -> str:
        """The story's label for `continue` on a page without a decision; "" if the interface uses its own label."""
        return self._position.node.onward if self._position.node else ""

    @property
    def offers(self) -> tuple[str, ...]:
        """The other entries on offer: `skip` on a heavy chapter's first page, `leave` while the story goes on."""
        if self._over:
            return ()
        return ("skip", "leave") if self.note and self._chapter and self._chapter.skip else ("leave",)

    @cached_property
    def answer(self) -> Paragraph | None:
        """What came of the choice that led here; None without such a choice, or if the story does not say."""
        return page_context.answer(self._story, self._previous, self._position)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines on what has changed in the country since the page before."""
        return page_context.lines(self._engine, self._previous, self._position)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The ids of the facts behind the page and the step to it. `invented` comes last."""
        return page_context.sources(self._story, self._previous, self._position, self.lines)

    @cached_property
    def people(self) -> tuple[PersonMark, ...]:
        """The people who are named on the page, in the order in which they are named."""
        said = [text for option in self.choices for text in (option.say, option.reason)]
        read = self._texts(self.shown_paragraphs())
        summaries = [paragraph for chapter in read.told for paragraph in chapter.paragraphs]
        shown = (*read.lines, *summaries, *read.paragraphs, *((read.answer,) if read.answer else ()))
        return page_context.marks((*page_context.named_texts(shown), *said), self._story, self._position, self._reader)

    @cached_property
    def new_people(self) -> frozenset[str]:
        """The ids of the people who are named here and on no earlier page of this chapter."""
        known = {mark.id for page in self._earlier() for mark in page.people}
        return frozenset(mark.id for mark in self.people if mark.id not in known)

    def marked(self, other_form: bool = False) -> MarkedTexts:
        """Return the page's texts (see `shown_paragraphs`), with each of `new_people` marked at the first mention."""
        return self._mark(self.shown_paragraphs(True)) if other_form else self._marked

    def marked_in_full(self) -> MarkedTexts:
        """Return the texts of `marked`, but with both the brief paragraphs and, after them, the full ones."""
        return self._mark((*self.brief, *self.paragraphs))

    @cached_property
    def _marked(self) -> MarkedTexts:
        return self._mark(self.shown_paragraphs())

    def _mark(self, paragraphs: tuple[Paragraph, ...]) -> MarkedTexts:
        return page_context.mark_texts(self._texts(paragraphs), self._story, self.new_people)

    def card_of(self, person: str) -> PersonCard:
        """Return the card of a person, by id, with what the story lets the reader know by this page."""
        return page_context.person_card(self._story.people[person], self._story, self._position, self._reader)

    @property
    def _reader(self) -> str | None:
        return self._engine.role or self.role

    def _texts(self, paragraphs: tuple[Paragraph, ...]) -> MarkedTexts:
        lines = tuple(page_context.line_paragraph(line, self.shows_brief_lines) for line in self.lines)
        answer = self.answer if self._engine.cut.brief else None
        return MarkedTexts(lines, self.told, paragraphs, answer)

    @cached_property
    def progress(self) -> Progress:
        """How far the reading is: the number of the date, how many dates there are, and the year."""
        return page_context.progress(self._engine, self._position)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes that the step to this page made to variables, if readers are told of them."""
        return tuple(_changes(self._story, self._previous.state, self._position)) if self._previous else ()

    @cached_property
    def ledger(self) -> Weighing | None:
        """The weighing (sums of a harvest) on the page; None without one."""
        return page_context.weighing(self._story, self._position.node, self._position.state)

    @cached_property
    def picture(self) -> Picture | None:
        """The page's own image, else the picture of its place at this point of the story; None without either."""
        return picture_of(self._position.node, self._place, self._story, self._position.state)

    @property
    def sound(self) -> Sound | None:
        """The sound file that the pack has for the page's place; None without one."""
        return self._place.sound if self._place else None

    @property
    def discuss(self) -> str | None:
        """A question for a class about this page; None if there is none."""
        return self._position.node.discuss if self._position.node else None

    @property
    def tally(self) -> bool:
        """Whether a class is shown how many took each choice."""
        return self._position.node is None or self._position.node.tally

    @property
    def ending(self) -> str | None:
        """The id of the ending; None if this page is not an ending."""
        return self._position.node.end if self._position.node else None

    def as_json(self) -> dict[str, Any]:
        """Return the values named in FIELDS as JSON data (see `as_plain`)."""
        return {name: as_plain(getattr(self, name)) for name in self.FIELDS}

    def __repr__(self) -> str:
        return f"Page({self.node})"


def as_plain(value: Any) -> Any:
    """Return a value as JSON data. Fields with `compare=False` are left out. A paragraph also gets its `text`."""
    if isinstance(value, Paragraph):
        return {"text": value.text, "spans": as_plain(value.spans), "by": value.by}
    if isinstance(value, tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if not is_dataclass(value):
        return value
    return {field.name: as_plain(getattr(value, field.name)) for field in fields(value) if field.compare}


def _changes(story: Story, before: State, position: Position) -> Iterator[Change]:
    for name, variable in story.variables.items():
        blocks = [block for block in position.done if block.effects is not None and name in block.effects.writes]
        if not blocks:
            continue
        slot = story.index[name]
        old, new = variable.told(before[slot]), variable.told(position.state[slot])
        if old is not None and new is not None and old != new:
            yield Change(name, old, new, tuple(dict.fromkeys(fact for block in blocks for fact in block.because)))
