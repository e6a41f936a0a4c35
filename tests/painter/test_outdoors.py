"""Outdoor scenes follow their parameters, and report the places of things."""

from __future__ import annotations

import random
from itertools import product

import pygame
import pytest

from game.painter import paint, painting
from game.painter.canvas import shapes
from game.painter.canvas.frame import frame
from game.painter.canvas.scene_state import Params, read
from game.painter.props import settlement
from game.painter.scenes.grove import REACH
from tests.painter.pictures import SIZE, channels, pixels


def test_the_bins_in_sight_are_emptied_first() -> None:
    size, sheet = (960, 540), pygame.Rect(384, 16, 560, 500)
    at = frame(size, sheet)
    left, roof = at.across(6), at.y(0.705) - 15 * at.u
    bins = pygame.Rect(round(left), round(roof), round(11 * at.u), round(5 * at.u))
    full, half, none = (
        pixels(paint("scales", {"sacks": n, "queue": False}, size, sheet).subsurface(bins)) for n in (12, 6, 0)
    )
    assert half == none != full


def test_the_red_night_is_the_furnaces_night() -> None:
    autumn: Params = {"year": 1958, "season": "autumn", "hour": "night"}
    red = pygame.transform.average_color(paint("village", {**autumn, "furnaces": 3, "glow": True}, SIZE))
    blue = pygame.transform.average_color(paint("village", {**autumn, "furnaces": 0}, SIZE))
    assert red[0] > red[2] + 20
    assert blue[2] > blue[0]


@pytest.mark.parametrize("scene", ["orchard", "showfield", "claypit", "dike", "plain", "street", "scales"])
def test_red_is_kept_for_the_loudspeaker_the_sun_and_fire(scene: str) -> None:
    """Under a white sun, without loudspeaker and fire, no flag, cloth or roof is red."""
    picture = paint(scene, {"year": 1960, "season": "spring", "hour": "day", "crops": "bare", "people": 10}, SIZE)
    assert not [(r, g, b) for r, g, b in channels(picture) if r > 150 and g < 90 and b < 90]


