"""The debrief (the talk after the story) as values: its sections, and its task of placing decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from game.core.values import frozen
from game.lang.expressions import Expression

PlacingRule = Literal["several", "one", "in-order"]


@frozen
class PlacedDecision:
    """A decision of a PlacingTask. The author says where it belongs (`at`: places), `why`, and which `facts` say so."""

    id: str
    text: str
    at: tuple[str, ...]
    why: str
    facts: tuple[str, ...] = ()


@frozen
class PlacingTask:
    """A task in which the reader places decisions, or other things. `places` maps the ids of places to their names.

    The `rule` says where the reader may put a decision: "several", at any number of places; "one", at one place;
    "in-order", at one place that no other decision has.
    """

    places: Mapping[str, str]
    decisions: tuple[PlacedDecision, ...]
    rule: PlacingRule = "several"

    def placed(self, before: frozenset[tuple[str, str]], decision: str, place: str) -> frozenset[tuple[str, str]]:
        """Return the pairs (decision, place) after the reader chose one. It is removed if it is in `before`; else it is
        added, and replaces the pairs that the rule does not allow beside it."""
        put = (decision, place)
        if put in before or self.rule == "several":
            return before ^ {put}
        freed = {(other, at) for other, at in before if other == decision or (self.rule == "in-order" and at == place)}
        return before - freed | {put}


@frozen
class DebriefText:
    """A paragraph of a section. With a condition, it is shown only if the condition holds at the end of the reading."""

    text: str
    condition: Expression | None = None


@frozen
class DebriefSection:
    """A section of the debrief. `DebriefSectionShape` explains its fields: `door: other` is `other_door` here."""

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
