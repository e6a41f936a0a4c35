"""Contrast, computed: 7:1 for prose, 3:1 for the focus ring and chosen values."""

from __future__ import annotations

import pytest

from game.ui.settings import VALUES
from game.ui.theme import THEMES
from tests.contrast import contrast

TEXT_BACKGROUNDS = ("sheet", "card", "slip", "slip_chosen")
TEXT_INKS = ("ink", "soft", "accent")


def test_every_theme_of_the_settings_exists() -> None:
    assert set(VALUES["theme"]) == set(THEMES)


def test_contrast_is_that_of_the_guidelines() -> None:
    """Black on white is 21, a colour on itself 1, and the grey that the guidelines name 4.54."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((90, 20, 30), (90, 20, 30)) == 1
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", TEXT_BACKGROUNDS)
@pytest.mark.parametrize("ink", TEXT_INKS)
def test_text_can_be_read(name: str, ground: str, ink: str) -> None:
    theme = THEMES[name]
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 7


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", ["sheet", "card", "slip"])
def test_controls_have_visible_edges(name: str, ground: str) -> None:
    """The line around a slip, a tool and a value, against the paper on either side of it."""
    theme = THEMES[name]
    assert contrast(theme.control, getattr(theme, ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", TEXT_BACKGROUNDS)
def test_the_focus_ring_is_visible(name: str, ground: str) -> None:
    theme = THEMES[name]
    assert contrast(theme.ring, getattr(theme, ground)) >= 3
