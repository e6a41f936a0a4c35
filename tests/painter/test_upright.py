"""Upright pictures have visible ground below the subject, for short pages that leave it uncovered."""

from __future__ import annotations

import pygame
import pytest

from game.painter import paint
from game.ui.layout.placement import page_area, tools_foot
from game.ui.settings import Settings

KIOSK = Settings(targets="large", text_scale=120)
SIZE = (540, 960)


def below(scene: str, **params: int | bool | str) -> pygame.Surface:
    """The band from the subject's foot to the start of a visit's shortest page."""
    area, foot = page_area(SIZE, KIOSK), tools_foot(SIZE, KIOSK)
    picture = paint(scene, params, SIZE, pygame.Rect(area.x, area.y, area.w, area.h), foot)
    return picture.subsurface((0, area.y, SIZE[0], SIZE[1] * 62 // 100 - area.y))


def lightness(surface: pygame.Surface) -> float:
    return sum(pygame.transform.average_color(surface)[:3]) / 3


@pytest.mark.parametrize("scene", ["county", "dining", "hall", "kitchen"])
def test_a_floor_before_the_subject_is_lit(scene: str) -> None:
    assert 24 < lightness(below(scene, year=1960, season="winter", hour="dusk", lamp=True)) < 120


def test_a_table_stands_on_the_floor() -> None:
    band = below("kitchen", year=1960, season="winter", hour="dusk", lamp=True)
    last = band.subsurface((0, band.get_height() - 8, band.get_width(), 8))
    left, middle = (
        lightness(last.subsurface((x, 0, band.get_width() // 8, 8))) for x in (0, band.get_width() * 7 // 16)
    )
    assert abs(left - middle) < 12


def test_the_near_bank_of_the_furnaces_has_stubble() -> None:
    """Even, dark ground would have hardly any edges."""
    band = below("furnaces", year=1958, season="autumn", hour="night")
    edges = pygame.transform.laplacian(band)
    assert lightness(edges) > 4
