"""An author's image fills the picture, and its focus stays beside the reading sheet."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.painter import paint
from game.painter.photograph import PLAIN
from tests.lanes import sampled
from tests.small_stories.packs import RED, spotted

Size = tuple[int, int]
SIZES = [(1280, 720), (1080, 1920), (640, 480), (360, 640), (3, 2)]


def painted(
    folder: Path, shape: Size, at: tuple[float, float], size: Size, covered: pygame.Rect | None = None
) -> pygame.Surface:
    """The picture of an image of this shape with a red spot at its focus."""
    spotted(shape, at).save(folder / "a.png")
    focus = {"x": round(100 * at[0]), "y": round(100 * at[1])}
    return paint("image", {"folder": str(folder), "file": "a.png", **focus}, size, covered)


def spot(surface: pygame.Surface) -> tuple[int, int]:
    mask = pygame.mask.from_threshold(surface, RED, (60, 60, 60, 255))
    assert mask.count(), "there is no spot"
    return mask.centroid()


@pytest.mark.parametrize("size", SIZES[:4])
@pytest.mark.parametrize("at", [(0.1, 0.1), (0.5, 0.5), (0.95, 0.4)])
@pytest.mark.parametrize("shape", [(900, 600), (300, 900), (40, 30)])
def test_the_focus_is_in_the_picture(shape: Size, at: tuple[float, float], size: Size, tmp_path: Path) -> None:
    surface = painted(tmp_path, shape, at, size)
    assert surface.get_size() == size
    assert surface.get_rect().collidepoint(spot(surface))


def test_the_focus_is_beside_the_sheet_where_the_image_reaches(tmp_path: Path) -> None:
    for sheet, least, most in ((pygame.Rect(640, 0, 640, 720), 300, 340), (None, 630, 650)):
        assert least <= spot(painted(tmp_path, (2000, 500), (0.6, 0.5), (1280, 720), sheet))[0] <= most


SHEETS = {
    (1080, 1920): (50, 653, 980, 1220), (768, 1024): (35, 295, 698, 690), (390, 844): (18, 287, 354, 540),
    (1920, 1080): (957, 32, 931, 1016), (1280, 720): (640, 20, 620, 680),
}  # fmt: skip
SPOTS = [(0.5, 0.5), (0.8, 0.3), (0.2, 0.7), (0.9, 0.9)]


@pytest.mark.parametrize("size", sampled(SHEETS, (1080, 1920), (768, 1024), (390, 844), (1280, 720)))
@pytest.mark.parametrize("at", sampled(SPOTS, *SPOTS[1:3]))
@pytest.mark.parametrize("shape", [(900, 600), (600, 900), (1600, 900)])
def test_the_focus_is_never_behind_the_sheet(shape: Size, at: tuple[float, float], size: Size, tmp_path: Path) -> None:
    sheet = pygame.Rect(SHEETS[size])
    surface = painted(tmp_path, shape, at, size, sheet)
    assert not sheet.collidepoint(spot(surface))
    corners = [surface.get_at((x, y))[2] for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert min(corners) > 100, "the image, or its continuation, is everywhere"


def test_an_image_is_enlarged_by_half_at_most(tmp_path: Path) -> None:
    """The red spot has a tenth of the image's height for its diameter."""
    for at, largest in ((0.3, 1.1), (0.9, 1.5)):
        surface = painted(tmp_path, (900, 600), (0.5, at), (1080, 1920), pygame.Rect(SHEETS[1080, 1920]))
        found = pygame.mask.from_threshold(surface, RED, (60, 60, 60, 255)).get_bounding_rects()
        assert 0.93 * 192 <= max(rect.width for rect in found) <= 1.05 * largest * 192


@pytest.mark.parametrize("size", SIZES)
def test_an_image_that_cannot_be_shown_is_a_plain_wall(size: Size, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    surface = paint("image", {"folder": str(tmp_path), "file": "a.png"}, size)
    assert surface.get_size() == size and surface.get_at((0, 0))[:3] == PLAIN
