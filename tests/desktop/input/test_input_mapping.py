"""Input mapping: acts on release, sliding off cancels, one tap acts once, and a double tap turns one page."""

from __future__ import annotations

import pygame
import pytest

from game.story.model import Story
from game.ui.intents import Focus
from game.ui.settings import Settings
from tests.desktop.session_driver import Seat, SessionDriver, middle


@pytest.fixture
def driver(seat: Seat, mill: Story) -> SessionDriver:
    driver = seat(mill, size=(1920, 1080), role="miller").click("begin:miller")
    driver.wait()
    return driver


def test_sliding_off_cancels(driver: SessionDriver) -> None:
    pos = middle(driver.place("choice:continue"))
    for end, entries in (((5, 5), 0), (pos, 1)):
        driver.down(pos)
        driver.move((5, 5))
        driver.move(end)
        driver.up(end)
        assert driver.entries == entries


def test_sliding_onto_another_presses_neither(driver: SessionDriver) -> None:
    driver.down(middle(driver.place("choice:continue")))
    driver.up(middle(driver.place("pause")))
    assert (driver.where, driver.entries) == ("reading", 0)


@pytest.mark.parametrize("button", [2, 3])
def test_only_the_first_button_presses(driver: SessionDriver, button: int) -> None:
    pos = middle(driver.place("choice:continue"))
    driver.do(pygame.MOUSEBUTTONDOWN, pos=pos, button=button, touch=False)
    driver.do(pygame.MOUSEBUTTONUP, pos=pos, button=button, touch=False)
    assert driver.entries == 0


@pytest.mark.parametrize("seconds", [5, 11])
def test_resting_finger_is_ignored_after_a_timeout(driver: SessionDriver, seconds: float) -> None:
    """A hand that leans on the glass, or a finger whose end was lost, counts for ten seconds only."""
    pos = middle(driver.place("choice:continue"))
    driver.finger(pygame.FINGERDOWN, (5, 5), finger=1)
    driver.wait(seconds)
    driver.finger(pygame.FINGERMOTION, (6, 5), finger=1)
    driver.finger(pygame.FINGERDOWN, pos, finger=2)
    driver.finger(pygame.FINGERUP, pos, finger=2)
    assert driver.entries == (1 if seconds > 10 else 0)


def test_a_double_tap_turns_one_page(driver: SessionDriver) -> None:
    driver.tap("choice:continue")
    slip = middle(driver.place("choice:give-wok"))
    driver.wait(0.29)
    driver.tap_at(slip)
    assert driver.entries == 1
    driver.wait(0.02)
    driver.tap_at(slip)
    assert driver.entries == 2


def test_a_double_click_that_began_before_the_page_does_not_end_on_it(driver: SessionDriver) -> None:
    driver.down(middle(driver.place("choice:continue")))
    driver.do(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode="", scancode=0)
    assert driver.entries == 1
    driver.wait(5)
    driver.up(middle(driver.place("choice:give-wok")))
    assert driver.entries == 1


@pytest.mark.parametrize("key", [pygame.K_1, pygame.K_BACKSPACE])
def test_double_key_press_turns_one_page(driver: SessionDriver, key: int) -> None:
    driver.key(pygame.K_1)
    driver.wait(0.1)
    driver.do(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0)
    assert driver.entries == 1


def long_page(seat: Seat, mill: Story) -> SessionDriver:
    driver = seat(mill, role="miller", size=(640, 480)).press("begin:miller", "choice:continue")
    driver.wait()
    assert driver.view.plan.max_scroll > 80 and driver.view.scroll == 0
    return driver


def test_mouse_drag_scrolls_as_a_finger_does_and_so_does_the_wheel(seat: Seat, mill: Story) -> None:
    """Some touch screens report a finger as a mouse."""
    driver = long_page(seat, mill)
    view = driver.view.plan.main.view
    x, y = view.x + 30, view.bottom - 10
    driver.down((x, y))
    driver.move((x, y - 60))
    driver.move((x, y - 80))
    assert driver.view.scroll == 80
    driver.move((x, y - 70))
    assert driver.view.scroll == 70
    driver.up((x, y - 70))
    driver.move((x, y - 20))
    assert driver.view.scroll == 70 and driver.entries == 1
    driver.do(pygame.MOUSEWHEEL, x=0, y=1, precise_y=1.0)
    assert driver.view.scroll < 70


def test_drag_back_to_its_start_presses_nothing(seat: Seat, mill: Story) -> None:
    driver = long_page(seat, mill)
    pos = middle(driver.place(driver.view.plan.targets()[0][0]))
    where = driver.where
    driver.down(pos)
    driver.move((pos[0], pos[1] - 60))
    driver.move(pos)
    driver.up(pos)
    assert (driver.where, driver.entries) == (where, 1)


def test_button_released_outside_the_window_is_released(seat: Seat, mill: Story) -> None:
    """The window did not see it; the next movement without a button only points."""
    driver = long_page(seat, mill)
    view = driver.view.plan.main.view
    driver.down((view.x + 30, view.bottom - 10))
    driver.held = False
    driver.move((view.x + 30, view.y + 10))
    assert driver.view.scroll == 0


