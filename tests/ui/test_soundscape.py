"""What is heard where: a place by its picture, a thing by what stands on the page, and each as loud as it is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Playthrough, begin
from game.play.page import Picture
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.settings import Settings, changed
from game.ui.soundscape import (
    ONCE,
    UNDER_VOICE,
    WORK,
    ambience,
    audible,
    effect_level,
    effects_between,
    loops,
    sound_place,
)
from game.ui.state import AppState, ScreenView, Speech
from game.ui.update import start
from tests.ui.app_driver import AppDriver
from tests.ui.stand_ins import wandered

SEASONS = ("winter", "spring", "summer", "autumn")
SCENES = (*WORK, "village", "courtyard", "plain", "hall", "dining", "kitchen", "desk", "county", "scales")
FILES = {path.stem for path in (assets_folder() / "sounds").glob("*.wav")}
any_params = st.dictionaries(
    st.sampled_from(("season", "hour", "smoke", "furnaces", "steam", "people")),
    st.sampled_from((*SEASONS, "dusk", "night")) | st.booleans() | st.integers(-3, 20),
)


def at(scene: str, **params: int | bool | str) -> dict[str, float]:
    return loops(Picture(scene, params))


def reading(story: Story, words: Catalogue, playthrough: Playthrough, settings: Settings | None = None) -> AppState:
    """Somebody at the last page of a playthrough."""
    app = start(story, words, settings or Settings(), playthrough)
    return replace(app, views=(ScreenView("title"), ScreenView("reading")))


def line_to(line: list[Playthrough], node: str) -> Iterator[Playthrough]:
    return (one for one in line if one.page.node == node)


@given(st.sampled_from((*SCENES, "no-such-scene")), any_params)
def test_any_picture_has_loops_that_there_are(scene: str, params: dict[str, int | bool | str]) -> None:
    """Whatever a story says of its places, each loop is a file, and none is louder than itself."""
    levels = loops(Picture(scene, params))
    assert levels.keys() <= FILES and 1 <= len(levels) <= 4
    assert all(0 < level <= 1 for level in levels.values())


def test_every_thing_has_its_file() -> None:
    """And every file is heard somewhere."""
    heard = {name for scene in SCENES for season in SEASONS for name in at(scene, season=season)}
    heard |= {*at("courtyard", season="summer", hour="night"), *ONCE}
    assert heard == FILES


@pytest.mark.parametrize("scene", ["courtyard", "village", "hall", "desk"])
def test_winter_is_the_loudest_and_summer_the_stillest(scene: str) -> None:
    """In the fields as behind a wall."""
    wind = {season: at(scene, season=season)["wind"] for season in SEASONS}
    assert max(wind, key=wind.__getitem__) == "winter" and min(wind, key=wind.__getitem__) == "summer"


@pytest.mark.parametrize("season", SEASONS)
def test_walls_keep_the_wind_out(season: str) -> None:
    """It is there inside, and less than half of it."""
    assert 0 < at("kitchen", season=season)["wind"] < at("courtyard", season=season)["wind"] / 2


def test_crickets_are_out_on_summer_evenings() -> None:
    """At no other hour, in no other season, and not in the house."""
    assert "crickets" in at("courtyard", season="summer", hour="dusk")
    for other in (at("courtyard", season="summer", hour="day"), at("courtyard", season="winter", hour="night"),
                  at("kitchen", season="summer", hour="night")):  # fmt: skip
        assert "crickets" not in other


def test_furnaces_breathe_loud_near_and_low_far() -> None:
    """Once they are cold, nothing breathes."""
    near, far = at("furnaces", furnaces=6, smoke=True), at("courtyard", furnaces=6, smoke=True)
    assert 0 < far["bellows"] < near["bellows"]
    assert "bellows" not in at("courtyard", furnaces=0, smoke=True) | at("courtyard", furnaces=6, smoke=False)


def test_a_cold_hall_has_no_stove() -> None:
    """A dining hall that steams has its fire, and the one that does not is as still as any room."""
    assert "fire" in at("dining", season="winter", steam=True)
    assert at("dining", season="winter", steam=False) == at("hall", season="winter")


def test_the_title_sounds_like_the_picture_behind_it(mill: Story, words: Catalogue) -> None:
    """So that whoever sets the volume hears what it does."""
    app = start(mill, words)
    behind = begin(mill, next(iter(mill.roles))).page.picture
    assert app.page is None and behind is not None
    assert ambience(app).keys() == loops(behind).keys()


def test_a_loudspeaker_clicks_when_it_begins_and_hums_while_it_stands_there(shipped: Story, words: Catalogue) -> None:
    """A card over its page changes nothing; with the page it is gone."""
    line = wandered(shipped, 3, "villager")
    at_it = next(line_to(line, "v-loudspeaker.loudspeaker"))
    before = reading(shipped, words, line[line.index(at_it) - 1])
    app = reading(shipped, words, at_it)
    assert "hum" in ambience(app) and "click" in effects_between(sound_place(before), sound_place(app))
    card = app.pushed(ScreenView("fact", next(iter(shipped.facts))))
    assert ambience(card) == ambience(app) and not effects_between(sound_place(app), sound_place(card))
    after = reading(shipped, words, line[line.index(at_it) + 1])
    assert "hum" not in ambience(after) and "click" not in effects_between(sound_place(app), sound_place(after))


def test_only_the_telling_that_is_shown_is_heard(shipped: Story, words: Catalogue) -> None:
    """The short form of that page has no loudspeaker's words, and no hum."""
    app = reading(shipped, words, next(line_to(wandered(shipped, 3, "villager"), "v-loudspeaker.loudspeaker")))
    driver = AppDriver(app.pushed(ScreenView("pause")))
    driver.press("telling")
    assert driver.where == "reading" and "hum" in ambience(app) and "hum" not in ambience(driver.app)


