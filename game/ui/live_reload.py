"""Live reload: when the story's files change, the new story with the playthrough restored in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.play import RestoreError, restore, save
from game.story import Finding, check, languages
from game.ui import intents
from game.ui.i18n import capital

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.ui.effect_runner import StoreEffectRunner


KNOWN = ("reworded", "new")  # kinds of notes that only say what the author has just changed


class LiveReload:
    """Checks a story's folder for changes. `changed` says whether there was one since the last call."""

    def __init__(self, folder: Path, changed: Callable[[], bool], effects: StoreEffectRunner) -> None:
        self._folder, self._changed, self._effects = folder, changed, effects
        self._given: Playthrough | None = None
        self._whole: Mapping[str, object] = {}  # the save that `_given` was restored from

    def __call__(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken | None:
        """The reloaded story with `reading` restored in it, or its findings; None where nothing changed."""
        if not self._changed():
            return None
        try:
            return self._reload(reading)
        except Exception as error:  # the author's next edit may mend what the program failed on
            problem = f"The program failed on this: {type(error).__name__}: {error}."
            return intents.StoryBroken(((str(self._folder), problem),))

    def _reload(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken:
        language = self._effects.story.language
        story, findings = check(self._folder, language if language in languages(self._folder) else "")
        if story is None:
            return intents.StoryBroken(tuple(map(_finding_lines, (one for one in findings if one.severity == "error"))))
        self._effects.story = story
        if reading is None:
            return intents.StoryReloaded(story, None)
        if reading is not self._given:  # else restore from before the last change, which may have cut something off
            self._whole = save(reading)
        notes: Sequence[str]
        try:
            self._given, found = restore(story, self._whole)
            notes = self._effects.notes(note for note in found if note.kind not in KNOWN)
        except RestoreError as error:
            self._given, notes = None, [self._effects.trouble(error)]
        return intents.StoryReloaded(story, self._given, tuple(notes))


def _finding_lines(finding: Finding) -> tuple[str, str]:
    """The place of a finding (`file:line`), and one line with the problem and the remedy."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return place, " ".join(f"{capital(finding.problem)}. {finding.remedy}".split())
