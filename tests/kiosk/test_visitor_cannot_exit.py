"""No touch, gesture or mouse button leaves the visit; only the PIN opens the staff's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pygame
import pytest

from game.desktop.render.fonts import Fonts
from game.kiosk.app import StaffAccess
from game.kiosk.staff.pin import LOCK_SECONDS, hash_pin
from game.kiosk.visit_controller import HOLD_SECONDS, STAFF_IDLE
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.settings import Settings
from game.ui.tree import walk
from tests.clock import Clock
from tests.desktop.session_driver import SessionDriver
from tests.kiosk.kiosk_driver import kiosk_window, offer_of_one
from tests.lanes import sampled

PIN = "4711"
VISITORS = {"attract", "visit-door", "reading", "visit-card", "visit-quiet", "closed", "fact", "term", "still-there"}
Point = tuple[float, float]
T = TypeVar("T")
CORNERS: tuple[Point, ...] = ((0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98))
MIDDLE = (0.5, 0.4)


@pytest.fixture
def driver(mill: Story, words: Catalogue, fonts: Fonts) -> SessionDriver:
    clock = Clock()
    access = StaffAccess(hash_pin(PIN, b"0123456789abcdef"), lambda app: ["All is well."], clock)
    return kiosk_window(offer_of_one(mill, words), fonts, (540, 960), clock=clock, try_pin=access)


def wait(driver: SessionDriver, seconds: float) -> None:
    for _ in range(round(seconds * 2)):
        driver.wait(0.5)
        driver.session.poll_changes()
    driver.look()


def fingers(driver: SessionDriver, kind: int, *places: Point) -> None:
    for number, (x, y) in enumerate(places):
        driver.finger(kind, (x * driver.session.size[0], y * driver.session.size[1]), number)


def hold(driver: SessionDriver, seconds: float, *places: Point) -> None:
    fingers(driver, pygame.FINGERDOWN, *places)
    wait(driver, seconds)
    fingers(driver, pygame.FINGERUP, *places)


def drag(driver: SessionDriver, *ways: tuple[Point, Point]) -> None:
    fingers(driver, pygame.FINGERDOWN, *(start for start, _ in ways))
    for step in (0.3, 0.7, 1.0):
        at = [(x + step * (u - x), y + step * (v - y)) for (x, y), (u, v) in ways]
        fingers(driver, pygame.FINGERMOTION, *at)
    fingers(driver, pygame.FINGERUP, *(end for _, end in ways))


def buttons(driver: SessionDriver, *pressed: int) -> None:
    """Press mouse buttons together, in a corner and in the middle."""
    for x, y in (CORNERS[1], MIDDLE):
        pos = round(x * driver.session.size[0]), round(y * driver.session.size[1])
        driver.move(pos)
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            for button in pressed:
                driver.do(kind, pos=pos, button=button, touch=False)
            wait(driver, HOLD_SECONDS + 1)


def each(things: Iterable[T], deed: Callable[[T], None]) -> None:
    for thing in things:
        deed(thing)


def wheel(driver: SessionDriver) -> None:
    for x, y in ((0, 5), (0, -5), (3, 0), (0, 90), (0, -90)):
        driver.do(pygame.MOUSEWHEEL, x=x, y=y, precise_x=x, precise_y=y, flipped=False, touch=False)


def gesture(driver: SessionDriver) -> None:
    """SDL's events for two fingers that pinch or turn."""
    for kind in (pygame.MULTIGESTURE, *range(pygame.FINGERMOTION + 1, pygame.FINGERMOTION + 3)):
        driver.do(kind, x=0.5, y=0.5, pinched=0.4, rotated=1.0, num_fingers=2, touch_id=7)


WAYS: dict[str, Callable[[SessionDriver], None]] = {
    "taps in the corners": lambda driver: each(CORNERS, lambda corner: hold(driver, 0.1, corner)),
    "a corner again and again": lambda driver: each(range(12), lambda _: hold(driver, 0, CORNERS[0])),
    "a long press in a corner": lambda driver: each(CORNERS, lambda corner: hold(driver, HOLD_SECONDS + 2, corner)),
    "a long press in the middle": lambda driver: hold(driver, 10, MIDDLE),
    "two fingers": lambda driver: hold(driver, HOLD_SECONDS + 2, MIDDLE, (0.6, 0.5)),
    "two fingers in one corner": lambda driver: hold(driver, HOLD_SECONDS + 2, CORNERS[0], (0.05, 0.05)),
    "two corners for too short": lambda driver: hold(driver, HOLD_SECONDS - 1, CORNERS[0], CORNERS[1]),
    "a hand on two corners": lambda driver: hold(driver, HOLD_SECONDS + 2, CORNERS[0], CORNERS[1], MIDDLE),
    "all corners": lambda driver: hold(driver, HOLD_SECONDS + 2, *CORNERS),
    "five fingers": lambda driver: hold(driver, HOLD_SECONDS + 2, *((0.1 + 0.2 * n, 0.5) for n in range(5))),
    "swipes from the edges": lambda driver: each(
        ((0, 0.5), (1, 0.5), (0.5, 0), (0.5, 1)), lambda edge: drag(driver, (edge, MIDDLE))
    ),
    "three fingers across": lambda driver: drag(driver, *(((0.1, y), (0.9, y)) for y in (0.3, 0.5, 0.7))),
    "four fingers up": lambda driver: drag(driver, *(((x, 0.9), (x, 0.1)) for x in (0.2, 0.4, 0.6, 0.8))),
    "a pinch": lambda driver: drag(driver, ((0.4, 0.4), (0.02, 0.02)), ((0.6, 0.6), (0.98, 0.98))),
    "a spread": lambda driver: drag(driver, ((0.02, 0.02), (0.4, 0.4)), ((0.98, 0.98), (0.6, 0.6))),
    "a pinch as one event": gesture,
    "the right button": lambda driver: buttons(driver, 3),
    "the middle one and those at the side": lambda driver: each((2, 4, 5, 6, 7), lambda n: buttons(driver, n)),
    "both buttons": lambda driver: buttons(driver, 1, 3),
    "the wheel": wheel,
    "the window's close and quit": lambda driver: each(
        (pygame.QUIT, pygame.WINDOWCLOSE, pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED), driver.do
    ),
}  # fmt: skip


