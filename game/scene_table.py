"""The scenes that can be painted, with their parameters, for the painter, the sounds and the command `check`.

Every scene has the parameters of `VILLAGE` (year, season, crops and others), whether they show in it or not. It also
has those parameters of `PROPS` that show in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.core.parameters import BoolParameter, IntegerParameter, Parameter, Parameters, WordParameter
from game.core.values import frozen

ALIASES = {"trees": "forest", "grain": "jar"}  # other names of parameters
MAP_INSET = (0.07, 0.09)  # the margin of a map without places, as fractions of its width and height
NOTHING = "nothing"  # the value of `thing` that shows no thing, because a word variable has no empty value

VILLAGE: Parameters = {
    "year": IntegerParameter(1958, 1962),
    "season": WordParameter(("winter", "spring", "summer", "autumn")),
    "hour": WordParameter(("dawn", "day", "dusk", "night")),
    "crops": WordParameter(("standing", "ripe", "rotting", "bare", "young")),
    "forest": IntegerParameter(0, 10),
    "furnaces": IntegerParameter(0, 6),
    "glow": BoolParameter(),
    "orchard": BoolParameter(),
    "smoke": BoolParameter(),
    "snow": BoolParameter(),
    "lamps": IntegerParameter(0, 10),
    "film": BoolParameter(),
}
PROPS: Parameters = {
    "bowls": IntegerParameter(0, 6),
    "coats": IntegerParameter(0, 6),
    "jar": IntegerParameter(0, 10),
    "lamp": BoolParameter(),
    "leaves": IntegerParameter(0, 12),
    "pears": IntegerParameter(0, 10),
    "people": IntegerParameter(0, 10),
    "posters": BoolParameter(),
    "queue": BoolParameter(),
    "rebuilt": BoolParameter(),
    "sacks": IntegerParameter(0, 12),
    "steam": BoolParameter(),
    "wok": BoolParameter(),
}


@frozen
class Scene:
    """A scene that can be painted. `props` are its own parameters. `night`: it plays at night, unless `hour` says
    otherwise. `close`: it shows nothing of the village. `overview`: it shows the whole village."""

    props: Parameters
    indoors: bool = False
    night: bool = False
    close: bool = False
    overview: bool = False


def map_point(at: tuple[float, float]) -> tuple[float, float]:
    """Convert a point of a map to a point of the picture, which adds a margin. Both points are fractions (0 to 1)."""
    (x, y), (dx, dy) = at, MAP_INSET
    return dx + x * (1 - 2 * dx), dy + y * (1 - 2 * dy)


def _scene(
    *props: str, things: tuple[str, ...] = (), indoors: bool = False, night: bool = False, close: bool = False
) -> Scene:
    """Make a scene with the parameters of `PROPS` that `props` names, and a parameter `thing`: which of `things` is
    shown."""
    shown: dict[str, Parameter] = {name: PROPS[name] for name in props}
    if things:
        shown["thing"] = WordParameter((NOTHING, *things))
    return Scene(shown, indoors, night, close)


SCENES: Mapping[str, Scene] = {
    "barn": _scene("lamp", "sacks", things=("hat", "hoes", "iron"), indoors=True),
    "brickworks": _scene("people"),
    "claypit": _scene("lamp"),
    "corridor": _scene("people", things=("cap", "files"), indoors=True),
    "county": _scene("people", indoors=True),
    "courtyard": _scene("coats", "jar", "rebuilt", "wok", things=("baskets", "cart", "rods")),
    "desk": _scene(
        "lamp", "leaves", indoors=True, night=True, close=True,
        things=("beans", "glasses", "pear", "photograph", "seed", "sheets", "slag", "stamp"),
    ),
    "dike": _scene("people"),
    "dining": _scene("bowls", "coats", "lamp", "people", "steam", indoors=True),
    "furnaces": _scene(night=True),
    "hall": _scene("lamp", "people", "posters", indoors=True),
    "kitchen": _scene("bowls", "coats", "jar", "lamp", "wok", things=("turned",), indoors=True),
    "lane": _scene("lamp", things=("rods",)),
    "office": _scene("lamp", things=("beans", "sheet", "stubs"), indoors=True),
    "orchard": _scene("pears", things=("buds",)),
    "map": _scene("pears"),
    "plain": _scene("people"),
    "presidium": _scene("lamp", "people", "posters", things=("bell", "stamp"), indoors=True),
    "reservoir": _scene("people"),
    "road": _scene("sacks", things=("child", "horse")),
    "scales": _scene("people", "queue", "sacks"),
    "showfield": _scene(things=("fan", "hat")),
    "street": _scene("people"),
    "village": Scene({"pears": PROPS["pears"]}, overview=True),
    "workshop": _scene("lamp", "people", indoors=True),
    "years": _scene("bowls", "pears", "steam"),
}  # fmt: skip


def parameters() -> dict[str, Parameters]:
    """Return for each scene its parameters by name. An alias of a parameter is a parameter too."""
    found: dict[str, Parameters] = {}
    for name, scene in SCENES.items():
        known = {**VILLAGE, **scene.props}
        found[name] = {**known, **{alias: known[of] for alias, of in ALIASES.items() if of in known}}
    return found
