"""Palette: the colours of a year, changed by season and hour.

Red is reserved for the loudspeaker, the sun and the glow of fire.
"""

from __future__ import annotations

from dataclasses import fields, replace

from game.core.values import frozen
from game.painter.canvas.colour import Colour, mix, ramp, scale
from game.painter.canvas.scene_state import Crops, SceneState

RED: Colour = (206, 62, 40)
SNOW: Colour = (244, 245, 242)


@frozen
class Palette:
    """The colours of one picture.

    The sky runs from `sky_top` to `sky_low`; `hills` are far, middle and near; `field` and `stalk` are the fields.
    `rim` is the paper's lit edge, `light` a lit window, `fire` what burns, `shadow` the shadow of sheets.
    """

    sky_top: Colour
    sky_low: Colour
    sun: Colour
    halo: Colour
    hills: tuple[Colour, Colour, Colour]
    leaf: Colour
    blossom: Colour
    roof: Colour
    wall: Colour
    wood: Colour
    earth: Colour
    field: Colour
    stalk: Colour
    ear: Colour
    water: Colour
    smoke: Colour
    rim: Colour
    light: Colour
    fire: Colour
    shadow: Colour
    ink: Colour

    def hill(self, nearness: float) -> Colour:
        """The colour of a ridge, 0 far to 1 near."""
        return ramp(self.hills, nearness)


_1958 = Palette(
    sky_top=(250, 222, 172),
    sky_low=(255, 244, 212),
    sun=RED,
    halo=(110, 58, 26),
    hills=((214, 208, 156), (112, 152, 98), (34, 82, 64)),
    leaf=(84, 136, 66),
    blossom=(255, 246, 230),
    roof=(42, 58, 60),
    wall=(222, 200, 160),
    wood=(92, 62, 42),
    earth=(150, 112, 70),
    field=(138, 168, 70),
    stalk=(96, 142, 54),
    ear=(232, 196, 96),
    water=(196, 222, 206),
    smoke=(244, 236, 220),
    rim=(255, 250, 226),
    light=(255, 214, 120),
    fire=(255, 176, 66),
    shadow=(30, 34, 26),
    ink=(26, 40, 38),
)
_FURNACE = Palette(
    sky_top=(40, 10, 16),
    sky_low=(178, 58, 30),
    sun=(236, 150, 84),
    halo=(150, 50, 16),
    hills=((158, 52, 36), (86, 24, 28), (34, 12, 20)),
    leaf=(70, 26, 26),
    blossom=(150, 70, 50),
    roof=(24, 10, 16),
    wall=(92, 42, 36),
    wood=(44, 18, 20),
    earth=(66, 28, 22),
    field=(104, 56, 30),
    stalk=(132, 76, 34),
    ear=(196, 122, 50),
    water=(150, 56, 34),
    smoke=(62, 22, 26),
    rim=(232, 112, 62),
    light=(255, 190, 92),
    fire=(255, 182, 70),
    shadow=(10, 2, 6),
    ink=(22, 8, 14),
)
_1959 = Palette(
    sky_top=(226, 190, 132),
    sky_low=(248, 226, 178),
    sun=(222, 104, 52),
    halo=(120, 74, 30),
    hills=((220, 188, 132), (168, 124, 76), (92, 62, 42)),
    leaf=(132, 112, 58),
    blossom=(246, 230, 196),
    roof=(70, 54, 44),
    wall=(206, 170, 120),
    wood=(84, 58, 38),
    earth=(158, 112, 66),
    field=(176, 138, 78),
    stalk=(138, 108, 58),
    ear=(206, 168, 92),
    water=(214, 196, 152),
    smoke=(232, 212, 176),
    rim=(255, 236, 196),
    light=(255, 206, 116),
    fire=(246, 158, 64),
    shadow=(44, 26, 12),
    ink=(48, 34, 26),
)
_1960 = Palette(
    sky_top=(178, 178, 176),
    sky_low=(222, 220, 212),
    sun=(240, 236, 226),
    halo=(44, 44, 42),
    hills=((190, 189, 184), (134, 132, 128), (74, 72, 72)),
    leaf=(112, 112, 104),
    blossom=(226, 224, 218),
    roof=(66, 65, 66),
    wall=(168, 164, 156),
    wood=(84, 80, 76),
    earth=(126, 121, 114),
    field=(150, 146, 136),
    stalk=(112, 108, 100),
    ear=(170, 164, 148),
    water=(200, 201, 198),
    smoke=(206, 204, 198),
    rim=(240, 239, 232),
    light=(246, 214, 150),
    fire=(232, 150, 84),
    shadow=(24, 24, 26),
    ink=(44, 43, 45),
)
_1961 = Palette(
    sky_top=(190, 202, 200),
    sky_low=(234, 234, 220),
    sun=(226, 142, 104),
    halo=(70, 56, 40),
    hills=((200, 208, 196), (142, 158, 142), (74, 94, 86)),
    leaf=(120, 146, 96),
    blossom=(250, 248, 240),
    roof=(64, 74, 76),
    wall=(200, 192, 172),
    wood=(92, 80, 68),
    earth=(146, 128, 104),
    field=(158, 158, 116),
    stalk=(122, 146, 84),
    ear=(204, 188, 116),
    water=(208, 220, 214),
    smoke=(232, 232, 224),
    rim=(250, 250, 238),
    light=(255, 216, 140),
    fire=(244, 164, 84),
    shadow=(28, 36, 34),
    ink=(44, 56, 56),
)
_1962 = Palette(
    sky_top=(200, 216, 208),
    sky_low=(246, 240, 216),
    sun=(228, 112, 76),
    halo=(96, 66, 40),
    hills=((206, 216, 190), (138, 170, 132), (66, 102, 86)),
    leaf=(116, 158, 90),
    blossom=(255, 252, 242),
    roof=(56, 72, 74),
    wall=(214, 200, 172),
    wood=(94, 76, 60),
    earth=(150, 124, 92),
    field=(146, 164, 98),
    stalk=(108, 150, 74),
    ear=(216, 192, 108),
    water=(206, 226, 216),
    smoke=(240, 238, 226),
    rim=(255, 252, 236),
    light=(255, 214, 130),
    fire=(250, 170, 80),
    shadow=(28, 38, 34),
    ink=(38, 54, 54),
)
_YEARS = {1958: _1958, 1959: _1959, 1960: _1960, 1961: _1961, 1962: _1962}

