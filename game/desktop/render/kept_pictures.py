"""Kept pictures: a picture cache that holds on to the few pictures which are shown again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from game.desktop.render.picture_cache import PictureCache, PictureRequest

if TYPE_CHECKING:
    from game.painter import Painting


class KeptPictures:
    """`pictures`, of which those named by `keep` stay once they are painted, however many others come.

    A kiosk that nobody uses goes round the pictures of its invitation all day: painting each of them anew would take
    a sixth of a core.
    """

    def __init__(self, pictures: PictureCache) -> None:
        self._pictures = pictures
        self._kept: dict[PictureRequest, Painting | None] = {}

    def keep(self, requests: Iterable[PictureRequest]) -> None:
        """Keep these, in place of those that were kept before."""
        self._kept = {request: self._kept.get(request) for request in requests}

    def get(self, request: PictureRequest) -> Painting | None:
        """The painting, or None while it is not ready."""
        found = self._kept.get(request) or self._pictures.get(request)
        if request in self._kept:
            self._kept[request] = found
        return found

    def request(self, *requests: PictureRequest) -> None:
        """Have these painted, the first one first; those that are kept are ready."""
        self._pictures.request(*[request for request in requests if self._kept.get(request) is None])
