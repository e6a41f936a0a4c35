"""The real program in a real window, by the keyboard."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from game.play import Playthrough, begin, restore
from game.play.share_code import to_code
from game.story.model import Story
from tests.real.screen import PATIENCE, Screen, game_on, until


def kept(home: Path) -> dict[str, Any] | None:
    """The playthrough to continue, as the game stores it below the home folder; None before there is one."""
    for file in home.rglob("current.json"):
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["save"]
        except FileNotFoundError:  # just being replaced
            continue
        return found
    return None


def standing(home: Path, story: Story) -> Playthrough | None:
    """The stored playthrough."""
    data = kept(home)
    return restore(story, data)[0] if data else None


def chosen(home: Path) -> int:
    data = kept(home)
    return len(data["entries"]) if data else 0


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
    left = kept(home)
    assert left
    with game_on(display) as (playing, window):
        display.shows()
        display.press("Return")
        turn_to(display, home, len(left["entries"]) + 1)
        display.end(playing, window)
    after = kept(home)
    assert after
    assert after["entries"][: len(left["entries"])] == left["entries"]


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
    data = kept(home)
    assert data
    assert data["role"] == "official"
