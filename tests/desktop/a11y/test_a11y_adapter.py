"""Accessibility adapter: inactive without a screen reader; it sends every change, and carries out requests."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pygame
import pytest

from game.desktop.a11y import a11y_adapter, a11y_sync
from game.desktop.a11y.a11y_adapter import Callback, RequestHandler, ScreenReaderBridge, system_screen_reader
from game.desktop.a11y.a11y_sync import WindowInfo
from game.story.model import Story
from game.ui.settings import Settings
from game.ui.tree import choices
from tests.desktop.session_driver import Seat, SessionDriver

accesskit = pytest.importorskip("accesskit")


class System:
    """A system whose screen reader keeps all updates, and sends requests."""

    def __init__(self) -> None:
        self.updates: list[Any] = []
        self.stood: list[WindowInfo] = []
        self.standing = WindowInfo(True, (40, 30), (1280, 720))
        self.begin: Callback = lambda: None
        self.ask: RequestHandler = lambda request: None
        self.end: Callback = lambda: None

    def connect(self, activated: Callback, on_request: RequestHandler, deactivated: Callback) -> System:
        self.begin, self.ask, self.end = activated, on_request, deactivated
        return self

    def update(self, update: Any) -> None:
        self.updates.append(update)

    def update_window(self, window: WindowInfo) -> None:
        self.stood.append(window)

    @property
    def nodes(self) -> dict[int, Any]:
        return dict(self.updates[-1].nodes)

    def number(self, name: str) -> int:
        return next(number for number, node in self.nodes.items() if name in (node.label, node.value))

    def button(self) -> int:
        return next(number for number, node in self.nodes.items() if node.role == accesskit.Role.BUTTON)

    @property
    def announced(self) -> list[str]:
        return [node.value for node in self.nodes.values() if node.live == accesskit.Live.POLITE]

    def want(self, action: str, number: int) -> None:
        self.ask(SimpleNamespace(action=getattr(accesskit.Action, action), target=number, data=None))


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def reader(system: System) -> ScreenReaderBridge:
    reader = ScreenReaderBridge(system.connect, lambda: system.standing)
    reader.on_open()
    return reader


@pytest.fixture
def driver(seat: Seat, mill: Story, reader: ScreenReaderBridge) -> SessionDriver:
    return seat(mill, listeners=[reader])


def look_again(driver: SessionDriver) -> None:
    """Run the loop's poll several times."""
    for _ in range(3):
        driver.poll()
        driver.look()


def test_inactive_screen_reader_gets_no_updates(
    driver: SessionDriver, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(a11y_sync, "build_a11y_tree", lambda *_: pytest.fail("made for nobody"))
    driver.key(pygame.K_TAB)
    look_again(driver)
    system.begin()
    system.end()
    driver.key(pygame.K_TAB)
    look_again(driver)
    assert system.updates == [] and system.stood == []


def test_activation_sends_the_screen_and_the_window(driver: SessionDriver, system: System, mill: Story) -> None:
    system.begin()
    look_again(driver)
    first = (system.nodes[0].label, system.stood, system.announced, len(system.updates))
    assert first == (mill.title, [system.standing], [], 1)
    system.standing = WindowInfo(False, (0, 0), (1280, 720))
    look_again(driver)
    assert system.stood[1:] == [system.standing] and len(system.updates) == 1
    system.end()
    system.begin()
    look_again(driver)
    assert len(system.updates) == 2


def test_page_turn_sends_the_tree_before_the_announcement(driver: SessionDriver, system: System) -> None:
    """Two updates: the page with its focus, then the announcement, so that the focus does not interrupt it."""
    system.begin()
    look_again(driver)
    system.want("CLICK", system.button())
    look_again(driver)
    driver.press("begin:miller")
    before = len(system.updates)
    look_again(driver)
    turned, announced = system.updates[before:]
    page = driver.session.app.current.page
    assert not any(node.live == accesskit.Live.POLITE for _, node in turned.nodes)
    assert len(announced.nodes) == len(turned.nodes) + 1
    (said,) = system.announced
    assert said.startswith(page.when or "") and page.title in said and page.paragraphs[0].text.split(".")[0] in said
    driver.key(pygame.K_TAB)
    look_again(driver)
    assert len(system.updates) == before + 3, "a move of the focus is one update"


def test_requests_become_intents(driver: SessionDriver, system: System) -> None:
    system.begin()
    look_again(driver)
    system.want("FOCUS", system.number("Settings"))
    look_again(driver)
    assert driver.view.focus == "settings" and system.nodes[system.updates[-1].focus].label == "Settings"
    system.want("CLICK", system.number("Settings"))
    look_again(driver)
    assert driver.where == "settings"
    system.want("INCREMENT", system.number("Text size"))
    look_again(driver)
    assert driver.session.app.settings.text_scale == 120
    assert system.nodes[system.number("Text size")].value == "120 %"


def test_requests_for_an_earlier_page_are_ignored(driver: SessionDriver, system: System) -> None:
    driver.press("new:miller", "begin:miller")
    system.begin()
    look_again(driver)
    number = system.button()
    driver.press(choices(driver.tree)[0].id)
    look_again(driver)
    before = driver.entries
    for late in (number, 10_000):
        system.want("CLICK", late)
    look_again(driver)
    assert driver.entries == before


def test_bounds_are_where_things_are_drawn(
    seat: Seat, shipped: Story, system: System, reader: ScreenReaderBridge
) -> None:
    driver = seat(shipped, size=(480, 360), settings=Settings(text_scale=200), listeners=[reader], role="villager")
    driver.press("begin:villager")
    system.begin()
    look_again(driver)
    last = system.number(driver.session.app.current.page.paragraphs[-1].text)
    top, edge = system.nodes[last].bounds.y0, driver.view.plan.main.view.bottom
    assert top > edge
    system.want("SCROLL_INTO_VIEW", last)
    look_again(driver)
    assert system.nodes[last].bounds.y0 == top - driver.view.scroll < edge


def test_failing_adapter_leaves_the_game_running(seat: Seat, mill: Story, capfd: pytest.CaptureFixture[str]) -> None:

    class Panic(BaseException):
        """What AccessKit raises, which is no `Exception`."""

    def fails(*_: object) -> System:
        raise Panic("no bus")

    reader = ScreenReaderBridge(fails, lambda: WindowInfo(True, (0, 0), (0, 0)))
    reader.on_open()
    assert "screen readers get nothing: no bus" in capfd.readouterr().err
    driver = seat(mill, listeners=[reader])
    driver.key(pygame.K_TAB)
    look_again(driver)
    assert driver.view.focus is not None


def test_without_accesskit_there_is_no_bridge(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(a11y_adapter, "find_spec", lambda name: None)
    assert system_screen_reader() is None
    monkeypatch.undo()
    assert isinstance(system_screen_reader(), ScreenReaderBridge)
