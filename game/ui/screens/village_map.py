"""The map of the village, and the card of one place on it."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.village_map import MapVisit
from game.ui.components.map_parts import elsewhere_node, map_of, spot_nodes
from game.ui.components.parts import button, card, heading, plain
from game.ui.i18n import Catalogue, capital
from game.ui.screens.people import station_nodes
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


def village_map(app: AppState, view: ScreenView) -> TreeNode:
    """The places met so far, on the picture and in a list; those off the map below it."""
    assert app.playthrough is not None
    words, found = app.words, map_of(app.playthrough)
    return TreeNode(
        "screen", "map", words("map"), style="map",
        children=(
            heading(words("map")),
            TreeNode("group", "places", style="places", children=spot_nodes(app, found)),
            *elsewhere_node(app, found),
            TreeNode("group", "tools", style="tools", children=(button("back", words("close"), style="main"),)),
        ),
    )  # fmt: skip


def spot(app: AppState, view: ScreenView) -> TreeNode:
    """What happened at one place: each chapter that was read there, what was done in it and what came of it."""
    assert app.playthrough is not None
    place = map_of(app.playthrough).place(view.argument)
    assert place is not None
    lines = tuple(node for at, visit in enumerate(place.visits) for node in _visit_nodes(app.words, visit, at))
    return card(app.words, "spot", capital(place.name), *lines)


def _visit_nodes(words: Catalogue, visit: MapVisit, at: int) -> Iterator[TreeNode]:
    if visit.station is not None:
        yield from station_nodes(words, visit.station, at)
        return
    yield plain(words("page.dateline.join").join(filter(None, (visit.when, visit.title))), f"date-{at}", style="day")
    if visit.first:
        yield plain(visit.first, f"first-{at}", style="what-came")
