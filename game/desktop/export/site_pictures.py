"""Site pictures: paints pictures for HTML pages, one by one, as RGB bytes, as a JPEG or as a data URI."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator

import pygame

from game.desktop.render.paper_shapes import pg
from game.painter import paint
from game.play.page import Picture
from game.ui.layout.placement import page_area, tools_foot
from game.ui.settings import DEFAULT


def site_pictures(pictures: Iterable[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
    """Yield the RGB bytes of each picture, painted in `size` pixels. With `beside_sheet`, each picture's subject stands
    where the reading sheet and the row of buttons do not cover it in a window of this size."""
    covered, foot = None, 0
    if beside_sheet:
        covered, foot = pg(page_area(size, DEFAULT)), tools_foot(size, DEFAULT)
    for picture in pictures:
        yield pygame.image.tobytes(paint(picture.scene, picture.painted, size, covered, foot), "RGB")


def jpeg_picture(picture: Picture, size: tuple[int, int]) -> bytes:
    """Return one picture of `size` pixels as a JPEG."""
    stream = io.BytesIO()
    pygame.image.save(paint(picture.scene, picture.painted, size), stream, "picture.jpg")
    return stream.getvalue()


SIZE = (960, 540)  # pixels: 135 dpi on A4, and some 120 kB


def data_uris(pictures: Iterable[Picture]) -> Iterator[str]:
    """Yield the data URI (`data:image/jpeg;base64,...`) of each picture, in order, painting equal ones only once."""
    painted: dict[tuple[object, ...], str] = {}
    for picture in pictures:
        key = picture.scene, *sorted(picture.params.items())
        if key not in painted:
            painted[key] = f"data:image/jpeg;base64,{base64.b64encode(jpeg_picture(picture, SIZE)).decode('ascii')}"
        yield painted[key]
