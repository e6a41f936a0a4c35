"""Photograph: an image of the pack in place of a painted scene, scaled and cropped to the window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pygame

from game.core.files import FileRefused
from game.core.images import read_image
from game.painter.canvas.frame import Frame

PLAIN = (120, 112, 98)  # in place of an image that cannot be shown


def photograph(params: Mapping[str, object], frame: Frame) -> pygame.Surface:
    """Return the image `file` of the pack in `folder`, as large as the picture.

    What lies at `x` and `y`, in hundredths of the image's width and height, comes as near as it can to the middle of
    the subject area, which no sheet covers.
    """
    surface = pygame.Surface((frame.w, frame.h))
    try:
        image = read_image(Path(str(params.get("folder", ""))), str(params.get("file", "")))
    except FileRefused:
        surface.fill(PLAIN)
        return surface
    scale = max(frame.w / image.width, frame.h / image.height)
    shown = frame.w / scale, frame.h / scale  # pixels of the image that the picture has room for
    middle = (frame.left + frame.width / 2) / scale, (frame.top + frame.height / 2) / scale
    left = _placed(image.width, shown[0], _share(params.get("x")) * image.width - middle[0])
    top = _placed(image.height, shown[1], _share(params.get("y")) * image.height - middle[1])
    box = (left, top, min(image.width, left + shown[0]), min(image.height, top + shown[1]))
    resized = image.resize((frame.w, frame.h), box=box, reducing_gap=2.0)
    surface.blit(pygame.image.frombuffer(resized.tobytes(), resized.size, "RGB"), (0, 0))
    return surface


def _share(hundredths: object) -> float:
    return hundredths / 100 if isinstance(hundredths, int) else 0.5


def _placed(length: float, room: float, start: float) -> float:
    """Return where a stretch of `room` begins within `length`, as near to `start` as it can."""
    return max(0.0, min(start, length - room))
