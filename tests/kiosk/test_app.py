"""A kiosk's offer from a story, the pixel shift, and the staff's access."""

from __future__ import annotations

import itertools
from unittest.mock import Mock

import pytest

from game.documents.guide import reading_times
from game.kiosk.app import aging_pictures, attract_pictures, offer_of, reading_minutes, settings_of
from game.kiosk.config.configuration import Config
from game.kiosk.pixel_shift import INTERVAL, STEPS, pixel_shift
from game.story.model import Story
from game.ui.kiosk_state import KioskEdition


def test_attract_pictures_give_nothing_away(shipped: Story) -> None:
    """Each picture once, and only of pages that both roles meet: they reveal nobody's fate."""
    found = attract_pictures(shipped, "villager")
    assert len(found) >= 4 and all(found.count(picture) == 1 for picture in found)
    assert {picture.scene for picture in found} == {"scales"}


def test_small_story_uses_all_its_pictures(mill: Story) -> None:
    assert attract_pictures(mill, "miller")


def test_a_story_with_an_invitation_shows_one_village_in_its_years(shipped: Story, mill: Story) -> None:
    ages, passes = offer_of([shipped], Config()), offer_of([mill], Config())
    assert ages.ages and ages.scenes == aging_pictures(shipped)
    assert {picture.scene for picture in ages.scenes} == {"years"}
    assert not passes.ages and aging_pictures(mill) == () and passes.scenes == attract_pictures(mill, "miller")
    assert ages.scene_seconds < 3 < 10 < passes.scene_seconds


def test_the_village_loses_its_trees_and_bowls_and_none_comes_back(shipped: Story) -> None:
    for name in ("forest", "bowls"):
        values = [int(picture.params[name]) for picture in aging_pictures(shipped)]
        assert values == sorted(values, reverse=True) and values[0] > values[-1]
    years = [picture.params["year"] for picture in aging_pictures(shipped)]
    assert years == sorted(years) and set(years) == {1958, 1959, 1960, 1961, 1962}


def test_a_start_that_knows_the_minutes_plays_nothing_to_count_them(
    shipped: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimate = Mock(return_value=7)
    monkeypatch.setattr(reading_times, "estimate_minutes", estimate)
    both = dict.fromkeys(shipped.roles, 31)
    known = offer_of([shipped], Config(longer_cut="full"), measured={"kiosk": {**both, "villager": 30}, "full": both})
    assert (known.editions[0].minutes, known.editions[0].longer, estimate.called) == (31, both, False)
    partly = offer_of([shipped], Config(longer_cut="full"), measured={"full": both})
    assert (partly.editions[0].minutes, partly.editions[0].longer) == (7, both)
    assert {cut.id for (_, _, cut), _ in estimate.call_args_list} == {"kiosk"}


def test_the_configuration_says_what_is_offered(shipped: Story) -> None:
    config = Config(roles=("official",), longer_cut="full", attract={"en": "Sit down."}, volume=60)
    offer = offer_of([shipped], config)
    assert (offer.roles, offer.cut, offer.longer) == (("official",), "kiosk", "full")
    longer, minutes = (reading_minutes(shipped, ("official",), cut) for cut in ("full", "kiosk"))
    assert offer.editions == (
        KioskEdition(shipped, offer.editions[0].words, "Sit down.", longer=longer, minutes=minutes["official"]),
    )
    assert minutes["official"] == 4
    assert settings_of(config).volume == offer.loudest == 50
    assert offer_of([shipped], Config()).roles == tuple(shipped.roles)


def test_a_visitor_is_shown_the_museums_objects_in_the_language_that_is_read(shipped: Story) -> None:
    objects = {"rice-bowl": {"en": "The bowl is from Anhui.", "zh": "碗"}, "wok": {"zh": "锅"}}
    assert offer_of([shipped], Config(objects=objects)).editions[0].objects == {"rice-bowl": "The bowl is from Anhui."}
    assert offer_of([shipped], Config()).editions[0].objects == {}


def test_pixel_shift_is_cyclic_in_small_steps() -> None:
    """By a few pixels, and never two steps at once."""
    times = (n * INTERVAL + 1 for n in range(len(STEPS) + 1))
    places = [pixel_shift(times.__next__) for _ in range(len(STEPS) + 1)]
    assert places[0] == places[-1] and len(set(places)) == len(STEPS)
    for (x, y), (u, v) in itertools.pairwise(places):
        assert abs(x - u) + abs(y - v) == 6