def test_remaining_keys_do_what_they_say(driver: SessionDriver) -> None:
    for key, where in ((pygame.K_ESCAPE, "pause"), (pygame.K_p, "people")):
        for there in (where, "reading"):
            driver.key(key)
            assert driver.where == there
    driver.key(pygame.K_1)
    driver.key(pygame.K_BACKSPACE)
    assert driver.entries == 0
    driver.key(pygame.K_m)
    assert driver.session.app.settings.volume == 0
    driver.key(pygame.K_F11)
    assert len(driver.session.window_requests) == 1
    for key, scale in ((pygame.K_PLUS, 120), (pygame.K_MINUS, 100)):
        driver.key(key, pygame.KMOD_CTRL)
        assert driver.session.app.settings.text_scale == scale


@pytest.mark.parametrize("key", [pygame.K_l, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_DOWN, pygame.K_1, pygame.K_x])
def test_any_key_brings_the_page_back_from_the_picture(driver: SessionDriver, key: int) -> None:
    driver.key(pygame.K_l)
    assert (driver.where, len(driver.view.plan.panels)) == ("picture", 1)
    for other in (pygame.K_LSHIFT, pygame.K_m, pygame.K_r):
        driver.key(other)
        assert driver.where == "picture"
    driver.key(key)
    assert (driver.where, driver.entries) == ("reading", 0)


def test_pointers_and_pads_look_at_the_picture_too(driver: SessionDriver) -> None:
    for look, back in ((driver.click, driver.click_at), (driver.tap, driver.tap_at)):
        look("look")
        assert driver.where == "picture"
        driver.wait()
        back((640, 200))
        assert driver.where == "reading"
    driver.pad(pygame.CONTROLLER_BUTTON_BACK)
    assert driver.where == "picture"
    driver.pad(pygame.CONTROLLER_BUTTON_A)
    assert (driver.where, driver.entries) == ("reading", 0)


def test_left_and_right_change_a_setting(driver: SessionDriver) -> None:
    driver.click("pause", "settings")
    driver.session.dispatch(Focus("setting:theme"))
    for key, theme in ((pygame.K_RIGHT, "night"), (pygame.K_LEFT, "paper")):
        driver.key(key)
        assert driver.session.app.settings.theme == theme
    for mod, focus in ((0, "setting:motion"), (pygame.KMOD_SHIFT, "setting:theme")):
        driver.key(pygame.K_TAB, mod)
        assert driver.view.focus == focus


@pytest.mark.parametrize("voice", ["off", "on"])
@pytest.mark.parametrize("key", [pygame.K_RETURN, pygame.K_SPACE, pygame.CONTROLLER_BUTTON_A])
def test_no_press_skips_text_that_was_not_seen(seat: Seat, shipped: Story, key: int, voice: str) -> None:
    driver = seat(shipped, settings=Settings(text_scale=200, voice=voice), role="villager")
    press = driver.pad if key == pygame.CONTROLLER_BUTTON_A else driver.key
    for where in ("content-note", "reading"):
        assert driver.where == where
        assert driver.view.plan.max_scroll > 0 and driver.view.scroll == 0
        for _ in range(20):
            scroll, end = driver.view.scroll, driver.sees(driver.view.focus or "")
            press(key)
            if driver.where != where or driver.entries:
                break
            assert driver.view.scroll > scroll
        assert end and scroll > 0


@pytest.mark.parametrize("voice", ["off", "on"])
def test_a_number_shows_its_choice_before_it_takes_it(seat: Seat, mill: Story, voice: str) -> None:
    driver = seat(mill, role="miller", size=(640, 360), settings=Settings(text_scale=200, voice=voice))
    driver.press("begin:miller", "choice:continue")
    assert not driver.sees("choice:give-all")
    driver.key(pygame.K_3)
    assert driver.entries == 1 and driver.sees("choice:give-all")
    driver.key(pygame.K_3)
    assert driver.entries == 2


@pytest.mark.parametrize("voice", ["off", "on"])
def test_enter_without_a_focus_goes_to_the_first_choice(driver: SessionDriver, voice: str) -> None:
    if voice == "on":
        driver.key(pygame.K_v)
    driver.press("choice:continue")
    ways = {pygame.K_RETURN: "choice:give-wok", pygame.K_RIGHT: "choice:give-wok", pygame.K_LEFT: "choice:give-all"}
    for key, focus in ways.items():
        driver.session.dispatch(Focus(None))
        driver.key(key)
        assert (driver.view.focus, driver.entries) == (focus, 1)
    driver.key(pygame.K_RETURN)
    assert driver.entries == 2


@pytest.mark.parametrize("touch", [False, True])
def test_a_press_beside_a_card_closes_it(driver: SessionDriver, touch: bool) -> None:
    press_at = driver.tap_at if touch else driver.click_at
    driver.press("choice:continue")
    driver.wait()
    word = middle(driver.place("prose-1.1"))
    press_at(word)
    press_at(word)
    assert driver.where == "term"
    driver.wait()
    card = driver.view.plan.main.rect
    press_at((card.x + 3, card.y + 3))
    assert driver.where == "term"
    press_at((3, 3))
    assert (driver.where, driver.entries) == ("reading", 1)
    driver.wait()
    driver.press("leave")
    driver.wait()
    press_at((3, 3))
    assert driver.where == "confirm"
