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


def test_every_landmark_is_that_of_a_scene() -> None:
    assert LANDMARKS.keys() <= SCENES.keys()


LOOKS: dict[str, list[dict[str, Value]]] = {
    "signs": [{"spots": f"{scene} 50 60 1"} for scene in ("hall", "furnaces", "scales", "claypit", "dike", "village")],
    "each tenth of the wood": [{"forest": number} for number in range(11)],
    "half of the orchard": [
        {"year": 1962, "season": "spring", "spots": "orchard 50 60 1", "pears": number} for number in (0, 5, 10)
    ],
    "season and crops": [
        {"season": "winter", "snow": True},
        {"season": "autumn", "crops": "ripe"},
        {"season": "autumn", "crops": "bare"},
    ],
    "the creek by places at the water, met or not": [
        {"spots": spot} for spot in ("dike 20 80 0", "hall 20 80 0", "dike 20 80 1")
    ],
}


@pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS)
def test_the_map_shows(looks: list[dict[str, Value]]) -> None:
    assert len({mapped(**params) for params in looks}) == len(looks)


def test_spots_that_cannot_be_read_are_left_out() -> None:
    area = frame(SIZE, None)
    found = spots(area, read({"spots": "hall 50 50 1;; hall x 2 1;hall 1 2;mill 500 50 0"}))
    assert [(spot.scene, spot.met) for spot in found] == [("hall", True), ("mill", False)]
    assert all(area.left <= spot.x <= area.left + area.width for spot in found)
