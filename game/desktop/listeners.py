"""What can be listened to at the window: the voice, the sounds and the screen reader hear of everything here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygame

    from game.desktop.input.input_mapping import ViewState
    from game.ui.effects import Repeat
    from game.ui.intents import Intent
    from game.ui.state import AppState
    from game.ui.tree import TreeNode


class Listener:
    """Somebody who follows a session; each does what it needs of this, and nothing for the rest.

    All is called on the window's thread, between two frames: what takes long is handed to somebody else.
    `offers` is what the interface may tell its reader of because of them.
    """

    offers: frozenset[str] = frozenset()

    def touched(self, event: pygame.event.Event) -> None:
        """A hand did something, whether or not it changes anything; called before it is answered."""

    def shown(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """The topmost screen, its focus or the settings changed; called after the intent, and with the first frame."""

    def turned(self, app: AppState) -> None:
        """Another page is read (None of it before the first); called before `shown`."""

    def asked(self, effect: Repeat, tree: TreeNode, focus: str | None, app: AppState) -> None:
        """Somebody wants to hear of the topmost screen once more."""

    def news(self) -> Intent | None:
        """What the interface should know of meanwhile; asked between two frames, until there is none."""
        return None

    def opened(self) -> None:
        """The window is there, and not yet to be seen; called before anything else."""

    def laid(self, sight: ViewState) -> None:
        """The topmost screen stands in the window as it has not before; called before `drawn`."""

    def drawn(self) -> None:
        """A frame was drawn."""

    def closed(self) -> None:
        """The window is closed, and nothing else will be called."""
