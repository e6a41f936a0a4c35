"""The table of scenes matches the painter, the sounds, and the story's README."""

from __future__ import annotations

import re
from typing import Any

import pytest

from game import painter
from game.core.parameters import BoolParameter, IntegerParameter, Parameter, WordParameter
from game.painter.props.keepsakes import THINGS
from game.painter.props.yard_props import BROUGHT
from game.resources import story_folder
from game.scene_table import ALIASES, NOTHING, PROPS, SCENES, VILLAGE, parameters
from game.story import Story
from game.ui import soundscape
from tests.lanes import sampled
from tests.painter.pictures import pixels
from tests.painter.test_painter_pictures import SIZE

BASES: list[dict[str, Any]] = [
    {"year": 1960, "season": "winter", "hour": "night", "snow": False, "lamp": True, "wok": False},
    {"year": 1958, "season": "spring", "hour": "day", "crops": "ripe", "snow": False, "orchard": True,
     "spots": "orchard 50 50 1"},
    {"year": 1961, "season": "autumn", "hour": "dusk", "crops": "standing", "snow": True},
]  # fmt: skip


def values(kind: Parameter) -> list[int | bool | str]:
    """Two ends of a parameter, or each of its words."""
    match kind:
        case IntegerParameter(low=low, high=high):
            return [low, high]
        case BoolParameter():
            return [False, True]
        case WordParameter(words=words):
            return list(words)


def painted(scene: str, params: dict[str, Any]) -> tuple[bytes, str]:
    """The pixels at rest, and the moves over them."""
    surface, moves, _ = painter.painting(scene, params, SIZE)
    return pixels(surface), re.sub("0x[0-9a-f]+", "", repr(moves))


def differs(scene: str, name: str, kind: Parameter) -> bool:
    """Whether a parameter changes a scene's picture at some time of some year."""
    return any(len({painted(scene, {**base, name: value}) for value in values(kind)}) > 1 for base in BASES)


def test_each_scene_of_the_table_has_its_painter() -> None:
    """And the painter has no others."""
    assert SCENES.keys() == painter.SCENES


def test_each_thing_of_a_scene_is_drawn() -> None:
    """In the yard and on the desk exactly the listed ones; elsewhere each changes the picture."""
    things = {name: {*scene.props["thing"].words} for name, scene in SCENES.items() if "thing" in scene.props}  # type: ignore[union-attr]
    assert all(NOTHING in words for words in things.values())
    assert things["courtyard"] - {NOTHING} == BROUGHT.keys()
    assert things["desk"] - {NOTHING} == THINGS.keys()
    others = {"barn", "corridor", "kitchen", "lane", "office", "orchard", "presidium", "road", "showfield"}
    assert things.keys() == {"courtyard", "desk"} | others


@pytest.mark.parametrize(("scene", "prop"), [(name, prop) for name, scene in SCENES.items() for prop in scene.props])
def test_each_parameter_of_a_scene_changes_its_picture(scene: str, prop: str) -> None:
    """At some time of some year its two ends give two pictures."""
    assert differs(scene, prop, SCENES[scene].props[prop])


@pytest.mark.parametrize("scene", sampled(SCENES, *list(SCENES)[::3]))
def test_other_scenes_parameters_change_nothing(scene: str) -> None:
    """So `check` can reject them here."""
    others = {name: values(kind) for name, kind in PROPS.items() if name not in SCENES[scene].props}
    for base in BASES:
        ends = [{**base, **{name: ends[end] for name, ends in others.items()}} for end in (0, -1)]
        assert painted(scene, ends[0]) == painted(scene, ends[1])


@pytest.mark.parametrize("name", VILLAGE)
def test_each_village_parameter_changes_some_picture(name: str) -> None:
    """In one scene at least."""
    assert any(differs(scene, name, VILLAGE[name]) for scene in ("village", "furnaces", "courtyard"))


@pytest.mark.parametrize(("alias", "name"), ALIASES.items())
def test_an_alias_is_the_same_parameter(alias: str, name: str) -> None:
    """Alone; with both, the first name counts."""
    scene = "courtyard"
    for value in (0, 10):
        assert painted(scene, {alias: value}) == painted(scene, {name: value})
        assert painted(scene, {alias: value, name: 10 - value}) == painted(scene, {name: 10 - value})
    assert parameters()[scene][alias] == parameters()[scene][name]


def test_sounds_use_the_same_table() -> None:
    """Places with a sound of their own, and the seasons."""
    places = (soundscape.WORK, soundscape.INDOORS, soundscape.GAPS, soundscape.CREEK, soundscape.BUILT)
    assert {scene for some in places for scene in some} <= SCENES.keys()
    season = VILLAGE["season"]
    assert isinstance(season, WordParameter)
    assert soundscape.WIND.keys() == soundscape.LOUDNESS.keys() == {*season.words} >= soundscape.GUSTS.keys()


def test_the_shipped_story_uses_known_scenes_and_parameters(shipped: Story) -> None:
    known = parameters()
    for place in shipped.places.values():
        assert place.params.keys() <= known[place.scene].keys(), place.id


def test_the_story_s_readme_has_the_whole_table() -> None:
    """Each scene in a row with its own parameters, their ranges and words; those of the village before it."""
    text = (story_folder() / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## What a picture shows") :].split("\n## ")[0]
    head, table = section.split("| scene |")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE))
    assert rows.keys() == SCENES.keys()
    for name, scene in SCENES.items():
        assert rows[name] == (", ".join(_told(prop, kind) for prop, kind in scene.props.items()) or "-")
    for name, kind in VILLAGE.items():
        assert f"`{name}`" in head or f"`{name}s`" in head
        if isinstance(kind, WordParameter) and name != "season":
            assert all(f"`{word}`" in head for word in kind.words)
        if isinstance(kind, IntegerParameter):
            assert f"({kind.low} to {kind.high})" in " ".join(head.split())
    assert all(f"`{name}` is also `{alias}`" in " ".join(table.split()) for alias, name in ALIASES.items())


def _told(name: str, kind: Parameter) -> str:
    match kind:
        case IntegerParameter(low=low, high=high):
            return f"`{name}` ({low} to {high})"
        case WordParameter(words=words):
            return f"`{name}` ({', '.join(f'`{word}`' for word in words)})"
        case _:
            return f"`{name}`"
