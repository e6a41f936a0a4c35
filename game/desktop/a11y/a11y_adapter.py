"""The window for the system's screen reader: what stands there goes to it, and what it asks for comes back as intents.

AccessKit calls from threads of its own. So its handlers are nothing but the ends of two queues, which the window's
thread empties between two frames; until a screen reader has called, nothing is made or brought in for it.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pygame

from game.desktop.a11y.adapter_protocol import A11yAdapter, WindowInfo
from game.desktop.input.input_mapping import ViewState
from game.desktop.listeners import Listener
from game.ui.intents import Intent
from game.ui.state import AppState
from game.ui.tree import TreeNode

if TYPE_CHECKING:
    from game.desktop.a11y.a11y_sync import A11ySync


Heeded = Callable[[], None]
Asked = Callable[[Any], None]
Connect = Callable[[Heeded, Asked, Heeded], A11yAdapter]  # for when somebody begins to listen, asks, and stops


class ScreenReaderBridge(Listener):
    """Somebody who may be listening, at a window. `look` tells where that stands."""

    offers = frozenset({"reader"})

    def __init__(self, connect: Connect, look: Callable[[], WindowInfo]) -> None:
        self._connect, self._look = connect, look
        self._adapter: A11yAdapter | None = None
        # a queue's own methods are the handlers: a Python function that AccessKit calls while it holds its lock could
        # wait for this thread, while this thread waits for the lock
        self._calls: deque[bool] = deque()
        self._requests: deque[Any] = deque()
        self._listening = False
        self._telling: A11ySync | None = None  # from when somebody first listens
        self._app: AppState | None = None
        self._sight: ViewState | None = None

    def on_open(self) -> None:
        begun, ended = partial(self._calls.append, True), partial(self._calls.append, False)
        try:
            self._adapter = self._connect(begun, self._requests.append, ended)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # what goes wrong inside AccessKit is not an Exception
            sys.stderr.write(f"weight-of-grain: screen readers are told nothing: {error}\n")

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._app = app

    def on_layout(self, view: ViewState) -> None:
        self._sight = view

    def poll(self) -> Intent | None:
        while self._calls:
            self._listening = self._calls.popleft()
            self._begin_anew()
        telling = self._telling
        if telling is None:
            self._requests.clear()  # nobody was told of anything that they could ask it of
            return None
        if self._listening and self._adapter is not None and self._app is not None and self._sight is not None:
            telling.tell(self._adapter, self._app, self._sight)
        while self._requests:
            asked = telling.meant(self._requests.popleft())
            if asked is not None:
                return asked
        return None

    def _begin_anew(self) -> None:
        if self._telling is None:
            from game.desktop.a11y.a11y_sync import A11ySync

            self._telling = A11ySync(self._look)
        self._telling.forget()

    def on_close(self) -> None:
        self._adapter = None


def system_screen_reader() -> ScreenReaderBridge | None:
    """The way to this system's screen reader; None where AccessKit is not installed."""
    if find_spec("accesskit") is None:
        return None
    systems: dict[str, Connect] = {"win32": WindowsAdapter, "darwin": MacAdapter}
    return ScreenReaderBridge(systems.get(sys.platform, UnixAdapter), _standing)


def _standing() -> WindowInfo:
    x, y = pygame.display.get_window_position()
    return WindowInfo(pygame.key.get_focused(), (int(x), int(y)), pygame.display.get_window_size())


class UnixAdapter:
    """AT-SPI, over D-Bus; without a session bus nobody ever calls."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        self._adapter = accesskit.unix.Adapter(begun, asked, ended)

    def update(self, update: Any) -> None:
        self._adapter.update_if_active(lambda: update)

    def stands(self, standing: WindowInfo) -> None:
        import accesskit

        (x, y), (w, h) = standing.at, standing.size
        inside = accesskit.Rect(x, y, x + w, y + h)
        self._adapter.set_root_window_bounds(inside, inside)
        self._adapter.update_window_focus_state(standing.focused)


class WindowsAdapter:
    """UI Automation; asks where the window is by itself."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        self._adapter = accesskit.windows.SubclassingAdapter(pygame.display.get_wm_info()["window"], begun, asked)

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def stands(self, standing: WindowInfo) -> None:
        """Known."""


class MacAdapter:
    """NSAccessibility. SDL gives the keyboard to the window, where AccessKit looks for it in the view."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        accesskit.macos.add_focus_forwarder_to_window_class("SDLWindow")
        window = pygame.display.get_wm_info()["window"]
        self._adapter = accesskit.macos.SubclassingAdapter.for_window(window, begun, asked)

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def stands(self, standing: WindowInfo) -> None:
        _raise(self._adapter.update_view_focus_state(standing.focused))


def _raise(events: Any) -> None:
    """Have the system hear of what changed; None where it did not."""
    if events is not None:
        events.raise_events()
