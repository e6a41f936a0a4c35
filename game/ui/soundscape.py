"""The sounds of a state: the ambience of the place, and effects between two states. Values only.

The place follows from the picture's scene and parameters (`scene_sounds`); a story names no sounds. All of it can be
read or seen as well. Levels are shares of a sound's own loudness (assets/sounds), from 0 to 1.
"""

from __future__ import annotations

from typing import NamedTuple

from game.ui.scene_sounds import Levels, PlaceSounds, place_sounds
from game.ui.scenery import open_page_of, picture_of
from game.ui.settings import Settings
from game.ui.state import AppState

LOUDSPEAKER = "loudspeaker"  # a paragraph that is `by` it hums
HUM = 0.35
UNDER_VOICE = 0.35  # share of every level while self-voicing speaks

ONCE: Levels = {"page": 0.7, "scales": 1.0, "ladle": 1.0, "click": 0.9}


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
        shown.page.ledger is not None,
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


def ambience(app: AppState) -> PlaceSounds:
    """The loops and the occasional sounds of a state with their levels, by the settings; only those above 0."""
    picture, share = picture_of(app), _share(app, app.settings.ambience)
    if share <= 0:
        return PlaceSounds({}, {})
    sounds = place_sounds(picture) if picture is not None else PlaceSounds({}, {})
    levels = dict(sounds.loops)
    if sound_place(app).loudspeaker:
        levels["hum"] = max(HUM, levels.get("hum", 0.0))
    return PlaceSounds(
        {name: share * level for name, level in levels.items()},
        {name: one._replace(level=share * one.level) for name, one in sounds.occasional.items()},
    )


def effect_levels(before: SoundPlace, app: AppState) -> Levels:
    """The effects to play on the way from `before` to a state, with their levels; only those above 0."""
    names = effects_between(before, sound_place(app))
    return {name: level for name in names if (level := effect_level(app, name)) > 0}


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