QUICK = ("a hand on two corners", "three fingers across", "both buttons", "the window's close and quit")


def stations(driver: SessionDriver) -> Iterator[str]:
    ways = {
        "attract": (),
        "visit-door": ("come-in",),
        "reading": ("come-in", "enter:miller/kiosk"),
        "visit-card": ("come-in", "enter:miller/kiosk", "stop", "yes", "visit-card"),
        "visit-quiet": ("come-in", "enter:miller/kiosk", "stop", "yes", "visit-over"),
    }
    for screen, presses in ways.items():
        driver.session.dispatch(intents.KioskReset(Settings(targets="large")))
        driver.press(*presses)
        yield screen
    driver.session.dispatch(intents.MuseumClosed("10:00", Settings(theme="night", targets="large", volume=0)))
    yield "closed"


@pytest.mark.parametrize("way", sampled(WAYS, *QUICK))
def test_no_gesture_leaves_the_visit(way: str, driver: SessionDriver) -> None:
    for screen in stations(driver):
        driver.look()
        assert driver.where == screen
        driver.wait(1)
        WAYS[way](driver)
        assert driver.where in VISITORS, f"{way} on {screen}"
        assert driver.session.window_requests == [] and driver.session.app.visit is not None
    driver.session.dispatch(intents.KioskReset(Settings(targets="large")))
    driver.look()
    driver.tap("come-in")
    assert driver.where == "visit-door"


def ask(driver: SessionDriver, by: tuple[Point, Point] = (CORNERS[0], CORNERS[2])) -> None:
    hold(driver, HOLD_SECONDS + 1, *by)
    assert driver.where == "staff-pin"


def try_pin(driver: SessionDriver, pin: str) -> None:
    for name in (*(f"type:{digit}" for digit in pin), "try-pin"):
        if not driver.sees(name):
            driver.session.dispatch(intents.Scroll(driver.view.plan.max_scroll))
            driver.look()
        driver.tap(name)


def said(driver: SessionDriver) -> str:
    return " ".join(node.label for node in walk(driver.tree) if node.id == "field-error")


def test_three_wrong_pins_by_touch_lock_for_a_minute(driver: SessionDriver, words: Catalogue) -> None:
    ask(driver)
    for wrong in ("0000", "1234"):
        try_pin(driver, wrong)
        assert (driver.where, said(driver)) == ("staff-pin", words("staff.wrong"))
    try_pin(driver, "99")
    assert said(driver) == words("staff.locked", n=round(LOCK_SECONDS))
    try_pin(driver, PIN)
    assert driver.where == "staff-pin" and said(driver).startswith("Three wrong PINs.")
    driver.tap("back")
    assert driver.where == "attract"
    wait(driver, STAFF_IDLE + 1)
    ask(driver, (CORNERS[3], CORNERS[1]))
    try_pin(driver, PIN)
    assert driver.where == "staff-pin", "the lock holds, wherever the page has been"
    wait(driver, LOCK_SECONDS - STAFF_IDLE)
    assert driver.where == "staff-pin", "a visitor who waits for the lock is not sent away"
    try_pin(driver, PIN)
    assert driver.where == "staff"
    wait(driver, STAFF_IDLE + 1)
    assert driver.where == "attract" and driver.session.window_requests == []


@pytest.mark.parametrize("way", sampled(WAYS, *QUICK))
def test_only_the_pin_opens_the_staff_page(way: str, driver: SessionDriver) -> None:
    ask(driver)
    WAYS[way](driver)
    assert driver.where in VISITORS | {"staff-pin"} and driver.session.window_requests == []
    wait(driver, STAFF_IDLE + 1)
    assert driver.where in VISITORS


def test_a_screen_that_is_turned_upright(driver: SessionDriver) -> None:
    driver.session.resize((1920, 1080))
    driver.press("come-in", "enter:miller/kiosk")
    read = driver.session.app.playthrough
    driver.session.resize((1080, 1920))
    driver.rest()
    assert driver.session.app.playthrough is read
    places = [rect for _, rect in driver.view.plan.targets(driver.view.scroll)]
    assert places and all(rect.y >= 960 for rect in places)
    assert all(rect.h >= 72 or rect.bottom >= driver.view.plan.main.view.bottom for rect in places)
    assert read is not None
    driver.tap(f"choice:{read.page.choices[0].id}")
    assert driver.entries == 1
