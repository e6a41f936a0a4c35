"""The window that asks, before a class begins, whether to go on with one that was interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from game.classroom.run_class import WALL_SETTINGS
from game.desktop import api as desktop
from game.desktop.listeners import Listener
from game.desktop.window_options import WindowOptions
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Effect, TeacherCommand
from game.ui.handlers.classroom import ask_how_to_start as first_state
from game.ui.i18n import Catalogue


class StartChoice:
    """Carries out the window's effects: takes down what was chosen, "resume" or "new"."""

    def __init__(self) -> None:
        self.chosen = ""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        if isinstance(effect, TeacherCommand):
            self.chosen = effect.command
        return None


def ask_how_to_start(story: Story, words: Catalogue, lines: Sequence[str], window: WindowOptions, folder: Path) -> str:
    """Ask until the window is closed.

    Args:
        story: what the class reads.
        words: the catalogue.
        lines: what the interrupted class was, in words.
        window: the window's options.
        folder: where the window's place is kept.

    Returns:
        "resume", "new", or "" where it was closed without an answer.

    Raises:
        WindowError: there is no window.
    """
    choice = StartChoice()
    desktop.run_class_window(first_state(story, words, lines, WALL_SETTINGS), choice, Listener(), window, folder)
    return choice.chosen
