"""What is done while a reader reads: the next pages are set and their words rendered, so that they turn at once."""

from __future__ import annotations

from dataclasses import replace

from game.play import Playthrough
from game.ui.app import App, View, view_tree
from game.ui.layout import Layout, layout
from game.ui.settings import Settings
from game.ui.tree import Node
from game.window.drawing import Drawing
from game.window.fonts import Fonts

Standing = tuple[Playthrough | None, tuple[int, int], Settings]


class Ahead:
    """Sets the pages that the page now read leads to: measuring words and rendering them is most of a page turn."""

    def __init__(self, fonts: Fonts, drawing: Drawing) -> None:
        self._fonts, self._drawing = fonts, drawing
        self._standing: Standing | None = None
        self._left: list[Playthrough] = []
        self._set: list[tuple[Node, Layout]] = []

    def step(self, app: App, size: tuple[int, int]) -> bool:
        """Set one of these pages; whether there was one left to set."""
        standing = app.playthrough, size, app.settings
        if self._standing is None or any(a is not b for a, b in zip(standing, self._standing, strict=True)):
            self._standing = standing
            p = app.playthrough
            self._left = [p.choose(option.id) for option in p.page.choices] if p and app.top.screen == "reading" else []
            self._set = []
        if not self._left:
            return False
        there = replace(app, playthrough=self._left.pop(0), views=(View("title"), View("reading")))
        tree = view_tree(there, there.top)
        plan = layout(tree, size, app.settings, self._fonts)
        self._set.append((tree, plan))
        self._drawing.render_ahead(plan, app.settings.theme)
        return True

    def plan(self, tree: Node, size: tuple[int, int], settings: Settings) -> Layout | None:
        """The tree as it was laid out ahead; None where it was not."""
        if self._standing is None or (size, settings) != self._standing[1:]:
            return None
        return next((plan for known, plan in self._set if known == tree), None)
