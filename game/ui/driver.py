"""Driver: updates the state by intents, and carries out the effects. The answer to an effect is an intent too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.ui.effect_runner import StoreEffectRunner
from game.ui.effects import Effect, EffectRunner
from game.ui.intents import Intent
from game.ui.settings import SettingsFile
from game.ui.state import AppState
from game.ui.update import start, update

DEBOUNCE = 0.3  # seconds after a page turn in which presses do nothing, such as the second half of a double press

HostEffects = Mapping[type[Effect], Callable[[Any], Intent | None]]  # what carries out the effects of each type


class Driver:
    """Updates the interface's state (`app`) and carries out effects. `host_effects` carries out those that only the
    host can (window, browser's page, terminal), and `effect_runner` carries out all others."""

    def __init__(self, app: AppState, effect_runner: EffectRunner, host_effects: HostEffects) -> None:
        self.app = app
        self._effect_runner, self._host_effects = effect_runner, host_effects

    def dispatch(self, intent: Intent) -> None:
        """Update the state by one intent, and carry out its effects."""
        before = self.app
        self.app, effects = update(before, intent)
        self.updated(before, intent)
        for effect in effects:
            self.carry_out(effect)

    def updated(self, before: AppState, intent: Intent) -> None:
        """Called after each update, before its effects are carried out. A host overrides it to react to the update."""

    def carry_out(self, effect: Effect) -> None:
        """Carry out one effect now. If it has an answer, dispatch the answer."""
        answer = self._host_effects.get(type(effect), self._effect_runner.carry_out)(effect)
        if answer is not None:
            self.dispatch(answer)


def resumed_state(runner: StoreEffectRunner, settings: SettingsFile, **started: Any) -> AppState:
    """Return a reader's first state, with the playthrough to continue if there is one. `started` goes to `start`."""
    playthrough, notes = runner.resumed()
    return start(runner.story, runner.words, settings.read(), playthrough, notes, aside=runner.aside(), **started)
