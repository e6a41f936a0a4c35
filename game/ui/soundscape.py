"""The sounds of a state, as values: the ambience of the place, and effects between two states.

The ambience follows from the scene and the parameters of the picture. If the story names its own loop for a place, that
loop is heard instead. Sounds tell nothing that a reader cannot read or see as well. A level is a fraction, from 0 to 1,
of a sound's own loudness (assets/sounds).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from game.core.values import frozen
from game.lang.typecheck import Value
from game.play.page import Picture
from game.scene_table import SCENES
from game.story.places import IMAGE
from game.ui.scenery import open_page_of, picture_of, sound_of
from game.ui.settings import Settings
from game.ui.state import AppState

Levels = Mapping[str, float]

LOUDSPEAKER = "loudspeaker"  # a paragraph with this `by` comes with a hum
HUM = 0.35
UNDER_VOICE = 0.35  # what every level is multiplied by while self-voicing speaks

LOOPS = frozenset({  # all other sounds are heard once
    "bellows", "cart", "cicadas", "crickets", "feet", "fire", "gusts", "hum", "line", "murmur", "room", "water", "wind",
})  # fmt: skip
ONCE: Levels = {"page": 0.7, "scales": 1.0, "ladle": 1.0, "click": 0.9}


class SoundPlace(NamedTuple):
    """The parts of a state that decide which effects play when the interface comes to it.

    Attributes:
        page: number, node id and `other_version` of the open page (see `OpenPage`); None if no page is open.
        at: chapter id and scene.
        weighing: whether the page shows how grain is weighed. Then scales are heard.
        loudspeaker: whether a loudspeaker speaks on the page.
        effects: the volume of effects by the settings, in per cent.
    """

    page: tuple[int, str | None, bool] | None
    at: tuple[str | None, str]
    weighing: bool
    loudspeaker: bool
    effects: int


def sound_place(app: AppState) -> SoundPlace:
    """Return the parts of a state that decide which effects play."""
    shown, picture, effects = open_page_of(app), picture_of(app), app.settings.effects
    scene = picture.scene if picture is not None else ""
    if shown is None:
        return SoundPlace(None, (None, scene), False, False, effects)
    return SoundPlace(
        (shown.number, shown.page.node, shown.other_version),
        (shown.page.chapter, scene),
        shown.page.ledger is not None,
        any(paragraph.by == LOUDSPEAKER for paragraph in shown.paragraphs),
        effects,
    )


def effects_between(before: SoundPlace, after: SoundPlace) -> tuple[str, ...]:
    """Return the names of the effects to play when the state changes from `before` to `after`."""
    turned = after.page is not None and after.page != before.page
    sounds = {
        "page": turned or after.effects != before.effects,  # so that a reader who changes the volume hears it
        "scales": turned and after.weighing,
        "ladle": turned and after.at[1] == "dining" and before.at != after.at,
        "click": after.loudspeaker and not before.loudspeaker,
    }
    return tuple(name for name, sounding in sounds.items() if sounding)


def ambience(app: AppState) -> PlaceSounds:
    """Return the loops and occasional sounds of a state, with their levels by the settings. Leave out silent sounds."""
    picture, share = picture_of(app), _share(app, app.settings.ambience)
    if share <= 0:
        return PlaceSounds({}, {})
    sounds = place_sounds(picture) if picture is not None else PlaceSounds({}, {})
    if (own := sound_of(app)) is not None:
        sounds = PlaceSounds({own.name: OWN}, {})
    levels = dict(sounds.loops)
    if sound_place(app).loudspeaker:
        levels["hum"] = max(HUM, levels.get("hum", 0.0))
    return PlaceSounds(
        {name: share * level for name, level in levels.items()},
        {name: sound._replace(level=share * sound.level) for name, sound in sounds.occasional.items()},
    )


def effect_levels(before: SoundPlace, app: AppState) -> Levels:
    """Return the effects to play between `before` and a state, with their levels. Leave out silent effects."""
    names = effects_between(before, sound_place(app))
    return {name: level for name in names if (level := effect_level(app, name)) > 0}


def effect_level(app: AppState, name: str) -> float:
    """Return the level of an effect, by the settings. `name` is a key of ONCE."""
    return ONCE[name] * _share(app, app.settings.effects)


def audible(settings: Settings) -> bool:
    """Return whether these settings let any sound be heard."""
    return settings.volume > 0 and (settings.ambience > 0 or settings.effects > 0)


def _share(app: AppState, own: int) -> float:
    """Return the level of sounds whose own volume is `own` per cent. The product of the own and the general volume is
    squared, because a quarter of the amplitude sounds half as loud. While the voice speaks, the level is lower."""
    duck = UNDER_VOICE if app.speech.saying else 1.0
    return duck * (app.settings.volume / 100 * own / 100) ** 2


class Occasional(NamedTuple):
    """A sound that comes now and then. `every` is the mean time between two of them, in seconds."""

    level: float
    every: float


Occasions = Mapping[str, Occasional]


@frozen
class PlaceSounds:
    """The sounds of a place: its loops and its occasional sounds, each with its level."""

    loops: Levels
    occasional: Occasions


class Work(NamedTuple):
    """The sounds of the work at a scene: its loops and occasional sounds.

    Attributes:
        voices: the level of the voices when everybody is there; with fewer people it is lower.
        by_people: whether the occasional sounds come more rarely if the picture has few people.
        unseen: whether the voices belong to people outside the picture.
    """

    loops: Levels = MappingProxyType({})
    occasional: Occasions = MappingProxyType({})
    voices: float = 0.0
    by_people: bool = False
    unseen: bool = False


SILENT = Work()
EARTHWORKS = {"pole": Occasional(0.4, 4), "basket": Occasional(0.4, 7), "rammer": Occasional(0.5, 5)}
MEETING = {"clapping": Occasional(0.5, 24), "bench": Occasional(0.3, 27)}
WORK: Mapping[str, Work] = {
    "barn": Work(occasional={"broom": Occasional(0.35, 8)}),
    "brickworks": Work({"fire": 0.5}, {"brick": Occasional(0.4, 4)}, by_people=True),
    "corridor": Work(
        {"hum": 0.15}, {"steps": Occasional(0.35, 13), "door": Occasional(0.3, 29)}, voices=0.25, unseen=True,
    ),
    "county": Work(occasional=MEETING, voices=0.8),
    "desk": Work(occasional={"abacus": Occasional(0.22, 26)}),
    "dike": Work({"feet": 0.6}, EARTHWORKS, voices=0.2, by_people=True),
    "dining": Work(
        occasional={"bowl": Occasional(0.4, 4), "bowl-2": Occasional(0.35, 7), "bench": Occasional(0.35, 19)},
        voices=0.9, by_people=True,
    ),
    "furnaces": Work({"bellows": 0.85, "fire": 0.6}, {"snap": Occasional(0.35, 6)}, voices=0.25),
    "hall": Work(occasional={"bench": Occasional(0.3, 23)}, voices=0.6, by_people=True),
    "office": Work({"line": 0.45}, {"crackle": Occasional(0.25, 9)}),  # a telephone hangs on its wall
    "plain": Work(occasional={"hoe": Occasional(0.3, 2.2)}, by_people=True),
    "presidium": Work({"hum": 0.25}, {"bench": Occasional(0.3, 27)}, voices=0.5),
    "reservoir": Work({"feet": 0.7, "hum": 0.15}, EARTHWORKS, voices=0.3, by_people=True),
    "road": Work({"cart": 0.8}),
    "scales": Work({"feet": 0.15}, {"pole": Occasional(0.3, 12)}, voices=0.35, by_people=True),
    "street": Work({"feet": 0.3}, voices=0.5),
    "workshop": Work({"hum": 0.4}, {"spool": Occasional(0.35, 4)}, voices=0.3, by_people=True),
}  # fmt: skip

WIND = {"winter": 0.9, "spring": 0.6, "summer": 0.45, "autumn": 0.7}
GUSTS = {"winter": 0.55, "spring": 0.15, "autumn": 0.25}
GAPS = frozenset({"barn", "dining", "hall", "kitchen"})  # rooms with gaps through which the wind comes
WALLS = 0.6  # the fraction of the gusts that is heard in these rooms; in others it is half of that
ROOM = 0.6
# Each place has two loops of air, of different lengths, so that nobody notices either of them start again.
UNDER_THE_WIND = 0.65  # the level of a room's air outside, as a fraction of the wind's
THROUGH_THE_ROOF = 0.42  # the level of the wind inside
INDOORS = frozenset(name for name, scene in SCENES.items() if scene.indoors)
# The loudness of a whole place, as the root of the sum of its squared levels: 3 dB more outside in winter than in a
# room in summer. With the default settings all places are within 2 of -30 LUFS.
LOUDNESS = {"winter": 0.84, "spring": 0.74, "summer": 0.66, "autumn": 0.76}
OWN = 0.76  # the level of a pack's own loop, whose loudness is that of ours (story.sound_loops)
INSIDE = 0.9
DESERTED = 0.88  # multiplies the loudness where few people are left of many
FEW = 3  # the most people that count as few

CREEK = {"village": 0.3, "furnaces": 0.15}  # the level of the creek, which in winter is under ice
MANY_SACKS = 8  # with so many sacks the carts of a road are as loud as they get
EVENING = ("dusk", "night")
CRICKETS = 0.6
CICADAS = 0.3
LEAST_TREES = 4  # the least value of `forest` for cicadas
CRICKET = Occasional(0.22, 7.0)
FAR_BELLOWS = 0.35  # the level of bellows behind a wall
STOVE = 0.5
BEANS = Occasional(0.3, 8.0)
# Mean seconds between the sounds of sparrows, by year and season: they were killed from 1958 on, and back by 1962.
SPARROWS = {(1958, "spring"): 6.0, (1958, "summer"): 10.0, (1958, "autumn"): 25.0, (1962, "spring"): 20.0}
LATER_SPARROWS = 5.0  # the same in the courtyard of 1992, the only scene with baskets of beans
BUILT = frozenset({"courtyard", "lane", "orchard", "scales", "street", "village"})  # scenes with sparrows


def place_sounds(picture: Picture) -> PlaceSounds:
    """Return the sounds of a picture's place."""
    params, scene = picture.params, picture.scene
    if scene == IMAGE:
        return PlaceSounds({}, {})
    season = str(params.get("season", "spring"))
    season = season if season in WIND else "spring"
    work = WORK.get(scene, SILENT)
    counted = not work.unseen and (scene not in SCENES or "people" in SCENES[scene].props)
    share = min(10, _count(params.get("people"), 10)) / 10 if counted else 1.0
    levels = {**_air(scene, season), **work.loops}
    if work.voices and share > FEW / 10:
        levels["murmur"] = work.voices * share**2
    occasional = dict(work.occasional)
    if work.by_people:
        occasional = {name: call._replace(every=call.every / share) for name, call in occasional.items() if share > 0}
    if scene in INDOORS:
        _in_the_house(picture, levels, occasional)
    else:
        _under_the_sky(picture, season, levels, occasional)
    loudness = LOUDNESS[season] * (INSIDE if scene in INDOORS else 1) * (DESERTED if share <= FEW / 10 else 1)
    return PlaceSounds(_balanced(levels, loudness), occasional)


