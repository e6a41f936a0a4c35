"""Listeners: each callback is called once for each event, screen and frame, in order."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.desktop.listeners import Listener
from game.story.model import Story
from game.ui.key_bindings import ViewState
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import TreeNode
from tests.desktop.session_driver import SessionDriver

Seat = Callable[..., SessionDriver]


class Ear(Listener):
    """Notes what it hears, and the last tree, focus and state with it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.tree: TreeNode | None = None
        self.focus: str | None = None
        self.settings: Settings | None = None
        self.view: ViewState | None = None

    def on_event(self, event: pygame.event.Event) -> None:
        self.heard.append(f"touched {pygame.event.event_name(event.type)}")

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self.heard.append(f"shown {app.top.screen}")
        self.tree, self.focus, self.settings = tree, focus, app.settings

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
def ear() -> Ear:
    return Ear()


@pytest.fixture
def driver(seat: Seat, mill: Story, ear: Ear) -> SessionDriver:
    return seat(mill, listeners=(ear,))


def test_first_frame_announces_the_first_screen(driver: SessionDriver, ear: Ear) -> None:
    """Without a hand having done anything."""
    assert ear.heard == ["turned None", "shown title", "laid 0", "drawn"]
    assert ear.tree == driver.tree


def test_event_is_announced_before_it_is_handled(driver: SessionDriver, ear: Ear) -> None:
    """A key that moves the focus: the key, then the screen with its new focus, then the frame."""
    ear.heard.clear()
    driver.key(pygame.K_TAB)
    assert ear.heard == ["touched KeyDown", "shown title", "laid 0", "drawn", "touched KeyUp"]
    assert ear.focus == driver.view.focus


def test_event_without_effect_announces_no_screen(driver: SessionDriver, ear: Ear) -> None:
    """A key without a meaning cuts a voice short all the same, and shows nothing."""
    ear.heard.clear()
    driver.key(pygame.K_F9)
    assert ear.heard == ["touched KeyDown", "touched KeyUp"]


def test_page_is_announced_before_its_screen(driver: SessionDriver, ear: Ear) -> None:
    """Once a page, not with each screen over it."""
    driver.click("new:miller")
    driver.click("begin:miller")
    first = [told for told in ear.heard if told.startswith(("turned", "shown"))][-2:]
    page = driver.session.app.page
    assert page is not None and first == [f"turned {page.node}", "shown reading"]
    ear.heard.clear()
    driver.key(pygame.K_ESCAPE)
    assert "shown pause" in ear.heard and not any(told.startswith("turned") for told in ear.heard)


def test_settings_change_announces_the_screen(driver: SessionDriver, ear: Ear) -> None:
    """Muted by a key that leaves the screen as it is: whoever follows the volume hears of it."""
    driver.key(pygame.K_m)
    assert ear.settings is not None and ear.settings.volume == 0


def test_resize_announces_a_layout_only(driver: SessionDriver, ear: Ear) -> None:
    """Nothing else is shown, but it stands elsewhere; and what only moves in the picture is not told at all."""
    ear.heard.clear()
    driver.session.resize((1920, 1080))
    driver.look()
    assert ear.heard == ["laid 0", "drawn"]
    assert ear.view is not None and ear.view.plan.size == (1920, 1080)
    ear.heard.clear()
    driver.look()
    assert ear.heard == []


def test_added_listener_is_told_the_present_screen(driver: SessionDriver, ear: Ear) -> None:
    """Once, without anything being drawn for it or told to anybody else; from then on as everybody, and before them."""
    driver.key(pygame.K_TAB)
    ear.heard.clear()
    late = Ear()
    driver.session.add_listeners([late])
    assert (late.heard, ear.heard) == (["turned None", "shown title"], [])
    assert (late.tree, late.focus) == (driver.tree, driver.view.focus)
    late.heard = ear.heard  # one list for both
    driver.key(pygame.K_F9)
    assert ear.heard == ["touched KeyDown"] * 2 + ["touched KeyUp"] * 2
    ear.heard = []
    driver.key(pygame.K_TAB)
    assert late.heard[4:] == ear.heard


def test_close_is_announced_last(driver: SessionDriver, ear: Ear) -> None:
    """After it nothing is called."""
    driver.session.close()
    assert ear.heard[-1] == "closed"
