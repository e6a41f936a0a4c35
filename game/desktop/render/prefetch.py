"""Prefetch: lays out the next pages and renders their text while a reader is still on this one."""

from __future__ import annotations

from collections.abc import Iterator

from game.desktop.render.fonts import Fonts
from game.desktop.render.tree_renderer import TreeRenderer
from game.play import Playthrough
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.transitions import next_states
from game.ui.tree import TreeNode

PrefetchKey = tuple[tuple[int, int], Settings, Playthrough | None, str]


class Prefetcher:
    """Lays out the pages that the present one leads to: measuring and rendering words is most of a page turn."""

    def __init__(self, fonts: Fonts, renderer: TreeRenderer) -> None:
        self._fonts, self._renderer = fonts, renderer
        self._key: PrefetchKey | None = None  # what the layouts below are for
        self._remaining: Iterator[AppState] = iter(())
        self._layouts: list[tuple[TreeNode, Layout]] = []

    def step(self, app: AppState, size: tuple[int, int]) -> bool:
        """Lay out one of these pages for a window of `size` pixels; returns whether there was one left."""
        key = size, app.settings, app.playthrough, app.top.screen
        if key != self._key:
            self._key, self._remaining, self._layouts = key, next_states(app), []
        next_state = next(self._remaining, None)
        if next_state is None:
            return False
        tree = render_top(next_state)
        plan = layout(tree, size, app.settings, self._fonts)
        self._layouts.append((tree, plan))
        self._renderer.prerender_text(plan, app.settings.theme)
        return True

    def plan(self, tree: TreeNode, size: tuple[int, int], settings: Settings) -> Layout | None:
        """The prefetched layout of a tree equal to `tree`; None where there is none."""
        if self._key is None or (size, settings) != self._key[:2]:
            return None
        return next((plan for known, plan in self._layouts if known == tree), None)