def _air(scene: str, season: str) -> dict[str, float]:
    """Return the levels of the air: outdoors the wind; indoors the air of a room, and the wind through its gaps."""
    gusts = GUSTS.get(season, 0.0)
    if scene in INDOORS:
        walls = WALLS if scene in GAPS else WALLS / 2
        return {"room": ROOM, "wind": THROUGH_THE_ROOF, "gusts": gusts * walls}
    return {"wind": WIND[season], "room": UNDER_THE_WIND * WIND[season], "gusts": gusts}


def _in_the_house(picture: Picture, levels: dict[str, float], occasional: dict[str, Occasional]) -> None:
    """Change the sounds of a room: a dining hall without steam loses bowls and benches, and one with steam gets a fire;
    a barn in the evening loses its broom."""
    if picture.scene == "dining":
        if picture.params.get("steam") is True:
            levels["fire"] = STOVE
        else:
            occasional.clear()
    elif picture.scene == "barn" and picture.params.get("hour") in EVENING:
        occasional.clear()


def _under_the_sky(picture: Picture, season: str, levels: dict[str, float], occasional: dict[str, Occasional]) -> None:
    """Add the outdoor sounds of the season, the hour and the year: insects, sparrows, a creek, bellows far away."""
    params, scene = picture.params, picture.scene
    evening = params.get("hour") in EVENING
    if scene == "road":  # its carts are as loud as their sacks are many
        levels["cart"] *= min(1.0, _count(params.get("sacks"), 0) / MANY_SACKS)
    working = bool(WORK.get(scene, SILENT).loops)
    if scene in CREEK and season != "winter":
        levels["water"] = CREEK[scene]
    if season == "summer" and evening:
        levels["crickets"] = CRICKETS
    elif season == "summer" and _count(params.get("forest"), 10) >= LEAST_TREES:
        levels["cicadas"] = CICADAS
    elif season == "autumn" and evening and not working:
        occasional["cricket"] = CRICKET
    if not working and params.get("smoke") is True and _count(params.get("furnaces"), 0) > 0:
        levels["bellows"] = FAR_BELLOWS
    later = params.get("thing") == "baskets"
    every = LATER_SPARROWS if later else SPARROWS.get((_count(params.get("year"), 1958), season))
    if scene in BUILT and every and not evening:
        occasional |= {"sparrow": Occasional(0.25, every), "sparrow-2": Occasional(0.2, 1.6 * every)}
    if later:
        occasional["beans"] = BEANS


def _balanced(levels: Levels, loudness: float) -> dict[str, float]:
    """Return the levels above 0, scaled so that the sum of their squares is the square of `loudness`."""
    whole = math.sqrt(sum(level**2 for level in levels.values()))
    return {name: loudness * level / whole for name, level in levels.items() if level > 0}


def _count(value: Value | None, otherwise: int) -> int:
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else otherwise
