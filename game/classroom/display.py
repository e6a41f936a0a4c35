"""The display of a class: the interface of displays, and a display in a window. Another is in `classroom.browser`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from game.desktop import api as desktop
from game.desktop.window_placement import WindowOptions
from game.ui.effects import EffectRunner
from game.ui.intents import IntentSource
from game.ui.state import AppState

PupilsState = Callable[[AppState], AppState]  # makes the state of a separate wall from the teacher's state


class Controller(EffectRunner, IntentSource, Protocol):
    """Interface that carries out the effects of a wall, and gives the intents that update the wall."""


class Display(Protocol):
    """Interface for displays: each shows a class's wall (the screen that all see) until somebody closes it."""

    def __call__(self, app: AppState, controller: Controller, pupils_state: PupilsState | None, /) -> int:
        """Show the wall, beginning with the state `app`, and return the exit status.

        `pupils_state` makes a separate wall's state from the teacher's; None if teacher and pupils share one screen.
        Raises WindowError if the wall cannot be shown.
        """


def window_display(options: WindowOptions, folder: Path) -> Display:
    """Return a display in a window with these options. The window's position is kept in `folder`."""

    def show(app: AppState, controller: Controller, pupils_state: PupilsState | None, /) -> int:
        return desktop.run_class_window(app, controller, controller, options, folder, pupils_state)

    return show
