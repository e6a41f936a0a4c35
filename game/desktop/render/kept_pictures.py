"""Kept pictures: a picture cache that holds on to the few pictures which are shown again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from game.desktop.render.picture_cache import PictureCache, PictureRequest, request_bytes

if TYPE_CHECKING:
    from game.painter import Painting


MOST_KEPT = 150_000_000  # bytes: 18 pictures of 1920 by 1080, four of 3840 by 2160


class KeptPictures:
    """`pictures`, of which those named by `keep` stay once they are painted, however many others come.

    A kiosk that nobody uses goes round the pictures of its invitation all day: painting each of them anew would take
    a sixth of a core. Of large ones only the first are kept, as many as MOST_KEPT bytes hold: the others are asked of
    `pictures` each time, one ahead of its turn.
    """

    def __init__(self, pictures: PictureCache) -> None:
        self._pictures = pictures
        self._kept: dict[PictureRequest, Painting | None] = {}

    def keep(self, requests: Iterable[PictureRequest]) -> None:
        """Keep the first of these that find room, in place of those that were kept before."""
        held, chosen = 0, []
        for request in dict.fromkeys(requests):
            held += request_bytes(request)
            if held > MOST_KEPT:
                break
            chosen.append(request)
        self._kept = {request: self._kept.get(request) for request in chosen}

    def get(self, request: PictureRequest) -> Painting | None:
        """The painting, or None while it is not ready."""
        found = self._kept.get(request) or self._pictures.get(request)
        if request in self._kept:
            self._kept[request] = found
        return found

    def request(self, *requests: PictureRequest) -> None:
        """Have these painted, the first one first; those that are kept are ready."""
        self._pictures.request(*[request for request in requests if self._kept.get(request) is None])
