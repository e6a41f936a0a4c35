"""A session's own worker wakes the loop that waits for the window's events."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.core.stores import FolderStore
from game.desktop.session_factory import reader_session
from game.play.save_files import SaveFiles
from game.story.model import Story
from game.ui.settings import SettingsFile


def test_a_painted_picture_wakes_the_loop(mill: Story, tmp_path: Path) -> None:
    """Nobody touches anything, and nothing moves: only this event has the picture shown."""
    pygame.display.init()
    store = FolderStore(tmp_path)
    session = reader_session(mill, SaveFiles(store), SettingsFile(store))((640, 480), ())
    before = pygame.Surface((640, 480))
    session.render(before)
    pygame.event.clear()
    session.request_pictures()
    assert pygame.event.wait(30_000).type >= pygame.USEREVENT
    assert session.render(before.copy())
    session.close()
    pygame.display.quit()