_CROP_TINT: dict[Crops, tuple[Colour, Colour, float]] = {
    "standing": ((96, 146, 66), (120, 160, 70), 0.35),
    "ripe": ((206, 164, 70), (222, 180, 84), 0.6),
    "rotting": ((92, 72, 48), (88, 66, 44), 0.7),
    "bare": ((150, 122, 88), (120, 96, 70), 0.55),
    "young": ((146, 140, 92), (112, 160, 82), 0.5),
}


def _each(palette: Palette, change: dict[str, tuple[Colour, float]], rest: tuple[Colour, float]) -> Palette:
    """`palette` with every colour mixed towards `rest`, except those that `change` treats by name."""
    values: dict[str, Colour | tuple[Colour, Colour, Colour]] = {}
    for entry in fields(palette):
        colour, part = change.get(entry.name, rest)
        value = getattr(palette, entry.name)
        values[entry.name] = (
            tuple(mix(stop, colour, part) for stop in value)  # type: ignore[assignment]
            if isinstance(value[0], tuple)
            else mix(value, colour, part)
        )
    return replace(palette, **values)  # type: ignore[arg-type]


def _keep(*names: str) -> dict[str, tuple[Colour, float]]:
    return dict.fromkeys(names, ((0, 0, 0), 0.0))


