"""The registry of screens: the drawing function of each, and how it behaves on the stack of screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.core.values import frozen
from game.story.model import INVENTED
from game.ui import line_edit
from game.ui.components.met_parts import map_of
from game.ui.line_edit import FieldKind
from game.ui.screens import (
    appendix,
    cards,
    debrief,
    desk,
    kiosk_screens,
    menus,
    people,
    reading,
    slots,
    teacher,
    title,
    visit_pages,
    wall_screens,
    wall_seats,
)
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


def _is_fact(app: AppState, argument: str) -> bool:
    return argument in app.story.facts or argument == INVENTED


def _is_term(app: AppState, argument: str) -> bool:
    return argument in app.story.terms


def _are_facts(app: AppState, argument: str) -> bool:
    return all(_is_fact(app, fact) for fact in argument.split())


def _is_person(app: AppState, argument: str) -> bool:
    return argument in app.story.people


def _is_met(app: AppState, argument: str) -> bool:
    return app.playthrough is not None and map_of(app.playthrough).place(argument) is not None


def _is_weighed(app: AppState, argument: str) -> bool:
    if app.story.measures is None or app.playthrough is None:
        return False
    return not argument or any(page.node == argument for page in app.playthrough.pages)


def _is_past_page(app: AppState, argument: str) -> bool:
    return app.playthrough is not None and argument in map(str, range(len(app.playthrough.past)))


def _page(app: AppState, view: ScreenView) -> TreeNode:
    return (visit_pages.page if app.mode.public else reading.reading)(app, view)


@frozen
class Screen:
    """One kind of screen.

    Attributes:
        draw: builds the screen's tree.
        card: whether the screen is small. The screen below stays visible, and the picture behind both does not move.
        shows_page: whether the screen shows the playthrough's current page, or what a kiosk shows before that page.
        closes_to_page: whether the verb `close` closes the screen. The verb closes the topmost screen again and again,
            until the topmost one is without this flag, such as the page.
        visitor_closes: whether a kiosk's visitor can close the screen with Escape.
        staff_only: whether the screen is for a kiosk's staff, not for visitors.
        ends_with_vote: whether the screen is about one vote of a class, and closes when that vote is over.
        pauses_to: the screen that Escape opens over this one; "" if Escape closes this one.
        has_list: whether the screen shows a list while `ScreenView.argument` is "", and one entry otherwise. From an
            entry, Escape goes back to the list.
        field: what the screen's text field takes; None if the screen has no field.
        keeps_argument: tells, after the story was loaded again, whether the story still has what
            `ScreenView.argument` names. If not, the screen closes.
    """

    draw: Callable[[AppState, ScreenView], TreeNode]
    card: bool = False
    shows_page: bool = False
    closes_to_page: bool = False
    visitor_closes: bool = False
    staff_only: bool = False
    ends_with_vote: bool = False
    pauses_to: str = ""
    has_list: bool = False
    field: FieldKind | None = None
    keeps_argument: Callable[[AppState, str], bool] = lambda app, argument: True


SCREENS: Mapping[str, Screen] = {
    "title": Screen(title.title),
    "about": Screen(title.about),
    "controls": Screen(title.controls, closes_to_page=True),
    "content-note": Screen(title.content_note, keeps_argument=lambda app, argument: argument in app.story.roles),
    "reading": Screen(_page, shows_page=True, pauses_to="pause"),
    "look-back": Screen(reading.look_back, closes_to_page=True, keeps_argument=_is_past_page),
    "picture": Screen(teacher.for_pupils(reading.picture), closes_to_page=True),
    "debrief": Screen(debrief.debrief),
    "appendix": Screen(appendix.appendix, closes_to_page=True),
    "desk": Screen(teacher.for_pupils(desk.desk), closes_to_page=True, has_list=True, keeps_argument=desk.is_on_desk),
    "pause": Screen(menus.pause, closes_to_page=True),
    "settings": Screen(menus.settings, closes_to_page=True),
    "slots-store": Screen(slots.slots, closes_to_page=True),
    "slots-fetch": Screen(slots.slots, closes_to_page=True),
    "share": Screen(slots.share, closes_to_page=True),
    "code": Screen(slots.code, closes_to_page=True, field=line_edit.CODE),
    "journal": Screen(cards.journal, card=True, closes_to_page=True),
    "credits": Screen(title.credits, closes_to_page=True),
    "licence": Screen(title.licence, closes_to_page=True),
    "fact": Screen(cards.fact, card=True, closes_to_page=True, visitor_closes=True, keeps_argument=_is_fact),
    "term": Screen(cards.term, card=True, closes_to_page=True, visitor_closes=True, keeps_argument=_is_term),
    "person": Screen(cards.person, card=True, closes_to_page=True, visitor_closes=True, keeps_argument=_is_person),
    "sources": Screen(cards.sources, card=True, closes_to_page=True, visitor_closes=True, keeps_argument=_are_facts),
    "counted": Screen(cards.counted, card=True, closes_to_page=True, visitor_closes=True, keeps_argument=_is_weighed),
    "people": Screen(people.people, closes_to_page=True),
    "map": Screen(people.village_map, closes_to_page=True),
    "spot": Screen(people.spot, card=True, closes_to_page=True, keeps_argument=_is_met),
    "so-far": Screen(people.so_far, closes_to_page=True),
    "confirm": Screen(cards.confirm, card=True, closes_to_page=True, visitor_closes=True),
    "message": Screen(cards.message, card=True, closes_to_page=True, visitor_closes=True),
    "findings": Screen(cards.findings, card=True, closes_to_page=True, keeps_argument=lambda app, argument: False),
    "attract": Screen(kiosk_screens.attract),
    "visit-language": Screen(kiosk_screens.language),
    "visit-door": Screen(kiosk_screens.door),
    "visit-between": Screen(visit_pages.between, shows_page=True),
    "visit-card": Screen(visit_pages.card),
    "visit-quiet": Screen(kiosk_screens.quiet),
    "closed": Screen(kiosk_screens.closed),
    "staff-pin": Screen(kiosk_screens.staff_pin, visitor_closes=True, staff_only=True, field=line_edit.PIN),
    "staff": Screen(kiosk_screens.staff, staff_only=True),
    "still-there": Screen(kiosk_screens.still_there, card=True, visitor_closes=True),
    "wall": Screen(teacher.for_pupils(wall_screens.wall), pauses_to="wall-menu"),
    "class-start": Screen(wall_screens.class_start),
    "wall-note": Screen(teacher.for_pupils(wall_screens.wall_note)),
    "wall-join": Screen(teacher.for_pupils(wall_screens.wall_join)),
    "wall-menu": Screen(wall_screens.wall_menu),
    "wall-help": Screen(wall_screens.wall_help),
    "wall-debrief": Screen(teacher.for_pupils(wall_screens.wall_debrief), pauses_to="wall-menu"),
    "wall-expected": Screen(wall_seats.expected_pupils, field=line_edit.HANDS),
    "wall-seats": Screen(wall_seats.who_is_here),
    "wall-seat": Screen(wall_seats.one_seat),
    "hands": Screen(wall_screens.hands, ends_with_vote=True, field=line_edit.HANDS),
    "settle": Screen(wall_screens.settle, ends_with_vote=True),
    "reason": Screen(wall_screens.reason, ends_with_vote=True, field=line_edit.REASON),
}


def lowest_visible(app: AppState) -> int:
    """Return the index in `app.views` of the topmost screen that is not a card. Only cards lie above it."""
    return max(i for i, view in enumerate(app.views) if not SCREENS[view.screen].card)


def render_top(app: AppState) -> TreeNode:
    """Build the tree of the topmost screen, which takes the input."""
    return render_view(app, app.top)


def render_view(app: AppState, view: ScreenView) -> TreeNode:
    """Build the tree of one screen of the stack."""
    return SCREENS[view.screen].draw(app, view)
