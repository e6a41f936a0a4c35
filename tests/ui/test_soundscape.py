"""Sounds: a place by its picture, effects by the page, each at its level."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import begin
from game.play.page import Picture
from game.resources import assets_folder
from game.story import load
from game.story.model import Story
from game.story.places import Sound
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.settings import Settings, changed
from game.ui.soundscape import (
    ONCE,
    UNDER_VOICE,
    WORK,
    PlaceSounds,
    ambience,
    audible,
    effect_level,
    effects_between,
    place_sounds,
    sound_place,
)
from game.ui.state import ScreenView, Speech
from game.ui.update import start
from tests.small_stories.packs import HAELSEY
from tests.ui.app_driver import AppDriver, at_page
from tests.ui.stand_ins import wandered

SEASONS = ("winter", "spring", "summer", "autumn")
SCENES = (*WORK, "village", "courtyard", "orchard", "kitchen")
FILES = {path.stem for path in (assets_folder() / "sounds").glob("*.wav")}
AIR, INSECTS = {"room", "wind", "gusts"}, {"crickets", "cricket", "cicadas"}
any_params = st.dictionaries(
    st.sampled_from(("season", "hour", "smoke", "furnaces", "steam", "people", "year", "thing", "forest")),
    st.sampled_from((*SEASONS, "dusk", "night", "baskets")) | st.booleans() | st.integers(-3, 20) | st.just(1958),
)


def at(scene: str, **params: int | bool | str) -> PlaceSounds:
    return place_sounds(Picture(scene, params))


def names(sounds: PlaceSounds) -> set[str]:
    return {*sounds.loops, *sounds.occasional}


LOUDSPEAKER = "v-loudspeaker.loudspeaker"


@given(st.sampled_from((*SCENES, "no-such-scene")), any_params)
def test_every_place_has_sounds_and_is_equally_loud(scene: str, params: dict[str, int | bool | str]) -> None:
    """Each sound has a file. All places are within three decibels, so that nobody has to change the volume."""
    sounds = place_sounds(Picture(scene, params))
    assert names(sounds) <= FILES and 1 <= len(sounds.loops) <= 8
    assert all(0 < level <= 1 for level in sounds.loops.values())
    assert all(0 < sound.level <= 1 and sound.every >= 2 for sound in sounds.occasional.values())
    assert 0.5**2 < sum(level**2 for level in sounds.loops.values()) < 0.86**2


def test_sounds_and_files_match() -> None:
    at_work = partial(at, smoke=True, furnaces=6, steam=True, thing="baskets", sacks=9)
    places = product(SCENES, SEASONS, ("day", "night"))
    heard = (names(at_work(scene, season=season, hour=hour)) for scene, season, hour in places)
    assert {*ONCE}.union(*heard) == FILES


@pytest.mark.parametrize("scene", ["courtyard", "village", "hall", "desk"])
def test_winter_is_the_loudest_and_summer_the_stillest(scene: str) -> None:
    gusts = {season: at(scene, season=season).loops.get("gusts", 0.0) for season in SEASONS}
    assert max(gusts, key=gusts.__getitem__) == "winter" and min(gusts, key=gusts.__getitem__) == "summer"


@pytest.mark.parametrize(
    ("sound", "softer", "louder"),
    [
        *(("wind", at("kitchen", season=season), at("courtyard", season=season)) for season in SEASONS),
        ("gusts", at("desk", season="winter"), at("kitchen", season="winter")),
        ("bellows", at("courtyard", furnaces=6, smoke=True), at("furnaces", furnaces=6, smoke=True)),
        ("cart", at("road", season="winter", sacks=4), at("road", season="winter", sacks=12)),
    ],
    ids=[*(f"walls keep the wind out in {season}" for season in SEASONS), "gusts", "distance", "fewer carts"],
)
def test_walls_distance_and_few_carts_soften_a_sound(sound: str, softer: PlaceSounds, louder: PlaceSounds) -> None:
    assert 0 < softer.loops[sound] < louder.loops[sound]


@pytest.mark.parametrize(
    ("scene", "params", "heard", "missing"),
    [
        ("courtyard", {"season": "summer", "hour": "dusk"}, {"crickets"}, set()),
        ("courtyard", {"season": "summer", "hour": "day", "forest": 8}, {"cicadas"}, set()),
        ("courtyard", {"season": "summer", "hour": "day", "forest": 1}, set(), {"cicadas"}),
        ("courtyard", {"season": "autumn", "hour": "night"}, {"cricket"}, {"crickets"}),
        ("courtyard", {"season": "winter", "hour": "night"}, set(), INSECTS),
        ("courtyard", {"season": "spring", "hour": "day"}, set(), INSECTS),
        ("kitchen", {"season": "summer", "hour": "night"}, set(), INSECTS),
        ("kitchen", {"season": "winter", "hour": "dusk", "year": 1960}, AIR, FILES - AIR),
        ("dining", {"season": "winter", "steam": True}, {"fire", "bowl"}, set()),
        ("dining", {"season": "winter", "steam": False, "people": 2}, AIR, FILES - AIR),
        ("courtyard", {"furnaces": 0, "smoke": True}, set(), {"bellows"}),
        ("courtyard", {"furnaces": 6, "smoke": False}, set(), {"bellows"}),
        ("road", {"season": "winter", "sacks": 0}, set(), {"cart"}),
        ("office", {"season": "winter"}, {"line", "room"}, set()),
        ("barn", {"season": "winter"}, {"broom", "room"}, set()),
        ("corridor", {"season": "winter", "people": 0}, {"steps", "room", "murmur"}, set()),  # behind its doors
        ("county", {"people": 10}, {"clapping"}, set()),
        ("presidium", {"season": "winter", "people": 10}, {"hum", "room"}, {"clapping"}),  # where heads are bowed
    ],
)
def test_a_place_has_the_sounds_of_its_season_and_its_people(
    scene: str, params: dict[str, int | str], heard: set[str], missing: set[str]
) -> None:
    found = names(at(scene, **params))
    assert heard <= found and not missing & found


def test_sparrows_are_gone_after_1958() -> None:
    def every(year: int, season: str) -> float | None:
        sparrow = at("courtyard", year=year, season=season, hour="day").occasional.get("sparrow")
        return sparrow.every if sparrow else None

    spring, autumn, after = every(1958, "spring"), every(1958, "autumn"), every(1962, "spring")
    assert spring is not None and autumn is not None and after is not None and spring < after < autumn
    assert {every(year, season) for year in (1959, 1960, 1961) for season in SEASONS} == {None}
    later = at("courtyard", year=1962, season="autumn", hour="day", thing="baskets", sacks=9)
    assert {"sparrow", "beans"} <= names(later)


@pytest.mark.parametrize("scene", ["hall", "scales", "dike"])
def test_voices_grow_fewer_with_the_people(scene: str) -> None:
    """Softer with each who is missing, and silent with few, since single voices would sound wrong in an empty room."""
    murmurs = [at(scene, season="winter", people=people).loops.get("murmur", 0.0) for people in (10, 8, 6, 4, 3, 0)]
    assert murmurs == sorted(murmurs, reverse=True) and murmurs[:4] == sorted(set(murmurs[:4]), reverse=True)
    assert murmurs[3] > 0 and murmurs[4] == murmurs[5] == 0


def test_work_slows_down_with_the_people() -> None:
    bowls = [at("dining", steam=True, people=people).occasional.get("bowl") for people in (10, 4, 0)]
    assert bowls[0] is not None and bowls[1] is not None and bowls[0].every < bowls[1].every and bowls[2] is None


@pytest.fixture
def driver(mill: Story, words: Catalogue) -> AppDriver:
    """On the title."""
    return AppDriver(start(mill, words))


def test_the_title_sounds_like_the_picture_behind_it(driver: AppDriver, mill: Story) -> None:
    behind = begin(mill, next(iter(mill.roles))).page.picture
    assert driver.app.page is None and behind is not None
    assert ambience(driver.app).loops.keys() == place_sounds(behind).loops.keys()


def test_a_loudspeaker_clicks_when_it_begins_and_hums_while_it_stands_there(shipped: Story, words: Catalogue) -> None:
    line = wandered(shipped, 3, "villager")
    number = next(number for number, p in enumerate(line) if p.page.node == LOUDSPEAKER)
    before, app, after = (at_page(words, p) for p in line[number - 1 : number + 2])
    assert "hum" in ambience(app).loops and "click" in effects_between(sound_place(before), sound_place(app))
    card = app.pushed(ScreenView("fact", next(iter(shipped.facts))))
    assert ambience(card) == ambience(app) and not effects_between(sound_place(app), sound_place(card))
    assert "hum" not in ambience(after).loops and "click" not in effects_between(sound_place(app), sound_place(after))


def test_only_the_shown_text_is_heard(shipped: Story, words: Catalogue) -> None:
    line = wandered(shipped, 3, "villager")
    app = at_page(words, next(p for p in line if p.page.node == LOUDSPEAKER))
    driver = AppDriver(app.pushed(ScreenView("pause")))
    driver.press("version")
    assert driver.where == "reading" and "hum" in ambience(app).loops
    assert "hum" not in ambience(driver.app).loops


def test_each_page_is_turned_once(driver: AppDriver) -> None:
    driver.press("new:miller")
    places = [sound_place(driver.app)]

    def turned(*ids: str) -> bool:
        driver.press(*ids)
        places.append(sound_place(driver.app))
        return "page" in effects_between(places[-2], places[-1])

    assert turned("begin:miller")
    driver.intend(intents.Activate())
    assert sound_place(driver.app) != places[-1], "the first page leads on"
    places.append(sound_place(driver.app))
    driver.intend(intents.FocusStep(1))
    assert sound_place(driver.app) == places[-1]
    assert not turned("pause")
    assert turned("look-back")
    assert turned("close")
    assert turned("undo")


def test_a_weighing_is_heard(mill: Story, words: Catalogue) -> None:
    line = wandered(mill, 1, "miller")
    places = [sound_place(at_page(words, p)) for p in line]
    weighed = [bool(p.page.ledger) for p in line]
    assert ["scales" in effects_between(*pair) for pair in pairwise(places)] == weighed[1:] and any(weighed)


def test_the_ladle_knocks_when_one_comes_to_it(shipped: Story, words: Catalogue) -> None:
    line = wandered(shipped, 5, "official")
    dining = {p.page.node for p in line if p.page.picture and p.page.picture.scene == "dining"}
    knocks, comings = [], []
    for before, after in pairwise(line):
        here, there = after.page, before.page
        if "ladle" in effects_between(*(sound_place(at_page(words, p)) for p in (before, after))):
            knocks.append(here.node)
        if here.node in dining and (there.chapter != here.chapter or there.node not in dining):
            comings.append(here.node)
    assert knocks and knocks == comings


@pytest.mark.parametrize("name", ["ambience", "effects"])
def test_each_kind_has_its_own_level(driver: AppDriver, name: str) -> None:
    def loud(setting: str, value: int) -> float:
        set_so = replace(driver.app, settings=changed(driver.app.settings, setting, value))
        if name == "effects":
            return effect_level(set_so, "page")
        sounds = ambience(set_so)
        return sum(sounds.loops.values()) + sum(sound.level for sound in sounds.occasional.values())

    for row in (name, "volume"):
        steps = [loud(row, value) for value in (0, 25, 50, 75, 100)]
        assert steps[0] == 0 and steps == sorted(set(steps))
    other = "effects" if name == "ambience" else "ambience"
    assert loud(other, 0) == loud(other, 100)


def test_all_gives_way_to_the_voice(driver: AppDriver) -> None:
    saying = replace(driver.app, speech=Speech(saying="One bowl."))
    usual, lower = ambience(driver.app), ambience(saying)
    assert lower.loops == pytest.approx({name: UNDER_VOICE * level for name, level in usual.loops.items()})
    assert lower.occasional == {
        name: sound._replace(level=UNDER_VOICE * sound.level) for name, sound in usual.occasional.items()
    }
    assert effect_level(saying, "page") == pytest.approx(UNDER_VOICE * effect_level(driver.app, "page"))


def test_setting_a_volume_plays_a_sound(driver: AppDriver) -> None:
    before = sound_place(driver.app)
    driver.intend(intents.Adjust(-1, "effects"))
    assert effects_between(before, sound_place(driver.app)) == ("page",)


def test_muted_is_inaudible(driver: AppDriver) -> None:
    for heard in (True, False, True):
        assert audible(driver.app.settings) == bool(names(ambience(driver.app))) == heard
        driver.intend(intents.Mute())
    assert not audible(replace(driver.app.settings, ambience=0, effects=0))


def test_every_place_of_the_story_has_its_sound(shipped: Story, words: Catalogue) -> None:
    """The winters of hunger have neither crickets nor bellows."""
    for p in (p for role in shipped.roles for p in wandered(shipped, 2, role) if p.page.picture):
        sounds = ambience(at_page(words, p))
        assert sounds.loops, p.page.node
        if p.page.picture and p.page.picture.params.get("year") in (1960, 1961):
            assert not {"crickets", "cicadas", "bellows", "sparrow"} & names(sounds)


def test_an_author_s_sound_takes_the_place_of_the_scene_s(words: Catalogue) -> None:
    """Also at a place without a picture, with the same loop for the same file, and by the settings."""
    island = load(HAELSEY)
    harbour = begin(island, "shepherd")
    app = at_page(words, harbour)
    own = island.places["harbour"].sound
    assert own is not None and names(ambience(app)) == {own.name}
    shore = next(p for p in wandered(island, 3, "shepherd") if p.page.chapter == "counted")
    assert shore.page.picture is None and ambience(at_page(words, shore)) == ambience(app)
    louder = ambience(at_page(words, harbour, settings=Settings(volume=100))).loops[own.name]
    assert 0 < ambience(app).loops[own.name] < louder <= 1
    assert names(ambience(at_page(words, harbour, settings=Settings(ambience=0)))) == set()


def test_a_place_with_a_scene_and_a_sound_has_only_its_sound(mill: Story, words: Catalogue) -> None:
    app = at_page(words, begin(mill, "miller"))
    before = names(ambience(app))
    places = {id: replace(place, sound=Sound("sounds/own.wav")) for id, place in mill.places.items()}
    own = replace(mill, places=places)
    assert before and names(ambience(at_page(words, begin(own, "miller")))) == {Sound("sounds/own.wav").name}
