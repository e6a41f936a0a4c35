"""The cut of a weighing in the window: the taken part slides out of the harvest, then the bowls empty."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.desktop.frames import CUT_AFTER, CUT_STEP
from game.desktop.render.paper_shapes import pg
from game.play import Playthrough, begin
from game.story.model import Story
from game.ui import intents
from game.ui.layout.geometry import Box, Rect
from game.ui.settings import Settings
from game.ui.theme import THEMES
from tests.desktop.session_driver import Seat, SessionDriver
from tests.painter.pictures import pixels

FRAME = 0.05  # seconds


@pytest.fixture(scope="module")
def untied(shipped: Story) -> Playthrough:
    p = begin(shipped, "villager", "full")
    while p.page.node != "weighing-1959.rows":
        p = p.choose(p.page.choices[0].id)
    return p


def tied(seat: Seat, untied: Playthrough, **settings: Any) -> SessionDriver:
    """A reader who has just tied the sacks, at the first frame of the next page."""
    driver = seat(untied.story, settings=Settings(**settings))
    driver.session.dispatch(intents.PlaythroughLoaded(untied))
    driver.look()
    if not settings:
        driver.rest()
    driver.press("choice:continue")
    return driver


def boxes(driver: SessionDriver, kind: str) -> list[Box]:
    placed = driver.view.plan.placed(driver.view.scroll)
    return [item for _, item, _ in placed if isinstance(item, Box) and item.kind == kind]


def ink(driver: SessionDriver, rect: Rect) -> int:
    area = driver.screen.subsurface(pg(rect).clip(driver.screen.get_rect()))
    return pygame.mask.from_threshold(area, THEMES["paper"].soft, (1, 1, 1, 255)).count()


def test_the_taken_part_slides_out_of_the_harvest_and_then_the_bowls_empty(seat: Seat, untied: Playthrough) -> None:
    driver = tied(seat, untied)
    (taken,) = boxes(driver, "amount.taken")
    *_, full, empty = boxes(driver, "bowl")  # of what there was
    lies = taken.rect.grown(-2)  # the bars' foot is on its edge
    lay = lies.moved(0, -taken.slide)
    assert ink(driver, lies) == 0
    before = ink(driver, lay)
    assert 0 < before < lay.w * lay.h, "a pattern lies on the whole bar"
    bowls = ink(driver, full.rect), ink(driver, empty.rect)

    driver.look_after(CUT_AFTER + CUT_STEP / 2)
    assert ink(driver, lay) == lay.w * lay.h, "the bar of what came in is whole again"
    assert ink(driver, lies) == 0
    assert ink(driver, lies.moved(0, -round(taken.slide / 2))) > 0
    assert (ink(driver, full.rect), ink(driver, empty.rect)) == bowls

    driver.look_after(CUT_STEP)
    assert ink(driver, lies) == before
    halfway = ink(driver, full.rect) + ink(driver, empty.rect)
    driver.look_after(CUT_STEP)
    assert sum(bowls) > halfway > ink(driver, full.rect) + ink(driver, empty.rect)
    assert not driver.session.transitioning
    assert pixels(driver.screen) == pixels(tied(seat, untied, motion="reduced").screen), "each step ends in the still"


def test_frames_are_due_until_the_cut_is_over(seat: Seat, untied: Playthrough) -> None:
    driver = tied(seat, untied)
    drawn = 0
    while driver.session.transitioning:
        assert driver.session.seconds_to_frame is not None
        drawn += driver.look_after(FRAME)
    assert drawn >= 2 * CUT_STEP / FRAME
    assert not driver.look()


def test_input_ends_the_cut(seat: Seat, untied: Playthrough) -> None:
    driver = tied(seat, untied)
    driver.look_after(CUT_AFTER + CUT_STEP / 2)
    driver.do(pygame.MOUSEBUTTONDOWN, pos=(2, 2), button=1, touch=False)
    still = tied(seat, untied, motion="reduced")
    (taken,) = boxes(driver, "amount.taken")
    for box in (taken, *boxes(driver, "bowl")):
        assert ink(driver, box.rect) == ink(still, box.rect)


@pytest.mark.parametrize("way", ["back to it", "resumed"])
def test_a_weighing_is_cut_once(seat: Seat, untied: Playthrough, way: str) -> None:
    driver = tied(seat, untied)
    p = driver.session.app.playthrough
    assert p is not None
    if way == "back to it":
        driver.rest()
        driver.press("choice:continue", "undo")
    else:
        driver = seat(untied.story)
        driver.session.dispatch(intents.PlaythroughLoaded(p))
        driver.look()
    (taken,) = boxes(driver, "amount.taken")
    assert ink(driver, taken.rect) > 0
