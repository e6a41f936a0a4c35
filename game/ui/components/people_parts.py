"""People as a screen shows them: the card of one, and those who were met, in their groups."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.debrief_sections import people_met
from game.play.page import Page, PersonCard
from game.ui.i18n import Catalogue, capital
from game.ui.state import AppState
from game.ui.tree import Action, TreeNode


def card_of(app: AppState, person: str) -> PersonCard | None:
    """What may be known of a person now; in a class, where a page that it is shown names them. None: nobody reads."""
    page = _page_naming(app, person)
    return page.card_of(person) if page is not None and person in app.story.people else None


def name_in_full(words: Catalogue, card: PersonCard) -> str:
    """A person's name as a heading, with the other one that pages use."""
    return capital(words("people.name", name=card.name, also=card.also) if card.also else card.name)


def has_people(app: AppState) -> bool:
    """Whether the story says who people are, and somebody reads it alone."""
    return bool(app.story.people) and app.playthrough is not None and app.mode.alone


def people_groups(app: AppState) -> Iterator[TreeNode]:
    """Everybody who was met so far, under the headings of their groups, in the story's order."""
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
