"""Accessibility sync: sends tree updates to a screen reader and turns its requests into intents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from game.speech.a11y_tree import SHOW, A11yNode, build_a11y_tree, focused, intent, walk_a11y
from game.speech.accesskit_nodes import NodeNumbers, tree_update
from game.speech.announcer import ListenerState, announce_screen, positions_of
from game.speech.utterances import in_words
from game.ui.intents import Intent, Scroll
from game.ui.key_bindings import ViewState
from game.ui.layout.layout_model import reveal
from game.ui.state import AppState
from game.ui.tree import find


class WindowInfo(NamedTuple):
    """What a screen reader must know about the window."""

    focused: bool  # whether the window has the keyboard focus
    at: tuple[int, int]  # the upper left corner of the window's client area on the screen, in pixels
    size: tuple[int, int]  # of the client area, in pixels


class A11yAdapter(Protocol):
    """Interface to AccessKit on one system. It is called only while a screen reader is active."""

    def update(self, update: Any) -> None:
        """Send an accesskit.TreeUpdate."""

    def update_window(self, window: WindowInfo) -> None:
        """Send the window's bounds and focus."""


class A11ySync:
    """Keeps one screen reader up to date with one window. `window_info` returns the window's bounds and focus."""

    def __init__(self, window_info: Callable[[], WindowInfo]) -> None:
        self._window_info = window_info
        self._numbers = NodeNumbers()
        self.reset()

    def reset(self) -> None:
        """Forget what was sent, because a screen reader that starts again knows nothing."""
        self._sent: ViewState | None = None
        self._screen: A11yNode | None = None
        self._sent_window: WindowInfo | None = None
        self._heard_state: ListenerState | None = None
        self._announced, self._announcement_due = "", False

    def sync(self, adapter: A11yAdapter, app: AppState, view: ViewState) -> None:
        """Send what has changed since the last call: tree and focus at once, a new announcement only at the next call.
        If both came together, the screen reader would interrupt the announcement to speak the focus."""
        window = self._window_info()
        if window != self._sent_window:
            self._sent_window = window
            adapter.update_window(window)
        sent = self._sent
        same_screen = sent is not None and view.plan is sent.plan and view.tree is sent.tree
        if sent is None or not same_screen or (view.focus, view.scroll) != (sent.focus, sent.scroll):
            self._numbers.on(positions_of(app))
            self._heard_state, lines = announce_screen(self._heard_state, view.tree, view.focus, app)
            if lines:
                self._announced, self._announcement_due = " ".join(in_words(line, app.words) for line in lines), True
            self._send(adapter, app, view, "" if self._announcement_due else self._announced)
        elif self._announcement_due:
            self._announcement_due = False
            self._send(adapter, app, view, self._announced)

    def _send(self, adapter: A11yAdapter, app: AppState, view: ViewState, announced: str) -> None:
        self._sent = view
        self._screen = screen = build_a11y_tree(view.tree, app.words, app.story.language, announced)
        title, size, bounds = app.story.title, view.plan.size, view.plan.bounds(view.scroll)
        adapter.update(tree_update(screen, focused(screen, view.focus), title, size, bounds, self._numbers))

    def to_intent(self, request: Any) -> Intent | None:
        """Return the intent of an accesskit.ActionRequest; None if its node is gone or does not have the action."""
        view, key = self._sent, self._numbers.key(request.target)
        if view is None or self._screen is None or key is None:
            return None
        node = next((find(view.tree, thing.node) for thing in walk_a11y(self._screen) if thing.key == key), None)
        action = str(request.action).rpartition(".")[2]
        if action == SHOW and node is not None:
            return Scroll(reveal(view.plan, view.scroll, node.id))
        return intent(action, node)
