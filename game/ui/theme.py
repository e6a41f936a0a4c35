"""Colours by their use, in three themes. Colours are (red, green, blue), 0..255."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen

Colour = tuple[int, int, int]


@frozen
class Theme:
    """The colours of a theme, named by their use. Only `sheet`, `card`, `slip` and `slip_chosen` have text on them.

    Attributes:
        slip: a choice or button, drawn as a slip of paper.
        slip_chosen: a chosen slip, or the slip under the pointer.
        edge: the lower edge of a slip.
        line: the lines between parts of one sheet.
        control: the outline of buttons and choices.
        soft: secondary text, such as summaries and hints.
        accent: date lines, numbers and links.
        rule: the bar beside news, and the lines in charts.
        ring: the frame around the focus.
        texture: the strength of the paper's grain, 0 to 1.
        dim: how much a card darkens the page under it, from 0 (not at all) to 1 (black).
        light: how much of its brightness a picture keeps beside the sheet, 0 to 1.
        light_alone: how much of its brightness a picture keeps without a sheet.
    """

    background: Colour  # behind everything, until there is a picture
    sheet: Colour
    card: Colour
    slip: Colour
    slip_chosen: Colour
    edge: Colour
    line: Colour
    control: Colour
    ink: Colour
    soft: Colour
    accent: Colour
    rule: Colour
    ring: Colour
    texture: float
    dim: float
    light: float
    light_alone: float = 1.0
    caption: Colour = (0, 0, 0)  # behind the caption of the voice, in every theme
    caption_ink: Colour = (255, 255, 255)


THEMES: Mapping[str, Theme] = {
    "paper": Theme(
        background=(70, 62, 52), sheet=(246, 236, 214), card=(251, 244, 228), slip=(253, 248, 235),
        slip_chosen=(244, 221, 178), edge=(188, 168, 132), line=(196, 178, 144), control=(138, 120, 90),
        ink=(36, 29, 22), soft=(78, 66, 52),
        accent=(128, 30, 20), rule=(172, 52, 36), ring=(150, 34, 22), texture=1.0, dim=0.45, light=1.0,
    ),
    "night": Theme(
        background=(14, 13, 14), sheet=(31, 29, 30), card=(40, 37, 38), slip=(47, 44, 45),
        slip_chosen=(62, 47, 36), edge=(16, 15, 16), line=(98, 90, 84), control=(128, 118, 110),
        ink=(232, 224, 208), soft=(206, 196, 178),
        accent=(246, 178, 140), rule=(188, 84, 60), ring=(244, 160, 112), texture=0.6, dim=0.6,
        light=0.72, light_alone=0.72,
    ),
    "contrast": Theme(
        background=(0, 0, 0), sheet=(0, 0, 0), card=(0, 0, 0), slip=(0, 0, 0),
        slip_chosen=(0, 0, 120), edge=(255, 255, 255), line=(255, 255, 255),
        control=(255, 255, 255), ink=(255, 255, 255), soft=(255, 255, 255),
        accent=(255, 230, 80), rule=(255, 255, 255), ring=(255, 230, 80), texture=0.0, dim=0.8, light=0.4,
    ),
}  # fmt: skip
