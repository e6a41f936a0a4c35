"""Turns random pages of the shipped story in a window of 1920x1080, and prints its memory: `TURNS BYTES` a line."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import pygame

from game.core.paths import cache_folder
from game.core.stores import FolderStore
from game.desktop.session import Session
from game.desktop.session_factory import reader_session
from game.play import begin
from game.play.save_files import SaveFiles
from game.resources import story_folder
from game.story import load
from game.ui import intents
from game.ui.settings import SettingsFile
from tests.benchmarks.harness import bytes_held

PATIENCE = 3.0  # seconds for a picture


def look(session: Session, window: pygame.Surface) -> None:
    """Draw the page and paint its pictures like the window, through its turn and some motion."""
    until = time.monotonic() + PATIENCE
    session.request_pictures()
    while time.monotonic() < until:
        session.render(window)
        if pygame.event.get():  # a picture is there
            until = min(until, time.monotonic() + 0.15)
        time.sleep(0.01)
    while session.prefetch_page():
        pass
    session.flush_effects()


def main(turns: int) -> None:
    pygame.display.init()
    window = pygame.display.set_mode((1920, 1080))
    story = load(story_folder(), cache_folder())
    chance = random.Random(1958)
    with tempfile.TemporaryDirectory() as folder:
        store = SettingsFile(FolderStore(Path(folder)))
        session = reader_session(story, SaveFiles(FolderStore(Path(folder))), store)(window.get_size(), [])
        roles = list(story.roles)
        for turn in range(turns + 1):
            p = session.app.playthrough
            if p is None or p.over:
                session.dispatch(intents.PlaythroughLoaded(begin(story, role=chance.choice(roles))))
            else:
                session.dispatch(intents.PlaythroughLoaded(p.choose(chance.choice(p.page.choices).id)))
            look(session, window)
            if turn % max(1, turns // 10) == 0:
                print(turn, bytes_held(), flush=True)
        session.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
