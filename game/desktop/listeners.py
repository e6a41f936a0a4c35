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

    Every callback runs on the window's thread between two frames, so it must not block: long work goes to a thread or a
    process of the listener's own. `offers` names the features that the interface may show because of this listener.
    """

    offers: frozenset[str] = frozenset()

    def on_event(self, event: pygame.event.Event) -> None:
        """An event of the window arrived, with or without a meaning; called before the session handles it."""

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """The topmost screen, its focus or the settings changed; called after the intent, and with the first frame."""

    def on_page(self, app: AppState) -> None:
        """The page of the story has changed (before the first there is none); called before `on_screen`."""

    def on_repeat(self, effect: Repeat, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """The reader asked the voice to repeat the topmost screen."""

    def poll(self) -> Intent | None:
        """The listener's next intent for the interface; called between two frames until it returns None."""
        return None

    def on_open(self) -> None:
        """The window exists but is still hidden; called before every other callback."""

    def on_layout(self, view: ViewState) -> None:
        """The topmost screen has a new layout, scroll or focus; called before `on_frame`."""

    def on_frame(self) -> None:
        """A frame was drawn."""

    def on_close(self) -> None:
        """The window is closed; no callback follows."""


class IntentListener(Listener):
    """Gives a session the intents of a source that knows nothing of windows."""

    def __init__(self, source: IntentSource) -> None:
        self._source = source

    def poll(self) -> Intent | None:
        return self._source.poll()
