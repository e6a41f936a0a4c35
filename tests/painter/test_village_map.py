"""The map's scene follows the places met, and the years' losses."""

from __future__ import annotations

import pytest

from game.painter.canvas.frame import frame
from game.painter.canvas.scene_state import read
from game.painter.props.landmarks import LANDMARKS
from game.painter.scenes.village_map import spots
from game.scene_table import SCENES
from tests.painter.pictures import SIZE, Value, seen


def mapped(**params: Value) -> bytes:
    return seen("map", **{"hour": "day", **params})


@pytest.mark.parametrize("scene", SCENES)
def test_every_kind_of_place_has_a_sign(scene: str) -> None:
    assert mapped(spots=f"{scene} 50 60 1") != mapped(spots=f"{scene} 50 60 0")


def test_signs_of_different_kinds_differ() -> None:
    kinds = {mapped(spots=f"{scene} 50 60 1") for scene in ("hall", "furnaces", "scales", "claypit", "dike", "village")}
    assert len(kinds) == 6
    assert LANDMARKS.keys() <= SCENES.keys()


def test_each_tenth_of_the_wood_is_missing_on_the_map() -> None:
    assert len({mapped(forest=number) for number in range(11)}) == 11


def test_half_of_the_orchard_stands_on_the_map() -> None:
    at: dict[str, Value] = {"year": 1962, "season": "spring", "spots": "orchard 50 60 1"}
    assert len({mapped(**at, pears=number) for number in (0, 5, 10)}) == 3
    assert mapped(**at) == mapped(**at, pears=0)


def test_the_map_shows_season_and_crops() -> None:
    looks = {
        mapped(season="winter", snow=True),
        mapped(season="autumn", crops="ripe"),
        mapped(season="autumn", crops="bare"),
    }
    assert len(looks) == 3


def test_the_creek_goes_by_the_places_at_the_water_whether_met_or_not() -> None:
    assert mapped(spots="dike 20 80 0") != mapped(spots="hall 20 80 0")
    assert mapped(spots="dike 20 80 0") != mapped(spots="dike 20 80 1")


def test_spots_that_cannot_be_read_are_left_out() -> None:
    area = frame(SIZE, None)
    found = spots(area, read({"spots": "hall 50 50 1;; hall x 2 1;hall 1 2;mill 500 50 0"}))
    assert [(spot.scene, spot.met) for spot in found] == [("hall", True), ("mill", False)]
    assert all(area.left <= spot.x <= area.left + area.width for spot in found)
