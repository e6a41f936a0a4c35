"""The pictures of a story: the title's picture, and those that random readings find."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

from game.play import Playthrough, begin
from game.play.page import Picture
from game.play.village_map import map_pictures
from game.story.model import Story
from game.ui.scenery import title_picture
from game.web.picture_names import picture_name

# 100 readings of the shipped story find 107 of its 113 pictures, 300 find 112, and 1,000 find all in a good second.
READINGS = 1_000
MOST_PAGES = 1_000


class ReachablePictures(NamedTuple):
    """The pictures of pages, and the maps. Maps of the same places in the same year differ by a tree or a field: only
    the one that most pages show is kept. So the shipped story has 107 maps instead of 317."""

    pages: tuple[Picture, ...]  # of the title and of pages, in the order in which readings show them
    maps: tuple[Picture, ...]  # of the village


def reachable_pictures(story: Story, chance: Random, readings: int = READINGS) -> ReachablePictures:
    """Return the pictures that random readings show, spread over all cuts (lengths of the story) and roles."""
    ways = [(cut.id, role) for cut in story.cuts.values() for role in ([None] if cut.both_roles else story.roles)]
    title = title_picture(story)
    found: dict[str, Picture] = {picture_name(title): title} if title is not None else {}
    maps: dict[str, Picture] = {}
    pages_of: Counter[str] = Counter()
    for number in range(readings):
        cut, role = ways[number % len(ways)]
        p = read_at_random(begin(story, role, cut), chance)
        for page in p.pages:
            if page.picture is not None:
                found.setdefault(picture_name(page.picture), page.picture)
        for picture in map_pictures(p) if story.spots else ():
            name = picture_name(picture)
            maps[name] = picture
            pages_of[name] += 1
    chosen: dict[tuple[object, object], Picture] = {}
    for name, _ in pages_of.most_common():
        params = maps[name].params
        if "year" in params:  # before that, the reader has met nothing
            chosen.setdefault((params["spots"], params["year"]), maps[name])
    return ReachablePictures(tuple(found.values()), tuple(chosen.values()))


def read_at_random(p: Playthrough, chance: Random) -> Playthrough:
    """Return `p` after random choices until the story's end, at most `MOST_PAGES`. Leaving early is never chosen."""
    for _ in range(MOST_PAGES):
        if p.over or not p.page.choices:
            break
        offers = [offer for offer in p.page.offers if offer != "leave"]
        p = p.take(chance.choice([option.id for option in p.page.choices] + offers))
    return p
