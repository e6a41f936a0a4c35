"""The map of a playthrough: the met places, their years, what happened there, and the picture."""

from __future__ import annotations

from game.play import Playthrough, begin
from game.play.village_map import encode_spots, first_sentence, map_picture, village_map
from game.story import Story
from tests.play.readers import read_on
from tests.ui.stand_ins import taken, wandered


def official(story: Story) -> Playthrough:
    """A playthrough of the official's door, up to the first place off the map."""
    return next(p for p in wandered(story, 3, "official") if village_map(p).elsewhere)


def test_the_map_has_the_places_met_so_far(mill: Story, shipped: Story) -> None:
    first = village_map(taken(mill, "continue"))
    (lane,) = first.spots
    assert (lane.id, lane.name, lane.at, lane.years, lane.here) == ("lane", "Mill Lane", (0.3, 0.6), (1958,), True)
    assert first.elsewhere == ()
    p = official(shipped)
    (county,) = village_map(p).elsewhere
    assert (county.id, county.name, county.at, county.here) == (p.page.place, p.page.place, None, True)
    assert not any(place.here for place in village_map(p).spots)


def test_a_page_outside_of_the_years_is_on_no_map(mill: Story) -> None:
    p = taken(mill, "give-wok", "continue")
    assert (p.page.place, p.page.progress.year) == ("the mill", None)
    found = village_map(p)
    assert found.elsewhere == () and [(place.id, place.here) for place in found.spots] == [("lane", False)]


def test_a_place_has_the_chapters_and_choices_made_there(mill: Story) -> None:
    (lane,) = village_map(taken(mill, "give-wok", "continue")).spots
    reel, visit = lane.visits
    assert (reel.chapter, reel.station) == ("song", None)
    assert (visit.chapter, visit.when) == ("m-lane", mill.chapters["m-lane"].when)
    assert visit.station is not None and visit.station.forks[0].choice == "give-wok"
    assert visit.first and visit.first == first_sentence(visit.first)


def test_places_are_found_by_their_id(shipped: Story) -> None:
    found = village_map(official(shipped))
    assert found.place(found.spots[0].id) is found.spots[0] and found.place(found.elsewhere[0].id) is found.elsewhere[0]
    assert found.place("nowhere") is None


def test_the_picture_shows_the_time_of_the_latest_page_and_the_met_spots(mill: Story, shipped: Story) -> None:
    early = map_picture(taken(mill, "continue"))
    assert (early.scene, early.params["forest"], early.params["hour"]) == ("map", 8, "day")
    assert early.params["spots"] == "village 30 60 1"
    assert encode_spots(mill, ()) == "village 30 60 0"
    line = wandered(shipped, 3, "villager")
    woods = [int(map_picture(p).params.get("forest", 10)) for p in line]
    assert woods[0] == 10 and woods[-1] < 4 and map_picture(line[-1]).params["year"] == 1962
    looks = [map_picture(p).params for p in line]
    assert not [look for look in looks if look.get("snow") and look["season"] != "winter"]


def test_the_picture_keeps_the_rest_of_the_orchard(shipped: Story) -> None:
    """An orchard cleared only on paper keeps half its trees to the end, though no later page shows it."""
    p = read_on(begin(shipped, "official", "full"), "on-paper")
    assert (map_picture(p).params["pears"], map_picture(p).params["year"]) == (5, 1962)


def test_every_place_of_the_story_that_was_read_is_on_the_map_or_beside_it(shipped: Story) -> None:
    for role in shipped.roles:
        for p in wandered(shipped, 3, role)[::12]:
            found = village_map(p)
            in_years = (page for page in p.pages if page.role and page.place and page.progress.year is not None)
            read = {page.chapter for page in (*in_years, *(page for page in p.pages if page.spot))}
            assert {visit.chapter for place in (*found.spots, *found.elsewhere) for visit in place.visits} == read
            assert sum(place.here for place in (*found.spots, *found.elsewhere)) <= 1


def test_the_painter_gets_all_spots(shipped: Story) -> None:
    spots = encode_spots(shipped, ["hall"]).split(";")
    assert len(spots) == len(shipped.spots)
    assert [part for part in spots if part.endswith(" 1")] == ["hall 56 44 1"]


def test_the_first_sentence_ends_with_its_full_stop() -> None:
    assert first_sentence("They came. They went.") == "They came."
    assert first_sentence("他们来了。他们走了。") == "他们来了。"
    assert first_sentence("“It isn’t that one.” I said so.") == "“It isn’t that one.”"
    assert first_sentence("no stop") == "no stop"
