"""Handlers of the settings (step and store them), of the language, and of the length of a new playthrough."""

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
    from game.ui.state import AppState


def step_setting(app: AppState, by: int, name: str | None) -> UpdateResult:
    """Step one setting by `by` along its values. With None as `name`, step the focused setting."""
    if name is None:
        node = find(render_top(app), app.top.focus)
        if node is None or node.role != "setting" or node.action is None:
            return app, ()
        name = node.action.target
    if name == "cut":
        return step_cut(app, by)
    return with_settings(app, stepped(app.settings, name, by, app.values))


def switch_voice(app: AppState) -> UpdateResult:
    """Turn self-voicing on or off. Turning it on also unmutes the sound: its user may not see that the sound is off."""
    settings = app.settings
    if settings.speaks:
        return with_settings(app, replace(settings, voice="off"))
    return with_settings(app, replace(settings, voice="on", volume=settings.volume or app.loudness))


def with_settings(app: AppState, settings: Settings) -> UpdateResult:
    """Return the state with these settings, and the effects that store them.

    There are no effects if nothing differs. If the language differs, only the effect that loads it is returned.
    """
    if settings == app.settings:
        return app, ()
    if settings.language != app.settings.language:
        return app, (LoadLanguage(settings.language),)  # its answer sets the language
    return replace(app, settings=settings), (StoreSettings(settings),)


def _set_setting(app: AppState, target: str) -> UpdateResult:
    name, _, value = target.partition("=")
    return with_settings(app, changed(app.settings, name, value, app.values))


def _setting_cycler(by: int) -> Handler:
    """Return a handler that steps a setting through its values by `by`. After the last value comes the first."""
    return lambda app, name: with_settings(app, stepped(app.settings, name, by, app.values, around=True))


def with_editions(app: AppState, editions: Sequence[Edition]) -> AppState:
    """Return the state with these editions to choose from. If there are several,
    the settings name the present language."""
    if len(editions) > 1:
        app = replace(app, settings=replace(app.settings, language=app.story.language))
    return with_default_focus(replace(app, editions=tuple(editions)))


def language_loaded(app: AppState, story: Story, words: Catalogue) -> UpdateResult:
    """Return the state in another language: its screens, its playthroughs and the reader's setting."""
    settings = replace(app.settings, language=story.language)
    app = replace(
        app,
        story=story,
        words=words,
        settings=settings,
        playthrough=_moved_to(story, app.playthrough),
        aside=_moved_to(story, app.aside),
    )
    return with_default_focus(app), (StoreSettings(settings),)


def _moved_to(story: Story, playthrough: Playthrough | None) -> Playthrough | None:
    """Return a playthrough with the same choices in another language's story; None if they do not fit that story."""
    if playthrough is None:
        return None
    try:
        return restore(story, save(playthrough))[0]
    except RestoreError:  # a file of the story was changed meanwhile; the save on the disk stays as it is
        return None


def language_needed(before: AppState, after: AppState) -> tuple[Effect, ...]:
    """Return the effect that loads the story's own language, if a newly opened playthrough needs it; else nothing.

    A playthrough needs it if its cut is not completely translated to the present language. Saves from another language
    may have such a cut.
    """
    opened = after.is_reading and (after.playthrough is not before.playthrough or not before.is_reading)
    needed = after.goes_on_in if opened else None
    return (LoadLanguage(needed.language),) if needed is not None else ()


def _set_cut(app: AppState, cut: str) -> UpdateResult:
    return replace(app, cut=cut), ()


def step_cut(app: AppState, by: int, *, around: bool = False) -> UpdateResult:
    """Choose the next longer or shorter cut of the language. At the end stay, or with `around` go to the other end."""
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
