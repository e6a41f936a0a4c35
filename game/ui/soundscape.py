"""What can be heard where a reader is: the loops of a place, and what sounds once on the way there. Values only.

A place is known by what its picture is painted from, by the painter's own table: no story says anything of sound. All
of it can be read or seen as well. Levels are shares of a sound's own loudness (assets/sounds), from 0 to 1.
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
WALLS = 0.4  # of the wind, what is heard behind them
# What is done at a place, whatever the season.
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
LOUDSPEAKER = "loudspeaker"  # whose words they are, where a paragraph is `by` it
HUM = 0.6
UNDER_VOICE = 0.35  # of everything, while the game reads aloud

ONCE: Levels = {"page": 0.7, "scales": 1.0, "ladle": 1.0, "click": 0.9}


def loops(picture: Picture) -> dict[str, float]:
    """The loops of a place and their levels."""
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
    """Where a reader is, as far as it makes a sound to come there.

    `leaf` tells one open page from another; None while none is. `effects` is how loud they are set.
    """

    leaf: tuple[int, str | None, bool] | None
    at: tuple[str | None, str]
    ladle: bool
    weighing: bool
    loudspeaker: bool
    effects: int


def here(app: AppState) -> SoundPlace:
    """Where the reader of `app` is."""
    leaf, picture, effects = open_page_of(app), picture_of(app), app.settings.effects
    scene = picture.scene if picture is not None else ""
    if leaf is None:
        return SoundPlace(None, (None, scene), False, False, False, effects)
    return SoundPlace(
        (leaf.number, leaf.page.node, leaf.other_version),
        (leaf.page.chapter, scene),
        scene == "dining",
        bool(leaf.page.ledger),
        any(paragraph.by == LOUDSPEAKER for paragraph in leaf.paragraphs),
        effects,
    )


def heard_between(before: SoundPlace, after: SoundPlace) -> tuple[str, ...]:
    """What sounds once when somebody comes from `before` to `after`."""
    turned = after.leaf is not None and after.leaf != before.leaf
    sounds = {
        "page": turned or after.effects != before.effects,  # the latter to hear how loud they are now
        "scales": turned and after.weighing,
        "ladle": turned and after.ladle and not (before.ladle and before.at == after.at),
        "click": after.loudspeaker and not before.loudspeaker,
    }
    return tuple(name for name, sounding in sounds.items() if sounding)


def ambience(app: AppState) -> dict[str, float]:
    """The loops to be heard now and their levels; none where nothing is to be heard."""
    picture, leaf = picture_of(app), here(app)
    levels = loops(picture) if picture is not None else {}
    if leaf.loudspeaker:
        levels["hum"] = HUM
    share = _share(app, app.settings.ambience)
    return {name: share * level for name, level in levels.items() if share > 0}


def once(app: AppState, name: str) -> float:
    """The level of a sound that is heard once."""
    return ONCE[name] * _share(app, app.settings.effects)


def audible(settings: Settings) -> bool:
    """Whether any sound can come."""
    return settings.volume > 0 and (settings.ambience > 0 or settings.effects > 0)


def _share(app: AppState, kind: int) -> float:
    """Of a kind of sound that is set to so many per cent; an ear takes a quarter of the swing for half as loud."""
    duck = UNDER_VOICE if app.speech.saying else 1.0
    return duck * (app.settings.volume / 100 * kind / 100) ** 2
