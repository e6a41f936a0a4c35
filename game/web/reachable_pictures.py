"""The pictures of a story: the title's, and those that readings come to, found by playing it by chance."""

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

# Of the shipped story's 113 pictures 107 are found in 100 readings, 112 in 300, and all in 1,000: a good second.
READINGS = 1_000
MOST_PAGES = 1_000


class ReachablePictures(NamedTuple):
    """The title's picture and those of pages, in the order in which they are met; and maps of the village.

    Of the maps that show the same places in the same year, which differ by a tree or a field, it is the one that most
    pages have: of the shipped story 107 instead of 317.
    """

    pages: tuple[Picture, ...]
    maps: tuple[Picture, ...]


def reachable_pictures(story: Story, chance: Random, readings: int = READINGS) -> ReachablePictures:
    """The pictures of so many readings, spread over all cuts and roles."""
    ways = [(cut.id, role) for cut in story.cuts.values() for role in ([None] if cut.both_roles else story.roles)]
    title = title_picture(story)
    found: dict[str, Picture] = {picture_name(title): title} if title is not None else {}
    maps: dict[str, Picture] = {}
    pages_of: Counter[str] = Counter()
    for number in range(readings):
        cut, role = ways[number % len(ways)]
        p = _read(begin(story, role, cut), chance)
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
        if "year" in params:  # nothing was met before
            chosen.setdefault((params["spots"], params["year"]), maps[name])
    return ReachablePictures(tuple(found.values()), tuple(chosen.values()))


def _read(p: Playthrough, chance: Random) -> Playthrough:
    for _ in range(MOST_PAGES):
        if p.over or not p.page.choices:
            break
        offers = [offer for offer in p.page.offers if offer != "leave"]
        p = p.take(chance.choice([option.id for option in p.page.choices] + offers))
    return p
