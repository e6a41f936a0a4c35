"""Handlers of text fields (typing, keypad, pasting) and of share codes (a playthrough as letters, to pass on)."""

from __future__ import annotations

from dataclasses import replace

from game.play.share_code import CodeError, from_code, to_code
from game.ui import intents
from game.ui.effects import CopyText, ReadClipboard, ShareLink
from game.ui.line_edit import LineEdit
from game.ui.screens.registry import SCREENS
from game.ui.screens.slots import COPIED
from game.ui.state import AppState
from game.ui.transitions import (
    Handler,
    UpdateResult,
    confirm_handlers,
    has_unfinished,
    replace_playthrough,
    screen_opener,
    show_notes,
    with_default_focus,
)


def handle_text_input(app: AppState, intent: intents.Intent) -> UpdateResult:
    """Return the state after an edit of the screen's text field; the same state if the screen has no field."""
    if isinstance(intent, intents.Copied):
        return (app.replaced(replace(app.top, argument=COPIED)) if app.top.screen == "share" else app), ()
    kind = SCREENS[app.top.screen].field
    if kind is None:
        return app, ()
    line = app.top.line
    match intent:
        case intents.Type(text):
            room = kind.longest - (0 if line.is_selected else len(line.text))
            return _with_line(app, line.typed(kind.takes(text)[: max(0, room)])), ()
        case intents.Erase(by):
            return _with_line(app, line.erased(by)), ()
        case intents.MoveCaret(by):
            return _with_line(app, line.moved(by)), ()
        case intents.Paste():
            return app, (ReadClipboard(),)
    return app, ()


def _with_line(app: AppState, line: LineEdit) -> AppState:
    """Return the state with `line` in its field. If a code's text has changed, its error message disappears."""
    said = app.top.argument if app.top.screen != "code" or line.text == app.top.line.text else ""
    return app.replaced(replace(app.top, line=line, argument=said))


def _replaces_unfinished(app: AppState, _: str) -> bool:
    """Return whether opening the typed code would replace an unfinished playthrough. False for a wrong code."""
    try:
        found, _notes = from_code(app.story, app.top.line.text)
    except CodeError:
        return False
    return has_unfinished(app, "") and app.playthrough not in found.history


def _open_code(app: AppState, _: str) -> UpdateResult:
    try:
        found, notes = from_code(app.story, app.top.line.text)
    except CodeError as error:
        said = app.words(f"code.{error.reason}", group=error.group, letter=error.letter)
        return with_default_focus(app.replaced(replace(app.top, argument=said, focus="field"))), ()
    app, effects = replace_playthrough(app, found)
    return show_notes(app, [app.words(f"note.{note.kind}", chapter=note.chapter) for note in notes]), effects


HANDLERS: dict[str, Handler] = {
    "share": screen_opener("share"),
    "code": screen_opener("code", focus="field"),
    **confirm_handlers("open-code", _replaces_unfinished, _open_code),
    "copy": lambda app, _: (app, (CopyText(to_code(app.current)),)),
    "link": lambda app, _: (app, (ShareLink(to_code(app.current)),)),
    "type": lambda app, text: handle_text_input(app, intents.Type(text)),
    "erase": lambda app, _: handle_text_input(app, intents.Erase(-1)),
    "paste": lambda app, _: handle_text_input(app, intents.Paste()),
}
