"""The map of a playthrough: the places met so far, when, and what happened there. It is made from the pages read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from game.core.values import frozen
from game.lang.typecheck import Value
from game.play.cut_dates import years_in
from game.play.history import Station, reading_map
from game.play.page import Page, Picture
from game.play.playthrough import Playthrough
from game.story.model import Story
from game.story.places import NO_SCENE

SCENE = "map"  # the painter's scene for a map
_Named = tuple[str | None, str | None, str]  # a chapter's role, date and title
# The map's parameters that follow the time. Each has the value of the latest picture that has one.
TIME = ("year", "season", "crops", "forest", "snow", "furnaces", "pears")


@frozen
class MapVisit:
    """A chapter read at a place, with the first sentence read there. `station` has the choices taken, if any."""

    chapter: str
    year: int
    when: str | None
    title: str
    first: str
    station: Station | None = None


@frozen
class MapPlace:
    """A place that was met. `id` is the place's spot; for a place off the map, its name.

    `at` is its position from the left and from the top, each from 0 to 1; None off the map. `visits` is never empty.
    `here`: the current page is there.
    """

    id: str
    name: str
    at: tuple[float, float] | None
    visits: tuple[MapVisit, ...]
    here: bool

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the visits to this place, each once."""
        return tuple(sorted({visit.year for visit in self.visits}))


@frozen
class VillageMap:
    """The places met so far, in the order of meeting: `spots` are on the map, `elsewhere` are off it."""

    spots: tuple[MapPlace, ...]
    elsewhere: tuple[MapPlace, ...]

    def place(self, id: str) -> MapPlace | None:
        """Return a place that was met, by its id; None if it was not met."""
        return next((place for place in (*self.spots, *self.elsewhere) if place.id == id), None)


def village_map(playthrough: Playthrough) -> VillageMap:
    """Return the map of the pages read so far. A place off the map is listed only if it has a page within the
    calendar's years, not in a tale's opening or close."""
    story = playthrough.story
    pages = [page for page in playthrough.pages if _is_placed(page)]
    every = (station for date in reading_map(playthrough).dates for station in date if station.forks)
    stations = {(station.role, station.when, station.title): station for station in every}
    here = _key(playthrough.page) if _is_placed(playthrough.page) else None
    found: dict[str, MapPlace] = {}
    for page in pages:
        key, spot = _key(page), story.spots.get(page.spot or "")
        name, at = (spot.name, spot.at) if spot else (page.place or "", None)
        known = found.get(key) or MapPlace(key, name, at, (), key == here)
        found[key] = replace(known, visits=_with(known.visits, page, stations, story))
    spots = tuple(place for place in found.values() if place.at is not None)
    return VillageMap(spots, tuple(place for place in found.values() if place.at is None))


def map_picture(playthrough: Playthrough) -> Picture:
    """Return the picture of the map as it is on the current page."""
    *_, last = map_pictures(playthrough)
    return last


def map_pictures(playthrough: Playthrough) -> Iterator[Picture]:
    """Yield the picture of the map as it was on each page that was read."""
    story = playthrough.story
    params: dict[str, Value] = {}
    met: set[str] = set()
    spots = encode_spots(story, met)
    for page in playthrough.pages:
        if _is_placed(page):
            if page.spot is not None and page.spot not in met:
                met.add(page.spot)
                spots = encode_spots(story, met)
            if page.picture is not None:
                if "season" in page.picture.params:
                    params.pop("snow", None)  # it is from an earlier winter; without it, the season decides
                params.update((name, value) for name, value in page.picture.params.items() if name in TIME)
        yield Picture(SCENE, {**params, "hour": "day", "spots": spots})


def encode_spots(story: Story, met: Iterable[str]) -> str:
    """Return all spots as a parameter for the painter: `scene x y met` (x and y in hundredths of the map, `met` 0 or
    1), with semicolons between spots."""
    known = frozenset(met)
    scenes = _scenes(story)
    return ";".join(
        f"{scenes.get(spot.id, '-')} {round(100 * spot.at[0])} {round(100 * spot.at[1])} {int(spot.id in known)}"
        for spot in story.spots.values()
    )


def _scenes(story: Story) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for place in story.places.values():
        if place.spot is not None and place.scene != NO_SCENE:
            found.setdefault(place.spot, place.scene)
    return found


def first_sentence(text: str) -> str:
    """Return the text up to its first full stop, with the closing quotation marks."""
    return re.split(r"(?<=[.!?。！？])(?![”’」』\"'])\s*|(?<=[.!?。！？][”’」』])\s*", text, maxsplit=1)[0]


def _is_placed(page: Page) -> bool:
    """Return whether a page prints a year, and is on the map or in a role's chapter within the calendar's years."""
    on_map = page.spot is not None
    off_map = page.role is not None and bool(page.place) and page.progress.year is not None
    return page.chapter is not None and bool(years_in(page.when)) and (on_map or off_map)


def _key(page: Page) -> str:
    return page.spot or page.place or ""


def _with(
    visits: Sequence[MapVisit], page: Page, stations: Mapping[_Named, Station], story: Story
) -> tuple[MapVisit, ...]:
    """Return the visits with a page added. Pages of one chapter are one visit. `stations` are those with choices."""
    year, id = max(years_in(page.when)), page.chapter
    assert id is not None
    if visits and visits[-1].chapter == id:
        return tuple(visits)
    said = next((paragraph.text for paragraph in page.shown_paragraphs()), "")
    chapter = story.chapters[id]
    station = stations.get((chapter.role, chapter.when, chapter.title))
    return (*visits, MapVisit(id, year, page.when, page.title, first_sentence(said), station))
