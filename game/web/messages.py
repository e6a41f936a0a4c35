"""Messages between the page and the worker: turn a message of the page into intents, and a state into a message. A card
is a small screen: the screen under it stays visible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from game.play import Playthrough
from game.play.page import Picture
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP
from game.scene_table import map_point
from game.ui import intents
from game.ui.scenery import picture_of
from game.ui.screens.registry import SCREENS, render_view
from game.ui.screens.title import again
from game.ui.settings import to_json as settings_to_json
from game.ui.soundscape import ambience
from game.ui.state import AppState, ScreenView
from game.ui.transitions import next_states
from game.ui.tree import TreeNode, to_json, walk
from game.web.picture_names import PaintedPictures

# Nodes without a use in a browser: it has its own way to close, the system's screen reader, a keyboard for each field,
# and no gamepad.
HIDDEN = frozenset({"quit", "section:voice", "keys", "erase", "section:gamepad"})
LONGEST = 10_000  # characters of a text from the page; the rest is dropped

Message = Mapping[str, Any]
SIMPLE_MESSAGES: Mapping[str, intents.Intent] = {
    "back": intents.Back(), "people": intents.ShowPeople(), "map": intents.ShowMap(), "look": intents.LookAtPicture(),
    "mute": intents.Mute(), "copied": intents.Copied(),
}  # fmt: skip
NamePicture = Callable[[Picture | None], str]  # gives a page the name of a picture; "" for none


def intents_of(message: Message, app: AppState) -> tuple[intents.Intent, ...]:
    """Return the intents of a message of the page in this state; empty if the message has an unknown form."""
    match message:
        case {"do": "press", "id": str(id)}:
            return intents.Focus(id), intents.Press(id)
        case {"do": "number", "number": int(number)}:
            return (intents.PickNumber(number),)
        case {"do": "up"}:
            return (intents.Back(), intents.Press("home")) if app.top.screen == "reading" else (intents.Back(),)
        case {"do": "adjust", "name": str(name), "by": 1 | -1 as by} if name in app.values:
            return (intents.Adjust(by, name),)
        case {"do": "fill", "text": str(text)}:
            return intents.filled(app.top.line.text, text[:LONGEST])
        case {"do": "journal-written", "name": str(name), "size": int(size)}:
            return (intents.JournalWritten(name, size),)
        case {"do": "journal-failed", "why": str(why)}:
            return (intents.JournalFailed(why.rstrip(".")),)
        case {"do": "not-copied"}:
            return (intents.Failed(app.words("clipboard.none")),)
        case {"do": str(name)} if name in SIMPLE_MESSAGES:
            return (SIMPLE_MESSAGES[name],)
    return ()


def view_message(app: AppState, pictures: PaintedPictures) -> dict[str, Any]:
    """Return the view for the page: the shown screens (a card and the screen under it), pictures, sounds and so on."""
    trees = shown_trees(app, HIDDEN)
    ahead = (pictures.name_for(picture_of(state)) for state in next_states(app))
    return {
        **shown_message(app, trees, pictures.name_for),
        "page": _page_id(app),
        "map": {node.id: map_point(node.at) for node in walk(trees[0][1]) if node.at is not None},
        "ahead": list(dict.fromkeys(filter(None, ahead))),
        "thumbnails": {node.id: pictures.name_for(node.picture) for node in walk(trees[-1][1]) if node.picture},
        **ambience_message(app),
        "depth": len(app.views),
        "again": [to_json(button) for button in again(app)],
    }


def shown_message(
    app: AppState, trees: Sequence[tuple[ScreenView, TreeNode]], name_picture: NamePicture
) -> dict[str, Any]:
    """Return what a reader's and a class's view have in common: screens in `trees`, focus, picture, settings,
    language."""
    return {
        "do": "view",
        "screens": [
            {"screen": view.screen, "card": SCREENS[view.screen].card, "argument": view.argument, "tree": to_json(tree)}
            for view, tree in trees
        ],
        "focus": app.top.focus,
        "picture": name_picture(picture_of(app)),
        "settings": settings_to_json(app.settings),
        "language": app.story.language,
    }


def step_messages(before: Playthrough | None, after: Playthrough | None) -> Iterator[dict[str, Any]]:
    """Yield the messages to a learning platform about a reader's step: the choice, and the end of the reading. Yield
    none for a loaded save or code, because another person may have made its choices."""
    if after is None or after.previous is not before or after.entry is None:
        return
    if after.entry.take not in (CONTINUE, SKIP, LEAVE):
        yield {"do": "chose", "page": after.entry.node, "choice": after.entry.take}
    if after.over:
        yield {"do": "finished"}


def ambience_message(app: AppState) -> dict[str, Any]:
    """Return the sounds of the place, by name: loops with their levels, and occasional sounds with their levels and the
    mean seconds between two plays."""
    sounds = ambience(app)
    return {"loops": dict(sounds.loops), "occasional": {name: list(sound) for name, sound in sounds.occasional.items()}}


def shown_trees(app: AppState, hidden: Collection[str]) -> list[tuple[ScreenView, TreeNode]]:
    """Return the topmost screen with its tree. If it is a card, put the screen under it first. Leave out the nodes
    whose ids are in `hidden`."""
    shown = [app.top]
    if SCREENS[app.top.screen].card:
        shown = [*[view for view in app.views if not SCREENS[view.screen].card][-1:], app.top]
    return [(view, without_hidden(render_view(app, view), hidden)) for view in shown]


def without_hidden(tree: TreeNode, hidden: Collection[str] = HIDDEN) -> TreeNode:
    """Return the tree without the nodes whose ids are in `hidden`; by default, those without a use in a browser."""
    children = tuple(without_hidden(child, hidden) for child in tree.children if child.id not in hidden)
    return tree if children == tree.children else replace(tree, children=children)


def _page_id(app: AppState) -> str:
    """Return the id of the page's node or, without a node, of its chapter; "end" without both; "" for other screens."""
    if app.playthrough is None or app.top.screen != "reading":
        return ""
    return app.playthrough.page.node or app.playthrough.page.chapter or "end"
