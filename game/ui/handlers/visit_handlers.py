"""Handlers of a museum's kiosk: of a visit, from the attract screen (what passers-by see) to the last card, and of the
staff's page. A cut is a length of the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.core.exit_status import RESTART
from game.play import begin
from game.ui.components.page_parts import has_lead_in
from game.ui.effects import CheckPin, CountChoices, EndVisit, Quit
from game.ui.kiosk_state import KioskOffer, KioskVisit
from game.ui.line_edit import BLANK
from game.ui.screens.registry import SCREENS
from game.ui.settings import DEFAULT, Settings
from game.ui.state import KIOSK, AppState, ScreenView
from game.ui.transitions import (
    Handler,
    UpdateResult,
    confirm_handlers,
    open_screen,
    over_home,
    show_page,
    show_reading,
    with_default_focus,
)


def start_kiosk(offer: KioskOffer, settings: Settings = DEFAULT) -> AppState:
    """Return a kiosk's first state: the attract screen, in the first language of `offer`."""
    first, loudest = offer.editions[0], settings.volume
    app = AppState(first.story, first.words, settings, (KIOSK.home,), cut=offer.cut, loudness=loudest, mode=KIOSK)
    return with_default_focus(replace(app, visit=KioskVisit(offer, loudest=loudest)))


def show_idle_countdown(app: AppState, left: int | None) -> AppState:
    """Return the state with the idle prompt and `left` seconds on it. None removes the prompt."""
    if app.visit is None or app.top.screen == "attract":
        return app
    visible = app.top.screen == "still-there"
    app = replace(app, visit=replace(app.visit, left=left))
    if left is not None and not visible:
        return open_screen(app, "still-there")
    return with_default_focus(app.popped()) if left is None and visible else app


def reset_kiosk(app: AppState, settings: Settings) -> AppState:
    """Return the kiosk's first state again. Keep only what is known about the voices and trouble with the sound."""
    first = start_kiosk(app.current_visit.offer, settings)
    return replace(first, speech=app.speech, sound_trouble=app.sound_trouble)


def show_closed(app: AppState, until: str, settings: Settings) -> AppState:
    """Return the state while the museum is closed. `until` says when it opens, in a line for each language."""
    return with_default_focus(replace(reset_kiosk(app, settings), views=(ScreenView("closed", until),)))


def open_staff_pin(app: AppState) -> AppState:
    """Return the state with the field for the PIN; the same state if a screen for the staff is open already."""
    if SCREENS[app.top.screen].staff_only:
        return app
    return open_screen(app, "staff-pin", focus="field")


def handle_pin_result(app: AppState, health: Sequence[str] | None, locked: int) -> AppState:
    """Return the state after a PIN was tried: the staff's page with the report `health`, or an error message if it is
    None. No PIN is accepted for `locked` seconds."""
    if app.top.screen != "staff-pin":
        return app
    if health is None:
        said = app.words("staff.locked", n=locked) if locked else app.words("staff.wrong")
        return with_default_focus(app.replaced(ScreenView("staff-pin", said, focus="field")))
    return over_home(app, ScreenView("staff", "\n".join(health), focus="visit-anew"))


def next_scene(app: AppState) -> AppState:
    """Return the attract screen with its next picture. Any other screen stays as it is."""
    if app.invitation is None or not app.invitation.scenes:
        return app
    return app.replaced(replace(app.top, scene=(app.top.scene + 1) % len(app.invitation.scenes)))


def needs_voice_on_key(app: AppState) -> bool:
    """Return whether any key now only turns the voice on. The first key on the attract screen does that if the voice is
    off, because a person who presses a key may be blind."""
    visit = app.visit
    return visit is not None and app.top.screen == "attract" and not (app.settings.speaks or visit.by_keypad)


def _choose_language_or_role(app: AppState, _: str) -> UpdateResult:
    """Show the languages to choose from. If there is only one, show the roles."""
    return open_screen(app, "visit-language" if len(app.current_visit.offer.editions) > 1 else "visit-door"), ()


def _set_language(app: AppState, target: str) -> UpdateResult:
    chosen = next(edition for edition in app.current_visit.offer.editions if edition.language == target)
    return over_home(replace(app, story=chosen.story, words=chosen.words), ScreenView("visit-door")), ()


def _begin_story(app: AppState, target: str) -> UpdateResult:
    """Begin a playthrough at its first page. `target` is `role/cut`."""
    role, _, cut = target.partition("/")
    return show_reading(replace(app, playthrough=begin(app.story, role=role, cut=cut), cut=cut)), ()


def _begin_other_role(app: AppState, role: str) -> UpdateResult:
    """Begin a playthrough as `role`. If the visitor has finished one in another role, its choices hold in the new."""
    before = app.playthrough
    earlier = before if before is not None and before.finished else None
    return show_reading(replace(app, playthrough=begin(app.story, role=role, cut=app.cut, earlier=earlier))), ()


def _toggle_full_text(app: AppState, _: str) -> UpdateResult:
    other = not app.top.other_version
    app = replace(app, visit=replace(app.current_visit, other_version=other))
    return with_default_focus(app.replaced(replace(app.top, other_version=other, scroll=0))), ()


def _step_back(app: AppState, _: str) -> UpdateResult:
    """Go one screen back: to the summaries or the note before this page, or else to the previous page. From the first
    page, go to the choice of a role."""
    p = app.current
    if app.top.screen == "reading" and has_lead_in(p.page):
        return show_reading(app), ()
    if p.previous is None:
        return over_home(replace(app, playthrough=None), ScreenView("visit-door")), ()
    return show_page(replace(app, playthrough=p.undo())), ()


def _stop_early(app: AppState, _: str) -> UpdateResult:
    """Stop the playthrough early: show the card that ends a visit, and count other visitors' choices for it."""
    p = app.current
    return show_reading(replace(app, playthrough=p if p.over else p.leave())), (CountChoices(p),)


def _try_pin(app: AppState, _: str) -> UpdateResult:
    pin = app.top.line.text
    return app.replaced(replace(app.top, line=BLANK)), (CheckPin(pin),) if pin else ()


HANDLERS: dict[str, Handler] = {
    "come-in": _choose_language_or_role,
    "language": _set_language,
    "enter": _begin_story,
    "other-door": _begin_other_role,
    "read-on": lambda app, _: (show_page(app), ()),
    "more": _toggle_full_text,
    "step-back": _step_back,
    **confirm_handlers("stop", lambda app, _: app.playthrough is not None and not app.playthrough.over, _stop_early),
    "visit-card": lambda app, _: (open_screen(app, "visit-card"), (CountChoices(app.current),)),
    "visit-over": lambda app, _: (over_home(app, ScreenView("visit-quiet")), ()),
    "visit-anew": lambda app, _: (app, (EndVisit(),)),
    "try-pin": _try_pin,
    "staff-restart": lambda app, _: (app, (Quit(RESTART),)),
    "staff-quit": lambda app, _: (app, (Quit(),)),
    "stay": lambda app, _: (show_idle_countdown(app, None), ()),
}
