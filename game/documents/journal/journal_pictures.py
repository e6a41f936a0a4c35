"""Journal pictures: which pages of a playthrough have a picture in its journal."""

from __future__ import annotations

from collections.abc import Mapping

from game.play import Playthrough
from game.play.page import Picture


def illustrations(playthrough: Playthrough) -> Mapping[int, Picture]:
    """Return the pictures of the journal by page number, from 0: the pictures of each chapter's first page and of
    endings.

    Within a chapter the village hardly changes.
    """
    found: dict[int, Picture] = {}
    chapter = None
    for number, page in enumerate(playthrough.pages):
        if page.picture is not None and (page.chapter != chapter or page.ending is not None):
            found[number] = page.picture
        chapter = page.chapter
    return found
