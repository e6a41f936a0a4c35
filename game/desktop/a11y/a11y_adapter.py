"""Accessibility adapter: connects the window to the system's screen reader through AccessKit.

AccessKit calls its handlers from threads of its own. So the handlers only append to two queues, which the window
empties between two frames. Until a screen reader is active, the adapter builds no tree and imports nothing.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pygame

from game.core.streams import print_error
from game.desktop.listeners import Listener
from game.ui.intents import Intent
from game.ui.key_bindings import ViewState
from game.ui.state import AppState
from game.ui.tree import TreeNode

if TYPE_CHECKING:
    from game.desktop.a11y.a11y_sync import A11yAdapter, A11ySync, WindowInfo


Callback = Callable[[], None]
RequestHandler = Callable[[Any], None]
Connect = Callable[[Callback, RequestHandler, Callback], "A11yAdapter"]  # handlers: activated, request, deactivated


class ScreenReaderBridge(Listener):
    """Listener that serves a screen reader. `connect` makes the adapter from three handlers (see `Connect`)."""

    offers = frozenset({"reader"})

    def __init__(self, connect: Connect, window_info: Callable[[], WindowInfo]) -> None:
        self._connect, self._window_info = connect, window_info
        self._adapter: A11yAdapter | None = None
        # The handlers are the queues' own methods, not Python functions. AccessKit calls them while it holds its lock:
        # a Python function would then wait for this thread, while this thread waits for the lock.
        self._activations: deque[bool] = deque()
        self._requests: deque[Any] = deque()
        self._listening = False
        self._sync: A11ySync | None = None  # made at the first activation
        self._app: AppState | None = None
        self._view: ViewState | None = None

    def on_open(self) -> None:
        activated, deactivated = partial(self._activations.append, True), partial(self._activations.append, False)
        try:
            self._adapter = self._connect(activated, self._requests.append, deactivated)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # AccessKit's own errors are no subclass of Exception
            print_error(f"screen readers get nothing: {error}")

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._app = app

    def on_layout(self, view: ViewState) -> None:
        self._view = view

    def poll(self) -> Intent | None:
        while self._activations:
            from game.desktop.a11y.a11y_sync import A11ySync  # imported only when a screen reader is active

            self._listening = self._activations.popleft()
            self._sync = self._sync or A11ySync(self._window_info)
            self._sync.reset()
        sync = self._sync
        if sync is None:
            self._requests.clear()  # none of them can mean a node, because none was sent
            return None
        if self._listening and self._adapter is not None and self._app is not None and self._view is not None:
            sync.sync(self._adapter, self._app, self._view)
        while self._requests:
            intent = sync.to_intent(self._requests.popleft())
            if intent is not None:
                return intent
        return None

    def on_close(self) -> None:
        self._adapter = None


def system_screen_reader() -> ScreenReaderBridge | None:
    """Return the bridge to this system's screen reader; None if AccessKit is not installed."""
    if find_spec("accesskit") is None:
        return None
    systems: dict[str, Connect] = {"win32": WindowsAdapter, "darwin": MacAdapter}
    return ScreenReaderBridge(systems.get(sys.platform, UnixAdapter), _current_window)


def _current_window() -> WindowInfo:
    from game.desktop.a11y.a11y_sync import WindowInfo  # only when a screen reader is active

    x, y = pygame.display.get_window_position()
    return WindowInfo(pygame.key.get_focused(), (int(x), int(y)), pygame.display.get_window_size())


class UnixAdapter:
    """AccessKit on Linux: AT-SPI over D-Bus. Without a D-Bus session, the adapter never becomes active."""

    def __init__(self, activated: Callback, on_request: RequestHandler, deactivated: Callback) -> None:
        import accesskit

        self._adapter = accesskit.unix.Adapter(activated, on_request, deactivated)

    def update(self, update: Any) -> None:
        self._adapter.update_if_active(lambda: update)

    def update_window(self, window: WindowInfo) -> None:
        import accesskit

        (x, y), (w, h) = window.at, window.size
        inside = accesskit.Rect(x, y, x + w, y + h)
        self._adapter.set_root_window_bounds(inside, inside)
        self._adapter.update_window_focus_state(window.focused)


class WindowsAdapter:
    """AccessKit on Windows: UI Automation, which finds the window's bounds by itself."""

    def __init__(self, activated: Callback, on_request: RequestHandler, deactivated: Callback) -> None:
        import accesskit

        self._adapter = accesskit.windows.SubclassingAdapter(
            pygame.display.get_wm_info()["window"], activated, on_request
        )

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def update_window(self, window: WindowInfo) -> None:
        """Do nothing: UI Automation knows the window's bounds and focus."""


class MacAdapter:
    """AccessKit on macOS: NSAccessibility. SDL focuses the window, which must then pass the focus on to its NSView."""

    def __init__(self, activated: Callback, on_request: RequestHandler, deactivated: Callback) -> None:
        import accesskit

        accesskit.macos.add_focus_forwarder_to_window_class("SDLWindow")
        window = pygame.display.get_wm_info()["window"]
        self._adapter = accesskit.macos.SubclassingAdapter.for_window(window, activated, on_request)

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def update_window(self, window: WindowInfo) -> None:
        _raise(self._adapter.update_view_focus_state(window.focused))


def _raise(events: Any) -> None:
    """Send AccessKit's `events` about a change, if any, to the system."""
    if events is not None:
        events.raise_events()
