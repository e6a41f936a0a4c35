"""Animation in the window: it draws only the moving parts, and cards and settings stop it."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.desktop.frames import RATE
from game.desktop.render.paper_shapes import pg
from game.desktop.render.picture_cache import PictureRequest
from game.painter import Painting
from game.painter.canvas.motion import Move
from game.painter.canvas.part import Part
from game.play import Playthrough
from game.story.model import Story
from game.ui import intents
from game.ui.settings import Settings
from game.ui.theme import THEMES
from tests.desktop.session_driver import Album, Seat, SessionDriver
from tests.painter.pictures import pixels

SMOKE = (Move("smoke", (150, 500), (40, -300), 60, (240, 240, 230), seed="hearth"),)
SNOW = (Move("snow", (0, 0), (1280, 720), 7, (255, 255, 255), seed="sky"),)


def reading(seat: Seat, story: Story, moves: tuple[Move, ...], **settings: Any) -> SessionDriver:
    driver = seat(story, settings=Settings(**settings), role="miller", moves=moves).click("begin:miller")
    if driver.session.app.settings.motion == "full":
        driver.rest()
    return driver


def fresh(driver: SessionDriver) -> bytes:
    """The same moment, drawn on an empty screen."""
    surface = pygame.Surface(driver.session.size)
    driver.session.invalidate()
    assert driver.session.render(surface)
    return pixels(surface)


def test_animation_runs_without_input(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, SMOKE)
    for _ in range(5):
        before = pixels(driver.screen)
        due = driver.session.seconds_to_frame
        assert due is not None and 0 < due <= 1 / RATE + 0.001
        assert driver.look_after(due + 0.0001)
        assert pixels(driver.screen) != before
        assert not driver.look()


@pytest.mark.parametrize("moves", [SMOKE, SNOW], ids=["smoke", "snow"])
def test_animation_leaves_no_trace(seat: Seat, mill: Story, moves: tuple[Move, ...]) -> None:
    driver = reading(seat, mill, moves)
    for _ in range(100):
        driver.look_after(1 / RATE)
    assert pixels(driver.screen) == fresh(driver)


def test_frame_returns_its_dirty_rectangles(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, SMOKE)
    before = driver.screen.copy()
    driver.wait(2 / RATE)
    changed = driver.session.render(driver.screen)
    assert sum(rect.w * rect.h for rect in changed) < 1280 * 720 / 6
    for rect in changed:
        before.fill((0, 0, 0), rect)
        driver.screen.fill((0, 0, 0), rect)
    assert pixels(before) == pixels(driver.screen)


def test_animation_stays_off_the_sheets(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, SNOW)
    area = pg(driver.view.plan.main.rect)
    before = pixels(driver.screen.subsurface(area))
    for _ in range(20):
        driver.look_after(0.2)
    assert pixels(driver.screen.subsurface(area)) == before


def test_reduced_motion_stops_the_animation(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, SNOW, motion="reduced")
    assert not driver.session.transitioning and driver.session.seconds_to_frame is None
    before = pixels(driver.screen)
    assert not driver.look_after(60)
    assert before == fresh(driver)
    assert before != fresh(reading(seat, mill, (), motion="reduced"))


def test_card_pauses_the_animation(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, SMOKE)
    driver.key(pygame.K_1)
    driver.rest()
    shown = pixels(driver.screen)
    driver.click("prose-1.1")
    assert driver.where == "term"
    driver.look()
    under = pixels(driver.screen)
    assert driver.session.seconds_to_frame is None
    assert not driver.look_after(30)
    assert under != shown
    driver.key_down(pygame.K_ESCAPE)
    driver.look()
    smoke = pygame.Rect(100, 200, 200, 300)
    now = pixels(driver.screen.subsurface(smoke))
    driver.look_after(1 / RATE)
    assert pixels(driver.screen.subsurface(smoke)) != now
    assert driver.session.seconds_to_frame is not None


def test_long_pause_does_not_jump(seat: Seat, mill: Story) -> None:
    driver, other = reading(seat, mill, SMOKE), reading(seat, mill, SMOKE)
    driver.look_after(3600)
    other.look_after(0.25)
    assert pixels(driver.screen) == pixels(other.screen)


def turned(driver: SessionDriver) -> SessionDriver:
    entries = driver.entries
    driver.wait()
    driver.key_down(pygame.K_1)
    assert driver.entries == entries + 1
    driver.look()
    return driver


def panels(driver: SessionDriver) -> list[pygame.Rect]:
    return [pg(panel.rect) for panel in driver.view.plan.panels]


def test_page_turn_never_shows_two_texts(seat: Seat, mill: Story) -> None:
    driver = reading(seat, mill, ())
    driver.key(pygame.K_1)
    driver.rest()
    old = panels(driver)[0]
    turned(driver)
    frames = []
    for _ in range(8):
        frames.append(driver.screen.copy())
        driver.look_after(0.05)
    driver.rest()
    for panel in panels(driver):
        assert {pixels(frame.subsurface(panel)) for frame in frames} == {pixels(driver.screen.subsurface(panel))}
    below = panels(driver)[0].bottom
    left = pygame.Rect(old.x, below, old.w, old.bottom - below).inflate(-60, -60)  # no shadow reaches in
    assert left.h > 80
    paper = THEMES["paper"].sheet[1]
    assert min(pixels(frames[0].subsurface(left))[1::3]) > paper - 60, "there is ink on the paper that fades out"
    shades = [pygame.transform.average_color(frame, left)[1] for frame in frames]
    assert shades[0] > paper - 25
    assert shades == sorted(shades, reverse=True)
    assert pixels(driver.screen) == fresh(driver)


def test_page_turn_during_a_transition_leaves_no_trace(seat: Seat, mill: Story) -> None:
    driver = turned(reading(seat, mill, SMOKE))
    for _ in range(4):
        driver.wait(0.1)
        driver.session.dispatch(intents.Press("pause"))
        driver.look()
        driver.wait(0.1)
        driver.session.dispatch(intents.Back())
        driver.look()
        assert driver.session.transitioning
    driver.rest()
    driver.look_after(1 / RATE)
    assert pixels(driver.screen) == fresh(driver)


POT = Part("pot", (((300, 300), (340, 300), (340, 340), (300, 340)),), away=(0.0, 90.0))


class PotPictures(Album):
    """A picture cache whose first picture has a pot that the second lacks, in the same light."""

    def get(self, what: PictureRequest) -> Painting | None:
        if not self.sheets:
            surface = pygame.Surface(what.size, 0, 32)
            surface.fill(self.colour)
            surface.fill((230, 220, 60), (300, 300, 40, 40))
            self.sheets[what] = Painting(surface, (), (POT,))
        return super().get(what)


def pots(driver: SessionDriver) -> int:
    place = driver.screen.subsurface((300, 300, 40, 40))
    return pygame.mask.from_threshold(place, (230, 220, 60), (30, 30, 30, 255)).count()


@pytest.fixture
def pot(seat: Seat, mill: Story) -> SessionDriver:
    """A driver at a page with a pot; the next page, at the mill, has none."""
    driver = seat(mill, size=(1600, 900), settings=Settings(), role="miller", album=PotPictures())
    driver.click("begin:miller").rest()
    while (at := driver.session.app.playthrough) and stays(at):
        driver.key(pygame.K_1)
        driver.rest()
    assert pots(driver) == 1600
    return driver


def stays(at: Playthrough) -> bool:
    now, after = at.page.picture, at.choose(at.page.choices[0].id).page.picture
    return now is not None and after is not None and now.params == after.params


def test_a_removed_thing_moves_out_of_the_picture(pot: SessionDriver) -> None:
    turned(pot)
    assert pots(pot) == 1600
    pot.look_after(0.3)
    assert 0 < pots(pot) < 1600
    assert pot.session.transitioning
    pot.look_after(1.2)
    assert not pots(pot)
    assert not pot.session.transitioning and pot.session.seconds_to_frame is None
    assert not pot.look_after(60)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (pygame.KEYDOWN, {"key": pygame.K_DOWN, "mod": 0, "unicode": "", "scancode": 0}),
        (pygame.MOUSEBUTTONDOWN, {"pos": (5, 5), "button": 1, "touch": False}),
        (pygame.MOUSEWHEEL, {"x": 0, "y": -1, "precise_y": -1.0, "which": 0, "flipped": False}),
        (pygame.FINGERDOWN, {"x": 0.01, "y": 0.01, "dx": 0, "dy": 0, "finger_id": 1, "touch_id": 7, "pressure": 1}),
        (pygame.CONTROLLERBUTTONDOWN, {"button": pygame.CONTROLLER_BUTTON_DPAD_DOWN, "instance_id": 0}),
    ],
    ids=["key", "mouse", "wheel", "finger", "gamepad"],
)
def test_input_ends_a_picture_s_change(pot: SessionDriver, kind: int, what: dict[str, Any]) -> None:
    turned(pot)
    pot.wait(0.3)
    pot.send(pygame.MOUSEMOTION, pos=(9, 9), rel=(1, 1), buttons=(0, 0, 0), touch=False)
    pot.look()
    assert pots(pot), "a pointer that only moves ends nothing"
    pot.send(kind, **what)
    pot.look()
    assert not pots(pot)


def test_reduced_motion_shows_the_changed_picture_at_once(seat: Seat, mill: Story) -> None:
    driver = seat(mill, size=(1600, 900), settings=Settings(motion="reduced"), role="miller", album=PotPictures())
    driver.click("begin:miller")
    assert pots(driver) == 1600
    while pots(driver):
        turned(driver)
        assert pots(driver) in (0, 1600)
        assert not driver.session.transitioning
    assert pixels(driver.screen) == fresh(driver)


def test_resize_ends_a_transition(seat: Seat, mill: Story) -> None:
    driver = turned(reading(seat, mill, SMOKE))
    driver.wait(0.1)
    driver.session.resize((1000, 700))
    driver.session.invalidate()
    driver.look()
    assert not driver.session.transitioning
    assert pixels(driver.screen) == fresh(driver)
