"""Whole visits in a window, by one input alone: touch, keypad, or keypad and voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pygame
import pytest

from game.desktop.render.fonts import Fonts
from game.play import begin
from game.play.page import Option
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.settings import Settings
from game.ui.theme import THEMES
from tests.desktop.session_driver import SessionDriver, middle
from tests.kiosk.kiosk_driver import InMemoryCounts, kiosk_window, offer_of_one
from tests.lanes import sampled

SIZES = [(1080, 1920), (1920, 1080)]
Visitor = Callable[..., SessionDriver]


@pytest.fixture
def counts() -> InMemoryCounts:
    return InMemoryCounts()


@pytest.fixture
def visitor(mill: Story, words: Catalogue, fonts: Fonts, counts: InMemoryCounts) -> Visitor:
    def stand(size: tuple[int, int] = (1080, 1920), **more: Any) -> SessionDriver:
        settings = Settings(targets="large", **more)
        return kiosk_window(offer_of_one(mill, words), fonts, size, settings, counts=counts)

    return stand


def test_the_pictures_go_by_and_it_is_dark_while_it_is_closed(visitor: Visitor, mill: Story) -> None:
    driver = visitor((1920, 1080))
    shown = begin(mill, "miller").page.picture, begin(mill, "clerk").page.picture
    visit = driver.session.app.visit
    assert visit is not None
    scenes = tuple(replace(p, scene=f"s{n}") for n, p in enumerate(shown) if p is not None)
    driver.session.app = replace(driver.session.app, visit=replace(visit, offer=replace(visit.offer, scenes=scenes)))
    driver.session.request_pictures()
    for _ in range(2):
        driver.look()
        driver.session.dispatch(intents.NextScene())
    album: Any = driver.session._backdrop._pictures
    assert {wanted.scene for wanted in album.sheets} >= {"s0", "s1"}
    driver.session.dispatch(intents.MuseumClosed("10:00", Settings(theme="night", targets="large", volume=0)))
    driver.look()
    driver.rest()
    assert driver.screen.get_at((5, 5))[:3] == THEMES["night"].background


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("at", [(0.5, 0.1), (0.02, 0.98), (0.99, 0.4)])
def test_wherever_the_invitation_is_touched_it_leads_in(
    visitor: Visitor, size: tuple[int, int], at: tuple[float, float]
) -> None:
    """On the village as on the button; a finger that slides onto another control presses nothing."""
    driver, pos = visitor(size), (round(size[0] * at[0]), round(size[1] * at[1]))
    driver.wait()
    driver.finger(pygame.FINGERDOWN, pos)
    driver.finger(pygame.FINGERMOTION, middle(driver.place("voice")))
    driver.finger(pygame.FINGERUP, middle(driver.place("voice")))
    assert driver.where == "attract" and not driver.session.app.settings.speaks
    driver.tap_at(pos)
    assert driver.where == "visit-door"
    driver.wait()
    driver.tap_at(pos)
    assert driver.where == "visit-door", "further on only what can be seen is pressed"


def finished(driver: SessionDriver, counts: InMemoryCounts) -> bool:
    return driver.where == "attract" and counts.n["visits", "en"] == 1


@pytest.mark.parametrize("size", SIZES)
def test_by_touch_alone(visitor: Visitor, counts: InMemoryCounts, size: tuple[int, int]) -> None:
    driver = visitor(size)
    for _ in range(200):
        sight = driver.view
        pressed = [(name, rect) for name, rect in sight.plan.targets(sight.scroll) if _onward(name)]
        if pressed:
            name, rect = pressed[0]
            assert rect.h >= 72 or rect.bottom >= sight.plan.main.view.bottom, name
            driver.tap(name)
        else:
            assert sight.plan.status is not None
            driver.wait()
            driver.tap_at(middle(sight.plan.status))
        driver.session.poll_changes()
        if finished(driver, counts):
            return
    raise AssertionError(driver.where)


@pytest.mark.parametrize("by_ear", [False, True])
def test_by_a_keypad_alone(visitor: Visitor, counts: InMemoryCounts, by_ear: bool) -> None:
    driver = visitor(**({"voice": "on"} if by_ear else {}))
    for _ in range(400):
        focus = driver.session.app.top.focus
        driver.key(pygame.K_RETURN if focus is not None and _onward(focus) else pygame.K_DOWN)
        driver.session.poll_changes()
        if finished(driver, counts):
            return
    raise AssertionError(f"{driver.where}, {driver.session.app.top.focus}")


def _onward(name: str) -> bool:
    """Whether a control leads on in a visit, not to a card, a setting, or out."""
    return name.partition(":")[0] in ("come-in", "enter", "choice", "visit-card", "visit-over", "visit-anew")


def choices_of(driver: SessionDriver) -> tuple[Option, ...]:
    assert driver.session.app.page is not None
    return driver.session.app.page.choices


def test_choices_answer_a_second_after_they_appear(visitor: Visitor) -> None:
    driver = visitor()
    driver.press("come-in", "enter:miller/kiosk")
    while driver.where != "reading" or not any(option.say for option in choices_of(driver)):
        driver.session.dispatch(intents.PickNumber(1))
    first, before = middle(driver.place(f"choice:{choices_of(driver)[0].id}")), driver.entries
    driver.wait(0.9)
    driver.tap_at(first)
    driver.do(pygame.KEYDOWN, key=pygame.K_1, mod=0, unicode="", scancode=0)
    assert driver.entries == before
    driver.wait(0.2)
    driver.tap_at(first)
    assert driver.entries == before + 1
    assert driver.where == "reading" and len(choices_of(driver)) == 1
    driver.wait(0.35)
    driver.do(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode="", scancode=0)
    assert driver.entries == before + 2


@pytest.mark.parametrize("size", SIZES)
def test_the_question_whether_somebody_is_there_dims_an_open_card(visitor: Visitor, size: tuple[int, int]) -> None:
    """A page stays readable; a card would compete with the question."""
    driver = visitor(size)
    driver.press("come-in", "enter:miller/kiosk")
    while not driver.sees("sources"):
        driver.key(pygame.K_1)
    driver.press("sources")
    assert driver.where == "sources"
    card = driver.view.plan.main.rect

    def brightness() -> int:
        """Brightness of the card's left edge, which the question never covers."""
        driver.rest()
        return sum(driver.screen.get_at((card.x + 4, card.y + card.h // 3))[:3])

    before = brightness()
    driver.session.dispatch(intents.IdleCountdown(20))
    assert driver.where == "still-there" and brightness() < before


@pytest.mark.parametrize("size", sampled([*SIZES, (1366, 768), (2560, 1440)], *SIZES))
def test_the_tools_keep_their_places(visitor: Visitor, size: tuple[int, int]) -> None:
    """Repeated touches of "Larger text" in one place go through the sizes and end nothing. The tools stay in place on
    every page, also without more text."""
    driver = visitor(size, text_scale=120, volume=50)
    driver.press("come-in", "enter:miller/kiosk")
    driver.rest()
    names = ("voice", "volume", "type", "step-back", "stop")
    places = {name: driver.place(name) for name in names}
    pages = with_more = 0
    while driver.where in ("reading", "visit-between"):
        with_more += driver.sees("more")
        pages += 1
        for scale in (150, 175, 200, 120):
            assert {name: driver.place(name) for name in names} == places
            driver.wait()
            driver.tap_at(middle(places["type"]))
            assert driver.session.app.settings.text_scale == scale
        driver.press("voice")
        assert driver.place("type") == places["type"]
        driver.press("voice")
        if driver.session.app.playthrough is not None and driver.session.app.playthrough.over:
            break
        driver.key(pygame.K_1)
        driver.rest()
    assert pages > with_more > 0
