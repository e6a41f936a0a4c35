"""The real program in a real window, by the keyboard, and by the mouse alone."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game.commands.support.editions import find_editions
from game.desktop.render.fonts import Fonts
from game.play import Playthrough, begin, restore
from game.play.share_code import to_code
from game.play.talk import talk_screens
from game.resources import assets_folder, story_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_view
from game.ui.state import AppState, ScreenView
from game.ui.tree import choices
from tests.real.screen import Screen, game_on, until

PATIENCE = 20  # seconds; a busy machine may be slow
SIZE = (1280, 720)


def kept(home: Path) -> dict[str, Any]:
    """The playthrough to continue, as the game stores it below the home folder; empty before there is one."""
    for file in home.rglob("current.json"):
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["save"]
        except FileNotFoundError:  # just being replaced
            continue
        return found
    return {}


def standing(home: Path, story: Story) -> Playthrough | None:
    """The stored playthrough."""
    data = kept(home)
    return restore(story, data)[0] if data else None


def chosen(home: Path) -> int:
    return len(kept(home).get("entries", ()))


def turn_to(display: Screen, home: Path, entries: int) -> None:
    display.press_until("1", lambda: chosen(home) >= entries, f"entry {entries}")


def open_first_page(display: Screen, home: Path) -> None:
    """Through the first door on the title and past the content note, to the first entry."""
    display.shows()
    display.press("Return")
    display.press("Return")
    turn_to(display, home, 1)


def test_from_the_title_to_an_ending(display: Screen, home: Path, shipped: Story) -> None:
    with game_on(display) as (playing, window):
        open_first_page(display, home)
        for entries in range(1, 300):
            now = standing(home, shipped)
            assert now is not None
            if now.page.ending:
                break
            turn_to(display, home, entries + 1)
        else:
            pytest.fail("no ending within 300 entries")
        assert display.colours() > 50, "the ending can be seen"
        display.end(playing, window)


def test_closing_the_window_loses_nothing(display: Screen, home: Path, shipped: Story) -> None:
    with game_on(display) as (playing, window):
        open_first_page(display, home)
        for entries in (2, 3, 4):
            turn_to(display, home, entries)
        display.end(playing, window)
    left = kept(home)["entries"]
    with game_on(display) as (playing, window):
        display.shows()
        display.press("Return")
        turn_to(display, home, len(left) + 1)
        display.end(playing, window)
    assert kept(home)["entries"][: len(left)] == left


def test_a_window_closed_at_the_first_start_ends_in_order(display: Screen, home: Path) -> None:
    """The search in the background still finishes, and its result is stored for the next start."""
    with game_on(display, stderr=subprocess.PIPE) as (playing, window):
        display.end(playing, window)
        assert playing.stderr is not None and playing.stderr.read() == b""
    assert list(home.rglob("editions.json"))


def test_a_killed_game_loses_nothing(display: Screen, home: Path, shipped: Story) -> None:
    with game_on(display) as (playing, _):
        open_first_page(display, home)
        turn_to(display, home, 2)
        before = kept(home)
        playing.kill()
        playing.wait()
    assert kept(home) == before
    with game_on(display):
        display.shows()
        display.press("Return")
        turn_to(display, home, 3)


def test_a_resized_window_goes_on(display: Screen, home: Path) -> None:
    with game_on(display) as (playing, window):
        open_first_page(display, home)
        display.hand("windowsize", "--sync", window, "800", "600")
        turn_to(display, home, 2)
        display.end(playing, window)


def test_a_code_is_typed(display: Screen, home: Path, shipped: Story) -> None:
    there = begin(shipped, "official")
    for _ in range(3):
        there = there.choose(there.page.choices[0].id)
    with game_on(display) as (playing, window):
        display.shows()
        for _ in range(3):
            display.press("Tab")
        display.press("Return")
        time.sleep(1)
        display.hand("type", "--delay", "60", to_code(there).lower())
        display.press("Return")
        until(lambda: chosen(home) == len(there.entries), PATIENCE, "the reading of the code")
        display.end(playing, window)
    now = standing(home, shipped)
    assert now is not None
    assert (now.role, now.entries) == (there.role, there.entries)


def test_window_reopens_at_its_placement(display: Screen, home: Path) -> None:
    with game_on(display) as (playing, window):
        display.shows()
        display.hand("windowsize", "--sync", window, "900", "620")
        display.hand("windowmove", "--sync", window, "120", "60")
        display.end(playing, window)
    with game_on(display) as (_, window):
        geometry = display.hand("getwindowgeometry", window)
        assert "900x620" in geometry
        assert "Position: 120,60" in geometry


def test_a_window_opens_at_the_page_asked_for(display: Screen, home: Path, shipped: Story) -> None:
    with game_on(display, "--role", "official", "--size", "1024x600") as (_, window):
        assert "1024x600" in display.hand("getwindowgeometry", window)
        display.shows()
        display.press("Return")
        turn_to(display, home, 1)
    assert kept(home)["role"] == "official"


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
