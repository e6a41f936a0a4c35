"""Each screen is a function from the interface's state to a tree; this is the table of them."""

from __future__ import annotations

from collections.abc import Callable

from game.ui.app import AppState, ScreenView
from game.ui.screens import after, cards, credits, menus, reading, sharing, slots, title, visit, visit_pages, wall
from game.ui.tree import TreeNode

SCREENS: dict[str, Callable[[AppState, ScreenView], TreeNode]] = {
    "title": title.title,
    "about": title.about,
    "content-note": title.content_note,
    "reading": reading.reading,
    "look-back": reading.look_back,
    "debrief": after.debrief,
    "pause": menus.pause,
    "settings": menus.settings,
    "slots-store": slots.slots,
    "slots-fetch": slots.slots,
    "share": sharing.share,
    "code": sharing.code,
    "journal": cards.journal,
    "credits": credits.credits,
    "licence": credits.licence,
    "fact": cards.fact,
    "term": cards.term,
    "confirm": cards.confirm,
    "message": cards.message,
    "findings": cards.findings,
    "attract": visit.attract,
    "visit-language": visit.language,
    "visit-door": visit.door,
    "visit-between": visit_pages.between,
    "visit-sources": visit_pages.sources,
    "visit-card": visit_pages.card,
    "visit-quiet": visit.quiet,
    "closed": visit.closed,
    "staff-pin": visit.staff_pin,
    "staff": visit.staff,
    "still-there": visit.still_there,
    "wall": wall.wall,
    "wall-note": wall.wall_note,
    "wall-join": wall.wall_join,
    "wall-menu": wall.wall_menu,
    "wall-help": wall.wall_help,
    "wall-debrief": wall.wall_debrief,
    "hands": wall.hands,
    "settle": wall.settle,
    "reason": wall.reason,
}
