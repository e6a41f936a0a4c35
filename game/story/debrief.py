"""The talk after a story as values: its sections, and the task in which decisions are placed."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen
from game.lang.expressions import Expression


@frozen
class PlacedDecision:
    """A decision of a PlacingTask: where its author would place it (`at`), why, and the facts that this rests on."""

    id: str
    text: str
    at: tuple[str, ...]
    why: str
    facts: tuple[str, ...] = ()


@frozen
class PlacingTask:
    """A task of the debrief: decisions to be placed. `places` are the possible places, id to name."""

    places: Mapping[str, str]
    decisions: tuple[PlacedDecision, ...]


@frozen
class DebriefText:
    """A paragraph of a section; with a condition it is shown where that holds at the end of the reading."""

    text: str
    condition: Expression | None = None


@frozen
class DebriefSection:
    """One section of the debrief.

    `fill` names the content made from the playthrough; where that is empty, `otherwise` replaces `text`. `outside`:
    nothing in it is from the story's source. `brief` is its text on a museum's card. `beside` is the id of the section
    on whose screen it stands, "" where it has one of its own. `appendix`: what of it stands in the appendix and on no
    screen: "all", its "list", or "" for nothing. `groups`: the groups of people.yaml whose people it tells of; () for
    all. `other_door`: a button leads to the other role's story.
    """

    id: str
    title: str
    text: tuple[DebriefText, ...] = ()
    fill: str | None = None
    otherwise: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    placing: PlacingTask | None = None
    outside: bool = False
    brief: tuple[str, ...] = ()
    beside: str = ""
    appendix: str = ""
    groups: tuple[str, ...] = ()
    other_door: bool = False
