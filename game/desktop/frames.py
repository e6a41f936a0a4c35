"""What a session laid out and drew last, by which it knows what has to be drawn anew."""

from __future__ import annotations

from typing import NamedTuple

from game.desktop.render.item_painter import PointerState
from game.desktop.render.tree_renderer import PageBackground
from game.ui.layout.layout_model import Layout
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import TreeNode


class LaidOutScreen(NamedTuple):
    """A screen of the stack as it was last laid out (`plan`), with all that its layout depends on."""

    app: AppState
    tree: TreeNode
    size: tuple[int, int]
    settings: Settings
    plan_below: Layout | None
    plan: Layout


class DrawnFrame(NamedTuple):
    """What a frame showed.

    `moment` in seconds of animation, `transition` 0 to 1, `cut` 0 to 2, `thumbnails` by node id.
    """

    app: AppState
    size: tuple[int, int]
    pointer: PointerState
    background: PageBackground
    moment: float
    transition: float
    thumbnails: frozenset[str]
    cut: float

    def same_layers(self, other: DrawnFrame) -> bool:
        """Whether both frames are equal but for the background's fade, the animation and the transition."""
        return (
            self.app is other.app
            and (self.size, self.pointer, self.thumbnails) == (other.size, other.pointer, other.thumbnails)
            and self.cut == other.cut
            and self.background.painting is other.background.painting
        )