def _at_hour(palette: Palette, state: SceneState) -> Palette:
    if state.hour == "night":
        blue: Colour = (20, 28, 50)
        dark = _each(palette, _keep("light", "fire", "halo", "shadow"), (blue, 0.74))
        return replace(
            dark,
            sky_top=mix(palette.sky_top, (12, 18, 38), 0.92),
            sky_low=mix(palette.sky_low, (58, 74, 104), 0.82),
            sun=(232, 228, 206),
            halo=(46, 52, 66),
            rim=mix(palette.rim, (96, 116, 150), 0.78),
            shadow=(4, 6, 14),
        )
    if state.hour == "dusk":
        warm = _each(palette, _keep("light", "fire", "sun", "shadow"), ((86, 46, 56), 0.3))
        return replace(
            warm,
            sky_top=mix(palette.sky_top, (112, 84, 104), 0.6),
            sky_low=mix(palette.sky_low, (246, 176, 104), 0.72),
            halo=(150, 76, 30),
            rim=mix(palette.rim, (255, 206, 140), 0.6),
        )
    if state.hour == "dawn":
        pale = _each(palette, _keep("light", "fire", "sun", "shadow"), ((226, 196, 188), 0.16))
        return replace(
            pale,
            sky_top=mix(palette.sky_top, (186, 190, 206), 0.5),
            sky_low=mix(palette.sky_low, (255, 222, 186), 0.7),
            halo=(140, 84, 44),
        )
    return palette


def _in_season(palette: Palette, state: SceneState) -> Palette:
    far, mid, near = palette.hills
    if state.season == "winter":
        pale: Colour = (206, 206, 204)
        return replace(
            palette,
            hills=(mix(far, pale, 0.5), mix(mid, (140, 146, 144), 0.45), mix(near, (60, 72, 80), 0.4)),
            leaf=mix(palette.leaf, (120, 112, 100), 0.5),
            sky_top=mix(palette.sky_top, (214, 214, 210), 0.4),
        )
    if state.season == "autumn":
        return replace(
            palette,
            hills=(mix(far, (222, 184, 130), 0.3), mix(mid, (176, 128, 66), 0.3), mix(near, (84, 62, 40), 0.25)),
            leaf=mix(palette.leaf, (178, 112, 48), 0.5),
        )
    if state.season == "summer":
        return replace(palette, leaf=scale(palette.leaf, 0.9))
    return palette


def palette(state: SceneState) -> Palette:
    """The colours of `state`'s year, season and hour, and of what stands in its fields."""
    burning = state.furnaces > 0 and state.glow
    if burning and state.year == 1958 and state.hour == "night" and state.season == "autumn":
        return _FURNACE
    colours = _in_season(_YEARS[state.year], state)
    field, stalk, part = _CROP_TINT[state.crops]
    colours = replace(colours, field=mix(colours.field, field, part), stalk=mix(colours.stalk, stalk, part))
    return _at_hour(colours, state)


@frozen
class InteriorPalette:
    """An interior's colours: wall and floor in shade, timber far and near, and the light that comes in."""

    wall: Colour
    floor: Colour
    far: Colour
    near: Colour
    day: Colour
    edge: Colour


def room(colours: Palette, state: SceneState) -> InteriorPalette:
    """The colours inside a house whose light is that of `colours`."""
    night = state.hour == "night"
    return InteriorPalette(
        wall=mix(mix(colours.wall, colours.wood, 0.26), colours.ink, 0.5 if night else 0.2),
        floor=mix(mix(colours.earth, colours.wood, 0.35), colours.ink, 0.6 if night else 0.26),
        far=mix(colours.wood, colours.earth, 0.4),
        near=mix(scale(colours.wood, 0.55), colours.ink, 0.4),
        day=colours.sky_low if night else mix(colours.sky_low, (255, 255, 255), 0.1),
        edge=colours.rim if night else mix(colours.rim, colours.light, 0.5),
    )


def lit_edge(colours: Palette, state: SceneState, u: float) -> tuple[Colour, float]:
    """The lit edge of a sheet, its colour and breadth in pixels: thin, or in snow a broad white one."""
    if state.snow:
        return mix(SNOW, colours.rim, 0.25 if state.hour != "night" else 0.75), 0.55 * u
    return colours.rim, 0.16 * u
