"""Splash screen, measured on its pixels."""

from __future__ import annotations

from threading import Event

import pygame
import pytest

from game.desktop.render.fonts import Fonts
from game.desktop.splash import render_splash, show_splash
from game.ui.theme import THEMES

SIZES = [(1080, 1920), (1920, 1080), (3840, 2160), (640, 480)]
LINE = "The story is closed for a moment. It comes back by itself."


def around(surface: pygame.Surface, colour: tuple[int, int, int]) -> pygame.Rect:
    """The rectangle around all pixels of nearly this colour."""
    rects = pygame.mask.from_threshold(surface, colour, (14, 14, 14, 255)).get_bounding_rects()
    return rects[0].unionall(rects)


def sheet_and_words(surface: pygame.Surface) -> tuple[pygame.Rect, pygame.Rect]:
    sheet = around(surface, THEMES["paper"].sheet)
    return sheet, around(surface.subsurface(sheet), THEMES["paper"].ink).move(sheet.topleft)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lines", [[LINE], [LINE, "故事在休息。", LINE]])
def test_text_is_centred_on_every_screen(size: tuple[int, int], lines: list[str], fonts: Fonts) -> None:
    surface = render_splash(lines, size, fonts)
    sheet, words = sheet_and_words(surface)
    assert surface.get_rect().contains(sheet)
    assert sheet.inflate(-sheet.w // 10, -sheet.h // 10).contains(words)
    assert abs(sheet.centerx - size[0] / 2) <= 1
    assert abs(sheet.centery - size[1] / 2) <= 1
    assert abs(words.centerx - sheet.centerx) <= max(3, min(size) / 200)


def test_more_languages_make_a_higher_sheet_and_none_a_black_screen(fonts: Fonts) -> None:
    assert pygame.transform.average_color(render_splash([], (320, 200), fonts))[:3] == (0, 0, 0)
    sheets, words = zip(
        *(sheet_and_words(render_splash([LINE] * n, (1080, 1920), fonts)) for n in (1, 2, 3)), strict=True
    )
    assert words[1].h - words[0].h == words[2].h - words[1].h > words[0].h
    assert sheets[1].h - sheets[0].h == words[1].h - words[0].h


def test_sheet_follows_the_pixel_shift(fonts: Fonts) -> None:
    here, there = (sheet_and_words(render_splash([LINE], (1080, 1920), fonts, at)) for at in ((0, 0), (12, 6)))
    assert there == tuple(rect.move(12, 6) for rect in here)


def test_splash_screen_is_drawn_again_once_it_was_covered() -> None:

    class Covering(Event):
        """In place of the time between two polls: once all is quiet, the screen loses its pixels."""

        looks = brightness = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.looks += 1
            window = pygame.display.get_surface()
            assert window is not None
            if self.looks == 3:
                window.fill((0, 0, 0))
                pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
            elif self.looks == 4:
                self.brightness = min(pygame.transform.average_color(window)[:3])
                self.set()
            return self.is_set()

    covering = Covering()
    show_splash([LINE], covering)
    assert covering.brightness > 0
