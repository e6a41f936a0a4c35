"""The village as layered cut paper, painted from the state of a playthrough. It knows nothing of the story."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from game import scenes
from game.window.painter import paper
from game.window.painter.claypit import claypit
from game.window.painter.county import county
from game.window.painter.courtyard import courtyard
from game.window.painter.desk import desk
from game.window.painter.dike import dike
from game.window.painter.dining import dining
from game.window.painter.frame import frame as frame_of
from game.window.painter.furnaces import furnaces
from game.window.painter.grove import grove
from game.window.painter.hall import hall
from game.window.painter.kitchen import kitchen
from game.window.painter.motion import Move
from game.window.painter.moving import MotionRenderer
from game.window.painter.palette import palette
from game.window.painter.plain import brickworks, plain
from game.window.painter.reservoir import reservoir
from game.window.painter.scales import scales
from game.window.painter.showfield import showfield
from game.window.painter.state import Params, read
from game.window.painter.street import street
from game.window.painter.village import village
from game.window.painter.workshop import workshop

_SCENES = {
    "brickworks": brickworks,
    "claypit": claypit,
    "county": county,
    "courtyard": courtyard,
    "desk": desk,
    "dike": dike,
    "dining": dining,
    "furnaces": furnaces,
    "hall": hall,
    "kitchen": kitchen,
    "orchard": grove,
    "plain": plain,
    "reservoir": reservoir,
    "scales": scales,
    "showfield": showfield,
    "street": street,
    "village": village,
    "workshop": workshop,
}
SCENES = frozenset(_SCENES)  # those of game/scenes.py: each of the table has its painter


class Painting(NamedTuple):
    """A picture as it lies still, and what moves over it. Without its moves it is not whole: snow is one of them."""

    surface: pygame.Surface
    moves: tuple[Move, ...]


def painting(scene: str, params: Params, size: tuple[int, int], clear: pygame.Rect | None = None) -> Painting:
    """A picture of `size` pixels; equal inputs give equal pixels and equal moves.

    clear: the rectangle that a reading sheet will cover: the subject stands in what is left.
    An unknown scene is the village; missing or odd parameters get likely values, numbers are clamped.
    """
    known = scenes.SCENES.get(scene)
    state = read(params, night=known is not None and known.night)
    colours = palette(state)
    frame = frame_of(size, clear)
    on = paper.table((frame.w, frame.h), colours.shadow, frame.u / 9)
    _SCENES.get(scene, village)(on, frame, colours, state)
    return Painting(on.surface, tuple(on.moves))


def paint(scene: str, params: Params, size: tuple[int, int], clear: pygame.Rect | None = None) -> pygame.Surface:
    """A whole picture at rest: a painting with what moves over it as it stands at the first moment."""
    surface, moves = painting(scene, params, size, clear)
    MotionRenderer().draw(surface, moves, 0.0, [surface.get_rect()])
    return surface
