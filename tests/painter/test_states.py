"""Pictures follow their parameters: what can be told apart by a reader, and what makes no difference."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from game.painter.props.keepsakes import THINGS
from game.painter.props.yard_props import BROUGHT
from tests.lanes import sampled
from tests.painter.pictures import Value, seen

FLAG = (True, False)
CROPS = ("standing", "ripe", "rotting", "bare", "young")
RIDGES = ("courtyard", "furnaces", "scales", "claypit", "reservoir", "showfield", "orchard", "dike")
# A scene, parameters that stay, and parameters with values: the picture is another one for each value.
DIFFERENT: list[tuple[str, dict[str, Value], dict[str, Iterable[Value]]]] = [
    ("village", {}, {"forest": range(11), "furnaces": range(7), "year": range(1958, 1963), "smoke": FLAG}),
    ("village", {}, {"crops": CROPS, "orchard": FLAG, "snow": FLAG}),
    ("courtyard", {}, {"jar": range(11), "coats": range(7), "furnaces": range(7), "wok": FLAG}),
    ("courtyard", {}, {"thing": ("", *BROUGHT)}),
    ("desk", {}, {"thing": ("", *THINGS), "leaves": range(13), "lamp": FLAG}),
    ("dining", {}, {"bowls": range(7), "coats": range(7), "steam": FLAG}),
    ("furnaces", {}, {"furnaces": range(7)}),
    ("brickworks", {}, {"furnaces": range(7)}),
    ("kitchen", {}, {"bowls": range(6), "coats": range(7), "lamp": FLAG, "wok": FLAG}),
    ("kitchen", {"season": "winter"}, {"snow": FLAG}),
    ("kitchen", {"year": 1960}, {"jar": FLAG}),  # a jacket hangs over the window
    ("scales", {}, {"sacks": range(13), "queue": FLAG, "people": (2, 6, 10)}),
    ("county", {}, {"people": (2, 6, 10)}),
    ("hall", {}, {"people": (2, 6, 10)}),
    ("reservoir", {}, {"people": range(11)}),
    ("dike", {"season": "winter"}, {"people": range(11)}),
    ("plain", {}, {"people": range(11)}),
    ("street", {}, {"people": range(11)}),
    ("orchard", {"season": "spring"}, {"pears": range(11), "thing": ("", "buds")}),  # buds in March, blossom in April
    ("showfield", {"season": "autumn", "hour": "night"}, {"lamps": range(11)}),
    ("showfield", {"year": 1958}, {"crops": ("standing", "ripe", "rotting", "bare")}),
    ("showfield", {"crops": "ripe"}, {"thing": ("", "hat", "fan")}),
]
CHANGED = [(scene, others, name, values) for scene, others, changed in DIFFERENT for name, values in changed.items()]
WOOD: list[tuple[str, dict[str, Value], str, Iterable[Value]]] = [(scene, {}, "forest", range(11)) for scene in RIDGES]
MAPPED: dict[str, Value] = {"hour": "day", "year": 1962, "season": "spring", "spots": "orchard 50 60 1"}
EQUAL: dict[str, tuple[str, dict[str, Value], str, dict[str, Value]]] = {
    "an unknown scene is the village": ("the-moon", {"forest": 4}, "village", {"forest": 4}),
    "too many trees": ("village", {"forest": 400}, "village", {"forest": 10}),
    "too few trees": ("village", {"forest": -4}, "village", {"forest": 0}),
    "too late a year": ("village", {"year": 2024}, "village", {"year": 1962}),
    "misspelt words": ("village", {"season": "monsoon", "crops": "plastic", "hour": 3}, "village", {}),
    "numbers as text": ("courtyard", {"forest": "3", "jar": "7"}, "courtyard", {"forest": 3, "jar": 7}),
    "a flag as text": ("courtyard", {"wok": "false"}, "courtyard", {"wok": False}),
    "an unknown thing on the desk": ("desk", {"thing": "a tractor"}, "desk", {}),
    "an unknown thing in the yard": ("courtyard", {"thing": "a tractor"}, "courtyard", {}),
    "no lamps by day": ("village", {"hour": "day", "lamps": 0}, "village", {"hour": "day", "lamps": 10}),
    "no lamp in the hall by day": ("hall", {"hour": "day", "lamp": True}, "hall", {"hour": "day", "lamp": False}),
    "no lantern by day": ("claypit", {"hour": "day", "lamp": True}, "claypit", {"hour": "day", "lamp": False}),
    "an orchard that stands": ("orchard", {"orchard": True}, "orchard", {"orchard": True, "pears": 10}),
    "an orchard that is gone from the map": ("map", MAPPED, "map", {**MAPPED, "pears": 0}),
    "an orchard that is gone": ("orchard", {"orchard": False}, "orchard", {"orchard": False, "pears": 0}),
}


@pytest.mark.parametrize(
    "case", sampled([*CHANGED, *WOOD], *CHANGED[::3], *WOOD[:4]), ids=lambda case: f"{case[0]}-{case[2]}"
)
def test_each_value_has_its_own_picture(case: tuple[str, dict[str, Value], str, Iterable[Value]]) -> None:
    scene, others, name, values = case
    pictures = [seen(scene, **others, **{name: value}) for value in values]
    assert len(set(pictures)) == len(pictures)


@pytest.mark.parametrize("scene", ["hall", "dining", "desk"])
def test_the_loss_of_the_wood_is_seen_through_windows(scene: str) -> None:
    assert len({seen(scene, forest=forest) for forest in range(11)}) >= 4


@pytest.mark.parametrize(("scene", "params", "other", "same"), EQUAL.values(), ids=EQUAL)
def test_what_makes_no_difference(scene: str, params: dict[str, Value], other: str, same: dict[str, Value]) -> None:
    assert seen(scene, **params) == seen(other, **same)
