"""Photograph: an image file of the story's pack in place of a painted scene, scaled and cropped to the window. The
focus is the image's most important point, which should lie in the subject area."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.core.files import FileRefused
from game.core.images import read_image
from game.core.values import frozen
from game.painter.canvas.frame import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

PLAIN = (120, 112, 98)  # in place of an image that cannot be shown
MOST_LARGER = 1.5  # how much larger than the window an image may get, for its focus to be in sight
INSET = 0.2  # the focus keeps this fraction of the subject area's length from a sheet
STRIP = 0.12  # the fraction of an image's length that is its edge
BLUR = 25  # an image's length to the radius of the blur


@frozen
class Stretch:
    """One axis of a picture: its length `room`, and the subject area from `start` to `end`, in pixels."""

    room: float
    start: float
    end: float

    @property
    def zone(self) -> tuple[float, float]:
        """The pixels between which the focus may be: the subject area, less a margin beside the page's text."""
        length = self.end - self.start
        return (self.start + INSET * min(length, self.start), self.end - INSET * min(length, self.room - self.end))

    def wanted_length(self, focus: float) -> float:
        """Return the least length at which an image fills `room` while its `focus` (0 to 1) lies in the zone."""
        low, high = self.zone
        before = low / focus if focus > 0 else 0.0
        behind = (self.room - high) / (1 - focus) if focus < 1 else 0.0
        return max(self.room, before, behind)

    def offset(self, length: float, focus: float) -> float:
        """Return the pixel at which an image of `length` pixels begins. If possible, the image fills `room` with its
        focus in the zone. Otherwise it fills the subject area, its focus as near to the zone as it can be."""
        low, high = self.zone
        filling = min(0.0, max((self.start + self.end) / 2 - focus * length, self.room - length))
        at = min(high, max(low, filling + focus * length))
        return min(self.start, max(at - focus * length, self.end - length))


def photograph(params: Mapping[str, object], frame: Frame) -> pygame.Surface:
    """Return a picture of the image `file` in the pack's `folder` (from `params`), or one colour if it cannot be read.

    The image's focus is at `x` and `y` of `params`, in hundredths of its width and height. The focus comes into the
    subject area, and near the area's middle if the image can still fill the picture. If the focus cannot get into the
    area, the image is enlarged by up to a half. If this is not enough, its blurred edge fills the rest of the picture.
    """
    surface = pygame.Surface((frame.w, frame.h))
    try:
        image = read_image(Path(str(params.get("folder", ""))), str(params.get("file", "")))
    except FileRefused:
        surface.fill(PLAIN)
        return surface
    across = Stretch(frame.w, frame.left, frame.left + frame.width)
    down = Stretch(frame.h, frame.top, frame.top + frame.height)
    x, y = _share(params.get("x")), _share(params.get("y"))
    filling = max(frame.w / image.width, frame.h / image.height)
    reaching = max(across.wanted_length(x) / image.width, down.wanted_length(y) / image.height)
    scale = min(max(filling, reaching), filling * MOST_LARGER)
    left, top = across.offset(image.width * scale, x), down.offset(image.height * scale, y)
    drawn = _cropped(image, (frame.w, frame.h), scale, (left, top))
    surface.blit(pygame.image.frombuffer(drawn.tobytes(), drawn.size, "RGB"), (0, 0))
    return surface


def _share(hundredths: object) -> float:
    return hundredths / 100 if isinstance(hundredths, int) else 0.5


def _cropped(image: Image, size: tuple[int, int], scale: float, at: tuple[float, float]) -> Image:
    """Return a picture of `size` pixels with the scaled `image`, whose upper left corner is at the pixel `at`."""
    from PIL.Image import Transpose  # a story without images does not need it

    (width, height), (left, top) = size, at
    x, y = max(0, round(left)), max(0, round(top))
    right, bottom = min(width, round(left + image.width * scale)), min(height, round(top + image.height * scale))
    box = ((x - left) / scale, (y - top) / scale, (right - left) / scale, (bottom - top) / scale)
    inside = (max(0.0, box[0]), max(0.0, box[1]), min(image.width, box[2]), min(image.height, box[3]))
    seen = image.resize((right - x, bottom - y), box=inside, reducing_gap=2.0)
    turned = _continued(seen.transpose(Transpose.TRANSPOSE), width, x)
    return _continued(turned.transpose(Transpose.TRANSPOSE), height, y)


def _continued(image: Image, height: int, top: int) -> Image:
    """Return a picture `height` pixels high with an image at the row `top`, continued by its blurred outermost
    strips."""
    import PIL.Image  # as above
    import PIL.ImageFilter

    if image.height == height:
        return image
    strip = max(1, round(image.height * STRIP))
    whole = PIL.Image.new("RGB", (image.width, height))
    opaque = PIL.Image.new("L", image.size, 255)
    fade = PIL.Image.linear_gradient("L").resize((image.width, strip))
    lower = image.height - strip
    for start, end, edge in ((0, top + strip, 0), (top + lower, height, lower)):
        if end - start > strip:
            stretched = image.crop((0, edge, image.width, edge + strip)).resize((image.width, end - start))
            whole.paste(stretched.filter(PIL.ImageFilter.GaussianBlur(max(image.size) / BLUR)), (0, start))
            opaque.paste(fade.transpose(PIL.Image.Transpose.FLIP_TOP_BOTTOM) if edge else fade, (0, edge))
    whole.paste(image, (0, top), opaque)
    return whole
