"""The wall in a window of its own beside the teacher's: it follows the teacher's state, and nothing can be pressed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pygame

from game.desktop.listeners import Listener
from game.desktop.render.fonts import Fonts
from game.desktop.render.lazy_painter import lazy_painting
from game.desktop.render.picture_cache import PictureWorker
from game.desktop.session import Session
from game.resources import assets_folder
from game.ui import intents
from game.ui.effects import Effect
from game.ui.state import AppState
from game.ui.tree import TreeNode

SIZE = (1280, 720)  # pixels, where there is no second display
BESIDE = 60  # pixels from the second display's upper left corner, so that the window belongs to it


class NoEffects:
    """Carries out nothing: the wall asks for nothing."""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        return None


class PupilsWindow(Listener):
    """Shows pupils the wall: on the second display where there is one, else beside the teacher's window.

    Args:
        pupils_state: the wall's state of the teacher's.
        title: of the window.
        clock: seconds, monotonic.
    """

    def __init__(
        self, pupils_state: Callable[[AppState], AppState], title: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pupils_state, self._title, self._clock = pupils_state, title, clock
        self._window: pygame.Window | None = None
        self._session: Session | None = None

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        state = self._pupils_state(app)
        if self._session is None:
            self._open(state)
        elif self._session.app != state:
            self._session.show(state)

    def on_event(self, event: pygame.event.Event) -> None:
        """F11 in this window fills its screen, or gives it back."""
        mine = self._window is not None and getattr(event, "window", None) is self._window
        if not mine or self._window is None or self._session is None:
            return
        if event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            if self._window.size == pygame.display.get_desktop_sizes()[-1]:
                self._window.set_windowed()
            else:
                self._window.set_fullscreen(desktop=True)
        elif event.type == pygame.WINDOWEXPOSED:
            self._session.invalidate()

    def poll(self) -> None:
        """Draw what changed since the last look."""
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
        displays = pygame.display.get_desktop_sizes()
        if len(displays) > 1:
            position = (displays[0][0] + BESIDE, BESIDE)
            self._window = pygame.Window(self._title, SIZE, position, resizable=True)
            self._window.set_fullscreen(desktop=True)
        else:
            self._window = pygame.Window(self._title, SIZE, resizable=True)
        pictures = PictureWorker(lazy_painting, lambda: None, lambda line: None)
        fonts = Fonts(assets_folder() / "fonts")
        self._session = Session(state, self._window.get_surface().get_size(), fonts, pictures, NoEffects(), self._clock)
