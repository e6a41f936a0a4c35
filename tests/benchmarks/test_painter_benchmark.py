"""How long a picture takes at the size of a wall: at most 150 ms for one at 1920 by 1080 on the reference machine."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from game.window.painter import SCENES, paint

BUSY = {"year": 1958, "season": "autumn", "hour": "night", "forest": 9, "furnaces": 6, "crops": "ripe"}


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_whole_picture(benchmark: BenchmarkFixture, scene: str) -> None:
    """Title screen and kiosk: nothing is covered."""
    benchmark.pedantic(paint, args=(scene, BUSY, (1920, 1080)), rounds=5, warmup_rounds=1)


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_picture_beside_a_reading_sheet(benchmark: BenchmarkFixture, scene: str) -> None:
    """In play the right half is covered."""
    clear = pygame.Rect(930, 60, 900, 960)
    benchmark.pedantic(paint, args=(scene, BUSY, (1920, 1080), clear), rounds=5, warmup_rounds=1)
