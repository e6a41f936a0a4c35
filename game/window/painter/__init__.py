"""The village as layered cut paper, painted from the state of a playthrough. It knows nothing of the story."""

from __future__ import annotations

import pygame

from game.window.painter import paper
from game.window.painter.county import county
from game.window.painter.courtyard import courtyard
from game.window.painter.desk import desk
from game.window.painter.dining import dining
from game.window.painter.frame import frame as frame_of
from game.window.painter.furnaces import furnaces
from game.window.painter.hall import hall
from game.window.painter.palette import palette
from game.window.painter.scales import scales
from game.window.painter.state import Params, read
from game.window.painter.village import village

_SCENES = {
    "county": county,
    "courtyard": courtyard,
    "desk": desk,
    "dining": dining,
    "furnaces": furnaces,
    "hall": hall,
    "scales": scales,
    "village": village,
}
_NIGHT = frozenset({"furnaces", "desk"})
SCENES = frozenset(_SCENES)


def paint(scene: str, params: Params, size: tuple[int, int], clear: pygame.Rect | None = None) -> pygame.Surface:
    """A picture of `size` pixels; equal inputs give equal pixels.

    clear: the rectangle that a reading sheet will cover: the subject stands in what is left.
    An unknown scene is the village; missing or odd parameters get likely values, numbers are clamped.
    """
    state = read(params, night=scene in _NIGHT)
    colours = palette(state)
    frame = frame_of(size, clear)
    on = paper.table((frame.w, frame.h), colours.shadow, frame.u / 9)
    _SCENES.get(scene, village)(on, frame, colours, state)
    return on.surface
