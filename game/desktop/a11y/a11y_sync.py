"""What a screen reader is told of the window, and what it can ask for: brought in when one first listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.desktop.a11y.adapter_protocol import A11yAdapter, WindowInfo
from game.desktop.input.input_mapping import ViewState
from game.speech.a11y_tree import SHOW, A11yNode, accessible, every, focused, intent
from game.speech.accesskit_nodes import NodeNumbers, tree_update
from game.speech.announcer import HeardState, arrive, places_of
from game.speech.utterances import in_words
from game.ui.intents import Intent, Scroll
from game.ui.layout.scrolling import reveal
from game.ui.state import AppState
from game.ui.tree import find


class A11ySync:
    """Follows one window for whoever listens at it. `look` tells where that stands."""

    def __init__(self, look: Callable[[], WindowInfo]) -> None:
        self._look = look
        self._numbers = NodeNumbers()
        self.forget()

    def forget(self) -> None:
        """Whoever listens from here on knows nothing yet."""
        self._sent: ViewState | None = None
        self._screen: A11yNode | None = None
        self._standing: WindowInfo | None = None
        self._heard: HeardState | None = None
        self._announced, self._due = "", False

    def tell(self, adapter: A11yAdapter, app: AppState, view: ViewState) -> None:
        """What changed since it was last told: first where the focus is, then, at the next call, what is announced.

        The other way round a screen reader would cut the announcement short to say the focus.
        """
        standing = self._look()
        if standing != self._standing:
            self._standing = standing
            adapter.stands(standing)
        if self._sent is None or not _same(view, self._sent):
            self._numbers.on(places_of(app))
            self._heard, lines = arrive(self._heard, view.tree, view.focus, app)
            if lines:
                self._announced, self._due = " ".join(in_words(line, app.words) for line in lines), True
            self._send(adapter, app, view, "" if self._due else self._announced)
        elif self._due:
            self._due = False
            self._send(adapter, app, view, self._announced)

    def _send(self, adapter: A11yAdapter, app: AppState, view: ViewState, announced: str) -> None:
        self._sent = view
        self._screen = screen = accessible(view.tree, app.words, app.story.language, announced)
        title, size, bounds = app.story.title, view.plan.size, view.plan.bounds(view.scroll)
        adapter.update(tree_update(screen, focused(screen, view.focus), title, size, bounds, self._numbers))

    def meant(self, request: Any) -> Intent | None:
        """What somebody asked for; None where what they asked it of is gone."""
        view, key = self._sent, self._numbers.key(request.target)
        if view is None or self._screen is None or key is None:
            return None
        node = next((find(view.tree, thing.node) for thing in every(self._screen) if thing.key == key), None)
        action = str(request.action).rpartition(".")[2]
        if action == SHOW and node is not None:
            return Scroll(reveal(view.plan, view.scroll, node.id))
        return intent(action, node)


def _same(one: ViewState, other: ViewState) -> bool:
    """Whether the same stands at the same places; what is laid out anew is told anew, so identity is enough."""
    return one.plan is other.plan and one.tree is other.tree and (one.focus, one.scroll) == (other.focus, other.scroll)
