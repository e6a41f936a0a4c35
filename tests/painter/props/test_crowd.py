"""Crowd: small figures in a stable order."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.painter.canvas.paper import Shape
from game.painter.props import crowd

PATH = [(0.0, 50.0), (200.0, 30.0), (20.0, 10.0)]


def came(share: float) -> list[Shape]:
    return crowd.procession(random.Random("line"), PATH, 12.0, 9.0, share=share)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None, max_examples=30)
def test_fewer_people_leave_the_others_in_place(some: float, other: float) -> None:
    few, many = sorted((some, other))
    everybody = came(many)
    assert all(cut in everybody for cut in came(few))


def test_a_whole_procession_is_many_and_an_empty_one_is_nobody() -> None:
    assert len(came(1.0)) > 150
    assert came(0.0) == []


@pytest.mark.parametrize("doing", get_args(crowd.Doing))
@pytest.mark.parametrize("facing", [-1, 1])
def test_walkers_stand_on_the_ground_at_their_height(doing: crowd.Doing, facing: int) -> None:
    for seed in range(8):
        points = [p for cut in crowd.walker(random.Random(seed), 20.0, doing, facing) for p in cut]
        assert -26 <= min(y for _, y in points) <= -11
        assert max(y for _, y in points) <= 3
        assert max(abs(x) for x, _ in points) <= 20


def test_nobody_wears_a_cone_hat() -> None:
    """Above the chin a head is no wider than in a cap or kerchief: nobody in Anhui wore a cone hat."""
    size = 20.0
    for seed in range(40):
        points = [p for cut in crowd.walker(random.Random(seed), size, "standing") for p in cut]
        tall = max(y for _, y in points) - min(y for _, y in points)
        crown = [x for x, y in points if y < min(y for _, y in points) + 0.18 * tall]
        assert max(abs(x) for x in crown) < 0.175 * size
