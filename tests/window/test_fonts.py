"""Type: what is drawn is as wide as it was measured, and Chinese is drawn in Kai wherever it stands."""

from __future__ import annotations

import pygame
import pytest

from game.ui.geometry import Style
from game.window.fonts import Fonts
from tests.window.conftest import fonts

__all__ = ["fonts"]
BLACK = (0, 0, 0)


@pytest.mark.parametrize("family", ["serif", "sans", "kai"])
@pytest.mark.parametrize("tracking", [0, 3])
@pytest.mark.parametrize("text", ["4,868 sacks", "4,868袋", "请进 · Come in", "粮"])
def test_a_run_is_as_wide_as_it_was_measured(fonts: Fonts, family: str, tracking: int, text: str) -> None:
    """Of one script or of two."""
    style = Style(family, 32, tracking=tracking)
    assert fonts.render(text, style, BLACK).get_width() == fonts.width(text, style)


@pytest.mark.parametrize("family", ["serif", "sans"])
def test_chinese_in_a_line_of_letters_is_drawn_in_kai_on_its_baseline(fonts: Fonts, family: str) -> None:
    """And no box stands for a character that the face lacks."""
    style, kai = Style(family, 32), Style("kai", 32)
    alone, run = fonts.render("粮", kai, BLACK), fonts.render("7粮", style, BLACK)
    x, y = fonts.width("7", style), fonts.ascent(style) - fonts.ascent(kai)
    ink = pygame.mask.from_surface(run).overlap_area(pygame.mask.from_surface(alone), (x, y))
    assert ink == pygame.mask.from_surface(alone).count() > 100
