"""Pupils' window: shows the wall (the screen that a class looks at) in a window beside the teacher's window."""

from __future__ import annotations

import time
from collections.abc import Callable

import pygame

from game.desktop.listeners import Listener
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import PictureWorker
from game.desktop.session import Session
from game.desktop.window_placement import FALLBACK, pupils_placement
from game.resources import assets_folder
from game.ui import intents
from game.ui.effects import Effect
from game.ui.state import AppState
from game.ui.tree import TreeNode


class NoEffects:
    """An effect runner that ignores every effect."""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        return None


class PupilsWindow(Listener):
    """Shows the wall to the pupils: on the second display if there is one, otherwise in a window on the only display.

    `pupils_state` returns the state of the pupils' wall, given the state of the teacher's window.
    """

    def __init__(self, pupils_state: Callable[[AppState], AppState], title: str) -> None:
        self._pupils_state, self._title = pupils_state, title
        self._window: pygame.Window | None = None
        self._fullscreen = False
        self._session: Session | None = None

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        state = self._pupils_state(app)
        if self._session is None:
            self._open(state)
        elif self._session.app != state:
            self._session.show(state)

    def on_event(self, event: pygame.event.Event) -> None:
        """If F11 is pressed in this window, switch it to full screen or back."""
        mine = self._window is not None and getattr(event, "window", None) is self._window
        if not mine or self._window is None or self._session is None:
            return
        if event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            self._fill_screen(not self._fullscreen)
        elif event.type == pygame.WINDOWEXPOSED:
            self._session.invalidate()

    def _fill_screen(self, fullscreen: bool) -> None:
        assert self._window is not None
        if fullscreen:
            self._window.set_fullscreen(desktop=True)
        elif self._fullscreen:
            self._window.set_windowed()
            self._window.size = FALLBACK
        self._fullscreen = fullscreen

    def poll(self) -> None:
        """Draw what has changed since the last call."""
        window, session = self._window, self._session
        if window is None or session is None:
            return
        surface = window.get_surface()
        if surface.get_size() != session.size:
            session.resize(surface.get_size())
            session.invalidate()
        session.poll_changes()
        if session.render(surface):
            window.flip()
        session.request_pictures()

    def on_close(self) -> None:
        if self._session is not None:
            self._session.close()
        if self._window is not None:
            self._window.destroy()

    def _open(self, state: AppState) -> None:
        place = pupils_placement(pygame.display.get_desktop_sizes())
        position = place.position or pygame.WINDOWPOS_UNDEFINED
        self._window = pygame.Window(self._title, place.size or FALLBACK, position, resizable=True)
        self._fill_screen(place.fullscreen)
        pictures = PictureWorker(lambda: None, lambda line: None)
        fonts, size = Fonts(assets_folder() / "fonts"), self._window.get_surface().get_size()
        self._session = Session(state, size, fonts, pictures, NoEffects(), time.monotonic)
