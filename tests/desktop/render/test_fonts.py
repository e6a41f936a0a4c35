"""Fonts: text is as wide as measured, Chinese is drawn in Kai, and caches stay within their budgets."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.render.fonts import MEASURED, OPENED, RENDERED, RENDERED_A_PIXEL, Fonts
from game.resources import assets_folder
from game.ui.layout.geometry import Style

BLACK = (0, 0, 0)


@pytest.mark.parametrize("family", ["serif", "sans", "kai"])
@pytest.mark.parametrize("tracking", [0, 3])
@pytest.mark.parametrize("text", ["4,868 sacks", "4,868袋", "请进 · Come in", "粮", "jin", "斤 (jin)", "jin 斤"])
def test_a_run_is_as_wide_as_it_was_measured(fonts: Fonts, family: str, tracking: int, text: str) -> None:
    style = Style(family, 32, tracking=tracking)
    assert fonts.render(text, style, BLACK).get_width() == fonts.width(text, style) - fonts.bearing(text, style)
    assert (fonts.width(text, style) > fonts.width(text, Style(family, 32))) == bool(tracking)


@pytest.mark.parametrize("italic", [False, True])
def test_a_letter_that_reaches_back_leaves_no_gap_before_its_run(fonts: Fonts, italic: bool) -> None:
    """A *j* begins left of its place, but a run of it takes no more room than within a line."""
    style = Style("serif", 30, italic=italic)
    assert fonts.bearing("jin", style) < 0 == fonts.bearing("bowl", style)
    assert fonts.width("jin", style) == fonts.width("12 jin", style) - fonts.width("12 ", style)
    line, run = (pygame.mask.from_surface(fonts.render(text, style, BLACK)) for text in ("12 jin", "jin"))
    at = fonts.width("12 ", style) + fonts.bearing("jin", style)
    assert line.overlap_area(run, (at, 0)) == run.count() > 100


@pytest.mark.parametrize("family", ["serif", "sans"])
def test_chinese_in_a_line_of_letters_is_drawn_in_kai_on_its_baseline(fonts: Fonts, family: str) -> None:
    style, kai = Style(family, 32), Style("kai", 32)
    alone, run = fonts.render("粮", kai, BLACK), fonts.render("7粮", style, BLACK)
    x, y = fonts.width("7", style), fonts.ascent(style) - fonts.ascent(kai)
    ink = pygame.mask.from_surface(run).overlap_area(pygame.mask.from_surface(alone), (x, y))
    assert ink == pygame.mask.from_surface(alone).count() > 100


def test_caches_stay_within_their_budgets() -> None:
    """After a kiosk's weeks: each text scale has its sizes, and each page its words."""
    fonts, sizes, room = Fonts(assets_folder() / "fonts"), range(16, 90), OPENED + MEASURED + RENDERED
    first = [fonts.width("4,868 sacks", Style("serif", size)) for size in sizes]
    for number in range(30_000):
        fonts.width(f"{number} sacks", Style("sans", 24))
    for number in range(400):
        fonts.render(f"{number} sacks of grain for the county, and one for the mill", Style("serif", 48), BLACK)
        assert fonts.held <= room
    assert fonts.held > RENDERED
    assert [fonts.width("4,868 sacks", Style("serif", size)) for size in sizes] == first
    fonts.fit((1280, 720))
    fonts.render("a class's next page", Style("serif", 48), BLACK)
    needed = RENDERED_A_PIXEL * 1280 * 720
    assert needed / 2 < fonts.held < needed + OPENED + MEASURED < RENDERED, "a small window keeps fewer words"
