"""What a reader meets: values only, the same for a window, a terminal, a phone and a voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from typing import Any, Generic, TypeVar, overload

from game.core.values import frozen
from game.lang.expressions import Expression, State, Value
from game.lang.markup import Paragraph, Span
from game.play.engine import CONTINUE, Engine, Position
from game.play.text_eval import Told, paragraphs
from game.story.model import Chapter, Option, Place, Story

__all__ = ["Change", "LedgerRow", "Option", "Page", "Paragraph", "Picture", "Span", "Told"]

T = TypeVar("T")
ONWARD = (Option(CONTINUE, ""),)  # nothing is said by it; whoever shows it has a word for it


@frozen
class Change:
    """What the last entry moved, in words, with the facts (or `invented`) that it rests on."""

    variable: str
    before: str
    after: str
    facts: tuple[str, ...] = ()


@frozen
class Picture:
    """What the painter is given: it knows the scene and its parameters, and nothing of the story."""

    scene: str
    params: Mapping[str, Value] = field(default_factory=dict)
    alt: str = ""


@frozen
class LedgerRow:
    """One line of a weighing: `label` as the story words it, a number of sacks, and whether it was only said."""

    label: str
    sacks: int
    claimed: bool = False


class _made_when_read(Generic[T]):  # noqa: N801 (a decorator is read like a function)
    """A property that is made on the first read. After that it stands in the page itself, which is read first."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, page: None, owner: type) -> _made_when_read[T]: ...
    @overload
    def __get__(self, page: object, owner: type) -> T: ...
    def __get__(self, page: object | None, owner: type) -> T | _made_when_read[T]:
        if page is None:
            return self
        made = page.__dict__[self.name] = self.make(page)
        return made


