"""The real program in a real window, by the mouse alone, from the first page to the end of the debrief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from game.commands.support.editions import find_editions
from game.desktop.render.fonts import Fonts
from game.play import Playthrough
from game.play.talk import talk_screens
from game.resources import assets_folder, story_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_view
from game.ui.state import AppState, ScreenView
from game.ui.tree import choices
from tests.real.screen import PATIENCE, Screen, game_on, until
from tests.real.test_window import chosen, standing

SIZE = (1280, 720)


class Mouse:
    """A mouse on a screen. It computes positions as the game does, and turns its wheel as far as necessary."""

    def __init__(self, display: Screen, story: Story) -> None:
        self._display = display
        assets = assets_folder()
        self._fonts = Fonts(assets / "fonts")
        offers = frozenset({"clipboard", "journal", "credits"})
        editions = find_editions(story_folder(), story)
        self._app = AppState(story, Catalogue(assets / "locale"), offers=offers, editions=editions)

    def choose(self, p: Playthrough, number: int) -> None:
        """Click on one of the choices of the new page, counted around."""
        view = ScreenView("reading")
        slips = choices(render_view(replace(self._app, views=(ScreenView("title"), view), playthrough=p), view))
        self.click(slips[number % len(slips)].id, view, p)

    def click(self, node_id: str, view: ScreenView, p: Playthrough | None = None) -> None:
        """Click on a node of a new screen."""
        app = replace(self._app, views=(ScreenView("title"), view), playthrough=p)
        plan = layout(render_view(app, view), SIZE, app.settings, self._fonts)
        middle, scroll = plan.main.view, 0
        self._display.hand("mousemove", str(middle.x + middle.w // 2), str(middle.y + middle.h // 2))
        while True:
            seen = dict(plan.targets(scroll)).get(node_id)
            if seen is not None and (seen.h >= 30 or scroll == plan.max_scroll):
                break
            assert scroll < plan.max_scroll, f"{node_id} is nowhere on {view.screen}"
            self._display.hand("click", "5")
            scroll = plan.clamped(scroll + plan.scale.em(2.2))
        self._display.hand("mousemove", str(seen.x + seen.w // 2), str(seen.y + seen.h // 2))
        self._display.hand("sleep", "0.35", "click", "1")  # a page just turned does not take a press at once


def test_by_the_mouse_alone(display: Screen, home: Path, shipped: Story) -> None:
    """Through the shortest cut: every choice, the ending, each part of the talk, and back to the title."""
    options = ["--role", "villager", "--cut", "kiosk", "--size", "1280x720"]
    with game_on(display, *options) as (playing, _):
        display.shows()
        mouse = Mouse(display, shipped)
        mouse.click("begin:villager", ScreenView("content-note", "villager"))
        p = until(lambda: standing(home, shipped), PATIENCE, "the first page")
        while not p.page.ending:
            entries = len(p.entries)
            mouse.choose(p, entries)
            until(lambda before=entries: chosen(home) > before, PATIENCE, f"what comes after {p.page.node}")  # type: ignore[misc]
            p = standing(home, shipped) or p
        mouse.click("debrief", ScreenView("reading"), p)
        screens = talk_screens(p)
        for at in range(1, len(screens)):
            mouse.click(f"section:{at}", ScreenView("debrief", str(at - 1)), p)
        mouse.click("home", ScreenView("debrief", str(len(screens) - 1)), p)
        mouse.click("quit", ScreenView("title"), p)
        assert playing.wait(PATIENCE) == 0
