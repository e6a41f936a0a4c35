"""The window for the system's screen reader: what stands there goes to it, and what it asks for comes back as intents.

AccessKit calls from threads of its own. So its handlers are nothing but the ends of two queues, which the window's
thread empties between two frames; until a screen reader has called, nothing is made for it.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

import pygame

from game.speech.accessible import SHOW, Thing, accessible, every, focused, intent
from game.speech.accesskit_nodes import Numbers, tree_update
from game.speech.script import Heard, arrive, places_of
from game.speech.utterances import in_words
from game.ui.app import App
from game.ui.intents import Intent, Scroll
from game.ui.scrolling import reveal
from game.ui.tree import Node, find
from game.window.hands import Sight
from game.window.listening import Listener


class Standing(NamedTuple):
    """The window on the screen: whether the keyboard is its own, where its inside is, and how large, in pixels."""

    focused: bool
    at: tuple[int, int]
    size: tuple[int, int]


class Adapter(Protocol):
    """AccessKit on one system. Only called while a screen reader listens."""

    def update(self, update: Any) -> None:
        """Hand over an accesskit.TreeUpdate."""

    def stands(self, standing: Standing) -> None:
        """Tell where the window is."""


Heeded = Callable[[], None]
Asked = Callable[[Any], None]
Connect = Callable[[Heeded, Asked, Heeded], Adapter]  # for when somebody begins to listen, asks, and stops


class ScreenReader(Listener):
    """Somebody who may be listening, at a window. `look` tells where that stands."""

    offers = frozenset({"reader"})

    def __init__(self, connect: Connect, look: Callable[[], Standing]) -> None:
        self._connect, self._look = connect, look
        self._adapter: Adapter | None = None
        # a queue's own methods are the handlers: a Python function that AccessKit calls while it holds its lock could
        # wait for this thread, while this thread waits for the lock
        self._calls: deque[bool] = deque()
        self._requests: deque[Any] = deque()
        self._listening = False
        self._numbers = Numbers()
        self._app: App | None = None
        self._sight: Sight | None = None
        self._forget()

    def _forget(self) -> None:
        """Whoever listens from here on knows nothing yet."""
        self._sent: Sight | None = None
        self._screen: Thing | None = None
        self._standing: Standing | None = None
        self._heard: Heard | None = None
        self._announced, self._due = "", False

    def opened(self) -> None:
        begun, ended = partial(self._calls.append, True), partial(self._calls.append, False)
        try:
            self._adapter = self._connect(begun, self._requests.append, ended)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # what goes wrong inside AccessKit is not an Exception
            sys.stderr.write(f"weight-of-grain: screen readers are told nothing: {error}\n")

    def shown(self, tree: Node, focus: str | None, app: App) -> None:
        self._app = app

    def laid(self, sight: Sight) -> None:
        self._sight = sight

    def news(self) -> Intent | None:
        while self._calls:
            self._listening = self._calls.popleft()
            self._forget()
        if self._listening and self._adapter is not None and self._app is not None and self._sight is not None:
            self._tell(self._adapter, self._app, self._sight)
        while self._requests:
            asked = self._meant(self._requests.popleft())
            if asked is not None:
                return asked
        return None

    def closed(self) -> None:
        self._adapter = None

    def _tell(self, adapter: Adapter, app: App, sight: Sight) -> None:
        """What changed since it was last told: first where the focus is, then, at the next call, what is announced.

        The other way round a screen reader would cut the announcement short to say the focus.
        """
        standing = self._look()
        if standing != self._standing:
            self._standing = standing
            adapter.stands(standing)
        if self._sent is None or not _same(sight, self._sent):
            self._numbers.on(places_of(app))
            self._heard, lines = arrive(self._heard, sight.tree, sight.focus, app)
            if lines:
                self._announced, self._due = " ".join(in_words(line, app.words) for line in lines), True
            self._send(adapter, app, sight, "" if self._due else self._announced)
        elif self._due:
            self._due = False
            self._send(adapter, app, sight, self._announced)

    def _send(self, adapter: Adapter, app: App, sight: Sight, announced: str) -> None:
        self._sent = sight
        self._screen = screen = accessible(sight.tree, app.words, app.story.language, announced)
        title, size, bounds = app.story.title, sight.plan.size, sight.plan.bounds(sight.scroll)
        adapter.update(tree_update(screen, focused(screen, sight.focus), title, size, bounds, self._numbers))

    def _meant(self, request: Any) -> Intent | None:
        """What somebody asked for; None where what they asked it of is gone."""
        sight, key = self._sent, self._numbers.key(request.target)
        if sight is None or self._screen is None or key is None:
            return None
        node = next((find(sight.tree, thing.node) for thing in every(self._screen) if thing.key == key), None)
        action = str(request.action).rpartition(".")[2]
        if action == SHOW and node is not None:
            return Scroll(reveal(sight.plan, sight.scroll, node.id))
        return intent(action, node)


def _same(one: Sight, other: Sight) -> bool:
    """Whether the same stands at the same places; what is laid out anew is told anew, so identity is enough."""
    return one.plan is other.plan and one.tree is other.tree and (one.focus, one.scroll) == (other.focus, other.scroll)


def system_screen_reader() -> ScreenReader | None:
    """The way to this system's screen reader; None where AccessKit is not installed."""
    if find_spec("accesskit") is None:
        return None
    systems: dict[str, Connect] = {"win32": Windows, "darwin": Mac}
    return ScreenReader(systems.get(sys.platform, Unix), _standing)


def _standing() -> Standing:
    x, y = pygame.display.get_window_position()
    return Standing(pygame.key.get_focused(), (int(x), int(y)), pygame.display.get_window_size())


class Unix:
    """AT-SPI, over D-Bus; without a session bus nobody ever calls."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        self._adapter = accesskit.unix.Adapter(begun, asked, ended)

    def update(self, update: Any) -> None:
        self._adapter.update_if_active(lambda: update)

    def stands(self, standing: Standing) -> None:
        import accesskit

        (x, y), (w, h) = standing.at, standing.size
        inside = accesskit.Rect(x, y, x + w, y + h)
        self._adapter.set_root_window_bounds(inside, inside)
        self._adapter.update_window_focus_state(standing.focused)


class Windows:
    """UI Automation; asks where the window is by itself."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        self._adapter = accesskit.windows.SubclassingAdapter(pygame.display.get_wm_info()["window"], begun, asked)

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def stands(self, standing: Standing) -> None:
        """Known."""


class Mac:
    """NSAccessibility. SDL gives the keyboard to the window, where AccessKit looks for it in the view."""

    def __init__(self, begun: Heeded, asked: Asked, ended: Heeded) -> None:
        import accesskit

        accesskit.macos.add_focus_forwarder_to_window_class("SDLWindow")
        window = pygame.display.get_wm_info()["window"]
        self._adapter = accesskit.macos.SubclassingAdapter.for_window(window, begun, asked)

    def update(self, update: Any) -> None:
        _raise(self._adapter.update_if_active(lambda: update))

    def stands(self, standing: Standing) -> None:
        _raise(self._adapter.update_view_focus_state(standing.focused))


def _raise(events: Any) -> None:
    """Have the system hear of what changed; None where it did not."""
    if events is not None:
        events.raise_events()
