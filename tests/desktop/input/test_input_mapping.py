"""Input mapping: acts on release, sliding off cancels, one tap acts once, and a double tap turns one page."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.story.model import Story
from game.ui.intents import Intent
from tests.desktop.hand import Hand, middle

Seat = Callable[..., Hand]


@pytest.fixture
def hand(seat: Seat, mill: Story) -> Hand:
    """On the miller's first page, at 1080p."""
    hand = seat(mill, size=(1920, 1080), role="miller")
    hand.click("begin:miller")
    hand.wait()
    return hand


def test_press_acts_on_release(hand: Hand) -> None:
    """Pressing down shows, letting go does."""
    pos = middle(hand.place("choice:continue"))
    hand.down(pos)
    assert hand.entries == 0
    hand.up(pos)
    assert hand.entries == 1


def test_sliding_off_cancels(hand: Hand) -> None:
    """Let go elsewhere, nothing happens; back on it before letting go, it does."""
    pos = middle(hand.place("choice:continue"))
    hand.down(pos)
    hand.move((5, 5))
    hand.up((5, 5))
    assert hand.entries == 0
    hand.down(pos)
    hand.move((5, 5))
    hand.move(pos)
    hand.up(pos)
    assert hand.entries == 1


def test_sliding_onto_another_presses_neither(hand: Hand) -> None:
    """What was not pressed down on is not pressed."""
    hand.down(middle(hand.place("choice:continue")))
    hand.up(middle(hand.place("pause")))
    assert (hand.where, hand.entries) == ("reading", 0)


@pytest.mark.parametrize("button", [2, 3])
def test_only_the_first_button_presses(hand: Hand, button: int) -> None:
    """The others are left to whoever else wants them."""
    pos = middle(hand.place("choice:continue"))
    hand.do(pygame.MOUSEBUTTONDOWN, pos=pos, button=button, touch=False)
    hand.do(pygame.MOUSEBUTTONUP, pos=pos, button=button, touch=False)
    assert hand.entries == 0


def test_a_tap_acts_once(hand: Hand) -> None:
    """The mouse twin of a finger is dropped."""
    hand.tap("choice:continue")
    assert hand.entries == 1
    assert hand.where == "reading"


def test_a_second_finger_does_nothing(hand: Hand) -> None:
    """While one finger is down, another is not listened to."""
    pos = middle(hand.place("choice:continue"))
    hand.finger(pygame.FINGERDOWN, (5, 5), finger=1)
    hand.finger(pygame.FINGERDOWN, pos, finger=2)
    hand.finger(pygame.FINGERUP, pos, finger=2)
    assert hand.entries == 0


@pytest.mark.parametrize("seconds", [5, 11])
def test_resting_finger_is_ignored_after_a_timeout(hand: Hand, seconds: float) -> None:
    """A hand that leans on the glass, or a finger whose end no screen told, is forgotten after ten seconds."""
    pos = middle(hand.place("choice:continue"))
    hand.finger(pygame.FINGERDOWN, (5, 5), finger=1)
    hand.wait(seconds)
    hand.finger(pygame.FINGERMOTION, (6, 5), finger=1)
    hand.finger(pygame.FINGERDOWN, pos, finger=2)
    hand.finger(pygame.FINGERUP, pos, finger=2)
    assert hand.entries == (1 if seconds > 10 else 0)


def test_a_double_tap_turns_one_page(hand: Hand) -> None:
    """For 0.3 s after a page has turned nothing on the new one is pressed; after that it is."""
    hand.tap("choice:continue")
    slip = middle(hand.place("choice:give-wok"))
    hand.wait(0.29)
    hand.tap_at(slip)
    assert hand.entries == 1
    hand.wait(0.02)
    hand.tap_at(slip)
    assert hand.entries == 2


def test_a_double_click_that_began_before_the_page_does_not_end_on_it(hand: Hand) -> None:
    """Held down through a page turn, a button is not pressed by letting go."""
    hand.down(middle(hand.place("choice:continue")))
    hand.do(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode="", scancode=0)
    assert hand.entries == 1
    hand.wait(5)
    hand.up(middle(hand.place("choice:give-wok")))
    assert hand.entries == 1


@pytest.mark.parametrize("key", [pygame.K_1, pygame.K_BACKSPACE])
def test_double_key_press_turns_one_page(hand: Hand, key: int) -> None:
    """The guard holds for keys too."""
    hand.key(pygame.K_1)
    hand.wait(0.1)
    hand.do(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0)
    assert hand.entries == 1


def test_enter_scrolls_to_a_hidden_choice_first(seat: Seat, mill: Story) -> None:
    """A focus that is below the edge is brought into sight before it can be chosen."""
    hand = seat(mill, role="miller")
    hand.key(pygame.K_RETURN)
    for _ in range(4):
        hand.key(pygame.K_EQUALS, pygame.KMOD_CTRL)
    hand.key(pygame.K_HOME)
    assert hand.view.focus == "choice:continue"
    presses = 0
    while hand.entries == 0:
        seen = hand.sees("choice:continue")
        hand.key(pygame.K_RETURN)
        presses += 1
        assert seen or hand.entries == 0
        assert presses < 20
    assert presses > 1


