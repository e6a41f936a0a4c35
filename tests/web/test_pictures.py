"""A site's pictures: found by playing, named, and encoded."""

from __future__ import annotations

import io
from random import Random

from PIL import Image

from game.play import begin
from game.play.page import Picture
from game.play.village_map import map_picture
from game.story import Story
from game.ui.scenery import title_picture
from game.web.picture_names import PaintedPictures, picture_name
from game.web.reachable_pictures import reachable_pictures
from game.web.site_maker import webp
from tests.play.readers import read_on
from tests.small_stories.packs import load_the_mill

YARD = Picture("yard", {"season": "winter", "jar": 2, "wok": True}, "A yard.")


def test_equal_pictures_have_one_name() -> None:
    turned = Picture("yard", dict(sorted(YARD.params.items(), reverse=True)), "something else")
    assert picture_name(turned) == picture_name(YARD)
    for scene, params in (("hall", {}), ("yard", {"jar": 3}), ("yard", {"wok": 1})):
        assert picture_name(Picture(scene, {**YARD.params, **params}, YARD.alt)) != picture_name(YARD)


def test_a_picture_that_was_not_painted_has_its_nearest() -> None:
    near, far = Picture("yard", {**YARD.params, "jar": 1}, ""), Picture("yard", {"season": "summer"}, "")
    painted = PaintedPictures([far, near, Picture("hall", YARD.params, "")])
    assert painted.name_for(YARD) == picture_name(near)
    assert painted.name_for(far) == picture_name(far)
    assert painted.name_for(Picture("plain", {}, "")) == ""
    assert painted.name_for(None) == ""


def test_a_map_has_no_nearest_with_other_places() -> None:
    """It would show a place that the reader has not met; another season is possible."""
    summer = Picture("map", {"season": "summer", "spots": "hall 56 44 1"}, "")
    painted = PaintedPictures([summer])
    assert painted.name_for(Picture("map", {"season": "winter", "spots": "hall 56 44 1"}, "")) == picture_name(summer)
    assert painted.name_for(Picture("map", {"season": "summer", "spots": "hall 56 44 0"}, "")) == ""


def test_playing_finds_every_picture_of_a_small_story() -> None:
    story = load_the_mill()
    found, again = (reachable_pictures(story, Random(1), 200).pages for _ in range(2))
    names = [picture_name(picture) for picture in found]
    assert len(names) == len(set(names)) > 1
    assert {picture.scene for picture in found} == {place.scene for place in story.places.values()}
    assert [picture_name(picture) for picture in again] == names
    first = begin(story, role="miller").page.picture
    assert first is not None
    assert picture_name(first) in names


def test_few_readings_find_most_of_the_shipped_pictures(shipped: Story) -> None:
    found, maps = reachable_pictures(shipped, Random(0), 100)
    assert len(found) > 60
    assert found[0] == title_picture(shipped)
    assert {picture.scene for picture in found[1:]} == {place.scene for place in shipped.places.values() if place.scene}
    assert len(maps) == len({(picture.params["spots"], picture.params["year"]) for picture in maps}) > 60
    p = read_on(begin(shipped, "villager"))
    shown = PaintedPictures(maps).name_for(map_picture(p))
    assert PaintedPictures(maps).by_name[shown].params["spots"] == map_picture(p).params["spots"]


def test_one_reading_for_each_cut_and_role_begins_them_all(shipped: Story) -> None:
    firsts = [
        begin(shipped, role, cut.id).page.picture
        for cut in shipped.cuts.values()
        for role in ([None] if cut.both_roles else shipped.roles)
    ]
    found = {picture_name(picture) for picture in reachable_pictures(shipped, Random(0), len(firsts)).pages}
    names = {picture_name(picture) for picture in firsts if picture is not None}
    assert len(names) > 2
    assert names <= found


def test_a_picture_is_encoded_in_its_size() -> None:
    pixels = bytes([200, 40, 30]) * 64 * 48
    encoded = webp(pixels, (64, 48))
    picture = Image.open(io.BytesIO(encoded))
    assert (picture.format, picture.size) == ("WEBP", (64, 48))
    assert len(encoded) < len(pixels) / 10
    red, green, blue = picture.convert("RGB").resize((1, 1)).tobytes()
    assert max(abs(red - 200), abs(green - 40), abs(blue - 30)) < 12
