"""Data URIs: pictures embedded in HTML."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import pygame

from game.desktop.export.site_pictures import SIZE, data_uris
from game.play.page import Picture


def test_each_picture_becomes_a_jpeg_data_uri() -> None:
    yard = Picture("courtyard", {"jar": 3}, "A yard.")
    first, again, other = data_uris([yard, Picture("courtyard", {"jar": 3}, "The same."), Picture("village", {})])
    assert first is again
    assert other != first
    kind, _, data = first.partition(",")
    assert kind == "data:image/jpeg;base64"
    content = base64.b64decode(data, validate=True)
    assert pygame.image.load(io.BytesIO(content), "plate.jpg").get_size() == SIZE
    assert len(content) < 300_000


def test_pictures_are_painted_lazily() -> None:

    def pictures() -> Iterator[Picture]:
        yield Picture("village", {})
        raise AssertionError("nobody asked for the second one")

    assert next(data_uris(pictures())).startswith("data:")
