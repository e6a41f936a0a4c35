"""The state of a kiosk: what it offers, the visit, and when it resets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from game.core.values import frozen
from game.lang.reading_speed import WORDS_A_MINUTE

if TYPE_CHECKING:
    from game.play.page import Picture
    from game.story.model import Story
    from game.ui.i18n import Catalogue

IDLE, WARN = 60, 20  # seconds until an idle kiosk asks, and how long it then waits, unless the museum sets others
PICTURE_SECONDS = 14.0  # how long the attract screen shows each picture, if these show different places
FEWEST_OTHERS = 10  # visitors who must be counted: fewer could show how one person chose


@frozen
class KioskEdition:
    """A kiosk's texts in one language. The attract screen shows `invitation`.

    Attributes:
        objects: id of an object in the story -> the museum's text about such an object in its exhibition.
        minutes: about how many minutes the usual cut takes; 0 if that is not known.
        longer: role id -> minutes of the longer cut; empty if that cut is not completely translated.
    """

    story: Story
    words: Catalogue
    invitation: str
    objects: Mapping[str, str] = field(default_factory=dict)
    longer: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0

    @property
    def language(self) -> str:
        return self.story.language


@frozen
class KioskOffer:
    """What a kiosk offers.

    Attributes:
        editions: one for each language; the first is shown until a visitor chooses.
        cut, longer: the ids of the usual cut (length) and of a second, longer cut; `longer` is "" if there is none.
        scenes: the pictures of the attract screen. Each is shown for `scene_seconds`.
        ages: whether the scenes show one village in several years.
        loudest: the highest volume, in per cent, that the staff may set.
        web_address: where a visitor's phone can go on with the story; "" if nowhere.
    """

    editions: tuple[KioskEdition, ...]
    roles: tuple[str, ...]
    cut: str
    longer: str = ""
    scenes: tuple[Picture, ...] = ()
    loudest: int = 100
    ages: bool = False
    scene_seconds: float = PICTURE_SECONDS
    web_address: str = ""

    @property
    def aging_scenes(self) -> tuple[Picture, ...]:
        """The pictures of one village in several years; empty if the attract screen shows different places."""
        return self.scenes if self.ages else ()


@frozen
class KioskVisit:
    """One visit at a kiosk.

    Attributes:
        left: seconds to answer whether anybody is still there; None while the kiosk does not ask.
        others: node id -> choice id -> how many visitors chose it; None before they are counted.
        loudest: the highest volume, in per cent, that the visitor may set.
        by_keypad: whether a key turned self-voicing on, so that texts can name keys.
        other_version: whether the visitor asked for full texts; every later page shows them too.
    """

    offer: KioskOffer
    left: int | None = None
    others: Mapping[str, Mapping[str, int]] | None = None
    loudest: int = 75
    by_keypad: bool = False
    other_version: bool = False


@frozen
class IdleTimeout:
    """Decides when an idle kiosk resets. After `idle` seconds plus the time to read the screen, the kiosk asks whether
    somebody is there; after `warn` more seconds it resets."""

    idle: float = IDLE
    warn: float = WARN

    def left(self, quiet: float, words: int) -> float | None:
        """Return the seconds until the reset, after `quiet` seconds without input on a screen with so many words; None
        while the kiosk does not ask yet."""
        asks = self.idle + words * 60 / WORDS_A_MINUTE
        return None if quiet < asks else max(0.0, asks + self.warn - quiet)
