"""A film's frame: 4:3 on black, grey, within the free area beside the reading sheet."""

from __future__ import annotations

from itertools import product

import pygame
import pytest

from game.painter import painting
from game.painter.canvas.film import BLACK, gate
from game.painter.canvas.frame import frame
from tests.painter.pictures import pixels

FILM: dict[str, int | bool | str] = {"film": True, "year": 1958, "season": "autumn", "hour": "night", "furnaces": 6}
BESIDE = pygame.Rect(480, 30, 440, 480)


@pytest.mark.parametrize("size", [(960, 540), (540, 960), (1280, 400)])
@pytest.mark.parametrize("covered", [None, BESIDE])
def test_the_frame_is_four_by_three_within_what_is_free(size: tuple[int, int], covered: pygame.Rect | None) -> None:
    area = frame(size, covered, 20)
    place = gate(area)
    assert abs(place.w / place.h - 4 / 3) < 0.02
    assert area.left < place.left and place.right < area.left + area.width
    assert area.top < place.top and place.bottom < area.top + area.height


@pytest.mark.parametrize("scene", ["furnaces", "village", "showfield"])
def test_a_film_is_grey_stands_still_and_lies_on_black(scene: str) -> None:
    """Including furnaces and loudspeaker: red belongs to the story, and a film is a record."""
    surface, moves, _ = painting(scene, FILM, (960, 540), BESIDE)
    place = gate(frame((960, 540), BESIDE))
    assert moves == ()
    greys = set()
    for at in product(range(0, 960, 3), range(0, 540, 3)):
        r, g, b, _ = surface.get_at(at)
        assert (r, g, b) == BLACK or place.inflate(2, 2).collidepoint(at)
        assert max(r, g, b) - min(r, g, b) <= 3
        greys.add(r)
    assert len(greys) > 60


def test_a_film_looks_unlike_the_same_scene_in_the_story() -> None:
    told = painting("village", {**FILM, "film": False}, (960, 540)).surface
    first, other = (painting("village", FILM, (960, 540)).surface for _ in range(2))
    assert pixels(first) == pixels(other)
    assert sum(first.get_at((x, 270)) != told.get_at((x, 270)) for x in range(960)) > 940
