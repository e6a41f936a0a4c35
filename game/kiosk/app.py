"""App: runs the kiosk's window, with its visits and the staff's access. A cut is a length of the story."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from game.desktop import api as desktop
from game.desktop.window_placement import WindowOptions
from game.kiosk.pixel_shift import pixel_shift
from game.kiosk.staff.pin import PinLock, verify_pin
from game.kiosk.visit_controller import VisitController
from game.play import begin
from game.play.page import Picture
from game.resources import assets_folder
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import catalogue_for
from game.ui.kiosk_state import PICTURE_SECONDS, IdleTimeout, KioskEdition, KioskOffer
from game.ui.settings import KIOSK_TEXT_SCALE, VALUES, Settings

if TYPE_CHECKING:
    from game.kiosk.config.configuration import Config
    from game.kiosk.counts.visit_counts import VisitCounts
    from game.story.model import Story
    from game.ui.state import AppState

Minutes = Mapping[str, Mapping[str, int]]  # cut id -> role id -> estimated minutes
MIN_PICTURES = 3  # for the attract screen
INVITATION_SECONDS = 25.0  # seconds in which the attract screen shows a village age once


def offer_of(
    stories: Sequence[Story], config: Config, own: Story | None = None, measured: Minutes | None = None
) -> KioskOffer:
    """Return what visitors can choose from. `stories` has the story in each of the kiosk's languages.

    Reading times that `measured` lacks are estimated on `own`, the story in its original language, or on the first of
    `stories`.
    """
    roles = config.roles or tuple(stories[0].roles)
    whole = own or stories[0]
    usual = max(reading_minutes(whole, roles, config.cut, measured).values(), default=0)
    minutes = reading_minutes(whole, roles, config.longer_cut, measured) if config.longer_cut else {}
    editions = tuple(replace(_edition(story, config, minutes), minutes=usual) for story in stories)
    loudest, aging = settings_of(config).volume, aging_pictures(stories[0])
    pictures = aging or attract_pictures(stories[0], roles[0])
    seconds = INVITATION_SECONDS / len(aging) if aging else PICTURE_SECONDS
    return KioskOffer(
        editions, roles, config.cut, config.longer_cut, pictures, loudest, ages=bool(aging), scene_seconds=seconds,
        web_address=config.web_address,
    )  # fmt: skip


def reading_minutes(story: Story, roles: Sequence[str], cut: str, measured: Minutes | None = None) -> dict[str, int]:
    """Return a cut's reading time in minutes, by role. Estimate it by playthroughs if `measured` lacks a role."""
    known = (measured or {}).get(cut, {})
    if all(role in known for role in roles):
        return {role: known[role] for role in roles}
    # Imported late: it takes 48 ms, and the playthroughs as much. A start with known times saves both.
    from game.documents.guide.reading_times import estimate_minutes

    return {role: estimate_minutes(story, role, story.cuts[cut]) for role in roles}


def _edition(story: Story, config: Config, minutes: Mapping[str, int]) -> KioskEdition:
    words = catalogue_for(assets_folder() / "locale", story)
    objects = {name: texts[story.language] for name, texts in config.objects.items() if story.language in texts}
    whole = bool(minutes) and story.original_in(story.cuts[config.longer_cut]) is None
    invitation = config.attract.get(story.language) or story.words.get("invite") or " ".join(story.subtitle)
    return KioskEdition(story, words, invitation, objects, minutes if whole else {})


def aging_pictures(story: Story) -> tuple[Picture, ...]:
    """Return the pictures of the story's invitation: a village that grows older. Empty if the story has no
    invitation."""
    shown = story.invitation
    return tuple(Picture(shown.scene, stage) for stage in shown.stages) if shown is not None else ()


def attract_pictures(story: Story, role: str) -> tuple[Picture, ...]:
    """Return the pictures for the attract screen (between visits), each once, from a playthrough of the longest cut for
    one role. Take pages without a role, which give nothing away; if these have fewer than MIN_PICTURES, take all
    pages."""
    alone = (cut for cut in story.cuts.values() if not cut.both_roles)
    longest = max(alone, key=lambda cut: len(cut.chapters or story.order))
    p = begin(story, role=role, cut=longest.id)
    while not p.over:
        p = p.choose(p.page.choices[0].id)
    pictures = [(page.role, page.picture) for page in p.pages if page.picture is not None]
    shared = [picture for role, picture in pictures if role is None]
    found = shared if len(shared) >= MIN_PICTURES else [picture for _, picture in pictures]
    return tuple(picture for at, picture in enumerate(found) if picture not in found[:at])


def settings_of(config: Config) -> Settings:
    """Return the settings at the start of each visit."""
    loudest = max(volume for volume in VALUES["volume"] if volume <= config.volume)
    return Settings(targets="large", text_scale=KIOSK_TEXT_SCALE, volume=loudest)


def run_kiosk(
    stories: Sequence[Story],
    config: Config,
    counts: VisitCounts,
    heartbeat: Callable[[int], bool],
    reload_config: Callable[[], bool],
    health: Callable[[AppState], Sequence[str]],
    options: WindowOptions,
    own: Story,
    measured: Minutes,
) -> int:
    """Run the kiosk's window until the staff or the supervisor ends it. Return the exit status. Raises WindowError if
    the window cannot be opened. The arguments are as in `offer_of` and `VisitController`; `health` returns the lines of
    the staff's status page."""
    settings, idle_timeout = settings_of(config), IdleTimeout(config.idle, config.warn)
    controller = VisitController(
        counts, idle_timeout, settings, time.monotonic, datetime.now, desktop.touch_of, config.hours,
        heartbeat, reload_config, StaffAccess(config.pin, health, time.monotonic) if config.pin else None,
    )  # fmt: skip
    app = start_kiosk(offer_of(stories, config, own, measured), settings)
    shift = pixel_shift if config.pixel_shift else None
    return desktop.run_kiosk_window(app, controller, controller, options, config.data_folder, shift)


class StaffAccess:
    """Lets the staff see their page, by PIN. Three wrong PINs lock the access for a minute. `clock` returns seconds."""

    def __init__(self, pin_hash: str, health: Callable[[AppState], Sequence[str]], clock: Callable[[], float]) -> None:
        self._pin_hash, self._health, self._clock = pin_hash, health, clock
        self._lock = PinLock()

    def __call__(self, pin: str, app: AppState) -> Sequence[str] | int:
        """Return the status lines in the language of `app` if the PIN is right. If the PIN is wrong or the access is
        locked, return how many seconds the next try must wait (0: none)."""
        if left := self._lock.left(self._clock()):
            return ceil(left)
        right = verify_pin(pin, self._pin_hash)
        self._lock = self._lock.after_attempt(right, self._clock())
        return self._health(app) if right else ceil(self._lock.left(self._clock()))
