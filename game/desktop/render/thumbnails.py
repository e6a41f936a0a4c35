"""Thumbnails: the small pictures on a screen, painted by the picture cache and shown once they are ready."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game.desktop.render.picture_cache import PictureCache, PictureRequest, request_for
from game.play.page import Picture
from game.ui.tree import TreeNode, walk

SIZE = (480, 300)  # pixels: larger than any thumbnail in a 4k window


class Thumbnails:
    """Requests and finds the thumbnails of a tree; `pictures` paints them."""

    def __init__(self, pictures: PictureCache) -> None:
        self._pictures = pictures
        self._requested: tuple[PictureRequest, ...] = ()

    def ready(self, tree: TreeNode) -> Mapping[str, pygame.Surface]:
        """The thumbnails of a tree that are ready, by node id."""
        found = ((node_id, self._pictures.get(request)) for node_id, request in thumbnail_requests(tree))
        return {node_id: painting.surface for node_id, painting in found if painting is not None}

    def request(self, tree: TreeNode) -> None:
        """Request all thumbnails of a tree, unless they are those of the last call."""
        shown = tuple(request for _, request in thumbnail_requests(tree))
        if shown != self._requested:
            self._requested = shown
            self._pictures.request(*shown)


def thumbnail_request(picture: Picture) -> PictureRequest:
    return request_for(picture, SIZE, (0, 0, 0, 0))


def thumbnail_requests(tree: TreeNode) -> list[tuple[str, PictureRequest]]:
    """The nodes of a tree that show a thumbnail: (node id, request) each."""
    return [
        (node.id, thumbnail_request(node.picture))
        for node in walk(tree)
        if node.role == "image" and node.picture is not None
    ]
