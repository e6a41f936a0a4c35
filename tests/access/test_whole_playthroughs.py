"""From the title to an ending and through the talk after it by each way of its own, and by two keys to everything."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.story.model import Story
from game.ui.intents import Focus
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import choices, find, focus_order
from tests.desktop.hand import Hand
from tests.lanes import sampled

Seat = Callable[..., Hand]
PATIENCE = 600  # deeds


def next_thing(hand: Hand) -> str:
    """What a reader would press to get on: a choice, each time another, or the next part of the talk."""
    tree = hand.tree
    slips = choices(tree)
    if slips:
        return slips[hand.entries % len(slips)].id
    order = focus_order(tree)
    for wish in ("debrief", "new:", "begin:", "section:"):
        for name in order:
            if wish == "new:" and hand.where != "title":
                continue  # the other door, which stands open after the talk
            if name.startswith(wish) and not (wish == "section:" and find(tree, name).style != "main"):  # type: ignore[union-attr]
                return name
    return ""


def read_on(hand: Hand, press: Callable[[str], None]) -> None:
    """Press the next thing again and again, until the last part of the talk."""
    for _ in range(PATIENCE):
        thing = next_thing(hand)
        if not thing:
            break
        press(thing)
    story = hand.session.app.story
    assert hand.tree.label == story.debrief[-1].title
    assert hand.session.app.playthrough is not None
    assert hand.session.app.playthrough.page.ending


@pytest.fixture(params=sampled(["mill", "shipped"], "mill"))
def story(request: pytest.FixtureRequest) -> Story:
    found: Story = request.getfixturevalue(request.param)
    return found


def test_by_two_keys(seat: Seat, story: Story) -> None:
    """Tab and Enter are enough."""
    hand = seat(story)

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.view.focus == thing:
                break
            hand.key(pygame.K_TAB)
        before = hand.session.app
        for _ in range(80):  # Enter first brings what has the focus into sight
            hand.key(pygame.K_RETURN)
            if hand.session.app.views != before.views and hand.view.focus != thing:
                break
            if hand.session.app.playthrough is not before.playthrough:
                break

    read_on(hand, press)


def steered(hand: Hand, down: Callable[[], None], take: Callable[[], None]) -> Callable[[str], None]:
    """Presses a thing by two deeds: down until it is in sight with the focus on it, then take, as often as it needs."""

    def press(thing: str) -> None:
        for _ in range(80):
            if hand.view.focus == thing and hand.sees(thing):
                break
            down()
        assert hand.sees(thing)
        before = hand.session.app
        while not moved_on(hand, before):  # the text comes before the way on
            take()

    return press


def test_by_arrows(seat: Seat, story: Story) -> None:
    """Down and Enter are enough, and no choice is taken before it was in sight."""
    hand = seat(story)
    read_on(hand, steered(hand, lambda: hand.key(pygame.K_DOWN), lambda: hand.key(pygame.K_RETURN)))


def test_by_mouse(seat: Seat, story: Story) -> None:
    """The wheel and the left button are enough."""
    hand = seat(story)

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.sees(thing) and hand.place(thing).h >= 20:
                break
            hand.do(pygame.MOUSEWHEEL, x=0, y=-1, precise_x=0.0, precise_y=-1.0, flipped=False, touch=False)
        hand.click(thing)

    read_on(hand, press)


def test_by_touch(seat: Seat, story: Story) -> None:
    """A finger that taps and drags is enough; its mouse twins do nothing a second time."""
    hand = seat(story, size=(1080, 1920))

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.sees(thing) and hand.place(thing).h >= 20:
                break
            view = hand.view.plan.main.view
            hand.finger(pygame.FINGERDOWN, (view.x + 40, view.bottom - 60))
            hand.finger(pygame.FINGERMOTION, (view.x + 40, view.bottom - 360))
            hand.finger(pygame.FINGERUP, (view.x + 40, view.bottom - 360))
        before = hand.entries
        hand.tap(thing)
        assert hand.entries in (before, before + 1)

    read_on(hand, press)


def test_by_the_status_line(seat: Seat, mill: Story) -> None:
    """Where choices stand below, pressing the line that says so goes there."""
    hand = seat(mill, role="miller")
    hand.key(pygame.K_RETURN)
    hand.key(pygame.K_EQUALS, pygame.KMOD_CTRL)
    hand.key(pygame.K_EQUALS, pygame.KMOD_CTRL)
    assert hand.view.plan.status
    for _ in range(20):
        if hand.view.scroll == hand.view.plan.max_scroll:
            break
        status = hand.view.plan.status
        hand.wait()
        hand.down((status.x + 30, status.y + 10))
        hand.up((status.x + 30, status.y + 10))
    assert hand.view.scroll == hand.view.plan.max_scroll


def test_by_gamepad(seat: Seat, story: Story) -> None:
    """The cross and the lower button are enough."""
    hand = seat(story)
    down, take = pygame.CONTROLLER_BUTTON_DPAD_DOWN, pygame.CONTROLLER_BUTTON_A
    read_on(hand, steered(hand, lambda: hand.pad(down), lambda: hand.pad(take)))


def moved_on(hand: Hand, before: AppState) -> bool:
    """Whether another page or screen is there than before."""
    now = hand.session.app
    return now.playthrough is not before.playthrough or (now.top.screen, now.top.argument) != (
        before.top.screen, before.top.argument
    )  # fmt: skip


def test_a_pads_other_buttons(seat: Seat, mill: Story) -> None:
    """Right goes back, the one for a pause pauses and goes on, the shoulders leaf, across moves a setting."""
    hand = seat(mill, settings=Settings(text_scale=200), role="miller")
    while hand.where != "reading":
        hand.pad(pygame.CONTROLLER_BUTTON_A)
    hand.pad(pygame.CONTROLLER_BUTTON_RIGHTSHOULDER)
    assert hand.view.scroll > 0
    hand.pad(pygame.CONTROLLER_BUTTON_LEFTSHOULDER)
    assert hand.view.scroll == 0
    hand.pad(pygame.CONTROLLER_BUTTON_START)
    assert hand.where == "pause"
    hand.pad(pygame.CONTROLLER_BUTTON_START)
    assert hand.where == "reading"
    hand.pad(pygame.CONTROLLER_BUTTON_B)
    assert hand.where == "pause"
    hand.press("settings")
    hand.session.dispatch(Focus("setting:theme"))
    hand.pad(pygame.CONTROLLER_BUTTON_DPAD_RIGHT)
    assert hand.session.app.settings.theme == "night"
    hand.pad(pygame.CONTROLLER_BUTTON_B)
    assert hand.where == "pause"


def test_the_button_for_a_pause_does_nothing_where_there_is_none(seat: Seat, mill: Story) -> None:
    """On the title it leads nowhere, and on a card it does not close the card."""
    hand = seat(mill)
    hand.pad(pygame.CONTROLLER_BUTTON_START)
    assert hand.where == "title"
    hand.press("settings")
    hand.pad(pygame.CONTROLLER_BUTTON_START)
    assert hand.where == "settings"


def tabbed(hand: Hand, thing: str) -> None:
    """To a thing by the first key, and through it by the second."""
    for _ in range(len(focus_order(hand.tree)) + 1):
        if hand.view.focus == thing:
            break
        hand.key(pygame.K_TAB)
    assert hand.view.focus == thing, f"{thing} is not reached on {hand.where}"
    before = hand.session.app
    for _ in range(80):  # Enter first brings what has the focus into sight
        hand.key(pygame.K_RETURN)
        if moved_on(hand, before) or hand.session.app.settings != before.settings:
            return
    raise AssertionError(f"{thing} does nothing on {before.top.screen}")


def test_two_keys_reach_every_button(seat: Seat, mill: Story) -> None:
    """On each screen that two keys come to, Tab alone gives the focus to all that takes it, in the tree's order."""
    hand = seat(mill)
    ways = (["settings", "back"], ["about", "back"], ["code", "back"], ["slots-fetch", "back"],
            ["new:miller", "settings", "back", "begin:miller", "choice:continue", "pause", "slots-store", "back"],
            ["slots-fetch", "back", "look-back", "close", "pause", "settings"])  # fmt: skip
    seen = set()
    for thing in (step for way in ways for step in way):
        order = focus_order(hand.tree)
        met = []
        for _ in order:
            hand.key(pygame.K_TAB)
            met.append(hand.view.focus)
        assert sorted(map(str, met)) == sorted(order), hand.where
        start = order.index(str(met[0]))
        assert met == [*order[start:], *order[:start]], "the focus goes in the tree's order"
        seen.add(hand.where)
        tabbed(hand, thing)
    assert seen >= {"title", "settings", "about", "code", "slots-fetch", "slots-store", "content-note", "pause"}


def test_two_keys_change_every_setting(seat: Seat, mill: Story) -> None:
    """Enter on a setting goes on to its next value, and around."""
    hand = seat(mill)
    tabbed(hand, "settings")
    for name in hand.session.app.values:
        before = getattr(hand.session.app.settings, name)
        tabbed(hand, f"setting:{name}")
        assert getattr(hand.session.app.settings, name) != before
    tabbed(hand, "back")
    assert hand.where == "title"
