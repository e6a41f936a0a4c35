"""What crosses between the program and its pages: keys and presses as intents, a state as what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.play.page import Picture
from game.ui import intents
from game.ui.key_bindings import SIMPLE_KEYS, from_picture
from game.ui.qr import dark_runs
from game.ui.scenery import picture_of
from game.ui.screens.registry import render_top
from game.ui.settings import to_json as settings_to_json
from game.ui.state import AppState
from game.ui.tree import TreeNode, field_of, walk
from game.web.messages import HIDDEN as HIDDEN_IN_BROWSERS
from game.web.messages import intents_of, screen_message, shown_trees

HIDDEN = HIDDEN_IN_BROWSERS | {"fullscreen"}  # for which a browser has a key of its own
# The keys that mean the same on both pages, wherever the focus of the browser is; as in a window.
KEYS: Mapping[str, intents.Intent] = {
    **{name: SIMPLE_KEYS[name] for name in "lm+-"}, "Escape": intents.Back(), "Enter": intents.Activate(),
    "ArrowDown": intents.FocusStep(1), "ArrowRight": intents.FocusStep(1),
    "ArrowUp": intents.FocusStep(-1), "ArrowLeft": intents.FocusStep(-1),
}  # fmt: skip
DIGITS = frozenset("123456789")
WHOLE = 1000  # what `ScreenView.scroll` is here of a screen that is scrolled to its end: pages differ in size
PRESSES = frozenset({intents.Activate, intents.Press, intents.PickNumber})  # what is not taken twice by a double press

NamePicture = Callable[[Picture | None], str]


def intents_of_message(message: Any, app: AppState) -> Sequence[intents.Intent]:
    """What a message of a page means in this state; nothing, where it has no known form."""
    match message:
        case {"do": "key", "key": str(key)}:
            return _intents_of_key(key, app)
        case {"do": "scroll", "share": float() | int() as share} if 0 <= share <= 1:
            return (intents.Scroll(round(share * WHOLE)),)
        case {"do": "focus", "id": str(id)}:
            return (intents.Focus(id),)
        case {"do": "press" | "fill"}:
            return intents_of(message, app)
    return ()


def _intents_of_key(key: str, app: AppState) -> Sequence[intents.Intent]:
    """A key by its name in a browser. Where there is a field, letters are typed, whatever has the focus; where the
    picture alone is seen, any key but those of the sound shows the page again."""
    found = KEYS.get("Enter" if key == " " else key)
    if app.top.screen == "picture":
        return from_picture(found)
    if field_of(render_top(app)) is not None:
        if key == "Backspace":
            return (intents.Erase(-1),)
        if len(key) == 1:
            return (intents.Type(key),)
    if key == "Backspace":
        return (intents.Press("undo"),)
    if key in DIGITS:
        return (intents.PickNumber(int(key)),)
    return (found,) if found is not None else ()


def view_message(app: AppState, name_picture: NamePicture, typed: str = "") -> dict[str, Any]:
    """What a page is to show of a state.

    Args:
        app: the state, of the teacher's screen or of the wall.
        name_picture: gives the name by which the page asks for a picture.
        typed: what was typed last, as the page sent it: a field may hold less of it.
    """
    trees = shown_trees(app, HIDDEN)
    return {
        "do": "view",
        "screens": [screen_message(view, tree) for view, tree in trees],
        "focus": app.top.focus,
        "scroll": app.top.scroll / WHOLE,
        "typed": typed,
        "picture": name_picture(picture_of(app)),
        "codes": {node.id: dark_runs(node.value) for _, tree in trees for node in walk(tree) if _is_code(node)},
        "settings": settings_to_json(app.settings),
        "language": app.story.language,
    }


def waiting_message(app: AppState) -> dict[str, Any]:
    """What the wall shows while the teacher is asked something before the class."""
    return {"do": "wait", "settings": settings_to_json(app.settings), "language": app.story.language}


def _is_code(node: TreeNode) -> bool:
    return node.role == "image" and node.style == "qr"
