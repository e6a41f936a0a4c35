"""The debrief as values: its sections, and its task of placing decisions."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen
from game.lang.expressions import Expression


@frozen
class PlacedDecision:
    """A decision of a PlacingTask, with the author's view of it: where it belongs (`at`), why, and by which facts."""

    id: str
    text: str
    at: tuple[str, ...]
    why: str
    facts: tuple[str, ...] = ()


@frozen
class PlacingTask:
    """A task of the debrief, in which the reader places decisions. `places` maps the ids of places to their names."""

    places: Mapping[str, str]
    decisions: tuple[PlacedDecision, ...]


@frozen
class DebriefText:
    """A paragraph of a section. If it has a condition, it is shown only if that holds at the end of the reading."""

    text: str
    condition: Expression | None = None


@frozen
class DebriefSection:
    """One section of the debrief.

    `fill` is the kind of content that is made from the playthrough; `otherwise` replaces `text` where it shows nothing.
    `outside`: none of it is from the story's source. `brief` is its text on a museum's card. It shares the screen of
    the section `beside`, if any. `appendix` says what stands only in the appendix: "all", its "list", or "". `groups`
    are the groups of people that it shows, () for all. `other_door`: a button leads to the other role's story.
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
