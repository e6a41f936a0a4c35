"""The sounds of a state: looped ambience of the place, and effects between two states. Values only.

The place follows from the picture's scene and parameters; a story names no sounds. All of it can be read or seen as
well. Levels are shares of a sound's own loudness (assets/sounds), from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from game.lang.typecheck import Value
from game.play.page import Picture
from game.scene_table import SCENES
from game.ui.scenery import open_page_of, picture_of
from game.ui.settings import Settings
from game.ui.state import AppState

Levels = Mapping[str, float]

WIND = {"winter": 0.9, "spring": 0.5, "summer": 0.3, "autumn": 0.6}
GUSTS = {"winter": 0.5, "spring": 0.15, "autumn": 0.2}
INDOORS = frozenset(name for name, scene in SCENES.items() if scene.indoors)
WALLS = 0.4  # share of the wind that is heard indoors
# The loops of work at a scene, whatever the season.
WORK: Mapping[str, Levels] = {
    "brickworks": {"fire": 0.35},
    "dike": {"earth": 0.6},
    "furnaces": {"bellows": 0.85, "fire": 0.4},
    "reservoir": {"earth": 0.8},
    "workshop": {"hum": 0.3},  # its bulbs
}
FAR_BELLOWS = 0.3  # over a wall
STOVE = 0.6
CRICKETS = 0.3
LOUDSPEAKER = "loudspeaker"  # a paragraph that is `by` it hums
HUM = 0.6
UNDER_VOICE = 0.35  # share of every level while self-voicing speaks

ONCE: Levels = {"page": 0.7, "scales": 1.0, "ladle": 1.0, "click": 0.9}


def loops(picture: Picture) -> dict[str, float]:
    """The loops of a picture's place, and their levels."""
    params, scene = picture.params, picture.scene
    season, hour = params.get("season", "spring"), params.get("hour")
    outside = scene not in INDOORS
    share = 1.0 if outside else WALLS
    levels = {"wind": share * WIND.get(str(season), WIND["spring"]), "gusts": share * GUSTS.get(str(season), 0.0)}
    levels.update(WORK.get(scene, {}))
    if outside and season == "summer" and hour in ("dusk", "night"):
        levels["crickets"] = CRICKETS
    if outside and scene not in WORK and params.get("smoke") is True and _counts(params.get("furnaces")):
        levels["bellows"] = FAR_BELLOWS
    if scene == "dining" and params.get("steam") is True:
        levels["fire"] = STOVE
    return {name: level for name, level in levels.items() if level > 0}


def _counts(value: Value | None) -> bool:
    return isinstance(value, int) and value > 0


class SoundPlace(NamedTuple):
    """What of a state decides which effects are heard on the way to it.

    Attributes:
        page: identifies the open page: its number, node id and version; None without one.
        at: chapter id and scene.
        ladle, weighing, loudspeaker: what is on the page.
        effects: the setting of their volume, in per cent.
    """

    page: tuple[int, str | None, bool] | None
    at: tuple[str | None, str]
    ladle: bool
    weighing: bool
    loudspeaker: bool
    effects: int


def sound_place(app: AppState) -> SoundPlace:
    """The sound place of a state."""
    shown, picture, effects = open_page_of(app), picture_of(app), app.settings.effects
    scene = picture.scene if picture is not None else ""
    if shown is None:
        return SoundPlace(None, (None, scene), False, False, False, effects)
    return SoundPlace(
        (shown.number, shown.page.node, shown.other_version),
        (shown.page.chapter, scene),
        scene == "dining",
        bool(shown.page.ledger),
        any(paragraph.by == LOUDSPEAKER for paragraph in shown.paragraphs),
        effects,
    )


def effects_between(before: SoundPlace, after: SoundPlace) -> tuple[str, ...]:
    """The names of the effects to play on the way from `before` to `after`."""
    turned = after.page is not None and after.page != before.page
    sounds = {
        "page": turned or after.effects != before.effects,  # the latter to hear how loud they are now
        "scales": turned and after.weighing,
        "ladle": turned and after.ladle and not (before.ladle and before.at == after.at),
        "click": after.loudspeaker and not before.loudspeaker,
    }
    return tuple(name for name, sounding in sounds.items() if sounding)


def ambience(app: AppState) -> dict[str, float]:
    """The loops of a state and their levels, by the settings; only those above 0."""
    picture, place = picture_of(app), sound_place(app)
    levels = loops(picture) if picture is not None else {}
    if place.loudspeaker:
        levels["hum"] = HUM
    share = _share(app, app.settings.ambience)
    return {name: share * level for name, level in levels.items() if share > 0}


def effect_level(app: AppState, name: str) -> float:
    """The level of an effect, by the settings."""
    return ONCE[name] * _share(app, app.settings.effects)


def audible(settings: Settings) -> bool:
    """Whether any sound can be heard with these settings."""
    return settings.volume > 0 and (settings.ambience > 0 or settings.effects > 0)


def _share(app: AppState, kind: int) -> float:
    """The level for `kind` per cent of the volume: squared, since a quarter of the amplitude sounds half as loud."""
    duck = UNDER_VOICE if app.speech.saying else 1.0
    return duck * (app.settings.volume / 100 * kind / 100) ** 2
