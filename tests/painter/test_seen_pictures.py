"""Every scene looks as it did when somebody last looked at it."""

from __future__ import annotations

from collections.abc import Mapping

import pygame
import pytest

from game.painter import SCENES
from tests.painter.seen_pictures import FILE, places, small_pictures, states

UNSEEN = 2  # levels of 255 by which a small picture may differ anywhere: another SDL may round otherwise


@pytest.fixture(scope="module")
def seen() -> Mapping[tuple[str, int], bytes]:
    """The pictures that were looked at, by scene and number."""
    sheet = pygame.image.load(FILE)
    return {(scene, state): pygame.image.tobytes(sheet.subsurface(at), "RGB") for scene, state, at in places()}


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_scene_looks_as_it_did(scene: str, seen: Mapping[tuple[str, int], bytes]) -> None:
    """Where it is meant to look otherwise, `python -m tests.painter.seen_pictures` keeps the new pictures."""
    for state, now in enumerate(small_pictures(scene)):
        most = max(abs(one - other) for one, other in zip(now, seen[scene, state], strict=True))
        assert most <= UNSEEN, f"{states(scene)[state]}"
