"""The pictures between two paintings: their ends, and the way between."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import painter, scene_table
from game.core.parameters import BoolParameter, IntegerParameter, WordParameter
from game.painter.canvas.part import Part
from game.painter.canvas.picture_change import ChangeBuffers, PictureChange
from tests.painter.pictures import lightness, pixels

SIZE = (480, 320)
COVERED = (240, 20, 220, 280)
AUTUMN: dict[str, Any] = {"year": 1958, "season": "autumn"}
Case = tuple[str, dict[str, Any], dict[str, Any]]  # a scene, its parameters, and the changed ones
CASES: dict[str, Case] = {
    "the wok is put on the cart": ("courtyard", {**AUTUMN, "wok": True, "thing": "cart"}, {"wok": False}),
    "the jar is carried off": ("courtyard", {**AUTUMN, "jar": 8}, {"jar": 0}),
    "a coat is gone": ("courtyard", {**AUTUMN, "coats": 6}, {"coats": 5}),
    "bowls are lifted away": ("kitchen", {"year": 1960, "season": "winter", "bowls": 5}, {"bowls": 3}),
    "a bowl is lifted away": ("dining", {"year": 1959, "bowls": 6}, {"bowls": 5}),
    "the scale tips": ("scales", {**AUTUMN, "sacks": 12}, {"sacks": 7}),
    "trees fall": ("furnaces", {**AUTUMN, "forest": 10, "furnaces": 6}, {"forest": 7}),
    "pear trees fall": ("orchard", {"year": 1959, "season": "spring", "pears": 10}, {"pears": 0}),
    "furnaces take light": ("furnaces", {**AUTUMN, "furnaces": 0}, {"furnaces": 6}),
    "a leaf is written": ("desk", {"year": 1959, "leaves": 8, "thing": "slag"}, {"leaves": 9, "thing": "stamp"}),
    "years pass": ("village", {**AUTUMN, "forest": 10}, {"year": 1960, "forest": 2, "season": "winter"}),
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
GREY, WHITE, DARK, RED = (90, 90, 90), (240, 240, 240), (30, 30, 30), (140, 40, 40)


@cache
def painted(scene: str, params: tuple[tuple[str, Any], ...]) -> painter.Painting:
    return painter.painting(scene, dict(params), SIZE, pygame.Rect(COVERED), 12)


def change(scene: str, before: dict[str, Any], after: dict[str, Any]) -> PictureChange:
    first, last = (tuple(sorted(params.items())) for params in (before, {**before, **after}))
    return PictureChange(painted(scene, first), painted(scene, last), same_scene=True)


def picture(of: PictureChange, progress: float) -> pygame.Surface:
    target = pygame.Surface(SIZE, 0, 32)
    target.fill((255, 0, 255))
    of.draw(target, target.get_rect(), progress)
    return target


def distance(first: pygame.Surface, other: pygame.Surface) -> float:
    """The difference of two pictures: the mean over all channels, 0 to 255."""
    a, b = (np.frombuffer(pixels(each), np.uint8).astype(np.int16) for each in (first, other))
    return float(np.abs(a - b).mean())


@st.composite
def two_states(draw: st.DrawFn) -> Case:
    scene = draw(st.sampled_from(sorted(scene_table.SCENES)))
    table = {**scene_table.VILLAGE, **scene_table.SCENES[scene].props}

    def value(kind: object) -> st.SearchStrategy[Any]:
        if isinstance(kind, IntegerParameter):
            return st.integers(kind.low, kind.high)
        if isinstance(kind, WordParameter):
            return st.sampled_from(kind.words)
        assert isinstance(kind, BoolParameter)
        return st.booleans()

    before = {name: draw(value(kind)) for name, kind in table.items()}
    changed = draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=3, unique=True))
    return scene, before, {name: draw(value(table[name])) for name in changed}


@settings(max_examples=25, deadline=None)
@given(two_states())
def test_a_change_starts_at_the_one_painting_and_ends_at_the_other(states: Case) -> None:
    found = change(*states)
    before, after = found.before.surface, found.after.surface
    assert pixels(picture(found, 0.0)) == pixels(before)
    assert pixels(picture(found, 1.0)) == pixels(after)
    step = 0.05 * distance(before, after) + 0.6
    assert distance(picture(found, 0.004), before) < step
    assert distance(picture(found, 0.996), after) < step


def test_buffers_of_another_change_alter_no_picture() -> None:
    buffers = ChangeBuffers((7, 5))
    for name in ("a coat is gone", "the scale tips", "a bowl is lifted away", "the scale tips"):
        alone = change(*CASES[name])
        shared = PictureChange(alone.before, alone.after, same_scene=True, buffers=buffers)
        buffers = shared.buffers
        for share in (0.3, 0.7):
            assert pixels(picture(shared, share)) == pixels(picture(alone, share)), name
        assert pixels(picture(shared, 0.0)) == pixels(alone.before.surface)
    assert buffers.size == SIZE


@each_case
def test_what_changes_is_seen_to_change(case: Case) -> None:
    found = change(*case)
    assert found.has_parts
    faded = PictureChange(found.before, found.after, same_scene=False)
    assert not faded.has_parts
    assert max(distance(picture(found, share), picture(faded, share)) for share in (0.3, 0.5, 0.7)) > 0.02


@each_case
def test_no_step_of_a_change_is_a_flash(case: Case) -> None:
    found = change(*case)
    shown = [picture(found, i / 28) for i in range(29)]
    light = [lightness(each) for each in shown]
    low, high = min(light[0], light[-1]), max(light[0], light[-1])
    assert all(low - 3 <= each <= high + 3 for each in light)
    steps = [distance(before, other) for before, other in pairwise(shown)]
    assert max(steps) < 0.25 * distance(shown[0], shown[-1]) + 1.5


@each_case
def test_a_change_drawn_in_strips_is_the_same_picture(case: Case) -> None:
    found, other = change(*case), change(*case)
    strips = pygame.Surface(SIZE, 0, 32)
    for part in (pygame.Rect(0, 0, 100, 320), pygame.Rect(100, 0, 380, 90), pygame.Rect(100, 90, 380, 230)):
        found.draw(strips, part, 0.45)
    assert pixels(strips) == pixels(picture(other, 0.45))


def test_only_where_pictures_differ_a_change_draws() -> None:
    found = change(*CASES["a coat is gone"])
    assert found.area.h < SIZE[1] / 3
    halfway, outside = picture(found, 0.5), found.after.surface.copy()
    for surface in (halfway, outside):
        surface.fill((0, 0, 0), found.area)
    assert pixels(halfway) == pixels(outside)


def square(name: str, x: int, y: int, **how: Any) -> Part:
    return Part(name, (((x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20)),), **how)


def still(*things: tuple[Part, tuple[int, int, int]]) -> painter.Painting:
    surface = pygame.Surface((100, 60), 0, 32)
    surface.fill(GREY)
    for part, colour in things:
        surface.fill(colour, (*part.outlines[0][0], 20, 20))
    return painter.Painting(surface, (), tuple(part for part, _ in things))


def between(first: painter.Painting, last: painter.Painting, progress: float) -> pygame.Surface:
    target = pygame.Surface((100, 60), 0, 32)
    PictureChange(first, last, same_scene=True).draw(target, target.get_rect(), progress)
    return target


def colours(of: pygame.Surface, *columns: int) -> list[tuple[int, ...]]:
    return [tuple(of.get_at((x, 30)))[:3] for x in columns]


def test_a_thing_goes_its_way_and_leaves_its_place() -> None:
    shown = between(still((square("cup", 10, 20, away=(40.0, 0.0)), WHITE)), still(), 0.75 * 0.5)
    place, thing = colours(shown, 13, 40)
    assert place == GREY and thing[0] > 230


def test_what_goes_is_never_seen_through() -> None:
    first = still((square("cup", 10, 20, away=(30.0, 0.0)), WHITE))
    shown = [between(first, still(), progress) for progress in (0.2, 0.4, 0.5, 0.6)]
    left = [pygame.mask.from_threshold(each, WHITE, (20, 20, 20, 255)).count() for each in shown]
    assert left[0] > 390 and left == sorted(left, reverse=True) and left[-1] > 4


def test_what_takes_the_place_of_a_thing_comes_when_that_is_gone() -> None:
    """In the middle of the change both are absent, and the surroundings are visible."""
    shown = between(still((square("iron", 10, 20), WHITE)), still((square("straw", 14, 22), DARK)), 0.5)
    assert colours(shown, 12, 20, 32) == [GREY] * 3


@pytest.mark.parametrize("scene", [name for name, scene in scene_table.SCENES.items() if scene.indoors])
def test_no_tree_falls_through_a_wall(scene: str) -> None:
    """What windows show changes with its view; by itself it would be drawn over the wall."""
    assert not [part.name for part in painted(scene, tuple({**AUTUMN, "forest": 10}.items())).parts if part.fall]


def test_a_thing_that_stands_otherwise_moves_there() -> None:
    first = still((square("weight", 10, 20, at=(20.0, 30.0)), DARK))
    last = still((square("weight", 50, 20, at=(60.0, 30.0)), DARK))
    assert colours(between(first, last, 0.5), 14, 40, 66) == [GREY, DARK, GREY]


def test_what_stands_in_front_stays_there() -> None:
    sack, post = (square("sack", 10, 20, away=(40.0, 0.0)), WHITE), (square("post", 35, 20, in_front=True), RED)
    assert colours(between(still(sack, post), still(post), 0.75 * 0.5), 45) == [RED]


def test_preparing_takes_several_short_steps() -> None:
    found = change(*CASES["pear trees fall"])
    steps = 1
    while not found.prepare():
        steps += 1
    assert steps > 20
    assert found.prepare()


def test_many_large_parts_are_turned_without_smoothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Smoothing takes four times as long: felled trees on a large screen would delay frames."""
    smoothed: list[pygame.Surface] = []
    rotozoom = pygame.transform.rotozoom

    def watched(image: pygame.Surface, degrees: float, size: float) -> pygame.Surface:
        smoothed.append(image)
        return rotozoom(image, degrees, size)

    monkeypatch.setattr(pygame.transform, "rotozoom", watched)
    counts = []
    for size in ((960, 540), (3840, 2160)):
        smoothed.clear()
        params: dict[str, int | str] = {"year": 1959, "season": "spring"}
        before, after = (painter.painting("orchard", {**params, "pears": pears}, size) for pears in (10, 0))
        found = PictureChange(before, after, same_scene=True)
        found.draw(pygame.Surface(size, 0, 32), pygame.Rect(0, 0, *size), 0.4)
        counts.append(len(smoothed))
    assert counts[0] > 5 and counts[1] == 0


def test_names_of_parts_are_unique_in_every_scene() -> None:
    for scene in scene_table.SCENES:
        names = [part.name for part in painted(scene, tuple(AUTUMN.items())).parts]
        assert len(names) == len(set(names)), scene
