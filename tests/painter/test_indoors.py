"""Indoor scenes: counts are distinguishable, `thing` is shown, and lights report their places."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.painter import paint, painting
from game.painter.canvas.paper import Point, islands
from game.painter.canvas.perspective import Perspective
from game.painter.props import figures
from game.painter.props.keepsakes import THINGS
from game.story.model import Story
from tests.golden.test_golden import FOLDERS, played
from tests.lanes import sampled
from tests.painter.pictures import SIZE, Value, channels, lightness, pixels

BESIDE = pygame.Rect(220, 12, 240, 246)


@pytest.mark.parametrize("thing", sampled(sorted(THINGS), *sorted(THINGS)[:2]))
def test_the_sheet_covers_no_thing_on_his_table(thing: str) -> None:
    without, with_it = (
        pixels(paint("desk", {"thing": shown}, SIZE, BESIDE).subsurface((0, 0, BESIDE.left, SIZE[1])))
        for shown in ("", thing)
    )
    assert with_it != without


@pytest.mark.parametrize(("reading", "fire"), [("villager-the-bowls", True), ("villager-the-tally", False)])
def test_her_room_is_as_it_was_left(shipped: Story, reading: str, fire: bool) -> None:
    p = played(shipped, next(folder for folder in FOLDERS if folder.name == reading))
    rooms = [page.picture.params for page in p.pages if page.picture is not None and page.picture.scene == "kitchen"]
    last = [room for room in rooms if room["year"] == 1960]
    assert last and {bool(room["jar"]) for room in last} == {fire}
    assert all(not room["jar"] for room in rooms if room["year"] == 1958)


@pytest.mark.parametrize(("jar", "lamp"), [(0, False), (0, True), (1, False), (1, True)])
def test_her_room_has_a_fire_only_under_what_was_kept(jar: int, lamp: bool) -> None:
    """The stove was given up in August 1958: only the wick burns, and coals under a tin."""
    moves = painting("kitchen", {"year": 1960, "jar": jar, "lamp": lamp}, SIZE).moves
    assert {move.seed for move in moves if move.kind == "flame"} == {
        *(["kitchen"] if lamp else []), *(["kitchen tin"] if lamp and jar else []),
    }  # fmt: skip


def test_the_front_of_the_hall_is_of_its_year() -> None:
    """Nothing in 1958; a bench in 1960; a table in 1962, and a bench again below the sheets."""
    door = pygame.Rect(215, 120, 50, 80)
    fronts = [
        pixels(paint("hall", params, SIZE).subsurface(door))
        for params in ({"year": 1958}, {"year": 1960}, {"year": 1962}, {"year": 1962, "posters": True})
    ]
    assert len(set(fronts)) == 4


@given(st.text(max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_with_fewer_people_nobody_else_changes_their_seat(seat: str, some: float, more: float) -> None:
    few, many = sorted((some, more))
    if sitter := figures.sitter(seat, few):
        other = figures.sitter(seat, many)
        assert other is not None and sitter.random() == other.random()


@pytest.mark.parametrize("scene", ["kitchen", "workshop", "dining", "desk"])
@pytest.mark.parametrize("year", [1958, 1959, 1960, 1962])
def test_no_room_without_the_loudspeaker_is_red(scene: str, year: int) -> None:
    params: dict[str, Value] = {"year": year, "season": "winter", "hour": "night", "steam": False, "thing": "stamp"}
    assert not [(r, g, b) for r, g, b in channels(paint(scene, params, SIZE)) if r > 150 and g < 80 and b < 70]


def flames(scene: str, **params: Value) -> list[Point]:
    return [move.at for move in painting(scene, params, SIZE, BESIDE).moves if move.kind == "flame"]


@pytest.mark.parametrize("scene", ["hall", "dining", "desk", "kitchen"])
def test_a_lit_lamp_is_bright_and_flickers(scene: str) -> None:
    hour = "night" if scene == "desk" else "dusk"
    (at,) = flames(scene, hour=hour, steam=False, jar=0)  # without the fires of stove and tin
    assert not flames(scene, hour=hour, steam=False, jar=0, lamp=False)
    assert at[0] < BESIDE.left
    spot = pygame.Rect(round(at[0]) - 2, round(at[1]) - 2, 5, 5)
    bright, dark = (lightness(paint(scene, {"hour": hour, "lamp": lamp}, SIZE, BESIDE), spot) for lamp in (True, False))
    assert bright > dark + 20


def test_the_bulbs_of_the_workshop_burn_when_there_is_current() -> None:
    assert len(flames("workshop", hour="dusk")) == 6
    assert not flames("workshop", hour="dusk", lamp=False)
    assert not flames("workshop", hour="day")


BOXES = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 90), st.integers(1, 90))


@given(st.lists(BOXES, max_size=14), st.integers(0, 9))
def test_islands_hold_each_shape_once_and_lie_apart(boxes: list[tuple[int, int, int, int]], gap: int) -> None:
    cuts = [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)] for x, y, w, h in boxes]
    groups = islands(cuts, gap, worth=0)
    assert sorted(map(str, (cut for _, group in groups for cut in group))) == sorted(map(str, cuts))
    for i, (box, _) in enumerate(groups):
        for other, _ in groups[i + 1 :]:
            apart = (box[0] - other[2], other[0] - box[2], box[1] - other[3], other[1] - box[3])
            assert max(apart) >= gap


@given(st.floats(-80, 80), st.floats(-20, 300), st.floats(-30, 200))
def test_a_point_of_the_floor_is_found_again_from_its_pixel(x: float, eye: float, z: float) -> None:
    view = Perspective(400, 300, 6, max(4.0, eye), 60)
    column, row = view.at(x, 0, z)
    assert view.z_at(row) == pytest.approx(z, abs=1e-6)
    assert view.x_at(column, z) == pytest.approx(x, abs=1e-6)