def test_each_page_is_turned_once(mill: Story, words: Catalogue) -> None:
    """Onward, back, and while leafing; not by a menu, nor by moving the focus."""
    driver = AppDriver(start(mill, words))
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
    """Where sacks are weighed on the page, and on no other page."""
    line = wandered(mill, 1, "miller")
    apps = [reading(mill, words, one) for one in line]
    for before, after in pairwise(apps):
        page = after.page
        assert page is not None
        assert ("scales" in effects_between(sound_place(before), sound_place(after))) == bool(page.ledger)
    assert any(one.page.ledger for one in line)


def test_the_ladle_knocks_once_a_chapter(shipped: Story, words: Catalogue) -> None:
    """When one comes to it, and not with each page beside it."""
    line = wandered(shipped, 5, "official")
    knocks = []
    for before, after in pairwise(line):
        places = [sound_place(reading(shipped, words, one)) for one in (before, after)]
        between = effects_between(*places)
        if "ladle" in between:
            knocks.append(after.page.chapter)
    beside = {one.page.chapter for one in line if one.page.picture and one.page.picture.scene == "dining"}
    assert knocks and len(knocks) == len(set(knocks)) and set(knocks) == beside


@pytest.mark.parametrize("name", ["ambience", "effects"])
def test_each_kind_has_its_own_level(mill: Story, words: Catalogue, name: str) -> None:
    """Louder with each step of its own row and of the volume's, and off at the lowest of either."""
    app = start(mill, words)

    def loud(**set_to: int) -> float:
        settings = app.settings
        for setting, value in set_to.items():
            settings = changed(settings, setting, value)
        set_so = replace(app, settings=settings)
        return sum(ambience(set_so).values()) if name == "ambience" else effect_level(set_so, "page")

    for row in (name, "volume"):
        steps = [loud(**{row: value}) for value in (0, 25, 50, 75, 100)]
        assert steps[0] == 0 and steps == sorted(set(steps))
    other = "effects" if name == "ambience" else "ambience"
    assert loud(**{other: 0}) == loud(**{other: 100})


def test_all_gives_way_to_the_voice(mill: Story, words: Catalogue) -> None:
    """While something is being said, and no longer."""
    app = start(mill, words)
    saying = replace(app, speech=Speech(saying="One bowl."))
    assert ambience(saying) == {name: pytest.approx(UNDER_VOICE * level) for name, level in ambience(app).items()}
    assert effect_level(saying, "page") == pytest.approx(UNDER_VOICE * effect_level(app, "page"))


def test_a_loudness_that_was_set_can_be_heard(mill: Story, words: Catalogue) -> None:
    """Single sounds are rare: setting them lets one of them be heard."""
    driver = AppDriver(start(mill, words))
    before = sound_place(driver.app)
    driver.intend(intents.Adjust(-1, "effects"))
    assert effects_between(before, sound_place(driver.app)) == ("page",)


def test_muted_is_inaudible(mill: Story, words: Catalogue) -> None:
    """By the key as by turning off all that there is."""
    driver = AppDriver(start(mill, words))
    assert audible(driver.app.settings)
    driver.intend(intents.Mute())
    assert not audible(driver.app.settings) and not ambience(driver.app)
    driver.intend(intents.Mute())
    assert audible(driver.app.settings)
    assert not audible(replace(driver.app.settings, ambience=0, effects=0))


def test_every_place_of_the_story_has_its_sound(shipped: Story, words: Catalogue) -> None:
    """On every page of both doors something is heard, and the winters of hunger have neither crickets nor bellows."""
    for role in shipped.roles:
        for one in wandered(shipped, 2, role):
            picture = one.page.picture
            if picture is None:
                continue
            levels = ambience(reading(shipped, words, one))
            assert levels, one.page.node
            if picture.params.get("year") in (1960, 1961):
                assert not {"crickets", "bellows", "earth"} & levels.keys()
