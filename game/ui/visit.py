"""A museum's visit as values: what a visitor is offered, and what is known of the others who were here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from game.values import frozen

if TYPE_CHECKING:
    from game.play.page import Picture

WORDS_A_MINUTE = 150
FEWEST_OTHERS = 10  # of whom something is said: of fewer it would be about persons


@frozen
class Offer:
    """What the kiosk has: an invitation, doors by their roles, lengths by their cuts (`longer` may be none), the
    pictures that go by while nobody is there, what the museum says of its own things, by a chapter's `object`, and how
    loud it may be at most, in per cent."""

    invitation: str
    roles: tuple[str, ...]
    cut: str
    longer: str = ""
    scenes: tuple[Picture, ...] = ()
    objects: Mapping[str, str] = field(default_factory=dict)
    loudest: int = 100


@frozen
class Visit:
    """One visit. `left` is how many seconds there are to answer, once it is asked whether anybody is still there.

    `others` says for each page how many took each choice, of all who were here.
    """

    offer: Offer
    left: int | None = None
    others: Mapping[str, Mapping[str, int]] | None = None


@frozen
class Patience:
    """How long a kiosk waits: `idle` seconds beside the reading of what is on the screen, then `warn` after asking."""

    idle: float = 60
    warn: float = 20

    def left(self, quiet: float, words: int) -> float | None:
        """Seconds until the kiosk begins anew, once it asks; None while it does not ask yet.

        quiet: seconds since somebody touched anything. words: how many are on the screen.
        """
        asks = self.idle + words * 60 / WORDS_A_MINUTE
        return None if quiet < asks else max(0.0, asks + self.warn - quiet)
