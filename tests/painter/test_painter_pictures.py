"""Every scene can be painted at any size from any parameters, and equal inputs give equal pictures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.desktop.render.paper_shapes import pg
from game.painter import SCENES, paint, painting
from game.painter.canvas.frame import frame
from game.ui.layout.placement import page_area, tools_foot
from game.ui.settings import Settings
from tests.lanes import sampled
from tests.painter.pictures import Value, channels, lightness, pixels
from tests.painter.seen_pictures import STATES

SIZE = (320, 180)
ODD_SIZES = [(1, 1), (2, 1), (1, 40), (200, 100), (100, 200), (37, 411), (900, 60)]
MOST = {"forest": 10, "furnaces": 6, "lamps": 10, "jar": 10, "bowls": 6, "coats": 6, "sacks": 12, "people": 10}
EXTREMES: dict[str, dict[str, Value]] = {
    "everything": {**STATES[0], **MOST},
    "nothing": {**STATES[1], **dict.fromkeys(MOST, 0), "hour": "night"},
    "unsaid": {},
    "far too much": {"year": 3000, "forest": 10**9, "furnaces": 99, "jar": 10**6, "bowls": 70, "sacks": 999},
    "far too little": {"year": -5, "forest": -3, "furnaces": -1, "jar": -9, "bowls": -1, "coats": -2, "sacks": -7},
    "nonsense": {"year": "long ago", "season": 7, "hour": True, "crops": "", "forest": "many", "wok": "perhaps"},
}


def small(scene: str, **params: Value) -> bytes:
    return pixels(paint(scene, params, SIZE))


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("extreme", sampled(EXTREMES, "everything", "far too little", "nonsense"))
def test_every_scene_paints_from_every_extreme(scene: str, extreme: str) -> None:
    picture = paint(scene, EXTREMES[extreme], SIZE)
    assert picture.get_size() == SIZE
    assert len(set(channels(picture)[::7])) > 200


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("size", sampled(ODD_SIZES, (1, 1), (1, 40), (900, 60)))
def test_every_scene_paints_at_odd_sizes(scene: str, size: tuple[int, int]) -> None:
    assert paint(scene, {"season": "winter", "hour": "dusk"}, size).get_size() == size


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("season", sampled(["winter", "spring", "summer", "autumn"], "autumn"))
def test_every_scene_paints_in_every_season_and_at_every_hour(scene: str, season: str) -> None:
    hours = {small(scene, season=season, hour=hour, year=1959) for hour in ("dawn", "day", "dusk", "night")}
    assert len(hours) == 4


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_equal_inputs_give_equal_pixels(scene: str) -> None:
    params: dict[str, Value] = {"year": 1958, "season": "autumn", "hour": "night", "furnaces": 4, "snow": True}
    assert small(scene, **params) == small(scene, **params)


def test_scratch_memory_of_other_pictures_changes_no_pixel() -> None:
    scratch: dict[str, bytearray] = {}
    sizes = (120, 80), (300, 200), (60, 200)
    requests = [(scene, size) for size in sizes for scene in ("village", "kitchen", "scales")]
    found = [painting(scene, {}, size, scratch=scratch).surface for scene, size in requests]
    assert scratch
    for (scene, size), surface in zip(requests, found, strict=True):
        assert pixels(surface) == pixels(painting(scene, {}, size).surface), (scene, size)


def test_each_scene_of_an_upright_window_takes_as_much_memory_to_paint() -> None:
    """Otherwise a kiosk's peak memory grows with how far visitors read: scenes with large sheets come late."""
    sizes = set()
    for scene in ("dike", "lane", "plain", "kitchen", "years", "hall"):
        scratch: dict[str, bytearray] = {}
        painting(scene, {}, (1068, 1908), pygame.Rect(48, 840, 972, 1020), scratch=scratch)
        sizes.add(tuple(sorted((name, len(memory)) for name, memory in scratch.items())))
    assert len(sizes) == 1


def test_pictures_painted_in_two_threads_are_the_ones_painted_alone() -> None:
    alone = {scene: small(scene) for scene in ("village", "courtyard")}
    with ThreadPoolExecutor(2) as threads:
        found = threads.map(lambda scene: [small(scene) for _ in range(3)], alone)
    assert list(found) == [[picture] * 3 for picture in alone.values()]