def test_number_focuses_a_hidden_choice_first(seat: Seat, mill: Story) -> None:
    """Pressing 3 while the third slip is below the edge shows it; pressing 3 again chooses it."""
    hand = seat(mill, role="miller")
    hand.key(pygame.K_RETURN)
    while hand.entries == 0:
        hand.key(pygame.K_1)
    assert not hand.sees("choice:give-all")
    hand.key(pygame.K_3)
    assert hand.entries == 1
    assert hand.sees("choice:give-all")
    hand.key(pygame.K_3)
    assert hand.entries == 2


def test_finger_drag_scrolls_and_presses_nothing(seat: Seat, mill: Story) -> None:
    """The text follows the finger, also when it came down on a choice."""
    hand = seat(mill, role="miller")
    hand.key(pygame.K_RETURN)
    while hand.entries == 0:
        hand.key(pygame.K_1)
    hand.wait()
    view = hand.view.plan.main.view
    hand.finger(pygame.FINGERDOWN, (view.x + 30, view.y + 300))
    hand.finger(pygame.FINGERMOTION, (view.x + 30, view.y + 220))
    assert hand.view.scroll == min(80, hand.view.plan.max_scroll)
    hand.finger(pygame.FINGERUP, (view.x + 30, view.y + 220))
    assert hand.entries == 1


def long_page(seat: Seat, mill: Story) -> Hand:
    """Before a page that goes on below its edge, without a drag so far."""
    hand = seat(mill, role="miller", size=(640, 480))
    hand.key(pygame.K_RETURN)
    while hand.entries == 0:
        hand.key(pygame.K_1)
    hand.wait()
    assert hand.view.plan.max_scroll > 80 and hand.view.scroll == 0
    return hand


def test_mouse_drag_scrolls_as_a_finger_does(seat: Seat, mill: Story) -> None:
    """Some touch screens report one: the text follows it, nothing is pressed, and let go it only points again."""
    hand = long_page(seat, mill)
    view = hand.view.plan.main.view
    x, y = view.x + 30, view.bottom - 10
    hand.down((x, y))
    hand.move((x, y - 60))
    hand.move((x, y - 80))
    assert hand.view.scroll == 80
    hand.move((x, y - 70))
    assert hand.view.scroll == 70
    hand.up((x, y - 70))
    hand.move((x, y - 20))
    assert hand.view.scroll == 70 and hand.entries == 1


def test_drag_back_to_its_start_presses_nothing(seat: Seat, mill: Story) -> None:
    """Once the page moved with the mouse, it was no press: not even where it came down."""
    hand = long_page(seat, mill)
    pos = middle(hand.place(hand.view.plan.targets()[0][0]))
    where = hand.where
    hand.down(pos)
    hand.move((pos[0], pos[1] - 60))
    hand.move(pos)
    hand.up(pos)
    assert (hand.where, hand.entries) == (where, 1)


def test_button_released_outside_the_window_is_released(seat: Seat, mill: Story) -> None:
    """Where the window did not hear of it, the next movement without a button only points."""
    hand = long_page(seat, mill)
    view = hand.view.plan.main.view
    hand.down((view.x + 30, view.bottom - 10))
    hand.held = False
    hand.move((view.x + 30, view.y + 10))
    assert hand.view.scroll == 0


def test_wheel_scrolls_the_page(seat: Seat, mill: Story) -> None:
    """Beside dragging."""
    hand = long_page(seat, mill)
    hand.do(pygame.MOUSEWHEEL, x=0, y=-1, precise_y=-1.0)
    assert hand.view.scroll > 0


def test_control_plus_and_minus_change_the_text_size(hand: Hand) -> None:
    """Ctrl with plus and minus, on any screen."""
    hand.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    assert hand.session.app.settings.text_scale == 125
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_MINUS, pygame.KMOD_CTRL)
    assert hand.session.app.settings.text_scale == 100


def test_remaining_keys_do_what_they_say(hand: Hand) -> None:
    """Escape pauses and comes back, Backspace takes back, M is quiet, F11 asks for the full screen."""
    hand.key(pygame.K_ESCAPE)
    assert hand.where == "pause"
    hand.key(pygame.K_ESCAPE)
    assert hand.where == "reading"
    hand.key(pygame.K_1)
    hand.key(pygame.K_BACKSPACE)
    assert hand.entries == 0
    hand.key(pygame.K_m)
    assert hand.session.app.settings.volume == 0
    hand.key(pygame.K_F11)
    assert len(hand.session.window_requests) == 1


def test_left_and_right_change_a_setting(hand: Hand) -> None:
    """On a setting they walk along its values; elsewhere they move the focus."""
    hand.key(pygame.K_ESCAPE)
    hand.click("settings")
    hand.session.dispatch(_focus("setting:theme"))
    hand.key(pygame.K_RIGHT)
    assert hand.session.app.settings.theme == "night"
    hand.key(pygame.K_LEFT)
    assert hand.session.app.settings.theme == "paper"
    hand.key(pygame.K_TAB)
    assert hand.view.focus == "setting:motion"
    hand.key(pygame.K_TAB, pygame.KMOD_SHIFT)
    assert hand.view.focus == "setting:theme"


def _focus(node_id: str) -> Intent:
    from game.ui.intents import Focus

    return Focus(node_id)
