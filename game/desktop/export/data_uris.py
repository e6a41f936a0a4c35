"""Data URIs: paints pictures as JPEGs embedded in an HTML page."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator

import pygame

from game.painter import paint
from game.play.page import Picture

SIZE = (960, 540)  # pixels: 135 dpi on A4, and some 120 kB


def data_uris(pictures: Iterable[Picture]) -> Iterator[str]:
    """Yield the data URI (`data:image/jpeg;base64,...`) of each picture once it is painted; equal ones only once."""
    painted: dict[tuple[object, ...], str] = {}
    for picture in pictures:
        key = picture.scene, *sorted(picture.params.items())
        if key not in painted:
            stream = io.BytesIO()
            pygame.image.save(paint(picture.scene, picture.params, SIZE), stream, "plate.jpg")
            painted[key] = f"data:image/jpeg;base64,{base64.b64encode(stream.getvalue()).decode('ascii')}"
        yield painted[key]
