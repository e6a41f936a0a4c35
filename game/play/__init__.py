"""The game's rules: a story and a list of entries give a page. Pure, except for `save_files`."""

from game.play.debrief_sections import Item, Section, debrief, facts_met
from game.play.history import Fork, MetWeighing, ReadingMap, Station, reading_map, weighings
from game.play.page import Change, LedgerRow, Option, Page, Paragraph, Picture, Span
from game.play.playthrough import (
    Entry,
    NothingToUndo,
    Playthrough,
    Record,
    UnavailableChoice,
    UnknownChoice,
    begin,
    follow,
)
from game.play.restore_notes import Note
from game.play.save_check import RestoreError
from game.play.save_format import restore, save

__all__ = [
    "Change",
    "Entry",
    "Fork",
    "Item",
    "LedgerRow",
    "MetWeighing",
    "Note",
    "NothingToUndo",
    "Option",
    "Page",
    "Paragraph",
    "Picture",
    "Playthrough",
    "ReadingMap",
    "Record",
    "RestoreError",
    "Section",
    "Span",
    "Station",
    "UnavailableChoice",
    "UnknownChoice",
    "begin",
    "debrief",
    "facts_met",
    "follow",
    "reading_map",
    "restore",
    "save",
    "weighings",
]  # fmt: skip
