"""Listeners: observers of a session's events, screens and frames (voice, sound, screen reader, kiosk, class)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygame

    from game.ui.effects import Repeat
    from game.ui.intents import Intent, IntentSource
    from game.ui.key_bindings import ViewState
    from game.ui.state import AppState
    from game.ui.tree import TreeNode


class Listener:
    """An observer of one session. A subclass overrides the callbacks that it needs; all others do nothing.

    Every callback runs on the window's thread between two frames, so it must not block. Long work goes to a thread or a
    process of the listener's own. `offers` names features that the interface shows only if a listener has them.
    """

    offers: frozenset[str] = frozenset()

    def on_event(self, event: pygame.event.Event) -> None:
        """Observe an event of the window, even one without effect. Called before the session handles the event."""

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """Observe that the topmost screen, its focus or the settings changed. Called with the first frame too."""

    def on_page(self, app: AppState) -> None:
        """Observe that the playthrough has changed, also to none. Called at the start, too, and before `on_screen`."""

    def on_repeat(self, effect: Repeat, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """Observe that the reader wants to hear the focused node again or, with `effect.whole`, the whole screen."""

    def poll(self) -> Intent | None:
        """Return the listener's next intent for the interface; None if there is none. Called between frames."""
        return None

    def on_open(self) -> None:
        """Prepare for a window that exists but is still hidden. Called before every other callback."""

    def on_layout(self, view: ViewState) -> None:
        """Observe that the topmost screen has a new layout, scroll or focus. Called before `on_frame`."""

    def on_frame(self) -> None:
        """Observe that a frame was drawn."""

    def on_close(self) -> None:
        """Clean up after the window has closed. No callback follows."""


class IntentListener(Listener):
    """Passes the intents of a source on to a session, so that the source need not be a `Listener`."""

    def __init__(self, source: IntentSource) -> None:
        self._source = source

    def poll(self) -> Intent | None:
        return self._source.poll()
