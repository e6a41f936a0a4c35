"""Who sits in front of a window: a reader with a story, or a class before its wall."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pygame

from game.credits import read_credits
from game.desktop.export.journal_export import JournalWriter
from game.desktop.input.clipboard import SystemClipboard
from game.desktop.listeners import Listener
from game.desktop.loop import SessionFactory
from game.desktop.render.fonts import Fonts
from game.desktop.render.lazy_painter import paint_later
from game.desktop.render.picture_cache import PictureWorker
from game.desktop.session import EffectRunner, Session
from game.play import Playthrough
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story.model import Story
from game.story.pack_files import yaml_files
from game.ui import intents
from game.ui.effect_runner import SettingsStore, StoreEffectRunner
from game.ui.i18n import Catalogue
from game.ui.live_reload import LiveReload
from game.ui.state import AppState
from game.ui.update import start
from game.yamlio.file_watcher import FileWatcher

Clock = Callable[[], float]


def reader_session(
    story: Story,
    saves: SaveFiles,
    settings_store: SettingsStore,
    role: str | None = None,
    cut: str = "full",
    begun: Playthrough | None = None,
    watched: Path | None = None,
    journals: JournalWriter | None = None,
    clock: Clock = time.monotonic,
) -> SessionFactory:
    """Somebody who reads: on the title, on the page of `begun`, or before the door of `role`.

    What changes in the story's folder `watched` is taken up; `journals` makes them.
    """

    def sit(size: tuple[int, int], listeners: Sequence[Listener]) -> Session:
        words = Catalogue(assets_folder() / "locale")
        world = StoreEffectRunner(story, words, saves, settings_store, SystemClipboard(), journals, read_credits)
        playthrough, notes = world.resumed()
        offers = world.offers.union(*(listener.offers for listener in listeners))
        app = start(story, words, settings_store.read(), playthrough, notes, role, cut, world.aside(), offers)
        reread = (
            LiveReload(watched, FileWatcher(partial(yaml_files, watched), clock).changed, world)
            if watched is not None
            else None
        )
        session = _session(app, size, world, clock, listeners, reread)
        if begun is not None:
            session.intent(intents.Fetched(begun))
        return session

    return sit


def audience_session(app: AppState, world: EffectRunner, clock: Clock = time.monotonic) -> SessionFactory:
    """A class before its wall, as `app` has it; `world` does what is wished."""
    return lambda size, listeners: _session(app, size, world, clock, listeners)


def _session(
    app: AppState,
    size: tuple[int, int],
    world: EffectRunner,
    clock: Clock,
    listeners: Sequence[Listener],
    reread: LiveReload | None = None,
) -> Session:
    """A session on the shipped fonts, with a painter of its own."""
    wake = pygame.event.custom_type()

    def done() -> None:
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(wake))

    def failed(line: str) -> None:
        sys.stderr.write(f"weight-of-grain: {line}\n")

    pictures = PictureWorker(paint_later, done, failed)
    return Session(app, size, Fonts(assets_folder() / "fonts"), pictures, world, clock, reread, listeners)
