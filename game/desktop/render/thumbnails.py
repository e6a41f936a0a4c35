"""The small pictures that stand on a screen: painted beside the frame as the large one is, and shown when they are."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game.desktop.render.picture_cache import PictureCache, PictureRequest, request_for
from game.play.page import Picture
from game.ui.tree import TreeNode, walk

SIZE = (480, 300)  # pixels: more than a thumbnail takes at 4k


class Thumbnails:
    """Keeps what is shown from one frame to the next; `pictures` paints."""

    def __init__(self, pictures: PictureCache) -> None:
        self._pictures = pictures
        self._asked: tuple[PictureRequest, ...] = ()

    def ready(self, tree: TreeNode) -> Mapping[str, pygame.Surface]:
        """The small pictures of a tree that are painted, by their nodes."""
        found = ((node_id, self._pictures.get(what)) for node_id, what in wishes(tree))
        return {node_id: painting.surface for node_id, painting in found if painting is not None}

    def ask(self, tree: TreeNode) -> None:
        """Have those painted that a tree shows."""
        shown = tuple(what for _, what in wishes(tree))
        if shown != self._asked:
            self._asked = shown
            self._pictures.ask(*shown)


def small(picture: Picture) -> PictureRequest:
    return request_for(picture, SIZE, (0, 0, 0, 0))


def wishes(tree: TreeNode) -> list[tuple[str, PictureRequest]]:
    """The nodes of a tree that show a small picture, each with what is to be painted for it."""
    return [(node.id, small(node.picture)) for node in walk(tree) if node.role == "image" and node.picture is not None]
