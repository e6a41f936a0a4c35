"""A story that is being written while somebody reads it: taken up again, with the reading where it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.play import RestoreError, restore, save
from game.story import Finding, check
from game.ui import intents
from game.ui.i18n import capital

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.ui.effect_runner import StoreEffectRunner


KNOWN = ("reworded", "new")  # notes on what the author has just done


class LiveReload:
    """Looks at a folder's files, and says what to make of a change. `changed` tells that there was one."""

    def __init__(self, folder: Path, changed: Callable[[], bool], world: StoreEffectRunner) -> None:
        self._folder, self._changed, self._world = folder, changed, world
        self._given: Playthrough | None = None
        self._whole: Any = None  # the save of what `_given` was made from

    def __call__(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken | None:
        """The story's new form with `reading` in it, or where it is wrong; None where nothing changed."""
        if not self._changed():
            return None
        try:
            return self._taken_up(reading)
        except Exception as error:  # the author's next letter may mend what the program cannot read
            problem = f"The program failed on this: {type(error).__name__}: {error}."
            return intents.StoryBroken(((str(self._folder), problem),))

    def _taken_up(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken:
        story, findings = check(self._folder)
        if story is None:
            return intents.StoryBroken(tuple(map(_told, (one for one in findings if one.severity == "error"))))
        self._world.story = story
        if reading is None:
            return intents.StoryReloaded(story, None)
        if reading is not self._given:  # else what the last change cut off is tried again
            self._whole = save(reading)
        notes: Sequence[str]
        try:
            self._given, found = restore(story, self._whole)
            notes = self._world.notes(note for note in found if note.kind not in KNOWN)
        except RestoreError as error:
            self._given, notes = None, [self._world.trouble(error)]
        return intents.StoryReloaded(story, self._given, tuple(notes))


def _told(finding: Finding) -> tuple[str, str]:
    """The file and line of a finding, and one line on what is wrong and what to do."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return place, " ".join(f"{capital(finding.problem)}. {finding.remedy}".split())
