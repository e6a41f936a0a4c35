"""Every scene looks as it did when a person last checked it."""

from __future__ import annotations

from collections.abc import Mapping

import pygame
import pytest

from game.painter import SCENES
from tests.painter.seen_pictures import FILE, places, small_pictures, states

UNSEEN = 2  # largest difference of a small picture, of 255; another SDL may round differently


@pytest.fixture(scope="module")
def seen() -> Mapping[tuple[str, int], bytes]:
    sheet = pygame.image.load(FILE)
    return {(scene, state): pygame.image.tobytes(sheet.subsurface(at), "RGB") for scene, state, at in places()}


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_scene_looks_as_it_did(scene: str, seen: Mapping[tuple[str, int], bytes]) -> None:
    """After an intended change, `python -m tests.painter.seen_pictures` stores the new pictures."""
    for state, now in enumerate(small_pictures(scene)):
        most = max(abs(value - other) for value, other in zip(now, seen[scene, state], strict=True))
        assert most <= UNSEEN, f"{states(scene)[state]}"
