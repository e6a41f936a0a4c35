"""The registry of screens: for each name, how it is drawn and how it behaves on the stack of screens."""

from __future__ import annotations

from collections.abc import Callable

from game.core.values import frozen
from game.ui import line_edit
from game.ui.line_edit import FieldKind
from game.ui.screens import (
    cards,
    debrief,
    kiosk_screens,
    licences,
    menus,
    reading,
    sharing,
    slots,
    title,
    visit_pages,
    wall_screens,
)
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


@frozen
class Screen:
    """One kind of screen.

    Attributes:
        draw: the interface's state and this screen's place on the stack -> its tree.
        card: it is small: the screen below stays in sight, and the picture behind it stands still.
        closes_to_page: the verb `close` closes it, and every other one of these, down to the page.
        visitor_closes: a museum's visitor may close it with the way back; nothing else leads out of a visit.
        ends_with_vote: it is about one vote of a class, and goes when that vote is over.
        pauses_to: the screen that Escape opens over it; "" where Escape closes it.
        field: what can be typed into its field; None where it has none.
    """

    draw: Callable[[AppState, ScreenView], TreeNode]
    card: bool = False
    closes_to_page: bool = False
    visitor_closes: bool = False
    ends_with_vote: bool = False
    pauses_to: str = ""
    field: FieldKind | None = None


SCREENS: dict[str, Screen] = {
    "title": Screen(title.title),
    "about": Screen(title.about),
    "content-note": Screen(title.content_note),
    "reading": Screen(reading.reading, pauses_to="pause"),
    "look-back": Screen(reading.look_back, closes_to_page=True),
    "debrief": Screen(debrief.debrief),
    "pause": Screen(menus.pause, closes_to_page=True),
    "settings": Screen(menus.settings, closes_to_page=True),
    "slots-store": Screen(slots.slots, closes_to_page=True),
    "slots-fetch": Screen(slots.slots, closes_to_page=True),
    "share": Screen(sharing.share, closes_to_page=True),
    "code": Screen(sharing.code, closes_to_page=True, field=line_edit.CODE),
    "journal": Screen(cards.journal, card=True, closes_to_page=True),
    "credits": Screen(licences.credits, closes_to_page=True),
    "licence": Screen(licences.licence, closes_to_page=True),
    "fact": Screen(cards.fact, card=True, closes_to_page=True, visitor_closes=True),
    "term": Screen(cards.term, card=True, closes_to_page=True, visitor_closes=True),
    "confirm": Screen(cards.confirm, card=True, closes_to_page=True),
    "message": Screen(cards.message, card=True, closes_to_page=True, visitor_closes=True),
    "findings": Screen(cards.findings, card=True, closes_to_page=True),
    "attract": Screen(kiosk_screens.attract),
    "visit-language": Screen(kiosk_screens.language),
    "visit-door": Screen(kiosk_screens.door),
    "visit-between": Screen(visit_pages.between),
    "visit-sources": Screen(visit_pages.sources, card=True, visitor_closes=True),
    "visit-card": Screen(visit_pages.card),
    "visit-quiet": Screen(kiosk_screens.quiet),
    "closed": Screen(kiosk_screens.closed),
    "staff-pin": Screen(kiosk_screens.staff_pin, visitor_closes=True, field=line_edit.PIN),
    "staff": Screen(kiosk_screens.staff),
    "still-there": Screen(kiosk_screens.still_there, card=True, visitor_closes=True),
    "wall": Screen(wall_screens.wall, pauses_to="wall-menu"),
    "wall-note": Screen(wall_screens.wall_note),
    "wall-join": Screen(wall_screens.wall_join),
    "wall-menu": Screen(wall_screens.wall_menu),
    "wall-help": Screen(wall_screens.wall_help),
    "wall-debrief": Screen(wall_screens.wall_debrief, pauses_to="wall-menu"),
    "hands": Screen(wall_screens.hands, ends_with_vote=True, field=line_edit.HANDS),
    "settle": Screen(wall_screens.settle, ends_with_vote=True),
    "reason": Screen(wall_screens.reason, ends_with_vote=True, field=line_edit.REASON),
}
