"""PNG: files are whole, and decode to what was drawn."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pygame
import pytest

from game.desktop.export.shots import encode_png, write_png


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (320, 180)])
def test_encoded_pixels_decode_unchanged(size: tuple[int, int]) -> None:
    """Each pixel comes back."""
    pixels = random.Random(3).randbytes(size[0] * size[1] * 3)
    surface = pygame.image.frombytes(pixels, size, "RGB")
    read = pygame.image.load(io.BytesIO(encode_png(surface)), "picture.png")
    assert (read.get_size(), pygame.image.tobytes(read, "RGB")) == (size, pixels)


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle of writing, there is no half of it."""

    def stopped(self: Path, other: Path) -> Path:
        assert self.read_bytes() == b"picture"
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_png(tmp_path, "a.png", b"picture")
    assert list(tmp_path.iterdir()) == []
