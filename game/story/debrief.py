"""The debrief as values: its sections, and the task of placing decisions."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen
from game.lang.expressions import Expression


@frozen
class PlacedDecision:
    """A decision of a PlacingTask: where its author would place it (`at`), why, and the facts behind that."""

    id: str
    text: str
    at: tuple[str, ...]
    why: str
    facts: tuple[str, ...] = ()


@frozen
class PlacingTask:
    """A task of the debrief: the reader places decisions. `places` maps possible places from id to name."""

    places: Mapping[str, str]
    decisions: tuple[PlacedDecision, ...]


@frozen
class DebriefText:
    """A paragraph of a section. With a condition, it is shown if that holds at the end of the reading."""

    text: str
    condition: Expression | None = None


@frozen
class DebriefSection:
    """One section of the debrief.

    `fill` names the content made from the playthrough; if that is empty, `otherwise` replaces `text`. `outside`: none
    of it is from the story's source. `brief` is its text on a museum's card. `beside` is the id of the section whose
    screen it shares, "" if it has its own. `appendix`: what stands only in the appendix: "all", its "list", or "" for
    nothing. `groups`: the groups of people.yaml whose people it shows; () for all. `other_door`: a button leads to the
    other role's story.
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
