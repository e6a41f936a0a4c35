"""Story + entries -> Page. Pure and deterministic, except for `saves`, which keeps playthroughs as files."""

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
from game.play.save_format import RestoreError, restore, save

__all__ = [
    "Change", "Entry", "Fork", "Item", "LedgerRow", "Note", "NothingToUndo", "Option", "Page", "Paragraph", "Picture",
    "Playthrough", "Record", "RestoreError", "Section", "Span", "Station", "UnavailableChoice", "UnknownChoice", "ReadingMap",
    "MetWeighing", "begin", "debrief", "facts_met", "follow", "restore", "save", "reading_map", "weighings",
]  # fmt: skip
