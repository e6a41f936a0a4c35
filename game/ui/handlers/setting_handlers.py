"""Handlers of the settings, of the language, and of the cut (the length of the story) of a new playthrough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.play import RestoreError, restore, save
from game.ui.effects import Effect, LoadLanguage, StoreSettings
from game.ui.screens.registry import render_top
from game.ui.settings import Settings, changed, stepped
from game.ui.state import AppState
from game.ui.transitions import Handler, UpdateResult, with_default_focus
from game.ui.tree import find

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.story.model import Story
    from game.ui.editions import Edition
    from game.ui.i18n import Catalogue


def step_setting(app: AppState, by: int, name: str | None) -> UpdateResult:
    """Move a setting to the value that is `by` places further in its list. None as `name` means the focused setting."""
    if name is None:
        node = find(render_top(app), app.top.focus)
        if node is None or node.role != "setting" or node.action is None:
            return app, ()
        name = node.action.target
    if name == "cut":
        return step_cut(app, by)
    return with_settings(app, stepped(app.settings, name, by, app.values))


def switch_voice(app: AppState) -> UpdateResult:
    """Turn self-voicing on or off. Turning it on also unmutes the sound: a blind user cannot see that it is muted."""
    settings = app.settings
    if settings.speaks:
        return with_settings(app, replace(settings, voice="off"))
    return with_settings(app, replace(settings, voice="on", volume=settings.volume or app.loudness))


def with_settings(app: AppState, settings: Settings) -> UpdateResult:
    """Return the state with these settings, and the effect that stores them if they are new. If they name another
    language, return the state as it is, and the effect that loads the language."""
    if settings == app.settings:
        return app, ()
    if settings.language != app.settings.language:
        return app, (LoadLanguage(settings.language),)  # its answer sets the language
    return replace(app, settings=settings), (StoreSettings(settings),)


def _set_setting(app: AppState, target: str) -> UpdateResult:
    name, _, value = target.partition("=")
    return with_settings(app, changed(app.settings, name, value, app.values))


def _setting_cycler(by: int) -> Handler:
    """Return a handler that moves a setting `by` values further. After the last value comes the first."""
    return lambda app, name: with_settings(app, stepped(app.settings, name, by, app.values, around=True))


def with_editions(app: AppState, editions: Sequence[Edition]) -> AppState:
    """Return the state with these editions (the story in one language each) to choose from. If there are several,
    put the present language into the settings."""
    if len(editions) > 1:
        app = replace(app, settings=replace(app.settings, language=app.story.language))
    return with_default_focus(replace(app, editions=tuple(editions)))


def language_loaded(app: AppState, story: Story, words: Catalogue) -> UpdateResult:
    """Return the state in the language of `story`, playthroughs included, and the effect that stores the language."""
    settings = replace(app.settings, language=story.language)
    playthrough, aside = _moved_to(story, app.playthrough), _moved_to(story, app.aside)
    app = replace(app, story=story, words=words, settings=settings, playthrough=playthrough, aside=aside)
    return with_default_focus(app), (StoreSettings(settings),)


def _moved_to(story: Story, playthrough: Playthrough | None) -> Playthrough | None:
    """Return a playthrough of `story` with the same choices; None if they do not fit `story`."""
    if playthrough is None:
        return None
    try:
        return restore(story, save(playthrough))[0]
    except RestoreError:  # a file of the story was changed meanwhile; the save on the disk stays as it is
        return None


def language_needed(before: AppState, after: AppState) -> tuple[Effect, ...]:
    """Return the effect that loads the story's own language, if `after` shows a newly opened playthrough whose cut is
    missing in the present language (it can come from a save in another language). Otherwise return ()."""
    opened = after.is_reading and (after.playthrough is not before.playthrough or not before.is_reading)
    needed = after.goes_on_in if opened else None
    return (LoadLanguage(needed.language),) if needed is not None else ()


def _set_cut(app: AppState, cut: str) -> UpdateResult:
    return replace(app, cut=cut), ()


def step_cut(app: AppState, by: int, *, around: bool = False) -> UpdateResult:
    """Choose, for a new playthrough, the cut that is `by` places further in the language's list. At an end of the list,
    stay there, or with `around` go on from the other end."""
    if app.edition is None:
        return app, ()
    cuts = list(app.edition.minutes)
    at = (cuts.index(app.new_cut) if app.new_cut in cuts else -1) + by
    return _set_cut(app, cuts[at % len(cuts) if around else max(0, min(len(cuts) - 1, at))])


HANDLERS: dict[str, Handler] = {
    "set": _set_setting,
    "cycle": _setting_cycler(1),
    "cycle-down": _setting_cycler(-1),
    "voice": lambda app, _: switch_voice(app),
    "cut": _set_cut,
    "next-cut": lambda app, _: step_cut(app, 1, around=True),
}
