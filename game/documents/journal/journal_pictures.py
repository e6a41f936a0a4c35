"""Which pages of a reading have a picture in its journal: one for each chapter, and the last."""

from __future__ import annotations

from collections.abc import Mapping

from game.play import Playthrough
from game.play.page import Picture


def illustrations(playthrough: Playthrough) -> Mapping[int, Picture]:
    """The picture of each page that has one, by the page's number from 0.

    Within a chapter the village hardly changes, so its first page alone has one, and an ending.
    """
    found: dict[int, Picture] = {}
    chapter = None
    for number, page in enumerate(playthrough.pages):
        if page.picture is not None and (page.chapter != chapter or page.ending is not None):
            found[number] = page.picture
        chapter = page.chapter
    return found