@given(
    scene=st.sampled_from([*sorted(SCENES), "elsewhere"]),
    params=st.dictionaries(
        st.sampled_from(
            ["year", "season", "hour", "crops", "forest", "furnaces", "jar", "wok", "bowls", "coats", "lamp"]
        ),
        st.one_of(st.integers(), st.booleans(), st.text(max_size=6), st.sampled_from(["winter", "night", "ripe"])),
    ),
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    covered=st.none() | st.tuples(*[st.integers(-100, 200)] * 4),
)
@settings(max_examples=60, deadline=None)
def test_no_input_raises(
    scene: str, params: dict[str, Value], size: tuple[int, int], covered: tuple[int, int, int, int] | None
) -> None:
    assert paint(scene, params, size, pygame.Rect(covered) if covered else None).get_size() == size


def test_the_wood_goes_on_the_ridge_and_the_fields_stay() -> None:
    full, felled = (pygame.surfarray.array3d(paint("village", {"forest": forest}, SIZE)) for forest in (10, 0))
    differs = np.any(full != felled, axis=2)
    assert differs[:, 50:95].sum() > 1500
    assert not differs[:, 160:180].any()


def test_the_jar_leaves_its_place_and_that_is_gone_many_years_later() -> None:
    none, some = (paint("courtyard", {"jar": number}, (640, 360)) for number in (0, 1))
    later = paint("courtyard", {"jar": 0, "thing": "baskets"}, (640, 360))
    foot, body = pygame.Rect(270, 330, 100, 30), pygame.Rect(285, 275, 70, 50)
    assert pixels(none.subsurface(foot)) != pixels(later.subsurface(foot))
    assert pixels(none.subsurface(body)) != pixels(some.subsurface(body))


def test_a_house_without_a_lamp_is_dark_at_night() -> None:
    dark, bright = (paint("village", {"hour": "night", "year": 1959, "lamps": n}, SIZE) for n in (0, 10))
    row = pygame.Rect(0, 118, 200, 18)
    assert lightness(bright, row) > lightness(dark, row) + 2


BESIDE, ABOVE = pygame.Rect(320, 0, 320, 360), pygame.Rect(10, 210, 250, 260)  # the sheets of two windows


@pytest.mark.parametrize(
    ("sheet", "size", "free"), [(BESIDE, (640, 360), (0, 0, 320, 360)), (ABOVE, (270, 480), (0, 0, 270, 205))]
)
def test_the_subject_stands_where_the_sheet_leaves_room(
    sheet: pygame.Rect, size: tuple[int, int], free: tuple[int, int, int, int]
) -> None:
    full, empty = (paint("courtyard", {"jar": n}, size, sheet) for n in (10, 0))
    assert pixels(full.subsurface(free)) != pixels(empty.subsurface(free))
    assert pixels(full) != pixels(paint("courtyard", {"jar": 10}, size))


def test_the_subject_stands_above_the_tools_of_a_wide_window() -> None:
    assert frame((640, 360), BESIDE, 60).height == 300
    assert frame((640, 360), BESIDE).height == 360
    assert frame((270, 480), ABOVE, 60) == frame((270, 480), ABOVE)


@pytest.mark.parametrize("clear", [(0, 0, 640, 360), (-50, -50, 1000, 1000), (700, 0, 10, 10), (5, 5, 0, 0)])
def test_a_sheet_that_covers_all_or_nothing_moves_nothing(clear: tuple[int, int, int, int]) -> None:
    assert pixels(paint("village", {}, (640, 360), pygame.Rect(clear))) == pixels(paint("village", {}, (640, 360)))


KIOSK = Settings(targets="large", text_scale=120)
UPRIGHT = (540, 960)


def below(scene: str, **params: Value) -> pygame.Surface:
    """The band from the subject's foot to the start of a visit's shortest page."""
    area, foot = page_area(UPRIGHT, KIOSK), tools_foot(UPRIGHT, KIOSK)
    picture = paint(scene, params, UPRIGHT, pg(area), foot)
    return picture.subsurface((0, area.y, UPRIGHT[0], UPRIGHT[1] * 62 // 100 - area.y))


@pytest.mark.parametrize("scene", ["county", "dining", "hall", "kitchen"])
def test_a_floor_before_the_subject_is_lit(scene: str) -> None:
    assert 24 < lightness(below(scene, year=1960, season="winter", hour="dusk", lamp=True)) < 120


def test_a_table_stands_on_the_floor() -> None:
    band = below("kitchen", year=1960, season="winter", hour="dusk", lamp=True)
    width, height = band.get_size()
    left, middle = (lightness(band, pygame.Rect(x, height - 8, width // 8, 8)) for x in (0, width * 7 // 16))
    assert abs(left - middle) < 12


def test_the_near_bank_of_the_furnaces_has_stubble() -> None:
    """Even, dark ground would have hardly any edges."""
    band = below("furnaces", year=1958, season="autumn", hour="night")
    assert lightness(pygame.transform.laplacian(band)) > 4
