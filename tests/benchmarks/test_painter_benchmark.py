"""How long a picture takes at 1920 by 1080 (at most 150 ms), beside decoding and scaling a PNG of that size."""

from __future__ import annotations

import io
import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from game.painter import SCENES, painting

SIZE = (1920, 1080)
BUSY: dict[str, int | bool | str] = {
    "year": 1958, "season": "autumn", "hour": "night", "forest": 9, "furnaces": 6, "crops": "ripe", "people": 10,
    "smoke": True, "lamps": 10, "thing": "hat",
}  # fmt: skip


@pytest.mark.parametrize("clear", [None, pygame.Rect(930, 60, 900, 960)], ids=["whole", "beside a reading sheet"])
@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_picture(benchmark: BenchmarkFixture, scene: str, clear: pygame.Rect | None) -> None:
    benchmark.pedantic(painting, args=(scene, BUSY, SIZE, clear), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("shipped", [SIZE, (3840, 2160)], ids=["as large", "for every screen"])
def test_the_peer_a_stock_picture(benchmark: BenchmarkFixture, shipped: tuple[int, int]) -> None:
    stream = io.BytesIO()
    pygame.image.save(painting("village", BUSY, shipped).surface, stream, "village.png")
    data = stream.getvalue()

    def loaded() -> pygame.Surface:
        return pygame.transform.smoothscale(pygame.image.load(io.BytesIO(data), "village.png"), SIZE)

    benchmark.pedantic(loaded, rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
