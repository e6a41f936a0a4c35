"""A playthrough is a list of entries; all else is computed. Immutable: each entry gives a new one.

The list is kept as a chain (each playthrough knows the one before), so an entry, an undo and a look back
cost nothing but themselves.
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
    """What was taken, and the full id of the node where: a choice's id, or continue, skip, leave."""

    node: str
    take: str


class Record(NamedTuple):
    """What an earlier reading fixed: whose door it was, and what was taken there. It needs no record of its own."""

    role: str
    entries: tuple[Entry, ...]


class UnknownChoice(LookupError):
    """No choice of that name stands on the page."""


class UnavailableChoice(LookupError):
    """The choice exists, but is not open now."""


class NothingToUndo(LookupError):
    """The playthrough is at its first page."""


class Playthrough:
    """One reading of a story. Make one with `begin`."""

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
        self.saved: dict[str, str] | None = None  # the last entry as a save has it, once it was saved

    @property
    def story(self) -> Story:
        return self._engine.story

    @property
    def engine(self) -> Engine:
        """The rules of its sitting."""
        return self._engine

    @property
    def role(self) -> str | None:
        """Whose door; None where both are played."""
        return self._engine.role

    @property
    def cut(self) -> Cut:
        return self._engine.cut

    @property
    def position(self) -> Position:
        """The place that the page is made from."""
        return self._position

    @property
    def entry(self) -> Entry | None:
        """What was taken last, and where; None on the first page."""
        if self.previous is None or self.previous.position.node is None:
            return None
        return Entry(self.previous.position.node.full_id, self._take)

    @property
    def page(self) -> Page:
        """What the reader meets now. Made when read, and kept while it is open: a page behind is made again."""
        if self._page is None:
            before = self.previous.position if self.previous is not None else None
            self._page = Page(self._engine, self._position, before, self.over)
        return self._page

    @property
    def over(self) -> bool:
        """Whether nothing can be taken any more: an ending was read, or the reader stepped outside."""
        return self.left or not self._engine.has_next(self._position)

    @property
    def finished(self) -> bool:
        """Whether the reader came to the end, read or told: what the other role's playthrough can be held against."""
        return self.over and not self.left

    @property
    def line(self) -> tuple[Playthrough, ...]:
        """This playthrough as it was after each entry, the first page's first."""
        line, at = [], self
        while True:
            line.append(at)
            if at.previous is None:
                return tuple(reversed(line))
            at = at.previous

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(at.entry for at in self.line if at.entry is not None)

    @property
    def past(self) -> tuple[Page, ...]:
        """The pages read before this one, oldest first."""
        return self.pages[:-1]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page read, this one last. Stepping outside turns no page."""
        return tuple(at.page for at in self.line if not at.left)

    def choose(self, id: str) -> Playthrough:
        """Take a choice of the page by its id. Raises UnknownChoice or UnavailableChoice."""
        if self.over:
            raise UnavailableChoice(f"`{id}` cannot be chosen: this playthrough is over")
        node = self._position.node
        assert node is not None
        if id == CONTINUE and not node.choices:
            return self._after(id, self._engine.advance(self._position))
        choice = open_choice(node, id, self._position.state)
        if choice is None:
            known = [one.id for one in node.choices] or [CONTINUE]
            if id in known:
                raise UnavailableChoice(f"`{id}` is not open on this page; open are {self._open()}")
            raise UnknownChoice(
                f"there is no choice `{id}` on this page; open are {self._open()}.{did_you_mean(id, known)}"
            )
        return self.after(choice)

    def after(self, choice: Choice) -> Playthrough:
        """Take a choice that is known to be open on this page."""
        return self._after(choice.id, self._engine.take(self._position, choice))

    def skip(self) -> Playthrough:
        """Have a heavy chapter told instead. Raises UnavailableChoice where the page does not offer it."""
        self._offered(SKIP)
        return self._after(SKIP, self._engine.skip(self._position))

    def leave(self) -> Playthrough:
        """Step outside, into the debrief. Raises UnavailableChoice where the story is over."""
        self._offered(LEAVE)
        return self._after(LEAVE, self._position, left=True)

    def take(self, entry: str) -> Playthrough:
        """Any entry by its word: a choice's id, continue, skip or leave."""
        return self.skip() if entry == SKIP else self.leave() if entry == LEAVE else self.choose(entry)

    def undo(self) -> Playthrough:
        """The playthrough without its last entry. Raises NothingToUndo on the first page."""
        if self.previous is None:
            raise NothingToUndo("this is the first page")
        return self.previous

    def choice_taken(self) -> Choice | None:
        """The story's choice behind the last entry; None for continue, skip, leave and the first page."""
        if self.previous is None or self.previous.position.node is None:
            return None
        return next((choice for choice in self.previous.position.node.choices if choice.id == self._take), None)

    def _after(self, take: str, position: Position, left: bool = False) -> Playthrough:
        self._page = None
        return Playthrough(self._engine, position, self.earlier, self, take, left)

    def _offered(self, offer: str) -> None:
        if offer not in self.page.offers:
            raise UnavailableChoice(f"`{offer}` is not offered on this page")

    def _open(self) -> str:
        return ", ".join(option.id for option in self.page.choices) or "none"

    def __repr__(self) -> str:
        return f"Playthrough({self.role or 'both'}, {self.cut.id}, {len(self.entries)} entries)"


def begin(
    story: Story, role: str | None = None, cut: str = "full", earlier: Playthrough | Record | None = None
) -> Playthrough:
    """A playthrough at its first page.

    `earlier` is a finished playthrough of the other role, of any cut, or the record of one: what it fixed holds.
    Where a cut plays both roles, `role` is not used. Raises ValueError on an unknown role or cut, or an `earlier`
    that does not fit.
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
    """The playthroughs on the way through one entry, given by its word, a local or a full id.

    `continue` may be left out: pages that only go on are turned until the entry is found. Raises as `take` does.
    """
    node, _, take = entry.rpartition(".")
    while take != CONTINUE and not _stands_on(playthrough, node, take) and _only_goes_on(playthrough):
        playthrough = playthrough.choose(CONTINUE)
        yield playthrough
    if node and playthrough.page.node != node:
        raise UnknownChoice(f"`{entry}` belongs to another page than {playthrough.page.node}")
    yield playthrough.take(take)


def _stands_on(playthrough: Playthrough, node: str, take: str) -> bool:
    page = playthrough.page
    known = take in page.offers or any(option.id == take for option in page.choices)
    return known and (not node or page.node == node)


def _only_goes_on(playthrough: Playthrough) -> bool:
    return [option.id for option in playthrough.page.choices] == [CONTINUE]


def recorded(of: Playthrough | Record) -> Recorded:
    """What was taken at each node, in order: the form in which a record is followed again."""
    taken: dict[str, list[str]] = {}
    for entry in of.entries:
        taken.setdefault(entry.node, []).append(entry.take)
    return taken
