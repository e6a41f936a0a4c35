"""The village as layered cut paper, painted from the state of a playthrough. It knows nothing of the story."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from game import scene_table
from game.painter.canvas import paper
from game.painter.canvas.frame import frame as frame_of
from game.painter.canvas.motion import Move
from game.painter.canvas.motion_renderer import MotionRenderer
from game.painter.canvas.palette import palette
from game.painter.canvas.scene_state import Params, read
from game.painter.props.furnaces import furnaces
from game.painter.scenes.claypit import claypit
from game.painter.scenes.county import county
from game.painter.scenes.courtyard import courtyard
from game.painter.scenes.desk import desk
from game.painter.scenes.dike import dike
from game.painter.scenes.dining import dining
from game.painter.scenes.grove import grove
from game.painter.scenes.hall import hall
from game.painter.scenes.kitchen import kitchen
from game.painter.scenes.plain import brickworks, plain
from game.painter.scenes.reservoir import reservoir
from game.painter.scenes.scales import scales
from game.painter.scenes.showfield import showfield
from game.painter.scenes.street import street
from game.painter.scenes.village import village
from game.painter.scenes.workshop import workshop

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
SCENES = frozenset(_SCENES)  # those of game/scene_table.py: each of the table has its painter


class Painting(NamedTuple):
    """A picture as it lies still, and what moves over it. Without its moves it is not whole: snow is one of them."""

    surface: pygame.Surface
    moves: tuple[Move, ...]


def painting(scene: str, params: Params, size: tuple[int, int], clear: pygame.Rect | None = None) -> Painting:
    """A picture of `size` pixels; equal inputs give equal pixels and equal moves.

    clear: the rectangle that a reading sheet will cover: the subject stands in what is left.
    An unknown scene is the village; missing or odd parameters get likely values, numbers are clamped.
    """
    known = scene_table.SCENES.get(scene)
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
