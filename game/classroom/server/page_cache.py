"""What each phone has before it, as it goes over the wire: made and serialised once for all that see the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.classroom.server import phone_messages
from game.classroom.state import ClassState
from game.core.values import frozen
from game.play import Page
from game.play.voting import Round
from game.ui.tree import TreeNode, to_json

Pages = Callable[[Page, Round, str], TreeNode]


@frozen
class CachedPage:
    """A tree as JSON, and the number of the vote that its choices belong to."""

    tree: str
    number: int


class PageCache:
    """The sheets of one room after another. `pages` makes a seat's tree, which only its own ballot sets apart."""

    def __init__(self, pages: Pages, state: ClassState) -> None:
        self._pages = pages
        self._made: dict[tuple[str, str | None], tuple[Page, Round, CachedPage]] = {}
        self.turn_to(state)

    def turn_to(self, state: ClassState) -> None:
        """Sheets are of this room from now on."""
        self._state = state
        self._open = {track.door: (track.page, _told(state.round(track))) for track in state.tracks}
        pages = {door: page for door, (page, _) in self._open.items()}
        self._made = {key: made for key, made in self._made.items() if made[0] is pages.get(key[0])}

    def of(self, seat: str) -> CachedPage:
        """What a seat has before it. Equal sheets of one door are one object."""
        door, own = self._state.track_of(seat).door, self._state.ballots.get(seat)
        page, round = self._open[door]
        made = self._made.get((door, own))
        if made is not None and made[0] is page and made[1] == round:
            return made[2]
        mine = round if own is None else replace(round, ballots={**round.ballots, seat: own})
        sheet = CachedPage(phone_messages.to_compact_json(to_json(self._pages(page, mine, seat))), round.number)
        if made is not None and made[2] == sheet:
            sheet = made[2]
        self._made[door, own] = page, round, sheet
        return sheet


def _told(round: Round) -> Round:
    """What phones may know of a round: who voted what, and who is there, only once it is revealed."""
    return round if round.phase == "revealed" else replace(round, ballots={}, hands={}, present=frozenset())
