"""The sheet of people, the map of the village with the card of a place, and the story so far."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.history import Station, reading_map
from game.play.village_map import MapVisit
from game.ui.components.met_parts import elsewhere_node, has_map, map_of, people_groups, spot_nodes
from game.ui.components.page_parts import date_and_title
from game.ui.components.parts import button, card, change_in_words, headed_screen, plain, toolbar
from game.ui.i18n import Catalogue, capital
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


def people(app: AppState, view: ScreenView) -> TreeNode:
    """Build the list of the people met so far, each with who they are at this point of the story."""
    words = app.words
    groups = tuple(people_groups(app)) or (plain(words("people.nobody"), "nobody"),)
    more = (button("map", words("map"), hint=words("map.hint")),) if has_map(app) else ()
    tools = toolbar(button("back", words("close"), style="main"), *more)
    return headed_screen("people", words("people"), "wide", *groups, tools)


def so_far(app: AppState, view: ScreenView) -> TreeNode:
    """Build the story so far: each date with its choices and what came of them, up to the present page."""
    words = app.words
    stations = [station for date in reading_map(app.current).dates for station in date]
    dates = tuple(node for number, station in enumerate(stations) for node in station_nodes(words, station, number))
    here = plain(words("so-far.now", place=date_and_title(words, app.current.page)), "now", style="day")
    nodes = (*(dates or (plain(words("so-far.nothing"), "nothing"),)), here)
    tools = toolbar(button("back", words("so-far.on"), style="main"))
    return headed_screen("so-far", words("so-far"), "sheet", *nodes, tools)


def station_nodes(words: Catalogue, station: Station, number: int) -> Iterator[TreeNode]:
    """Yield a chapter's date, the choices taken, and a note if the chapter was summarised. Below a choice stands the
    story's answer, or if there is none, the first thing that changed. `number` is the chapter's, for the ids."""
    date = words.joined(station.when, station.title)
    yield plain(date, f"date-{number}", style="day")
    for i, fork in enumerate(station.forks):
        first_change = "".join(change_in_words(words, change) for change in fork.changes[:1])
        came = fork.answer.text if fork.answer else first_change
        yield TreeNode("group", f"deed-{number}-{i}", fork.say, style="deed")
        if came:
            yield plain(came, f"came-{number}-{i}", style="what-came")
    if station.told:
        yield plain(words("way.told"), f"told-{number}", style="small")


def village_map(app: AppState, view: ScreenView) -> TreeNode:
    """Build the map: the places met so far, on the picture and in a list. Places off the map stand below the list."""
    words, found = app.words, map_of(app.current)
    return headed_screen(
        "map", words("map"), "map",
        TreeNode("group", "places", style="places", children=spot_nodes(app, found)),
        *elsewhere_node(app, found),
        toolbar(button("back", words("close"), style="main")),
    )  # fmt: skip


def spot(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card of a place: the chapters that were read at that place, with their choices and outcomes."""
    place = map_of(app.current).place(view.argument)
    assert place is not None
    lines = tuple(node for at, visit in enumerate(place.visits) for node in _visit_nodes(app.words, visit, at))
    return card(app.words, "spot", capital(place.name), *lines)


def _visit_nodes(words: Catalogue, visit: MapVisit, at: int) -> Iterator[TreeNode]:
    if visit.station is not None:
        yield from station_nodes(words, visit.station, at)
        return
    yield plain(words.joined(visit.when, visit.title), f"date-{at}", style="day")
    if visit.first:
        yield plain(visit.first, f"first-{at}", style="what-came")
