"""The question, before a class begins, whether to go on with one that was interrupted."""

from __future__ import annotations

from collections.abc import Sequence

from game.classroom.display import Display
from game.classroom.run_class import WALL_SETTINGS
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Effect, TeacherCommand
from game.ui.handlers.classroom import ask_how_to_start as first_state
from game.ui.i18n import Catalogue


class StartChoice:
    """Carries out the question's effects: takes down what was chosen, "resume" or "new". It has no intents."""

    def __init__(self) -> None:
        self.chosen = ""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        if isinstance(effect, TeacherCommand):
            self.chosen = effect.command
        return None

    def poll(self) -> intents.Intent | None:
        return None


def ask_how_to_start(story: Story, words: Catalogue, lines: Sequence[str], display: Display) -> str:
    """Ask until the display is closed.

    Args:
        story: what the class reads.
        words: the catalogue.
        lines: what the interrupted class was, in words.
        display: shows the question.

    Returns:
        "resume", "new", or "" where it was closed without an answer.

    Raises:
        WindowError: it cannot be shown.
    """
    choice = StartChoice()
    display(first_state(story, words, lines, WALL_SETTINGS), choice, choice, None)
    return choice.chosen
