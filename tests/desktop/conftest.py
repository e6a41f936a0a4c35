"""Fixtures: a session without a window, its input driver, and a clock that moves only on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.core.stores import FolderStore
from game.desktop.export.journal_export import JournalWriter
from game.desktop.listeners import Listener
from game.desktop.render.fonts import Fonts
from game.desktop.session import Session
from game.desktop.session_factory import LiveReload
from game.painter.canvas.motion import Move
from game.play import Playthrough
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story.model import Story
from game.story.pack_files import yaml_files
from game.ui.effect_runner import Clipboard, StoreEffectRunner
from game.ui.i18n import Catalogue
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import DEFAULT, Settings, SettingsFile
from game.ui.state import ScreenView
from game.ui.tree import TreeNode
from game.ui.update import start
from game.yamlio.file_watcher import FileWatcher
from tests.clock import Clock
from tests.desktop.session_driver import Album, Lay, Seat, SessionDriver
from tests.ui.app_driver import at_page


@pytest.fixture(scope="session")
def fonts() -> Iterator[Fonts]:
    """The shipped fonts, shared by all tests: opening a font takes longer than most tests."""
    pygame.font.init()
    yield Fonts(assets_folder() / "fonts")


@pytest.fixture
def lay(words: Catalogue, fonts: Fonts) -> Lay:
    """Makes the tree and the layout of a page, or of a screen over it."""

    def lay(
        p: Playthrough, size: tuple[int, int], settings: Settings = DEFAULT, *over: ScreenView
    ) -> tuple[TreeNode, Layout]:
        tree = render_top(at_page(words, p, *over, settings=settings))
        return tree, layout(tree, size, settings, fonts)

    return lay


@pytest.fixture
def seat(words: Catalogue, fonts: Fonts, tmp_path: Path) -> Seat:
    """Makes a session on a story, and returns its driver."""

    def sit(
        story: Story,
        size: tuple[int, int] = (1280, 720),
        settings: Settings | None = None,
        role: str | None = None,
        folder: Path | None = None,
        watched: Path | None = None,
        listeners: Sequence[Listener] = (),
        moves: tuple[Move, ...] = (),
        clipboard: Clipboard | None = None,
        journals: JournalWriter | None = None,
        album: Any = None,
    ) -> SessionDriver:
        folder = folder or tmp_path / "saves"
        clock, store = Clock(), SettingsFile(FolderStore(folder))
        world = StoreEffectRunner(story, words, SaveFiles(FolderStore(folder)), store, clipboard, journals)
        playthrough, notes = world.resumed()
        app = start(
            story, words, settings or store.read(), playthrough, notes, role, aside=world.aside(), offers=world.offers
        )
        files = partial(yaml_files, watched) if watched else tuple
        reread = LiveReload(watched, FileWatcher(files, clock).changed, world) if watched else None
        pictures: Any = album or Album(moves)
        return SessionDriver(Session(app, size, fonts, pictures, world, clock, reread, listeners), clock)

    return sit
