"""Palette: the colours of a year, changed by season and hour. Red is only for the loudspeaker, sun and fire."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, NamedTuple

from game.core.values import frozen
from game.painter.canvas.colour import Colour, mix, ramp, scale
from game.painter.canvas.scene_state import Crops, Hour, SceneState

RED: Colour = (206, 62, 40)
SNOW: Colour = (244, 245, 242)


@frozen
class Palette:
    """The colours of one picture.

    `sky_top` and `sky_low` are the sky above and at the horizon; `halo` is the light around the sun. `hills` are the
    far, middle and near hills. `stalk` are the plants on a `field`, `ear` the ripe grain. `rim` is the paper's lit
    edge, `light` a lit window, `fire` what burns, `ink` a near black.
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
        """Return the colour of a ridge: `nearness` is 0 for far and 1 for near."""
        return ramp(self.hills, nearness)


# The colours of each year, and of an autumn night of 1958 with all furnaces lit; `far`, `middle` and `near` are hills.
_COLOURS = """
        1958   1959   1960   1961   1962   furnace
sky_top fadeac e2be84 b2b2b0 becac8 c8d8d0 280a10
sky_low fff4d4 f8e2b2 dedcd4 eaeadc f6f0d8 b23a1e
sun     ce3e28 de6834 f0ece2 e28e68 e4704c ec9654
halo    6e3a1a 784a1e 2c2c2a 463828 604228 963210
far     d6d09c dcbc84 bebdb8 c8d0c4 ced8be 9e3424
middle  709862 a87c4c 868480 8e9e8e 8aaa84 56181c
near    225240 5c3e2a 4a4848 4a5e56 426656 220c14
leaf    548842 84703a 707068 789260 749e5a 461a1a
blossom fff6e6 f6e6c4 e2e0da faf8f0 fffcf2 964632
roof    2a3a3c 46362c 424142 404a4c 38484a 180a10
wall    dec8a0 ceaa78 a8a49c c8c0ac d6c8ac 5c2a24
wood    5c3e2a 543a26 54504c 5c5044 5e4c3c 2c1214
earth   967046 9e7042 7e7972 928068 967c5c 421c16
field   8aa846 b08a4e 969288 9e9e74 92a462 68381e
stalk   608e36 8a6c3a 706c64 7a9254 6c964a 844c22
ear     e8c460 cea85c aaa494 ccbc74 d8c06c c47a32
water   c4dece d6c498 c8c9c6 d0dcd6 cee2d8 963822
smoke   f4ecdc e8d4b0 ceccc6 e8e8e0 f0eee2 3e161a
rim     fffae2 ffecc4 f0efe8 fafaee fffcec e8703e
light   ffd678 ffce74 f6d696 ffd88c ffd682 ffbe5c
fire    ffb042 f69e40 e89654 f4a454 faaa50 ffb646
shadow  1e221a 2c1a0c 18181a 1c2422 1c2622 0a0206
ink     1a2826 30221a 2c2b2d 2c3838 263636 16080e
"""


def _palettes() -> dict[str, Palette]:
    """Return a palette for each column of `_COLOURS`. Its key is the column's heading: a year, or "furnace"."""
    head, *rows = (line.split() for line in _COLOURS.strip().splitlines())
    found: dict[str, Palette] = {}
    for column, name in enumerate(head, 1):
        tones: dict[str, Any] = {row[0]: tuple(bytes.fromhex(row[column])) for row in rows}
        hills = tones.pop("far"), tones.pop("middle"), tones.pop("near")
        found[name] = Palette(hills=hills, **tones)
    return found


_PALETTES = _palettes()

_CROP_TINT: dict[Crops, tuple[Colour, Colour, float]] = {
    "standing": ((96, 146, 66), (120, 160, 70), 0.35),
    "ripe": ((206, 164, 70), (222, 180, 84), 0.6),
    "rotting": ((92, 72, 48), (88, 66, 44), 0.7),
    "bare": ((150, 122, 88), (120, 96, 70), 0.55),
    "young": ((146, 140, 92), (112, 160, 82), 0.5),
}


class _HourLight(NamedTuple):
    """How an hour of the day changes a palette. The fraction `share` of `tint` is mixed into the colours. Colours named
    in `mixed` have a tint and a fraction of their own; colours named in `own` are replaced."""

    tint: Colour
    share: float
    mixed: dict[str, tuple[Colour, float]]
    own: dict[str, Colour]


_HOURS: dict[Hour, _HourLight] = {
    "night": _HourLight(
        (20, 28, 50),
        0.74,
        {"sky_top": ((12, 18, 38), 0.92), "sky_low": ((58, 74, 104), 0.82), "rim": ((96, 116, 150), 0.78)},
        {"sun": (232, 228, 206), "halo": (46, 52, 66), "shadow": (4, 6, 14)},
    ),
    "dusk": _HourLight(
        (86, 46, 56),
        0.3,
        {"sky_top": ((112, 84, 104), 0.6), "sky_low": ((246, 176, 104), 0.72), "rim": ((255, 206, 140), 0.6)},
        {"halo": (150, 76, 30)},
    ),
    "dawn": _HourLight(
        (226, 196, 188),
        0.16,
        {"sky_top": ((186, 190, 206), 0.5), "sky_low": ((255, 222, 186), 0.7)},
        {"halo": (140, 84, 44)},
    ),
}
_UNTINTED = ("light", "fire", "sun", "shadow")  # what shines by itself, and shade


def _at_hour(palette: Palette, hour: Hour) -> Palette:
    if hour not in _HOURS:
        return palette
    light = _HOURS[hour]
    values: dict[str, Any] = dict(light.own)
    for name in {entry.name for entry in fields(palette)} - {*_UNTINTED, *light.own, "hills"}:
        values[name] = mix(getattr(palette, name), *light.mixed.get(name, (light.tint, light.share)))
    values["hills"] = tuple(mix(hill, light.tint, light.share) for hill in palette.hills)
    return replace(palette, **values)


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
    """Return the palette of a year, season, hour and crops; or the one for lit furnaces on an autumn night of 1958."""
    burning = state.furnaces > 0 and state.glow
    if burning and state.year == 1958 and state.hour == "night" and state.season == "autumn":
        return _PALETTES["furnace"]
    colours = _in_season(_PALETTES[str(state.year)], state)
    field, stalk, part = _CROP_TINT[state.crops]
    colours = replace(colours, field=mix(colours.field, field, part), stalk=mix(colours.stalk, stalk, part))
    return _at_hour(colours, state.hour)


@frozen
class InteriorPalette:
    """The colours of a room. `wall` and `floor` are in shade. `far` and `near` are timber far from the viewer and near
    the viewer. `day` is the light from outside, `edge` the lit edge of sheets."""

    wall: Colour
    floor: Colour
    far: Colour
    near: Colour
    day: Colour
    edge: Colour


def room(colours: Palette, state: SceneState) -> InteriorPalette:
    """Return the colours of a room, mixed from `colours`, the palette of the world outside."""
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
    """Return the colour of a sheet's edge, and its breadth in pixels: thin and lit, or white and broad in snow."""
    if state.snow:
        return mix(SNOW, colours.rim, 0.25 if state.hour != "night" else 0.75), 0.55 * u
    return colours.rim, 0.16 * u
