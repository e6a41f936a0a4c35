"""Contrast, computed: 7:1 for prose, 3:1 for the focus ring and chosen values."""

from __future__ import annotations

from itertools import product

import pytest

from game.ui.settings import VALUES
from game.ui.theme import THEMES, Theme
from tests.contrast import contrast

TEXT_BACKGROUNDS = ("sheet", "card", "slip", "slip_chosen")


def test_every_theme_of_the_settings_exists() -> None:
    assert set(VALUES["theme"]) == set(THEMES)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((90, 20, 30), (90, 20, 30)) == 1
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(
    ("colours", "grounds", "least"),
    [
        (("ink", "soft", "accent"), TEXT_BACKGROUNDS, 7),  # text
        (("ring",), TEXT_BACKGROUNDS, 3),
        (("control",), ("sheet", "card", "slip"), 3),  # the line around a slip, a tool and a value
    ],
)
def test_colours_stand_out_from_their_grounds(
    theme: Theme, colours: tuple[str, ...], grounds: tuple[str, ...], least: float
) -> None:
    pairs = product(colours, grounds)
    assert [pair for pair in pairs if contrast(*(getattr(theme, each) for each in pair)) < least] == []
