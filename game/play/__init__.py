"""The game's rules: a story and a list of entries give a page. All of it is pure, except for `save_files`.

Public API, with `game.story` and `game.explore`: other programs may use what `__all__` names.
"""

from game.play.debrief_sections import Item, Section, debrief
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
    "Change", "Entry", "Item", "LedgerRow", "Note", "NothingToUndo", "Option", "Page", "Paragraph", "Picture",
    "Playthrough", "Record", "RestoreError", "Section", "Span", "UnavailableChoice", "UnknownChoice", "begin",
    "debrief", "follow", "restore", "save",
]  # fmt: skip
