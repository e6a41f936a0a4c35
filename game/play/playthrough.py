"""A playthrough: a list of entries, from which all else is computed. It is immutable: an entry gives a new playthrough.

Each playthrough links to the one before its last entry. So an entry, an undo and a look back copy nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from game.core.findings import did_you_mean
from game.play.engine import Engine, Position
from game.play.page import Page
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP, Recorded, open_choice
from game.story.model import Choice, Cut, Story


class Entry(NamedTuple):
    """What a reader took at a node (its full id): a choice's id, or `continue`, `skip` or `leave`."""

    node: str
    take: str


class Record(NamedTuple):
    """The role and entries of an earlier playthrough, which decide that role's chapters in a later playthrough."""

    role: str
    entries: tuple[Entry, ...]


class UnknownChoice(LookupError):
    """Raised if the page has no choice of that id."""


class UnavailableChoice(LookupError):
    """Raised if a choice or offer exists but cannot be taken now."""


class NothingToUndo(LookupError):
    """Raised if an undo is asked for on the first page."""


class Playthrough:
    """A playthrough of a story, made by `begin`. `saved` caches the last entry as JSON data (see `save_format`)."""

    __slots__ = ("_engine", "_page", "_position", "_take", "earlier", "left", "previous", "saved")

    def __init__(
        self,
        engine: Engine,
        position: Position,
        earlier: Record | None,
        previous: Playthrough | None = None,
        take: str = "",
        left: bool = False,
    ) -> None:
        self._engine, self._position, self.earlier = engine, position, earlier
        self.previous, self._take, self.left = previous, take, left
        self._page: Page | None = None
        self.saved: dict[str, str] | None = None

    @property
    def story(self) -> Story:
        return self._engine.story

    @property
    def engine(self) -> Engine:
        """The rules of this playthrough's role and cut."""
        return self._engine

    @property
    def role(self) -> str | None:
        """The role that is played; None if both are."""
        return self._engine.role

    @property
    def cut(self) -> Cut:
        return self._engine.cut

    @property
    def position(self) -> Position:
        """The position of the page."""
        return self._position

    @property
    def entry(self) -> Entry | None:
        """The entry that led here; None on the first page."""
        if self.previous is None or self.previous.position.node is None:
            return None
        return Entry(self.previous.position.node.full_id, self._take)

    @property
    def page(self) -> Page:
        """The current page, made on first use."""
        if self._page is None:
            before = self.previous.position if self.previous is not None else None
            self._page = Page(self._engine, self._position, before, self.over, earlier=self._earlier_in_chapter)
        return self._page

    @property
    def over(self) -> bool:
        """Whether no entry is possible: an ending was read, or the reader left."""
        return self.left or not self._engine.has_next(self._position)

    @property
    def finished(self) -> bool:
        """Whether the story's end was reached without leaving. `begin` accepts only such a playthrough as `earlier`."""
        return self.over and not self.left

    @property
    def history(self) -> tuple[Playthrough, ...]:
        """The playthroughs from the first page to this one, one for each entry."""
        found, at = [], self
        while True:
            found.append(at)
            if at.previous is None:
                return tuple(reversed(found))
            at = at.previous

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(at.entry for at in self.history if at.entry is not None)

    @property
    def past(self) -> tuple[Page, ...]:
        """The pages that were read before this one, oldest first."""
        return self.pages[:-1]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page read so far, the current one last. Stopping the story (`leave`) adds none."""
        return tuple(at.page for at in self.history if not at.left)

    def choose(self, id: str) -> Playthrough:
        """Take a choice of the page by its id. Raises UnknownChoice, or UnavailableChoice if it is not open."""
        if self.over:
            raise UnavailableChoice(f"`{id}` cannot be chosen: this playthrough is over")
        node = self._position.node
        assert node is not None
        if id == CONTINUE and not node.choices:
            return self._after(id, self._engine.advance(self._position))
        choice = open_choice(node, id, self._position.state)
        if choice is None:
            known = [choice.id for choice in node.choices] or [CONTINUE]
            if id in known:
                raise UnavailableChoice(f"`{id}` is not open on `{node.full_id}`; open are {self._open_ids()}")
            raise UnknownChoice(
                f"there is no choice `{id}` on `{node.full_id}`; open are {self._open_ids()}.{did_you_mean(id, known)}"
            )
        return self.take_choice(choice)

    def take_choice(self, choice: Choice) -> Playthrough:
        """Take a choice without checking that it is open on this page."""
        return self._after(choice.id, self._engine.take(self._position, choice))

    def skip(self) -> Playthrough:
        """Read a heavy chapter's summary instead of its pages. Raises UnavailableChoice if that is not offered."""
        self._offered(SKIP)
        return self._after(SKIP, self._engine.skip(self._position))

    def leave(self) -> Playthrough:
        """Leave the story for the debrief. Raises UnavailableChoice if the story is over."""
        self._offered(LEAVE)
        return self._after(LEAVE, self._position, left=True)

    def take(self, entry: str) -> Playthrough:
        """Take an entry: a choice's id, continue, skip or leave. Raises as `choose`, `skip` and `leave` do."""
        return self.skip() if entry == SKIP else self.leave() if entry == LEAVE else self.choose(entry)

    def can_take(self, entry: str) -> bool:
        """Return whether the page has this choice or offer."""
        return entry in self.page.offers or any(option.id == entry for option in self.page.choices)

    def undo(self) -> Playthrough:
        """Return the playthrough without its last entry. Raises NothingToUndo on the first page."""
        if self.previous is None:
            raise NothingToUndo("this is the first page")
        return self.previous

    def choice_taken(self) -> Choice | None:
        """Return the story's choice that led here; None after continue, skip and leave, and on the first page."""
        if self.previous is None or self.previous.position.node is None:
            return None
        return next((choice for choice in self.previous.position.node.choices if choice.id == self._take), None)

    def _earlier_in_chapter(self) -> Iterator[Page]:
        at = self.previous
        while at is not None and at.position.chapter == self._position.chapter:
            yield at.page
            at = at.previous

    def _after(self, take: str, position: Position, left: bool = False) -> Playthrough:
        self._page = None
        return Playthrough(self._engine, position, self.earlier, self, take, left)

    def _offered(self, offer: str) -> None:
        if offer not in self.page.offers:
            raise UnavailableChoice(f"`{offer}` is not offered on this page")

    def _open_ids(self) -> str:
        return ", ".join(option.id for option in self.page.choices) or "none"

    def __repr__(self) -> str:
        return f"Playthrough({self.role or 'both'}, {self.cut.id}, {len(self.entries)} entries)"


