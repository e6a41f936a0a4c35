"""Each screen is a function from the interface's state to a tree; this is the table of them."""

from __future__ import annotations

from collections.abc import Callable

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

SCREENS: dict[str, Callable[[AppState, ScreenView], TreeNode]] = {
    "title": title.title,
    "about": title.about,
    "content-note": title.content_note,
    "reading": reading.reading,
    "look-back": reading.look_back,
    "debrief": debrief.debrief,
    "pause": menus.pause,
    "settings": menus.settings,
    "slots-store": slots.slots,
    "slots-fetch": slots.slots,
    "share": sharing.share,
    "code": sharing.code,
    "journal": cards.journal,
    "credits": licences.credits,
    "licence": licences.licence,
    "fact": cards.fact,
    "term": cards.term,
    "confirm": cards.confirm,
    "message": cards.message,
    "findings": cards.findings,
    "attract": kiosk_screens.attract,
    "visit-language": kiosk_screens.language,
    "visit-door": kiosk_screens.door,
    "visit-between": visit_pages.between,
    "visit-sources": visit_pages.sources,
    "visit-card": visit_pages.card,
    "visit-quiet": kiosk_screens.quiet,
    "closed": kiosk_screens.closed,
    "staff-pin": kiosk_screens.staff_pin,
    "staff": kiosk_screens.staff,
    "still-there": kiosk_screens.still_there,
    "wall": wall_screens.wall,
    "wall-note": wall_screens.wall_note,
    "wall-join": wall_screens.wall_join,
    "wall-menu": wall_screens.wall_menu,
    "wall-help": wall_screens.wall_help,
    "wall-debrief": wall_screens.wall_debrief,
    "hands": wall_screens.hands,
    "settle": wall_screens.settle,
    "reason": wall_screens.reason,
}
