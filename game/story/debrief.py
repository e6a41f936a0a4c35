"""The debrief as values: its sections, and its task of placing decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from game.core.values import frozen
from game.lang.expressions import Expression

PlacingRule = Literal["several", "one", "in-order"]


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
    """A task in which the reader places decisions, or other things. `places` maps the ids of places to their names.

    By its `rule` each can stand at several places, at one, or at one that no other has (`in-order`).
    """

    places: Mapping[str, str]
    decisions: tuple[PlacedDecision, ...]
    rule: PlacingRule = "several"

    def placed(self, before: frozenset[tuple[str, str]], decision: str, place: str) -> frozenset[tuple[str, str]]:
        """Return what stands where, as pairs (decision, place), after one was put at a place or taken from there."""
        put = (decision, place)
        if put in before or self.rule == "several":
            return before ^ {put}
        freed = {(other, at) for other, at in before if other == decision or (self.rule == "in-order" and at == place)}
        return before - freed | {put}


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
