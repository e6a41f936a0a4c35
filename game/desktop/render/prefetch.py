"""What is done while a reader reads: the next pages are set and their words rendered, so that they turn at once."""

from __future__ import annotations

from collections.abc import Iterator

from game.desktop.render.fonts import Fonts
from game.desktop.render.tree_renderer import TreeRenderer
from game.play import Playthrough
from game.ui.layout.page_layout import Layout, layout
from game.ui.render import render_top
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.transitions import next_states
from game.ui.tree import TreeNode

Standing = tuple[tuple[int, int], Settings, Playthrough | None, str]


class Prefetcher:
    """Sets the pages that the page now read leads to: measuring words and rendering them is most of a page turn."""

    def __init__(self, fonts: Fonts, drawing: TreeRenderer) -> None:
        self._fonts, self._drawing = fonts, drawing
        self._standing: Standing | None = None
        self._left: Iterator[AppState] = iter(())
        self._set: list[tuple[TreeNode, Layout]] = []

    def step(self, app: AppState, size: tuple[int, int]) -> bool:
        """Set one of these pages; whether there was one left to set."""
        standing = size, app.settings, app.playthrough, app.top.screen
        if standing != self._standing:
            self._standing, self._left, self._set = standing, next_states(app), []
        there = next(self._left, None)
        if there is None:
            return False
        next_tree = render_top(there)
        plan = layout(next_tree, size, app.settings, self._fonts)
        self._set.append((next_tree, plan))
        self._drawing.render_ahead(plan, app.settings.theme)
        return True

    def plan(self, wanted: TreeNode, size: tuple[int, int], settings: Settings) -> Layout | None:
        """The tree as it was laid out ahead; None where it was not."""
        if self._standing is None or (size, settings) != self._standing[:2]:
            return None
        return next((plan for known, plan in self._set if known == wanted), None)
