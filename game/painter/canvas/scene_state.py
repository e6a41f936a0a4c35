"""Scene state: the parameters of a picture as checked values. Missing values get defaults, numbers are clamped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar, cast

from game import scene_table
from game.core.parameters import IntegerParameter, WordParameter
from game.core.values import frozen

Season = Literal["winter", "spring", "summer", "autumn"]
Hour = Literal["dawn", "day", "dusk", "night"]
Crops = Literal["standing", "ripe", "rotting", "bare", "young"]
Params = Mapping[str, "int | bool | str"]
W = TypeVar("W", bound=str)

_KINDS = {**scene_table.VILLAGE, **scene_table.PROPS}
_CROPS_OF_SEASON: dict[Season, Crops] = {"winter": "bare", "spring": "young", "summer": "standing", "autumn": "ripe"}


@frozen
class SceneState:
    """The values of all parameters of game/scene_table.py, which gives their ranges.

    `thing` names the object that the page is about. `spots` lists the places on a map (scenes/village_map.py). `forest`
    and `pears`: how many tenths of the wood and of the pear orchard stand. `lamps`: how many tenths of the houses are
    lit. `glow`: the `furnaces` burn. `jar`: how full the grain jar is; 0 if it is gone. `wok`: the wok is still there.
    `orchard`: the pear tree in the yard stands. `posters`: sheets with slogans hang in the hall. `film`: the picture is
    on old film. `rebuilt`: the yard a generation later, of brick, with a pump and electric light.
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
    film: bool
    rebuilt: bool
    spots: str = ""


def _number(params: Params, name: str, default: int) -> int:
    """Return the number under `name` or its alias, clamped to the parameter's range; `default` if there is no number. A
    value True means the highest number, False the lowest."""
    kind = _KINDS[name]
    assert isinstance(kind, IntegerParameter)
    for alias in (name, *(alias for alias, of in scene_table.ALIASES.items() if of == name)):
        value = params.get(alias)
        if isinstance(value, bool):
            return kind.high if value else kind.low
        if isinstance(value, int):
            return min(kind.high, max(kind.low, value))
        if isinstance(value, str) and value.strip().lstrip("+-").isdecimal():
            return min(kind.high, max(kind.low, int(value)))
    return default


def _word(params: Params, name: str, default: W) -> W:
    """Return the word under `name`; `default` if it is not a word that the parameter can have."""
    kind = _KINDS[name]
    assert isinstance(kind, WordParameter)
    value = str(params.get(name))
    return cast(W, value) if value in kind.words else default


def _flag(params: Params, name: str, default: bool) -> bool:
    value = params.get(name)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value > 0
    return {"true": True, "false": False}.get(str(value), default)


def read(params: Params, night: bool = False) -> SceneState:
    """Read a scene's state. Missing or wrong parameters get the likeliest value for their year and season. `night`
    means that the scene usually plays at night, which changes the defaults of `hour` and `furnaces`."""
    year = _number(params, "year", 1958)
    season: Season = _word(params, "season", "spring")
    hour: Hour = _word(params, "hour", "night" if night else "day")
    hungry = year in (1959, 1960, 1961)
    orchard = _flag(params, "orchard", year == 1958)
    return SceneState(
        year=year,
        season=season,
        hour=hour,
        crops=_word(params, "crops", _CROPS_OF_SEASON[season]),
        forest=_number(params, "forest", 8 if year == 1958 else 3),
        furnaces=_number(params, "furnaces", 6 if night else 0),
        glow=_flag(params, "glow", year == 1958),
        orchard=orchard,
        pears=_number(params, "pears", 10 if orchard else 0),
        smoke=_flag(params, "smoke", year == 1958),
        snow=_flag(params, "snow", season == "winter"),
        lamps=_number(params, "lamps", 3 if hungry else 10),
        jar=_number(params, "jar", 2 if hungry else 6),
        wok=_flag(params, "wok", True),
        bowls=_number(params, "bowls", 6),
        coats=_number(params, "coats", 6),
        steam=_flag(params, "steam", not hungry),
        sacks=_number(params, "sacks", 5 if hungry else 10),
        queue=_flag(params, "queue", True),
        lamp=_flag(params, "lamp", True),
        people=_number(params, "people", {1958: 10, 1959: 8, 1962: 7}.get(year, 5)),
        leaves=_number(params, "leaves", 6),
        posters=_flag(params, "posters", False),
        thing=str(params.get("thing", "")),
        spots=str(params.get("spots", "")),
        film=_flag(params, "film", False),
        rebuilt=_flag(params, "rebuilt", False),
    )