class Page:
    """One page of a playthrough. Its fields are values, made when read."""

    FIELDS = (
        "chapter", "node", "role", "title", "hanzi", "when", "place", "note", "object", "paragraphs", "brief",
        "shows_brief", "told", "choices", "offers", "changes", "ledger", "picture", "discuss", "tally", "ending",
    )  # fmt: skip
    __slots__ = ("__dict__", "_over", "_previous", "_stop", "_story", "_told", "_walker")

    def __init__(
        self,
        engine: Engine,
        position: Position,
        previous: Position | None,
        over: bool,
        told: tuple[Told, ...] | None = None,
    ) -> None:
        self._engine, self._story, self._position, self._previous, self._over = (
            engine,
            engine.story,
            position,
            previous,
            over,
        )
        self._told = told

    def retold(self, told: tuple[Told, ...]) -> Page:
        """The same page with other chapters told at its head: what one half of a class is told, and not the other."""
        return Page(self._engine, self._position, self._previous, self._over, told)

    @_made_when_read
    def _chapter(self) -> Chapter | None:
        return self._position.chapter_of(self._story)

    @property
    def chapter(self) -> str | None:
        """The chapter's id; None past the last chapter of the calendar."""
        return self._chapter.id if self._chapter else None

    @property
    def node(self) -> str | None:
        """The node's full id."""
        return self._position.node.full_id if self._position.node else None

    @property
    def role(self) -> str | None:
        """Whose chapter this is; None for an interlude."""
        return self._chapter.role if self._chapter else None

    @property
    def title(self) -> str:
        return self._chapter.title if self._chapter else self._story.title

    @property
    def hanzi(self) -> str | None:
        return self._chapter.hanzi if self._chapter else None

    @property
    def when(self) -> str | None:
        return self._chapter.when_at(self._position.node) if self._chapter else None

    @property
    def place(self) -> str | None:
        """The place's name, as it is printed."""
        place = self._place
        return place.name if place else None

    @property
    def _place(self) -> Place | None:
        return self._story.place_of(self._chapter, self._position.node) if self._chapter else None

    @property
    def note(self) -> str | None:
        """What is in a heavy chapter; on its first page only."""
        return self._chapter.note if self._chapter and self._position.first else None

    @property
    def object(self) -> str | None:
        """The id of the thing that stands in the middle of the chapter; on its first page only."""
        return self._chapter.object if self._chapter and self._position.first else None

    @_made_when_read
    def paragraphs(self) -> tuple[Paragraph, ...]:
        node = self._position.node
        return paragraphs(node.text, self._story, self._position.state) if node else ()

    @_made_when_read
    def brief(self) -> tuple[Paragraph, ...]:
        """The kiosk's text; empty where the story has none."""
        node = self._position.node
        return paragraphs(node.brief, self._story, self._position.state) if node else ()

    @property
    def shows_brief(self) -> bool:
        """Whether `brief` is shown and the paragraphs stand behind "more"."""
        return self._engine.cut.brief and bool(self.brief)

    def telling(self, other: bool = False) -> tuple[Paragraph, ...]:
        """The paragraphs that are shown first; `other`: the long telling for the short one, or the reverse."""
        return self.brief if self.shows_brief != other and self.brief else self.paragraphs

    @property
    def told(self) -> tuple[Told, ...]:
        """The chapters that made no page since the page before, each in a few words."""
        return self._position.told if self._told is None else self._told

    @_made_when_read
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen now; `continue` where the page only goes on."""
        position = self._position
        if self._over or position.node is None:
            return ()
        if not position.node.choices:
            return ONWARD
        state = position.state
        return tuple(
            [
                choice.option
                for choice in position.node.choices
                if choice.condition is None or choice.condition.run(state)
            ]
        )

    @property
    def offers(self) -> tuple[str, ...]:
        """`skip` on a heavy chapter's first page; `leave` while the story goes on."""
        if self._over:
            return ()
        return ("skip", "leave") if self.note and self._chapter and self._chapter.skip else ("leave",)

    @_made_when_read
    def changes(self) -> tuple[Change, ...]:
        if self._previous is None:
            return ()
        return tuple(_changes(self._story, self._previous.state, self._position))

    @_made_when_read
    def ledger(self) -> tuple[LedgerRow, ...]:
        node, state = self._position.node, self._position.state
        return tuple(LedgerRow(row.label, row.value(state), row.claimed) for row in node.ledger) if node else ()

    @_made_when_read
    def picture(self) -> Picture | None:
        return _picture(self._place, self._story, self._position.state)

    @property
    def discuss(self) -> str | None:
        return self._position.node.discuss if self._position.node else None

    @property
    def tally(self) -> bool:
        """Whether a class may be shown how many took which choice."""
        return self._position.node is None or self._position.node.tally

    @property
    def ending(self) -> str | None:
        return self._position.node.end if self._position.node else None

    def as_json(self) -> dict[str, Any]:
        """The fields by their names, in plain JSON; a paragraph carries its `text` beside its spans."""
        return {name: as_plain(getattr(self, name)) for name in self.FIELDS}

    def __repr__(self) -> str:
        return f"Page({self.node})"


def as_plain(value: Any) -> Any:
    """Values as JSON has them; a paragraph with its text as well as its spans."""
    if isinstance(value, Paragraph):
        return {"text": value.text, "spans": as_plain(value.spans), "by": value.by}
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if not is_dataclass(value):
        return value
    return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}


def _changes(story: Story, before: State, position: Position) -> Iterator[Change]:
    for name, variable in story.variables.items():
        blocks = [block for block in position.done if block.effects is not None and name in block.effects.writes]
        if not blocks:
            continue
        slot = story.index[name]
        old, new = variable.in_words(before[slot]), variable.in_words(position.state[slot])
        if old is not None and new is not None and old != new:
            yield Change(name, old, new, tuple(dict.fromkeys(fact for block in blocks for fact in block.because)))


def _picture(place: Place | None, story: Story, state: State) -> Picture | None:
    if place is None:
        return None
    params = {name: value(state) if isinstance(value, Expression) else value for name, value in place.params.items()}
    return Picture(place.scene, params, " ".join(one.text for one in paragraphs(place.alt, story, state)))
