"""Drives the interface as a value: it presses only nodes that exist, and keeps the effects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game.play import Playthrough
from game.ui.class_state import ClassView
from game.ui.effects import Effect
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.intents import ClassChanged, Intent, Press
from game.ui.screens.registry import render_top
from game.ui.settings import DEFAULT, Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, find, focus_order, walk
from game.ui.update import update
from tests.classroom.wall_states import UnloggedClass


class AppDriver:
    """`app` is the interface after each press, `effects` all effects so far."""

    def __init__(self, app: AppState) -> None:
        self.app = app
        self.effects: list[Effect] = []

    def intend(self, *intents: Intent) -> None:
        for intent in intents:
            self.app, effects = update(self.app, intent)
            self.effects += effects

    def press(self, *ids: str) -> None:
        for node_id in ids:
            assert find(self.tree, node_id), f"{node_id} is not on {self.where}: {focus_order(self.tree)}"
            self.intend(Press(node_id))

    def sent(self, *ids: str) -> Effect:
        """Press these nodes, and return the last effect."""
        self.press(*ids)
        return self.effects[-1]

    @property
    def tree(self) -> TreeNode:
        return render_top(self.app)

    @property
    def where(self) -> str:
        return self.app.top.screen

    def node(self, node_id: str) -> TreeNode:
        found = find(self.tree, node_id)
        assert found is not None, f"{node_id} is not on {self.where}"
        return found

    def sees(self, node_id: str) -> bool:
        return find(self.tree, node_id) is not None

    @property
    def said(self) -> str:
        return text_of(self.tree)

    @property
    def takes(self) -> list[str]:
        """The entries on the way to the present page."""
        return [entry.take for entry in self.app.current.entries]


class ClassDriver(AppDriver):
    """The teacher at the wall of a class, which shows what the class does."""

    def __init__(self, led: UnloggedClass, words: Catalogue, view: ClassView | None = None) -> None:
        super().__init__(start_class(led.state.tracks[0].now.story, words, view or led.class_view()))
        self.led = led

    def show(self) -> None:
        self.intend(ClassChanged(self.led.class_view()))

    def do(self, *given: Any) -> None:
        """Let the class do what a command says, and show it."""
        self.led.do(*given)
        self.show()


def press(app: AppState, *ids: str, quiet: bool = False) -> AppState:
    """The interface after pressing these nodes, which must exist; `quiet`: without any effect."""
    driver = AppDriver(app)
    driver.press(*ids)
    assert not (quiet and driver.effects)
    return driver.app


def at_page(
    words: Catalogue, p: Playthrough, *over: ScreenView, settings: Settings = DEFAULT, offers: Iterable[str] = ()
) -> AppState:
    """The interface on the page of a playthrough, with these screens over it."""
    views = (ScreenView("title"), ScreenView("reading"), *over)
    return AppState(p.story, words, settings, views, p, offers=frozenset(offers))


def has_unique_ids(tree: TreeNode) -> bool:
    ids = [node.id for node in walk(tree) if node.id]
    return len(ids) == len(set(ids))


def text_of(tree: TreeNode) -> str:
    """The text of a screen, a label or value a line."""
    return "\n".join(part for node in walk(tree) for part in (node.label, node.value) if part)
