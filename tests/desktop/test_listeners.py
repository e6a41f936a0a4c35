"""Listeners: each callback is called once for each event, screen and frame, in order."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.listeners import Listener
from game.story.model import Story
from game.ui.key_bindings import ViewState
from game.ui.state import AppState
from game.ui.tree import TreeNode
from tests.desktop.session_driver import Seat, SessionDriver


class RecordingListener(Listener):
    view: ViewState | None = None

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.shown: tuple[TreeNode, str | None] | None = None

    def on_event(self, event: pygame.event.Event) -> None:
        self.heard.append(f"touched {pygame.event.event_name(event.type)}")

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self.heard.append(f"shown {app.top.screen}")
        self.shown = tree, focus

    def on_page(self, app: AppState) -> None:
        self.heard.append(f"turned {app.page.node if app.page else None}")

    def on_layout(self, view: ViewState) -> None:
        self.heard.append(f"laid {view.scroll}")
        self.view = view

    def on_frame(self) -> None:
        self.heard.append("drawn")

    def on_close(self) -> None:
        self.heard.append("closed")


@pytest.fixture
def listener() -> RecordingListener:
    return RecordingListener()


@pytest.fixture
def driver(seat: Seat, mill: Story, listener: RecordingListener) -> SessionDriver:
    return seat(mill, listeners=(listener,))


def test_screen_and_events_are_announced_before_they_are_drawn_and_handled(
    driver: SessionDriver, listener: RecordingListener
) -> None:
    assert listener.heard == ["turned None", "shown title", "laid 0", "drawn"]
    assert listener.shown == (driver.tree, driver.view.focus)
    listener.heard.clear()
    driver.key(pygame.K_TAB)
    assert listener.heard == ["touched KeyDown", "shown title", "laid 0", "drawn", "touched KeyUp"]
    assert listener.shown == (driver.tree, driver.view.focus)
    listener.heard.clear()
    driver.key(pygame.K_F9)  # without an effect
    assert listener.heard == ["touched KeyDown", "touched KeyUp"]
    driver.session.close()
    assert listener.heard[-1] == "closed"


def test_page_is_announced_before_its_screen(driver: SessionDriver, listener: RecordingListener) -> None:
    driver.click("new:miller", "begin:miller")
    first = [call for call in listener.heard if call.startswith(("turned", "shown"))][-2:]
    assert first == [f"turned {driver.session.app.current.page.node}", "shown reading"]
    listener.heard.clear()
    driver.key(pygame.K_ESCAPE)
    assert "shown pause" in listener.heard and not any(call.startswith("turned") for call in listener.heard)


def test_resize_announces_a_layout_only(driver: SessionDriver, listener: RecordingListener) -> None:
    listener.heard.clear()
    driver.session.resize((1920, 1080))
    driver.look()
    assert listener.heard == ["laid 0", "drawn"]
    assert listener.view is not None and listener.view.plan.size == (1920, 1080)
    listener.heard.clear()
    driver.look()
    assert listener.heard == []


def test_added_listener_gets_the_present_screen(driver: SessionDriver, listener: RecordingListener) -> None:
    driver.key(pygame.K_TAB)
    listener.heard.clear()
    late = RecordingListener()
    driver.session.add_listeners([late])
    assert (late.heard, listener.heard) == (["turned None", "shown title"], [])
    assert late.shown == (driver.tree, driver.view.focus)
    late.heard = listener.heard  # one list for both
    driver.key(pygame.K_F9)
    assert listener.heard == ["touched KeyDown"] * 2 + ["touched KeyUp"] * 2
    listener.heard = []
    driver.key(pygame.K_TAB)
    assert late.heard[4:] == listener.heard
