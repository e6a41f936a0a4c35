"""Indoor scenes: counts are distinguishable, `thing` is shown, and lights report their places."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import resources
from game.painter import paint, painting
from game.painter.canvas.frame import Frame, frame
from game.painter.canvas.paper import Point, islands
from game.painter.canvas.perspective import Perspective
from game.painter.props import figures
from game.painter.props.keepsakes import THINGS
from game.painter.props.yard_props import BROUGHT
from game.painter.scenes.barn import view as barn_view
from game.painter.scenes.county import view as county_view
from game.painter.scenes.dining import view as dining_view
from game.painter.scenes.hall import view as hall_view
from game.painter.scenes.presidium import view as presidium_view
from game.painter.scenes.workshop import view as workshop_view
from game.story import load
from game.story.model import Story
from tests.golden.test_golden import FOLDERS, played
from tests.lanes import sampled
from tests.painter.pictures import SIZE, Value, pixels, seen

BESIDE = pygame.Rect(220, 12, 240, 246)


@pytest.mark.parametrize("thing", sampled(sorted(THINGS), *sorted(THINGS)[:2]))
def test_the_sheet_covers_no_thing_on_his_table(thing: str) -> None:
    """It is seen beside the sheet."""
    free = pygame.Rect(0, 0, BESIDE.left, SIZE[1])
    without = paint("desk", {"thing": ""}, SIZE, BESIDE).subsurface(free)
    with_it = paint("desk", {"thing": thing}, SIZE, BESIDE).subsurface(free)
    assert pixels(with_it) != pixels(without)


def test_the_shipped_story_asks_only_for_things_that_can_be_cut() -> None:
    """A misspelt thing would silently be missing."""
    known = {"desk": THINGS.keys(), "courtyard": BROUGHT.keys()}
    asked = [
        (place.id, place.params["thing"], known[place.scene])
        for place in load(resources.story_folder()).places.values()
        if place.scene in known and "thing" in place.params
    ]
    assert len(asked) > 8
    assert not [(id, thing) for id, thing, things in asked if thing not in things]


@pytest.mark.parametrize(("reading", "fire"), [("villager-the-bowls", True), ("villager-the-tally", False)])
def test_her_room_is_as_it_was_left(shipped: Story, reading: str, fire: bool) -> None:
    """A handful is boiled only in the last winter, from a kept jar."""
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


@pytest.mark.parametrize(
    ("scene", "view", "seat", "z"),
    [
        ("hall", hall_view, 7.6, -27.0),
        ("county", county_view, 6.2, -33.0),
        ("workshop", workshop_view, 7.4, -3.0),
        ("presidium", presidium_view, 6.6, 8.0),
        ("dining", dining_view, 6.0, -5.0),
    ],
)
def test_who_sits_has_legs_below_the_seat(
    scene: str, view: Callable[[Frame], Perspective], seat: float, z: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's legs are visible below the nearest bench."""
    size = (960, 540)
    room = view(frame(size, None))
    top, foot = room.at(0, seat - 0.6, z)[1], room.at(0, 2.4, z)[1]
    band = pygame.Rect(0, round(top), size[0], round(foot - top))

    def below() -> bytes:
        picture = paint(scene, {"people": 10, "year": 1959, "hour": "day", "steam": True}, size)
        return pixels(picture.subsurface(band))

    seated = below()
    monkeypatch.setattr(figures, "legs", lambda *_: None)
    floating = below()
    legs = [i for i in range(0, len(seated), 3) if seated[i : i + 3] != floating[i : i + 3]]
    assert len(legs) > 0.06 * band.w * band.h


def test_the_telephone_is_a_plain_black_box() -> None:
    """Except for lit edges nothing on it is brass or wood."""
    size = (960, 540)
    at = frame(size, None)
    box = pygame.Rect(0, 0, 13 * at.u, 24 * at.u).move(at.across(43.5), at.y(0.33) - 13 * at.u)
    picture = paint("office", {"hour": "day", "year": 1958, "season": "winter", "lamp": False}, size)
    found = [picture.get_at((x, y)) for x in range(box.left, box.right) for y in range(box.top, box.bottom)]
    wall = picture.get_at((round(at.across(43)), round(at.y(0.33) - 14 * at.u)))
    assert sum(1 for c in found if c.r - c.b > wall.r - wall.b + 12) < 0.06 * len(found)
    assert sum(1 for c in found if c.r < 60) > 0.3 * len(found)


