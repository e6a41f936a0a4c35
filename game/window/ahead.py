"""What is done while a reader reads: the next pages are set and their words rendered, so that they turn at once."""

from __future__ import annotations

from dataclasses import replace

from game.play import Playthrough
from game.ui.app import App, View, view_tree
from game.ui.layout import layout
from game.ui.settings import Settings
from game.window.drawing import Drawing
from game.window.fonts import Fonts


class Ahead:
    """Sets the pages that the page now read leads to.

    Measuring and rendering words is most of a page turn, and both are kept.
    """

    def __init__(self, fonts: Fonts, drawing: Drawing) -> None:
        self._fonts, self._drawing = fonts, drawing
        self._standing: tuple[Playthrough | None, tuple[int, int], Settings] | None = None
        self._left: list[Playthrough] = []

    def step(self, app: App, size: tuple[int, int]) -> bool:
        """Set one of these pages; whether there was one left to set."""
        standing = app.playthrough, size, app.settings
        if self._standing is None or any(a is not b for a, b in zip(standing, self._standing, strict=True)):
            self._standing = standing
            p = app.playthrough
            self._left = [p.choose(option.id) for option in p.page.choices] if p and app.top.screen == "reading" else []
        if not self._left:
            return False
        there = replace(app, playthrough=self._left.pop(0), views=(View("title"), View("reading")))
        plan = layout(view_tree(there, there.top), size, app.settings, self._fonts)
        self._drawing.render_ahead(plan, app.settings.theme)
        return True
