"""Settings: stepping, setting and storing them."""

from __future__ import annotations

from dataclasses import replace

from game.ui.effects import LoadLanguage, StoreSettings
from game.ui.handlers import language_handlers
from game.ui.screens.registry import render_top
from game.ui.settings import Settings, changed, stepped
from game.ui.state import AppState
from game.ui.transitions import Handler, UpdateResult
from game.ui.tree import find


def step_setting(app: AppState, by: int, name: str | None) -> UpdateResult:
    """One setting moved by `by` along its values; without a name the one with the focus."""
    if name is None:
        node = find(render_top(app), app.top.focus)
        if node is None or node.role != "setting" or node.action is None:
            return app, ()
        name = node.action.target
    if name == "cut":
        return language_handlers.step_cut(app, by)
    return with_settings(app, stepped(app.settings, name, by, app.values))


def switch_voice(app: AppState) -> UpdateResult:
    """Self-voicing on or off; turning it on also unmutes, since its user may not see that the sound is off."""
    settings = app.settings
    if settings.speaks:
        return with_settings(app, replace(settings, voice="off"))
    return with_settings(app, replace(settings, voice="on", volume=settings.volume or app.loudness))


def with_settings(app: AppState, settings: Settings) -> UpdateResult:
    """These settings, stored where they differ; another language is loaded first."""
    if settings == app.settings:
        return app, ()
    if settings.language != app.settings.language:
        return app, (LoadLanguage(settings.language),)  # its answer sets it
    return replace(app, settings=settings), (StoreSettings(settings),)


def _set_setting(app: AppState, target: str) -> UpdateResult:
    name, _, value = target.partition("=")
    return with_settings(app, changed(app.settings, name, value, app.values))


def _setting_cycler(by: int) -> Handler:
    """A handler that steps a setting through its values, and around."""
    return lambda app, name: with_settings(app, stepped(app.settings, name, by, app.values, around=True))


HANDLERS: dict[str, Handler] = {
    "set": _set_setting,
    "cycle": _setting_cycler(1),
    "cycle-down": _setting_cycler(-1),
    "voice": lambda app, _: switch_voice(app),
}