def test_the_barn_has_walls_of_mud_on_a_floor_of_earth() -> None:
    """No joints of boards run up the wall or away from us; all marks run across."""
    size = (960, 540)
    at = frame(size, None)
    room = barn_view(at)
    picture = paint("barn", {"hour": "day", "year": 1959, "season": "summer", "sacks": 0}, size)
    data = pixels(pygame.transform.grayscale(picture))[::3]

    def steps(left: float, top: float, right: float, foot: float) -> tuple[int, int]:
        """How often the tone jumps between pixels, across and down."""
        across = down = 0
        for y in range(round(top), round(foot)):
            for x in range(round(left), round(right)):
                here = data[y * size[0] + x]
                across += abs(here - data[y * size[0] + x + 2]) > 9
                down += abs(here - data[(y + 2) * size[0] + x]) > 9
        return across, down

    wall = steps(at.x(0.75), at.y(0.38), at.x(0.79), at.y(0.6))  # between two posts
    floor = steps(*room.at(-18, 0, -14), *room.at(18, 0, -26))
    assert wall[0] < 200
    assert floor[0] < 0.5 * floor[1]


def test_the_cook_is_bent_over_the_stove() -> None:
    """Nothing of her is as high as a standing person's head; her back is visible below."""
    size = (960, 540)
    room = dining_view(frame(size, None))

    def seen_between(low: float, high: float, people: int) -> bytes:
        (left, top), (right, foot) = room.at(-10, high, 36), room.at(14, low, 36)
        box = pygame.Rect(round(left), round(top), round(right - left), round(foot - top))
        picture = paint("dining", {"people": people, "year": 1960, "steam": False}, size)
        return pixels(picture.subsurface(box))

    assert seen_between(31, 38, 1) == seen_between(31, 38, 0)
    assert seen_between(19, 28, 1) != seen_between(19, 28, 0)


@given(st.text(max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_with_fewer_people_nobody_else_changes_their_seat(seat: str, some: float, more: float) -> None:
    """The same people sit there, with the same random source, when more come."""
    few, many = sorted((some, more))
    if sitter := figures.sitter(seat, few):
        other = figures.sitter(seat, many)
        assert other is not None
        assert sitter.random() == other.random()


@pytest.mark.parametrize("scene", ["kitchen", "workshop", "dining", "desk"])
@pytest.mark.parametrize("year", [1958, 1959, 1960, 1962])
def test_no_room_without_the_loudspeaker_is_red(scene: str, year: int) -> None:
    """Red belongs to loudspeaker, sun and glow: a room at night without them has no red."""
    params: dict[str, Value] = {"year": year, "season": "winter", "hour": "night", "steam": False, "thing": "stamp"}
    picture = seen(scene, **params)
    colours = zip(picture[::3], picture[1::3], picture[2::3], strict=True)
    assert not [(r, g, b) for r, g, b in colours if r > 150 and g < 80 and b < 70]


def flames(scene: str, **params: Value) -> list[Point]:
    return [move.at for move in painting(scene, params, SIZE, BESIDE).moves if move.kind == "flame"]


@pytest.mark.parametrize("scene", ["hall", "dining", "desk", "kitchen"])
def test_a_lit_lamp_is_bright_and_flickers(scene: str) -> None:
    """Beside the sheet; with the lamp out there is no flame in its place, and it is darker."""
    hour = "night" if scene == "desk" else "dusk"
    (at,) = flames(scene, hour=hour, steam=False, jar=0)  # without the fires of stove and tin
    assert not flames(scene, hour=hour, steam=False, jar=0, lamp=False)
    assert at[0] < BESIDE.left
    spot = pygame.Rect(round(at[0]) - 2, round(at[1]) - 2, 5, 5)
    bright, dark = (
        sum(pygame.transform.average_color(paint(scene, {"hour": hour, "lamp": lamp}, SIZE, BESIDE), spot)[:3])
        for lamp in (True, False)
    )
    assert bright > dark + 60


def test_the_bulbs_of_the_workshop_burn_when_there_is_current() -> None:
    """By day, or without electricity, none does."""
    assert len(flames("workshop", hour="dusk")) == 6
    assert not flames("workshop", hour="dusk", lamp=False)
    assert not flames("workshop", hour="day")


BOXES = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 90), st.integers(1, 90))


@given(st.lists(BOXES, max_size=14), st.integers(0, 9))
def test_islands_hold_each_shape_once_and_lie_apart(boxes: list[tuple[int, int, int, int]], gap: int) -> None:
    """Every cut is in one group, and no two groups touch."""
    cuts = [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)] for x, y, w, h in boxes]
    groups = islands(cuts, gap, worth=0)
    assert sorted(map(str, (cut for _, group in groups for cut in group))) == sorted(map(str, cuts))
    for i, (box, _) in enumerate(groups):
        for other, _ in groups[i + 1 :]:
            apart = (box[0] - other[2], other[0] - box[2], box[1] - other[3], other[1] - box[3])
            assert max(apart) >= gap


@given(st.floats(-80, 80), st.floats(-20, 300), st.floats(-30, 200))
def test_a_point_of_the_floor_is_found_again_from_its_pixel(x: float, eye: float, z: float) -> None:
    """Pixels lead back to depths and places in the room."""
    view = Perspective(400, 300, 6, max(4.0, eye), 60)
    column, row = view.at(x, 0, z)
    assert view.z_at(row) == pytest.approx(z, abs=1e-6)
    assert view.x_at(column, z) == pytest.approx(x, abs=1e-6)