def begin(
    story: Story, role: str | None = None, cut: str = "full", earlier: Playthrough | Record | None = None
) -> Playthrough:
    """Begin a playthrough at its first page. `role` is not used if the cut plays both roles.

    `earlier` is a finished playthrough of the other role, in any cut, or the record of one. It decides the chapters of
    the other role. Raises ValueError if the role or cut is unknown, or `earlier` does not fit.
    """
    if cut not in story.cuts:
        raise ValueError(f"there is no cut `{cut}`; cuts are {', '.join(story.cuts)}.{did_you_mean(cut, story.cuts)}")
    found = story.cuts[cut]
    if found.both_roles:
        role = None
    elif role is None or role not in story.roles:
        raise ValueError(
            f"there is no role `{role}`; roles are {', '.join(story.roles)}.{did_you_mean(role or '', story.roles)}"
        )
    record = _record(story, earlier) if isinstance(earlier, Playthrough) else earlier
    if record is not None and (found.both_roles or record.role == role):
        raise ValueError("an earlier playthrough must be of the other role")
    engine = Engine(story, role, found, recorded(record) if record is not None else None)
    return Playthrough(engine, engine.start(), record)


def _record(story: Story, earlier: Playthrough) -> Record:
    if earlier.role is None:
        raise ValueError("an earlier playthrough must be of the other role")
    if not earlier.finished:
        raise ValueError("an earlier playthrough must have come to its end")
    if earlier.story.pack != story.pack:
        raise ValueError("an earlier playthrough must be of the same story")
    return Record(earlier.role, earlier.entries)


def follow(playthrough: Playthrough, entry: str) -> Iterator[Playthrough]:
    """Take one entry: a choice's id or full id, continue, skip or leave. Yield the playthrough after each step.

    If the page does not have the entry, first continue to a page that does. Raises UnknownChoice if no such choice is
    on the page, and UnavailableChoice if it is not open.
    """
    node, _, take = entry.rpartition(".")
    while take != CONTINUE and [option.id for option in playthrough.page.choices] == [CONTINUE]:
        if playthrough.can_take(take) and node in ("", playthrough.page.node):
            break
        playthrough = playthrough.choose(CONTINUE)
        yield playthrough
    if node not in ("", playthrough.page.node):
        raise UnknownChoice(f"`{entry}` belongs to another page than {playthrough.page.node}")
    yield playthrough.take(take)


def recorded(of: Playthrough | Record) -> Recorded:
    """Return what was taken at each node, in order, by the node's full id."""
    taken: dict[str, list[str]] = {}
    for entry in of.entries:
        taken.setdefault(entry.node, []).append(entry.take)
    return taken
