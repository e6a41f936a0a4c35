"""Whole playthroughs, from the title through the talk, with each input device; two keys reach every control."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.play.talk import talk_screens
from game.story.model import Story
from game.ui.intents import Focus
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import focus_order
from tests.desktop.session_driver import Seat, SessionDriver
from tests.lanes import sampled

PATIENCE = 600  # deeds


def read_on(driver: SessionDriver, press: Callable[[str], None]) -> None:
    for _ in range(PATIENCE):
        if not (thing := driver.onward()):
            break
        press(thing)
    assert driver.session.app.playthrough is not None
    assert driver.tree.label == talk_screens(driver.session.app.playthrough)[-1].title
    assert driver.session.app.playthrough.page.ending


@pytest.fixture(params=sampled(["mill", "shipped"], "mill"))
def story(request: pytest.FixtureRequest) -> Story:
    found: Story = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(
    ("device", "down", "take"),
    [("key", pygame.K_TAB, pygame.K_RETURN), ("key", pygame.K_DOWN, pygame.K_RETURN),
     ("pad", pygame.CONTROLLER_BUTTON_DPAD_DOWN, pygame.CONTROLLER_BUTTON_A)],
    ids=["tab and enter", "down and enter", "cross and lower button"],
)  # fmt: skip
def test_two_keys_or_two_buttons_are_enough(seat: Seat, story: Story, device: str, down: int, take: int) -> None:
    """No choice is taken before it was in sight."""
    driver = seat(story)
    send: Callable[[int], None] = getattr(driver, device)

    def press(thing: str) -> None:
        for _ in range(80):
            if driver.view.focus == thing and driver.sees(thing):
                break
            send(down)
        assert driver.sees(thing)
        before = driver.session.app
        while not moved_on(driver, before):  # the text comes before the way on
            send(take)

    read_on(driver, press)


def scroll_to(driver: SessionDriver, thing: str, scroll: Callable[[], object]) -> None:
    for _ in range(60):
        if driver.sees(thing) and driver.place(thing).h >= 20:
            break
        scroll()


def test_wheel_and_left_button_are_enough(seat: Seat, story: Story) -> None:
    driver = seat(story)

    def turn() -> None:
        driver.do(pygame.MOUSEWHEEL, x=0, y=-1, precise_x=0.0, precise_y=-1.0, flipped=False, touch=False)

    def press(thing: str) -> None:
        scroll_to(driver, thing, turn)
        driver.click(thing)

    read_on(driver, press)


def test_taps_and_drags_are_enough(seat: Seat, story: Story) -> None:
    driver = seat(story, size=(1080, 1920))

    def drag() -> None:
        view = driver.view.plan.main.view
        driver.finger(pygame.FINGERDOWN, (view.x + 40, view.bottom - 60))
        driver.finger(pygame.FINGERMOTION, (view.x + 40, view.bottom - 360))
        driver.finger(pygame.FINGERUP, (view.x + 40, view.bottom - 360))

    def press(thing: str) -> None:
        scroll_to(driver, thing, drag)
        before = driver.entries
        driver.tap(thing)
        assert driver.entries in (before, before + 1)

    read_on(driver, press)


def test_a_press_on_the_status_line_leads_to_hidden_choices(seat: Seat, mill: Story) -> None:
    driver = seat(mill, role="miller", size=(800, 480), settings=Settings(text_scale=200))
    driver.key(pygame.K_RETURN)
    assert driver.view.plan.status
    for _ in range(20):
        if driver.view.scroll == driver.view.plan.max_scroll:
            break
        status = driver.view.plan.status
        driver.wait()
        driver.click_at((status.x + 30, status.y + 10))
    assert driver.view.scroll == driver.view.plan.max_scroll


def moved_on(driver: SessionDriver, before: AppState) -> bool:
    now = driver.session.app
    return now.playthrough is not before.playthrough or (now.top.screen, now.top.argument) != (
        before.top.screen, before.top.argument
    )  # fmt: skip


def test_a_gamepad_s_other_buttons(seat: Seat, mill: Story) -> None:
    driver = seat(mill, size=(800, 480), settings=Settings(text_scale=200), role="miller")
    while driver.where != "reading":
        driver.pad(pygame.CONTROLLER_BUTTON_A)
    driver.pad(pygame.CONTROLLER_BUTTON_RIGHTSHOULDER)
    assert driver.view.scroll > 0
    driver.pad(pygame.CONTROLLER_BUTTON_LEFTSHOULDER)
    assert driver.view.scroll == 0
    start, back = pygame.CONTROLLER_BUTTON_START, pygame.CONTROLLER_BUTTON_B
    for button, where in ((start, "pause"), (start, "reading"), (back, "pause")):
        driver.pad(button)
        assert driver.where == where
    driver.press("settings")
    driver.session.dispatch(Focus("setting:theme"))
    driver.pad(pygame.CONTROLLER_BUTTON_DPAD_RIGHT)
    assert driver.session.app.settings.theme == "night"
    driver.pad(back)
    assert driver.where == "pause"


def test_the_pause_button_does_nothing_without_a_pause(seat: Seat, mill: Story) -> None:
    driver = seat(mill)
    driver.pad(pygame.CONTROLLER_BUTTON_START)
    assert driver.where == "title"
    driver.press("settings")
    driver.pad(pygame.CONTROLLER_BUTTON_START)
    assert driver.where == "settings"


def tabbed(driver: SessionDriver, thing: str) -> None:
    for _ in range(len(focus_order(driver.tree)) + 1):
        if driver.view.focus == thing:
            break
        driver.key(pygame.K_TAB)
    assert driver.view.focus == thing, f"{thing} is not reached on {driver.where}"
    before = driver.session.app
    for _ in range(80):  # Enter first brings what has the focus into sight
        driver.key(pygame.K_RETURN)
        if moved_on(driver, before) or driver.session.app.settings != before.settings:
            return
    raise AssertionError(f"{thing} does nothing on {before.top.screen}")


def test_two_keys_reach_every_button(seat: Seat, mill: Story) -> None:
    driver = seat(mill)
    ways = (["settings", "back"], ["about", "back"], ["code", "back"], ["slots-fetch", "back"],
            ["new:miller", "settings", "back", "begin:miller", "choice:continue", "pause", "slots-store", "back"],
            ["slots-fetch", "back", "look-back", "close", "pause", "settings"])  # fmt: skip
    seen = set()
    for thing in (step for way in ways for step in way):
        order = focus_order(driver.tree)
        met = []
        for _ in order:
            driver.key(pygame.K_TAB)
            met.append(driver.view.focus)
        assert sorted(map(str, met)) == sorted(order), driver.where
        start = order.index(str(met[0]))
        assert met == [*order[start:], *order[:start]], "the focus goes in the tree's order"
        seen.add(driver.where)
        tabbed(driver, thing)
    assert seen >= {"title", "settings", "about", "code", "slots-fetch", "slots-store", "content-note", "pause"}


def test_two_keys_change_every_setting(seat: Seat, mill: Story) -> None:
    driver = seat(mill)
    tabbed(driver, "settings")
    for name in driver.session.app.values:
        before = getattr(driver.session.app.settings, name)
        tabbed(driver, f"setting:{name}")
        assert getattr(driver.session.app.settings, name) != before
    tabbed(driver, "back")
    assert driver.where == "title"
