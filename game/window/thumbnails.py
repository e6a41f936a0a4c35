"""The small pictures that stand on a screen: painted beside the frame as the large one is, and shown when they are."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game.play.page import Picture
from game.ui.tree import Node, walk
from game.window.pictures import Pictures, Wanted, wanted

SIZE = (480, 300)  # pixels: more than a thumbnail takes at 4k


class Thumbnails:
    """Keeps what is shown from one frame to the next; `pictures` paints."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._asked: tuple[Wanted, ...] = ()

    def ready(self, tree: Node) -> Mapping[str, pygame.Surface]:
        """The small pictures of a tree that are painted, by their nodes."""
        found = ((node_id, self._pictures.get(what)) for node_id, what in _wishes(tree))
        return {node_id: painting.surface for node_id, painting in found if painting is not None}

    def ask(self, tree: Node) -> None:
        """Have those painted that a tree shows."""
        wishes = tuple(what for _, what in _wishes(tree))
        if wishes != self._asked:
            self._asked = wishes
            self._pictures.ask(*wishes)


def small(picture: Picture) -> Wanted:
    return wanted(picture, SIZE, (0, 0, 0, 0))


def _wishes(tree: Node) -> list[tuple[str, Wanted]]:
    return [(node.id, small(node.picture)) for node in walk(tree) if node.role == "image" and node.picture is not None]
