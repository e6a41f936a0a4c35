"""What the painter reads out of a picture's parameters: every value defaulted, checked and clamped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from game.values import frozen

Season = Literal["winter", "spring", "summer", "autumn"]
Hour = Literal["dawn", "day", "dusk", "night"]
Crops = Literal["standing", "ripe", "rotting", "bare", "young"]
Params = Mapping[str, "int | bool | str"]

_SEASONS: dict[str, Season] = {"winter": "winter", "spring": "spring", "summer": "summer", "autumn": "autumn"}
_HOURS: dict[str, Hour] = {"dawn": "dawn", "day": "day", "dusk": "dusk", "night": "night"}
_CROPS: dict[str, Crops] = {
    "standing": "standing",
    "ripe": "ripe",
    "rotting": "rotting",
    "bare": "bare",
    "young": "young",
}
_CROPS_OF_SEASON: dict[Season, Crops] = {
    "winter": "bare",
    "spring": "young",
    "summer": "standing",
    "autumn": "ripe",
}


@frozen
class State:
    """The village as a picture needs it.

    Counts are whole numbers in these ranges: year 1958..1962; forest, pears, jar, lamps and people 0..10; furnaces,
    bowls and coats 0..6; sacks and leaves 0..12. `thing` is what lies in sight for the page's own sake, `posters`
    whether a hall is hung with sheets.
    """

    year: int
    season: Season
    hour: Hour
    crops: Crops
    forest: int
    furnaces: int
    glow: bool
    orchard: bool
    pears: int
    smoke: bool
    snow: bool
    lamps: int
    jar: int
    wok: bool
    bowls: int
    coats: int
    steam: bool
    sacks: int
    queue: bool
    lamp: bool
    people: int
    leaves: int
    posters: bool
    thing: str


def _number(params: Params, names: tuple[str, ...], default: int, low: int, high: int) -> int:
    for name in names:
        value = params.get(name)
        if isinstance(value, bool):
            return high if value else low
        if isinstance(value, int):
            return min(high, max(low, value))
        if isinstance(value, str) and value.strip().lstrip("+-").isdecimal():
            return min(high, max(low, int(value)))
    return default


def _flag(params: Params, name: str, default: bool) -> bool:
    value = params.get(name)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value > 0
    return {"true": True, "false": False}.get(str(value), default)


def read(params: Params, night: bool = False) -> State:
    """The state in `params`; what is missing or makes no sense gets the value that is likeliest for its time.

    `night` is the hour of a scene that is by its nature a night scene, where `hour` says nothing.
    """
    year = _number(params, ("year",), 1958, 1958, 1962)
    season = _SEASONS.get(str(params.get("season")), "spring")
    hour = _HOURS.get(str(params.get("hour")), "night" if night else "day")
    crops = _CROPS.get(str(params.get("crops")), _CROPS_OF_SEASON[season])
    hungry = year in (1959, 1960, 1961)
    orchard = _flag(params, "orchard", year == 1958)
    return State(
        year=year,
        season=season,
        hour=hour,
        crops=crops,
        forest=_number(params, ("forest", "trees"), 8 if year == 1958 else 3, 0, 10),
        furnaces=_number(params, ("furnaces",), 6 if night else 0, 0, 6),
        glow=_flag(params, "glow", year == 1958),
        orchard=orchard,
        pears=_number(params, ("pears",), 10 if orchard else 0, 0, 10),
        smoke=_flag(params, "smoke", year == 1958),
        snow=_flag(params, "snow", season == "winter"),
        lamps=_number(params, ("lamps",), 3 if hungry else 10, 0, 10),
        jar=_number(params, ("jar", "grain"), 2 if hungry else 6, 0, 10),
        wok=_flag(params, "wok", True),
        bowls=_number(params, ("bowls",), 6, 0, 6),
        coats=_number(params, ("coats",), 6, 0, 6),
        steam=_flag(params, "steam", not hungry),
        sacks=_number(params, ("sacks",), 5 if hungry else 10, 0, 12),
        queue=_flag(params, "queue", True),
        lamp=_flag(params, "lamp", True),
        people=_number(params, ("people",), {1958: 10, 1959: 8, 1962: 7}.get(year, 5), 0, 10),
        leaves=_number(params, ("leaves",), 6, 0, 12),
        posters=_flag(params, "posters", False),
        thing=str(params.get("thing", "")),
    )
