"""A museum's visit as values: what a visitor is offered, and what is known of the others who were here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from game.core.values import frozen
from game.ui.layout.linebreak import is_han

if TYPE_CHECKING:
    from game.play.page import Picture
    from game.story.model import Story
    from game.ui.i18n import Catalogue

WORDS_A_MINUTE = 150
FEWEST_OTHERS = 10  # of whom something is said: of fewer it would be about persons


@frozen
class KioskEdition:
    """All that is read, in one language: the story, the interface's words, the invitation, and what the museum says of
    its own things, by a chapter's `object`. `longer` says about how many minutes the longer way takes behind each
    door; it is empty where this language does not have that whole."""

    story: Story
    words: Catalogue
    invitation: str
    objects: Mapping[str, str] = field(default_factory=dict)
    longer: Mapping[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.story.language


@frozen
class KioskOffer:
    """What the kiosk has: editions, of which the first is there until somebody chooses another; doors by their roles,
    lengths by their cuts (`longer` may be none), the pictures that go by while nobody is there, and how loud the staff
    may make it, in per cent."""

    editions: tuple[KioskEdition, ...]
    roles: tuple[str, ...]
    cut: str
    longer: str = ""
    scenes: tuple[Picture, ...] = ()
    loudest: int = 100


@frozen
class KioskVisit:
    """One visit. `left` is how many seconds there are to answer, once it is asked whether anybody is still there.

    `others` says for each page how many took each choice, of all who were here. `loudest` is the most that the
    volume may be turned up to. `by_keypad`: the voice was turned on by a key, so whoever hears it has keys.
    `other_version`: whoever asked for the full text behind a brief one has it on each page from there on.
    """

    offer: KioskOffer
    left: int | None = None
    others: Mapping[str, Mapping[str, int]] | None = None
    loudest: int = 75
    by_keypad: bool = False
    other_version: bool = False


def words_in(text: str) -> float:
    """How long a text is to read, in words; of Chinese, two characters are one."""
    letters = "".join(" " if is_han(char) else char for char in text)
    return len(letters.split()) + sum(char.isalpha() for char in text if is_han(char)) / 2


@frozen
class IdleTimeout:
    """How long a kiosk waits: `idle` seconds beside the reading of what is on the screen, then `warn` after asking."""

    idle: float = 60
    warn: float = 20

    def left(self, quiet: float, words: float) -> float | None:
        """Seconds until the kiosk begins anew, once it asks; None while it does not ask yet.

        quiet: seconds since somebody touched anything. words: how many are on the screen.
        """
        asks = self.idle + words * 60 / WORDS_A_MINUTE
        return None if quiet < asks else max(0.0, asks + self.warn - quiet)
