"""The pictures behind the pages: painted when a page asks for one by its name, and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping

from game.play.page import Picture
from game.web.picture_names import picture_name

# The sizes in pixels that pages may ask for: a browser takes the one that is next to its window.
SIZES: Mapping[str, tuple[int, int]] = {"small": (1024, 768), "laptop": (1366, 768), "large": (1920, 1080)}
MOST_KEPT = 24  # pictures, of 140 to 470 kB each: more than lead to and from any page

Paint = Callable[[Picture, tuple[int, int]], bytes]  # a picture and its size in pixels -> the bytes of a JPEG


class PagePictures:
    """Names pictures, and paints those that were named. Thread-safe; one is painted at a time, and none twice."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._named: dict[str, Picture] = {}
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def name_for(self, picture: Picture | None) -> str:
        """The name by which a page may ask for this picture; "" for none."""
        if picture is None:
            return ""
        name = picture_name(picture)
        self._named[name] = picture
        return name

    def jpeg(self, name: str, size: str) -> bytes:
        """A picture that was named, in one of `SIZES`. Raises KeyError where either is unknown."""
        picture, pixels = self._named[name], SIZES[size]
        with self._lock:
            if (name, size) not in self._kept:
                self._kept[name, size] = self._paint(picture, pixels)
            self._kept.move_to_end((name, size))
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[name, size]
