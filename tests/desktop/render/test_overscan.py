"""Overscan: the margin around a shifted picture is its mirrored edge, never black."""

from __future__ import annotations

import random

import pygame
import pytest

from game.desktop.loop import OutputSurface, mirror_edges
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import ImmediatePictures
from game.desktop.session import Session
from game.desktop.window_placement import WindowPlacement
from game.kiosk.pixel_shift import STEPS
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Effect
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from game.ui.settings import Settings
from tests.clock import Clock

WIDE, HIGH = 90, 60


def noise(size: tuple[int, int], seed: int) -> pygame.Surface:
    """A picture on which no two places are alike, and none is black."""
    chance, surface = random.Random(seed), pygame.Surface(size)
    for x in range(size[0]):
        for y in range(size[1]):
            surface.set_at((x, y), [chance.randrange(1, 256) for _ in range(3)])
    return surface


@pytest.mark.parametrize("at", STEPS)
def test_margin_mirrors_the_picture(at: tuple[int, int]) -> None:
    """Side, top, foot and corner, wherever it stands."""
    window, picture = pygame.Surface((WIDE, HIGH)), noise((WIDE - 12, HIGH - 12), 1)
    window.blit(picture, at)
    changed = mirror_edges(window, picture.get_rect(topleft=at), [picture.get_rect(topleft=at)])
    for x in range(WIDE):
        for y in range(HIGH):
            assert window.get_at((x, y)) == picture.get_at((within(x - at[0], WIDE - 12), within(y - at[1], HIGH - 12)))
            assert any(part.collidepoint(x, y) for part in changed), "and it is said that it changed"


def within(place: int, long: int) -> int:
    """A place beyond a picture's edge, counted back from that edge."""
    return -1 - place if place < 0 else 2 * long - 1 - place if place >= long else place


def test_change_in_the_middle_leaves_the_margin_alone() -> None:
    """They are drawn again only where they show what changed."""
    window, middle = noise((WIDE, HIGH), 2), pygame.Rect(40, 25, 8, 8)
    before = window.copy()
    picture = pygame.Rect(6, 12, WIDE - 12, HIGH - 12)
    assert mirror_edges(window, picture, [middle]) == [middle]
    assert window.get_buffer().raw == before.get_buffer().raw
    assert len(mirror_edges(window, picture, [pygame.Rect(6, 12, 2, 20)])) > 1


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("size", [(270, 480), (480, 270)])
def test_no_offset_leaves_a_black_edge(
    mill: Story, words: Catalogue, fonts: Fonts, theme: str, size: tuple[int, int]
) -> None:
    """On each screen that a visitor or the night sees, at each place to which the picture wanders."""
    window, at = pygame.display.set_mode(size), [STEPS[0]]
    screen = OutputSurface(window, WindowPlacement(size), lambda: at[0])
    settings = Settings(targets="large", theme=theme)
    app = start_kiosk(KioskOffer((KioskEdition(mill, words, "Come in."),), ("miller", "clerk"), "kiosk"), settings)
    clock = Clock()
    session = Session(app, screen.size, fonts, ImmediatePictures(), World(), clock)
    ways = (
        intents.Press("come-in"),
        intents.Press("enter:miller/kiosk"),
        intents.IdleCountdown(20),
        intents.IdleCountdown(None),
        intents.Press("stop"),
        intents.Press("yes"),
        intents.Press("visit-over"),
        intents.MuseumClosed("10:00", settings),
    )
    for way in (None, *ways):
        if way is not None:
            session.dispatch(way)
        for at[0] in STEPS:
            clock.now += 5
            screen.show(session)
            clock.now += 5  # what fades has come up
            screen.show(session)
            edge = [(x, y) for x in range(size[0]) for y in (0, 5, size[1] - 6, size[1] - 1)]
            edge += [(x, y) for y in range(size[1]) for x in (0, 5, size[0] - 6, size[0] - 1)]
            assert not [place for place in edge if window.get_at(place)[:3] == (0, 0, 0)], (app.top.screen, at)


class World:
    """Nothing is asked of it that is answered."""

    def carry_out(self, effect: Effect) -> None:
        return None