@pytest.mark.parametrize("scene", ["courtyard", "reservoir", "road", "scales", "village", "showfield"])
@pytest.mark.parametrize("size", [(640, 360), (360, 640)])
def test_a_red_sun_is_never_a_whole_disc(scene: str, size: tuple[int, int]) -> None:
    """A cloud hides its foot: the visible part is clearly wider than high."""
    picture = paint(scene, {"year": 1958, "season": "spring", "hour": "day", "forest": 10}, size)
    sky = channels(picture.subsurface((0, 0, size[0], size[1] // 3)))
    red = [divmod(i, size[0]) for i, (r, g, b) in enumerate(sky) if r > 150 and g < 90 and b < 90]
    rows, columns = zip(*red, strict=True)
    assert len(set(columns)) > 12
    assert max(rows) - min(rows) < 0.88 * (max(columns) - min(columns))


@pytest.mark.parametrize("seed", range(12))
def test_a_broad_leaved_tree_has_the_given_height_and_bare_in_winter(seed: int) -> None:
    area = {}
    for leafless in (False, True):
        tree = shapes.broadleaf(random.Random(seed), 50, 200, 100, leafless)
        assert max(y for _, y in tree) == 202
        assert 90 <= 200 - min(y for _, y in tree) <= 112
        assert max(abs(x - 50) for x, _ in tree) < 55
        ends = zip(tree, [*tree[1:], tree[0]], strict=True)
        area[leafless] = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in ends)) / 2
    assert area[True] < 0.6 * area[False]


def test_the_houses_stand_where_they_stood_at_every_hour() -> None:
    stage = frame(SIZE, None)
    layouts = set()
    for hour, lamps in product(("day", "dusk", "night"), (0, 4, 10)):
        state = read({"hour": hour, "lamps": lamps})
        rows = [settlement.tier(stage, state, row) for row in range(3)]
        layouts.add(tuple((house.x, house.base, house.width, house.gable) for row in rows for house in row))
    assert len(layouts) == 1


def test_a_lamp_that_goes_out_goes_out_in_one_house() -> None:
    stage = frame(SIZE, None)

    def lit(lamps: int) -> set[float]:
        state = read({"hour": "night", "lamps": lamps})
        return {h.x for row in range(3) for h in settlement.tier(stage, state, row) if h.lit}

    assert lit(0) == set() != lit(10)
    assert all(lit(lamps) <= lit(lamps + 1) for lamps in range(10))


@pytest.mark.parametrize("size", [(640, 360), (270, 480)])
@pytest.mark.parametrize(("scene", "most", "least"), [("street", 4, 0), ("brickworks", 5, 1), ("furnaces", 4, 0)])
def test_each_stack_smokes_beside_the_sheet(scene: str, most: int, least: int, size: tuple[int, int]) -> None:
    sheet = pygame.Rect(size[0] // 2, 0, size[0] // 2, size[1]) if size[0] > size[1] else None
    area = frame(size, sheet)
    busy, bare = (
        [move.at for move in painting(scene, params, size, sheet).moves if move.kind == "plume"]
        for params in ({"smoke": True, "furnaces": 4, "glow": True}, {"smoke": False, "furnaces": 0})
    )
    assert (len(busy), len(bare)) == (most, least)
    assert all(area.left <= x <= area.left + area.width and y <= area.top + area.height for x, y in busy)


def test_a_tree_that_stands_too_far_outside_to_be_painted_would_not_be_seen() -> None:
    trees = (shapes.bare(random.Random(f"tree {i}"), 0, 0, 2.3, 0.06 * (-1) ** i) for i in range(200))
    assert max(abs(x) for tree in trees for bough in tree for x, _ in bough) < REACH


@pytest.mark.parametrize(
    ("scene", "params", "hens"),
    [
        ("courtyard", {"year": 1958, "season": "summer", "jar": 8}, 3),
        ("courtyard", {"year": 1958, "season": "summer", "jar": 0}, 0),
        ("courtyard", {"year": 1959, "season": "summer", "jar": 8}, 0),
        ("courtyard", {"year": 1962, "season": "autumn", "rebuilt": True}, 3),
        ("lane", {"year": 1958, "season": "summer", "lamp": False}, 3),
        ("lane", {"year": 1959, "season": "summer", "lamp": False}, 0),
    ],
)
def test_hens_are_gone_when_the_jar_is(scene: str, params: Params, hens: int) -> None:
    """They went to the hall with it in August 1958; a generation later there are hens again."""
    assert sum(part.name.startswith("hen ") for part in painting(scene, params, SIZE).parts) == hens


def test_the_paper_about_the_door_fades_and_is_not_hung_again() -> None:
    """It is dull red at New Year of 1958, paler in autumn, and missing in later winters."""
    door = (0, SIZE[1] // 2, SIZE[0] // 7, SIZE[1] // 4)
    red = []
    for year, season in ((1958, "winter"), (1958, "autumn"), (1959, "winter")):
        picture = paint("courtyard", {"year": year, "season": season, "hour": "day", "coats": 0, "snow": False}, SIZE)
        red.append(max(r - g for r, g, _ in channels(picture.subsurface(door))))
    assert red[0] > red[1] + 20 and red[1] > red[2] + 5


@pytest.mark.parametrize(("year", "sown"), [(1958, True), (1961, False), (1962, True)])
def test_winter_wheat_is_green_where_it_was_sown(year: int, sown: bool) -> None:
    """Every second field is green under frost, but none in the winters of the famine."""
    field = (SIZE[0] // 2, SIZE[1] // 2, SIZE[0] // 2, SIZE[1] // 2)
    params: Params = {"year": year, "season": "winter", "snow": False}
    bare, rotting = (
        sum(g > max(r, b) for r, g, b in channels(paint("road", {**params, "crops": crops}, SIZE).subsurface(field)))
        for crops in ("bare", "rotting")
    )
    assert (bare > 2 * rotting + 400) == sown, (bare, rotting)
