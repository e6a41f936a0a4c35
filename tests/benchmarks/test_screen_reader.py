"""The cost of a screen reader: while none is active, and for each page that one gets."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame
import pytest

from game.desktop.a11y.a11y_adapter import ScreenReaderBridge, UnixAdapter
from game.desktop.a11y.a11y_sync import WindowInfo
from game.desktop.pupils_window import NoEffects
from game.desktop.render.fonts import Fonts
from game.desktop.session import Session
from game.play import begin
from game.resources import assets_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.intents import PickNumber
from game.ui.state import AppState, ScreenView
from tests.benchmarks.harness import Say
from tests.desktop.session_driver import Album
from tests.real.at_spi import MISSING, session_with_bus
from tests.real.screen import until

SIZE = (1920, 1080)
LOOKS = 100_000


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


@pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")
def test_a_page_for_a_screen_reader(monkeypatch: pytest.MonkeyPatch, say: Say, home: Path, shipped: Story) -> None:
    reader = ScreenReaderBridge(UnixAdapter, lambda: WindowInfo(True, (0, 0), SIZE))
    pygame.display.init()
    pygame.display.set_mode(SIZE)
    pygame.font.init()
    surface = pygame.Surface(SIZE)
    words, fonts = Catalogue(assets_folder() / "locale"), Fonts(assets_folder() / "fonts")
    app = AppState(
        shipped, words, views=(ScreenView("title"), ScreenView("reading")), playthrough=begin(shipped, "villager")
    )
    album: Any = Album()
    with session_with_bus(os.environ) as outside:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", outside.address)
        reader.on_open()
        session = Session(app, SIZE, fonts, album, NoEffects(), time.monotonic, listeners=[reader])
        session.render(surface)
        idle = seconds(lambda: [reader.poll() for _ in range(LOOKS)]) / LOOKS
        outside.announce_itself()
        until(lambda: reader.poll() or outside.everything(), 10, "the tree")
        drawn, sent, pages = 0.0, 0.0, 0
        while not session.app.playthrough.over:  # type: ignore[union-attr]
            drawn += seconds(lambda: (session.dispatch(PickNumber(1)), session.render(surface)))  # type: ignore[func-returns-value]
            sent += seconds(lambda: (reader.poll(), reader.poll()))  # the page, and then what is announced
            pages += 1
        reader.on_close()
    say(
        f"\nnobody listens: {idle * 1e6:.2f} µs a look\n"
        f"{pages} page turns: each sent in {sent / pages * 1e3:.2f} ms, "
        f"{sent / drawn:.1%} of the {drawn / pages * 1e3:.0f} ms that laying out and drawing it takes"
    )
    assert sent < drawn / 4
