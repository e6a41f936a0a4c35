"""A kiosk's window, put together: what it offers, who looks after its visitors, and the village that goes by."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from game.desktop import api as desktop
from game.desktop.window_options import WindowOptions
from game.kiosk.pixel_shift import pixel_shift
from game.kiosk.staff.pin import PinLock, verify_pin
from game.kiosk.visit_controller import CountSink, VisitController
from game.play import begin
from game.resources import assets_folder
from game.ui.handlers.visit_handlers import await_visitors
from game.ui.i18n import catalogue_for
from game.ui.kiosk_state import IdleTimeout, KioskEdition, KioskOffer
from game.ui.settings import VALUES, Settings

if TYPE_CHECKING:
    from game.kiosk.config.configuration import Config
    from game.play.page import Picture
    from game.story.model import Story
    from game.ui.state import AppState

FEWEST = 3  # pictures that go by


def offer_of(stories: Sequence[Story], config: Config, own: Story | None = None) -> KioskOffer:
    """What the configuration lets visitors have of a story, which is given in each of its languages. By its `own`, the
    first of them where none is given, it is measured how long a reading takes."""
    roles = config.roles or tuple(stories[0].roles)
    minutes = longer(own or stories[0], roles, config.longer_cut) if config.longer_cut else {}
    editions = tuple(_edition(story, config, minutes) for story in stories)
    pictures, loudest = scenes(stories[0], roles[0]), settings_of(config).volume
    return KioskOffer(editions, roles, config.cut, config.longer_cut, pictures, loudest)


def longer(story: Story, roles: Sequence[str], cut: str) -> dict[str, int]:
    """About how many minutes a cut takes behind each of these doors."""
    from game.documents.guide.reading_times import estimate_minutes

    return {role: estimate_minutes(story, role, story.cuts[cut]) for role in roles}


def _edition(story: Story, config: Config, minutes: Mapping[str, int]) -> KioskEdition:
    words = catalogue_for(assets_folder() / "locale", story.language)
    objects = {name: texts[story.language] for name, texts in config.objects.items() if story.language in texts}
    whole = bool(minutes) and story.original_in(story.cuts[config.longer_cut]) is None
    invitation = config.attract.get(story.language) or words("visit.invitation")
    return KioskEdition(story, words, invitation, objects, minutes if whole else {})


def scenes(story: Story, role: str) -> tuple[Picture, ...]:
    """The pictures of a long reading, in its order, each once: of what both doors meet, which gives nothing away; of
    all, where that is next to nothing."""
    alone = (cut for cut in story.cuts.values() if not cut.both_roles)
    longest = max(alone, key=lambda cut: len(cut.chapters or story.order))
    p = begin(story, role=role, cut=longest.id)
    while not p.over:
        p = p.choose(p.page.choices[0].id)
    shared, every = (
        tuple(page.picture for page in p.pages if page.picture is not None and (page.role is None or not only))
        for only in (True, False)
    )
    found: list[Picture] = []
    for picture in shared if len(shared) >= FEWEST else every:
        if picture not in found:
            found.append(picture)
    return tuple(found)


def settings_of(config: Config) -> Settings:
    """What each visit begins with."""
    loudest = max(volume for volume in VALUES["volume"] if volume <= config.volume)
    return Settings(targets="large", volume=loudest)


def run_kiosk(
    stories: Sequence[Story],
    config: Config,
    counts: CountSink,
    beat: Callable[[int], bool],
    renewed: Callable[[], bool],
    health: Callable[[AppState], Sequence[str]],
    options: WindowOptions,
    own: Story | None = None,
) -> int:
    """Receive visitors until the staff ends it, or the kiosk is not wanted any more; the exit status.

    `stories` is one story in each of the kiosk's languages, `own` in that which it was written in. `beat` is told how
    many visits today had, and says whether to go on; `renewed` whether the configuration changed; `health` what the
    staff is told. Raises WindowError.
    """
    settings, patience = settings_of(config), IdleTimeout(config.idle, config.warn)
    attendant = VisitController(
        counts, patience, settings, time.monotonic, datetime.now, desktop.touch_parser(), config.hours,
        beat, renewed, StaffAccess(config.pin, health, time.monotonic) if config.pin else None,
    )  # fmt: skip
    app = await_visitors(offer_of(stories, config, own), settings)
    shift = pixel_shift if config.pixel_shift else None
    return desktop.run_kiosk_window(app, attendant, attendant, options, config.data_folder, shift)


class StaffAccess:
    """The staff's: a PIN opens it, and three wrong ones lock it for a minute. `clock` gives seconds."""

    def __init__(self, kept: str, health: Callable[[AppState], Sequence[str]], clock: Callable[[], float]) -> None:
        self._kept, self._health, self._clock = kept, health, clock
        self._lock = PinLock()

    def __call__(self, pin: str, app: AppState) -> Sequence[str] | int:
        """How the kiosk is doing, in the words of `app`, to whoever has the PIN; else for how many seconds no other is
        taken."""
        if left := self._lock.left(self._clock()):
            return ceil(left)
        right = verify_pin(pin, self._kept)
        self._lock = self._lock.after_attempt(right, self._clock())
        return self._health(app) if right else ceil(self._lock.left(self._clock()))
