"""Painter: paints the scenes of game/scene_table.py as cut paper, from parameters. It knows nothing of the story.

The colours come from `year`, `season`, `hour`, `crops`, `furnaces` and `glow` (game/painter/canvas/palette.py).

Scenes and props get a `Brush`, which paints and knows the colours, the parameters and the subject area: the part of the
picture that the page's text does not cover. Unless a docstring says otherwise, other arguments mean:

x, y, `left`, `top`: columns and rows, in pixels.
`base`, `foot`: the row on which a thing stands, in pixels.
`u`: the number of pixels in a unit, the length in which scenes are measured.
`k`: the number of pixels in a unit at the depth of the thing that is drawn.
`z`: a depth, in units.
`near`: 0 (far) to 1 (near).
`seed`: makes randomness repeatable.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pygame

from game import scene_table
from game.painter.canvas.brush import blank
from game.painter.canvas.film import projected
from game.painter.canvas.frame import Frame
from game.painter.canvas.frame import frame as frame_of
from game.painter.canvas.motion import Move
from game.painter.canvas.motion_renderer import MotionRenderer
from game.painter.canvas.palette import palette
from game.painter.canvas.part import Part
from game.painter.canvas.scene_state import Params, read
from game.painter.photograph import photograph
from game.painter.props.furnaces import furnaces
from game.painter.scenes.barn import barn
from game.painter.scenes.claypit import claypit
from game.painter.scenes.corridor import corridor
from game.painter.scenes.county import county
from game.painter.scenes.courtyard import courtyard
from game.painter.scenes.desk import desk
from game.painter.scenes.dike import dike
from game.painter.scenes.dining import dining
from game.painter.scenes.grove import grove
from game.painter.scenes.hall import hall
from game.painter.scenes.kitchen import kitchen
from game.painter.scenes.lane import lane
from game.painter.scenes.office import office
from game.painter.scenes.plain import brickworks, plain
from game.painter.scenes.presidium import presidium
from game.painter.scenes.reservoir import reservoir
from game.painter.scenes.road import road
from game.painter.scenes.scales import scales
from game.painter.scenes.showfield import showfield
from game.painter.scenes.street import street
from game.painter.scenes.village import village, years
from game.painter.scenes.village_map import village_map
from game.painter.scenes.workshop import workshop

_SCENES = {
    "barn": barn, "brickworks": brickworks, "claypit": claypit, "corridor": corridor, "county": county,
    "courtyard": courtyard, "desk": desk, "dike": dike, "dining": dining, "furnaces": furnaces, "hall": hall,
    "kitchen": kitchen, "lane": lane, "office": office, "orchard": grove, "map": village_map, "plain": plain,
    "presidium": presidium, "reservoir": reservoir, "road": road, "scales": scales, "showfield": showfield,
    "street": street, "village": village, "workshop": workshop, "years": years,
}  # fmt: skip
SCENES = frozenset(_SCENES)  # the same names as in game/scene_table.py


class Painting(NamedTuple):
    """A painted scene. `surface` is the still picture. `moves` are the animations to draw over it, such as snow.
    `parts` are the things in it that may go, come or move before the scene's next picture."""

    surface: pygame.Surface
    moves: tuple[Move, ...]
    parts: tuple[Part, ...] = ()


def painting(
    scene: str,
    params: Params,
    size: tuple[int, int],
    covered: pygame.Rect | None = None,
    foot: int = 0,
    *,
    scratch: dict[str, bytearray] | None = None,
) -> Painting:
    """Paint a scene. Equal arguments give equal pixels and equal moves.

    Args:
        scene: a name in game/scene_table.py, or `image` for a file of the pack; an unknown scene is painted as
            `village`.
        params: missing or wrong values become usual ones for the year and the season; numbers are clamped.
        size: the picture's size in pixels.
        covered: the rectangle that the page's text will cover, in pixels; the subject stays outside it.
        foot: the height of the toolbar that will cover the lower edge, in pixels; the subject stays above it.
        scratch: memory to paint with, which the next painting on the same thread may use again.
    """
    if scene == "image":
        return Painting(photograph(params, frame_of(size, covered, foot)), ())
    known = scene_table.SCENES.get(scene)
    state = read(params, night=known is not None and known.night)
    colours = palette(state)
    frame = frame_of(size, covered, foot)
    draw = _SCENES.get(scene, village)

    def painted(frame: Frame) -> Painting:
        brush = blank(frame, colours, state, scratch)
        draw(brush)
        return Painting(brush.surface, tuple(brush.moves), tuple(brush.parts.found))

    if state.film:
        colours = replace(colours, sun=(250, 250, 246))  # a red sun would be nearly black
        return Painting(projected(frame, lambda shot: painted(frame_of(shot, None)).surface), ())
    return painted(frame)


def paint(
    scene: str, params: Params, size: tuple[int, int], covered: pygame.Rect | None = None, foot: int = 0
) -> pygame.Surface:
    """Paint a scene with its animations as they are at time 0. The arguments are as for `painting`."""
    painted = painting(scene, params, size, covered, foot)
    MotionRenderer().draw(painted.surface, painted.moves, 0.0, [painted.surface.get_rect()])
    return painted.surface
