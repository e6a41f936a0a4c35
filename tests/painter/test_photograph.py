"""An author's image fills the picture, and its focus stays beside the reading sheet."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.painter import paint
from game.painter.photograph import PLAIN
from tests.lanes import sampled
from tests.small_stories.packs import RED, spotted

SIZES = [(1280, 720), (1080, 1920), (640, 480), (360, 640), (3, 2)]


def painted(folder: Path, size: tuple[int, int], covered: pygame.Rect | None = None, **params: int) -> pygame.Surface:
    return paint("image", {"folder": str(folder), "file": "a.png", **params}, size, covered)


def spot(surface: pygame.Surface) -> tuple[int, int]:
    mask = pygame.mask.from_threshold(surface, RED, (60, 60, 60, 255))
    assert mask.count(), "there is no spot"
    return mask.centroid()


@pytest.mark.parametrize("size", SIZES[:4])
@pytest.mark.parametrize("at", [(0.1, 0.1), (0.5, 0.5), (0.95, 0.4)])
@pytest.mark.parametrize("shape", [(900, 600), (300, 900), (40, 30)])
def test_the_focus_is_in_the_picture(
    shape: tuple[int, int], at: tuple[float, float], size: tuple[int, int], tmp_path: Path
) -> None:
    spotted(shape, at).save(tmp_path / "a.png")
    surface = painted(tmp_path, size, x=round(100 * at[0]), y=round(100 * at[1]))
    assert surface.get_size() == size
    assert surface.get_rect().collidepoint(spot(surface))


def test_the_focus_is_beside_the_sheet_where_the_image_reaches(tmp_path: Path) -> None:
    spotted((2000, 500), (0.6, 0.5)).save(tmp_path / "a.png")
    surface = painted(tmp_path, (1280, 720), pygame.Rect(640, 0, 640, 720), x=60, y=50)
    assert 300 <= spot(surface)[0] <= 340
    whole = painted(tmp_path, (1280, 720), x=60, y=50)
    assert 630 <= spot(whole)[0] <= 650


SHEETS = {
    (1080, 1920): (50, 653, 980, 1220), (768, 1024): (35, 295, 698, 690), (390, 844): (18, 287, 354, 540),
    (1920, 1080): (957, 32, 931, 1016), (1280, 720): (640, 20, 620, 680),
}  # fmt: skip
SPOTS = [(0.5, 0.5), (0.8, 0.3), (0.2, 0.7), (0.9, 0.9)]


@pytest.mark.parametrize("size", sampled(SHEETS, (768, 1024), (390, 844), (1280, 720)))
@pytest.mark.parametrize("at", sampled(SPOTS, *SPOTS[1:3]))
@pytest.mark.parametrize("shape", [(900, 600), (600, 900), (1600, 900)])
def test_the_focus_is_never_behind_the_sheet(
    shape: tuple[int, int], at: tuple[float, float], size: tuple[int, int], tmp_path: Path
) -> None:
    sheet = SHEETS[size]
    spotted(shape, at).save(tmp_path / "a.png")
    surface = painted(tmp_path, size, pygame.Rect(sheet), x=round(100 * at[0]), y=round(100 * at[1]))
    assert not pygame.Rect(sheet).collidepoint(spot(surface))
    corners = [surface.get_at((x, y))[2] for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert min(corners) > 100, "the image, or its continuation, is everywhere"


def test_an_image_is_enlarged_by_half_at_most(tmp_path: Path) -> None:
    """The red spot has a tenth of the image's height for its diameter."""
    for at, largest in ((0.3, 1.1), (0.9, 1.5)):
        spotted((900, 600), (0.5, at)).save(tmp_path / "a.png")
        surface = painted(tmp_path, (1080, 1920), pygame.Rect(50, 653, 980, 1220), x=50, y=round(100 * at))
        found = pygame.mask.from_threshold(surface, RED, (60, 60, 60, 255)).get_bounding_rects()
        assert 0.93 * 192 <= max(rect.width for rect in found) <= 1.05 * largest * 192


@pytest.mark.parametrize("size", SIZES)
def test_an_image_that_cannot_be_shown_is_a_plain_wall(size: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    surface = painted(tmp_path, size)
    assert surface.get_size() == size and surface.get_at((0, 0))[:3] == PLAIN
