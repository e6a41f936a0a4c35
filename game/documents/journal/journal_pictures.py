"""Journal pictures: which pages of a playthrough have a picture in its journal."""

from __future__ import annotations

from collections.abc import Mapping

from game.play import Playthrough
from game.play.page import Picture


def illustrations(playthrough: Playthrough) -> Mapping[int, Picture]:
    """Return the journal's pictures by page number, from 0: those of endings, and of the first page of each chapter,
    because the village hardly changes within a chapter."""
    found: dict[int, Picture] = {}
    chapter = None
    for number, page in enumerate(playthrough.pages):
        if page.picture is not None and (page.chapter != chapter or page.ending is not None):
            found[number] = page.picture
        chapter = page.chapter
    return found
