"""People and places met so far: a person's card, all people in their groups, and the places on the map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from game.play.debrief_sections import people_met
from game.play.page import Page, PersonCard
from game.play.village_map import MapPlace, MapVisit, VillageMap, map_picture, village_map
from game.ui.components.parts import change_in_words
from game.ui.i18n import Catalogue, capital
from game.ui.state import AppState
from game.ui.tree import Action, TreeNode


def card_of(app: AppState, person: str) -> PersonCard | None:
    """Return what the reader may know of a person now; None if nobody reads, or the story has no such person.

    In a class, this is what one of the two halves may know: the half whose page names the person, or else the first.
    """
    page = _page_naming(app, person)
    return page.card_of(person) if page is not None and person in app.story.people else None


def name_in_full(words: Catalogue, card: PersonCard) -> str:
    """Return a person's name as a heading. If pages also use another name for the person, it follows."""
    return capital(words("people.name", name=card.name, also=card.also) if card.also else card.name)


def has_people(app: AppState) -> bool:
    """Return whether people can be looked up: the story describes people, and a single reader plays."""
    return bool(app.story.people) and app.playthrough is not None and app.mode.alone


def people_groups(app: AppState) -> Iterator[TreeNode]:
    """Yield the people met so far, under the headings of their groups, in the story's order."""
    page, met = app.current.page, people_met(app.current)
    found: dict[str, list[TreeNode]] = {heading: [] for heading in app.story.people_groups}
    for id, person in app.story.people.items():
        if id in met:
            known = page.card_of(id)
            name, act = name_in_full(app.words, known), Action("person", id)
            node = TreeNode("button", f"person:{id}", name, action=act, value=known.says, style="person")
            found.setdefault(person.group or "", []).append(node)
    for group, nodes in found.items():
        if nodes:
            heading = app.story.people_groups.get(group, "")
            yield TreeNode("group", f"people:{group}", heading, style="people", children=tuple(nodes))


def _page_naming(app: AppState, person: str) -> Page | None:
    if app.class_view is None:
        return app.page
    pages = [half.page for half in app.class_view.halves]
    return next((page for page in pages if any(mark.id == person for mark in page.people)), pages[0])


# Cached, because every frame needs the map, and it is made from the whole reading.
map_of = lru_cache(maxsize=2)(village_map)
picture_of_map = lru_cache(maxsize=2)(map_picture)


def has_map(app: AppState) -> bool:
    """Return whether the map can be opened: the reader has met a place on it, and reads alone."""
    p = app.playthrough if app.mode.alone and app.story.spots else None
    return p is not None and bool(map_of(p).spots)


def spot_nodes(app: AppState, found: VillageMap) -> tuple[TreeNode, ...]:
    """Return the places on the map as entries, with the numbers that the map shows."""
    return tuple(_entry(app.words, place, number) for number, place in enumerate(found.spots, 1))


def elsewhere_node(app: AppState, found: VillageMap) -> tuple[TreeNode, ...]:
    """Return the places off the map under a heading; empty if the reader has met no such place."""
    if not found.elsewhere:
        return ()
    entries = tuple(_entry(app.words, place, 0) for place in found.elsewhere)
    return (TreeNode("group", "elsewhere", app.words("map.elsewhere"), style="places", children=entries),)


def _entry(words: Catalogue, place: MapPlace, number: int) -> TreeNode:
    years = words("map.years.join").join(map(str, place.years))
    said = words("map.spot", years=years, text=happened_at(words, place.visits[-1]))
    return TreeNode(
        "button", f"spot:{place.id}", capital(place.name), action=Action("spot", place.id),
        value=words("map.here", text=said) if place.here else said,
        level=number, chosen=place.here, style="spot", at=place.at,
    )  # fmt: skip


def happened_at(words: Catalogue, visit: MapVisit) -> str:
    """Return what happened in a chapter at a place: the outcome of the last choice made there; the choice itself if it
    had no outcome; if there was no choice, the first sentence that the reader read there."""
    fork = visit.station.forks[-1] if visit.station and visit.station.forks else None
    if fork is None:
        return visit.first
    if fork.answer is not None:
        return fork.answer.text
    return next((change_in_words(words, change) for change in fork.changes), fork.say)
