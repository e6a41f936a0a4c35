"""Session factory: makes the session for a window of a given size, with its clipboard and the reload of its story."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pygame

from game.core.streams import print_error
from game.credits import read_credits
from game.desktop.export.journal_export import JournalWriter
from game.desktop.listeners import Listener
from game.desktop.loop import SessionFactory
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import BUDGET, PictureWorker, budget_for
from game.desktop.session import Session
from game.play import Playthrough, RestoreError, restore, save
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story import Finding, check, languages
from game.story.model import Story
from game.story.pack_files import yaml_files
from game.ui import intents
from game.ui.driver import resumed_state
from game.ui.editions import Library
from game.ui.effect_runner import StoreEffectRunner
from game.ui.effects import EffectRunner
from game.ui.i18n import capital, catalogue_for
from game.ui.settings import SettingsFile
from game.ui.state import AppState
from game.yamlio.file_watcher import FileWatcher


def reader_session(
    story: Story,
    saves: SaveFiles,
    settings_store: SettingsFile,
    role: str | None = None,
    cut: str = "full",
    begun: Playthrough | None = None,
    watched: Path | None = None,
    journals: JournalWriter | None = None,
    library: Library | None = None,
) -> SessionFactory:
    """Return the factory for a reader's session.

    Args:
        story, saves, settings_store: the story to read, and where its saves and the settings are kept.
        role: the session opens at this role's first page; with None, at the title.
        cut: the id of the length of the story (cut) for a new reading.
        begun: a playthrough. With it, the session opens at the playthrough's page.
        watched: the story's folder. The session shows changes of its files at once. With None, it ignores them.
        journals: writes journals. With None, readers are offered no journal.
        library: the languages and lengths to choose from. With None, the reader cannot choose.
    """

    def new_session(size: tuple[int, int], listeners: Sequence[Listener]) -> Session:
        words = catalogue_for(assets_folder() / "locale", story)
        effects = StoreEffectRunner(
            story, words, saves, settings_store, SystemClipboard(), journals, read_credits,
            library.load if library is not None else None,
        )  # fmt: skip
        app = resumed_state(
            effects, settings_store, role=role, cut=cut, editions=(library.kept or ()) if library is not None else (),
            offers=effects.offers.union(*(listener.offers for listener in listeners)),
        )  # fmt: skip
        reload_story = None
        if watched is not None:
            watcher = FileWatcher(partial(yaml_files, watched), time.monotonic)
            reload_story = LiveReload(watched, watcher.changed, effects)
        session = _session(app, size, effects, listeners, reload_story)
        if begun is not None:
            session.dispatch(intents.PlaythroughLoaded(begun))
        return session

    return new_session


def audience_session(app: AppState, effect_runner: EffectRunner) -> SessionFactory:
    """Return the factory for a class's wall or a kiosk: each session begins with `app`."""
    return lambda size, listeners: _session(app, size, effect_runner, listeners)


def _session(
    app: AppState,
    size: tuple[int, int],
    effect_runner: EffectRunner,
    listeners: Sequence[Listener],
    reload_story: LiveReload | None = None,
) -> Session:
    """Return a session with a picture worker of its own, whose finished pictures wake the window's loop by an event."""
    wake = pygame.event.custom_type()

    def done() -> None:
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(wake))

    # room for the nine pictures of a kiosk's invitation and one more, so that each is painted only once
    budget = BUDGET if app.visit is None else budget_for(len(app.visit.offer.aging_scenes) + 1, size)
    fonts, pictures = Fonts(assets_folder() / "fonts"), PictureWorker(done, print_error, budget)
    return Session(app, size, fonts, pictures, effect_runner, time.monotonic, reload_story, listeners)


KNOWN = ("reworded", "new")  # kinds of notes that only say what the author has just changed


class LiveReload:
    """Reloads a story when its folder changes. `changed` returns whether it has changed since the last call."""

    def __init__(self, folder: Path, changed: Callable[[], bool], effects: StoreEffectRunner) -> None:
        self._folder, self._changed, self._effects = folder, changed, effects
        self._given: Playthrough | None = None
        self._whole: Mapping[str, object] = {}  # the save from which `_given` was restored

    def __call__(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken | None:
        """Return the changed story with `reading` restored in it, or what is wrong with it; None if nothing changed."""
        if not self._changed():
            return None
        try:
            return self._reload(reading)
        except Exception as error:  # the author's next edit may remove the cause
            problem = f"The program failed on this: {type(error).__name__}: {error}."
            return intents.StoryBroken(((str(self._folder), problem),))

    def _reload(self, reading: Playthrough | None) -> intents.StoryReloaded | intents.StoryBroken:
        language = self._effects.story.language
        story, findings = check(self._folder, language if language in languages(self._folder) else "")
        if story is None:
            errors = (finding for finding in findings if finding.severity == "error")
            return intents.StoryBroken(tuple(map(_finding_lines, errors)))
        self._effects.story = story
        if reading is None:
            return intents.StoryReloaded(story, None)
        if reading is not self._given:  # else restore the earlier save: the last change may have dropped something
            self._whole = save(reading)
        notes: Sequence[str]
        try:
            self._given, found = restore(story, self._whole)
            notes = self._effects.notes(note for note in found if note.kind not in KNOWN)
        except RestoreError as error:
            self._given, notes = None, [self._effects.trouble(error)]
        return intents.StoryReloaded(story, self._given, tuple(notes))


def _finding_lines(finding: Finding) -> tuple[str, str]:
    """Return where a finding is (`file:line`), and one line with the problem and the remedy."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return place, " ".join(f"{capital(finding.problem)}. {finding.remedy}".split())


class SystemClipboard:
    """The system's clipboard. It needs an open window."""

    def copy(self, text: str) -> bool:
        """Put a text on the clipboard, and return whether that worked."""
        try:
            pygame.scrap.put_text(text)
            return pygame.scrap.get_text() == text
        except pygame.error:
            return False

    def paste(self) -> str:
        """Return the clipboard's text; "" if there is none."""
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return ""
