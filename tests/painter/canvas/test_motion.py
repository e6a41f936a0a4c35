"""Motion: slow, fading in and out, and a pure function of time."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.desktop.frames import RATE
from game.painter import painting
from game.painter.canvas.motion import Kind, Move, pieces
from game.painter.canvas.motion_renderer import MotionRenderer
from game.painter.canvas.scene_state import Params
from tests.painter.pictures import SIZE, lightness, pixels

WHOLE = [pygame.Rect(0, 0, *SIZE)]
CELL = 60  # pixels
MOVES: dict[Kind, Move] = {
    "smoke": Move("smoke", (200, 240), (60, -200), 40, (236, 232, 220), seed="a"),
    "plume": Move("plume", (240, 240), (80, -200), 60, (150, 140, 130), seed="b"),
    "steam": Move("steam", (240, 240), (8, -160), 50, (240, 240, 240), seed="c"),
    "flame": Move("flame", (240, 135), (0, 0), 220, (255, 206, 120), seed="d"),
    "snow": Move("snow", (0, 0), SIZE, 3, (244, 245, 242), seed="e"),
    "grain": Move("grain", (240, 40), (4, 180), 4, (236, 200, 120), seed="f"),
    "dust": Move("dust", (100, 30), (80, 200), 3, (250, 240, 220), seed="g", across=(60, 0)),
}
moments = st.floats(0, 4000)


def drawn(move: Move, moment: float, strength: float = 1.0, renderer: MotionRenderer | None = None) -> pygame.Surface:
    surface = pygame.Surface(SIZE)
    surface.fill((70, 66, 60))
    (renderer or MotionRenderer()).draw(surface, [move], moment, WHOLE, strength)
    return surface


@pytest.mark.parametrize("kind", MOVES)
def test_moves_change_with_time(kind: Kind) -> None:
    assert pixels(drawn(MOVES[kind], 5)) != pixels(drawn(MOVES[kind], 7))


@pytest.mark.parametrize("kind", MOVES)
@settings(max_examples=8, deadline=None)
@given(moment=moments)
def test_equal_times_give_equal_pixels(kind: Kind, moment: float) -> None:
    used = MotionRenderer()
    drawn(MOVES[kind], moment / 2, renderer=used)
    assert pixels(drawn(MOVES[kind], moment, renderer=used)) == pixels(drawn(MOVES[kind], moment))


@pytest.mark.parametrize("kind", MOVES)
@settings(max_examples=25, deadline=None)
@given(moment=moments)
def test_brightness_never_jumps(kind: Kind, moment: float) -> None:
    """Between frames no place changes its brightness by a twentieth, nor the whole by a hundredth."""
    before, after = drawn(MOVES[kind], moment), drawn(MOVES[kind], moment + 1 / RATE)
    cells = [pygame.Rect(x, y, CELL, CELL) for x in range(0, 480, CELL) for y in range(0, 240, CELL // 2)]
    assert max(abs(lightness(before, cell) - lightness(after, cell)) for cell in cells) < 255 / 20
    assert abs(lightness(before) - lightness(after)) < 255 / 100


@settings(max_examples=25, deadline=None)
@given(moment=moments, strength=st.floats(0, 1))
def test_flame_only_pulses(moment: float, strength: float) -> None:
    lights = [piece.alpha for piece in pieces(MOVES["flame"], moment)]
    later = [piece.alpha for piece in pieces(MOVES["flame"], moment + 0.33)]
    assert all(0 <= alpha <= 0.17 for alpha in lights)
    assert all(abs(before - other) < 0.04 for before, other in zip(lights, later, strict=True))
    assert lightness(drawn(MOVES["flame"], moment, strength)) <= lightness(drawn(MOVES["flame"], moment))


@settings(max_examples=20, deadline=None)
@given(moment=moments)
def test_snow_is_seen_through_openings_only(moment: float) -> None:
    pane = (100.0, 50.0, 90.0, 120.0)
    move = Move("snow", (0, 0), SIZE, 3, (244, 245, 242), seed="e", through=(pane,))
    surface = pygame.Surface(SIZE)
    boxes = MotionRenderer().draw(surface, [move], moment, WHOLE)
    inside = pygame.Rect(pane)
    assert boxes and all(inside.contains(box) for box in boxes)
    surface.fill((0, 0, 0), inside)
    assert lightness(surface) == 0


def test_only_given_areas_are_drawn() -> None:
    surface = pygame.Surface(SIZE)
    beside = pygame.Rect(0, 0, 200, 270)
    boxes = MotionRenderer().draw(surface, [MOVES["snow"]], 3.0, [beside])
    assert all(beside.contains(box) for box in boxes)
    for box in boxes:
        surface.fill((0, 0, 0), box)
    assert lightness(surface) == 0


@pytest.mark.parametrize(
    ("scene", "params", "moving"),
    [
        ("village", {"smoke": True}, {"smoke"}),
        ("village", {"smoke": False, "furnaces": 0}, set()),
        ("village", {"smoke": False, "furnaces": 3, "glow": True}, {"plume", "flame"}),
        ("village", {"smoke": False, "furnaces": 3, "glow": False}, set()),
        ("village", {"smoke": False, "snow": True}, {"snow"}),
        ("furnaces", {"year": 1958, "furnaces": 6}, {"plume", "flame"}),
        ("desk", {"lamp": True, "snow": False}, {"flame"}),
        ("desk", {"lamp": False, "snow": True}, {"snow"}),
        ("dining", {"steam": True}, {"steam"}),
        ("dining", {"steam": False}, set()),
        ("scales", {"sacks": 6, "snow": False}, {"grain"}),
        ("scales", {"sacks": 0, "snow": False}, set()),
        ("hall", {"lamp": True, "hour": "night"}, {"flame"}),
        ("hall", {"lamp": False, "hour": "day"}, {"dust"}),
    ],
)
def test_moves_follow_the_state(scene: str, params: Params, moving: set[str]) -> None:
    found = {move.kind for move in painting(scene, params, (320, 180)).moves}
    assert moving <= found
    assert not found & ({"smoke", "plume", "steam", "grain"} - moving)
