"""Canvas: the tools for painting scenes and things."""

from __future__ import annotations

from game.painter.canvas import shapes
from game.painter.canvas.brush import Brush
from game.painter.canvas.colour import Colour, mix, scale
from game.painter.canvas.frame import Frame
from game.painter.canvas.motion import Box
from game.painter.canvas.palette import RED, SNOW, Palette, lit_edge, palette, room
from game.painter.canvas.paper import Edge, Point, Shape, extent, gradient
from game.painter.canvas.part import Part
from game.painter.canvas.perspective import Perspective
from game.painter.canvas.scene_state import Crops, SceneState
from game.painter.canvas.shapes import Origin

__all__ = [
    "RED", "SNOW", "Box", "Brush", "Colour", "Crops", "Edge", "Frame", "Origin", "Palette", "Part", "Perspective",
    "Point", "SceneState", "Shape", "extent", "gradient", "lit_edge", "mix", "palette", "room", "scale", "shapes",
]  # fmt: skip
