"""The window runner finds a story's languages and lengths in the background, and reports them once."""

from __future__ import annotations

import threading

from game.desktop.window_runner import EditionsFinder
from game.ui.editions import Edition
from game.ui.intents import EditionsFound
from tests.real.screen import until

EDITIONS = (Edition("en", "English", {"full": {"miller": 28}}),)


def test_the_window_does_not_wait_for_the_answer() -> None:
    let = threading.Event()

    def find() -> tuple[Edition, ...]:
        assert let.wait(20)
        return EDITIONS

    finder = EditionsFinder(find)
    assert finder.poll() is None
    let.set()
    assert until(finder.poll, 20, "an answer") == EditionsFound(EDITIONS)
    assert finder.poll() is None


def test_a_removed_story_reports_no_editions() -> None:
    failed = threading.Event()

    def find() -> tuple[Edition, ...]:
        failed.set()
        raise FileNotFoundError("pack.yaml")

    finder = EditionsFinder(find)
    assert failed.wait(20)
    assert finder.poll() is None
