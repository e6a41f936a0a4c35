"""Messages between the page and the worker: a message of the page as intents, and a state as a message to the page."""

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

# Nodes that mean nothing in a browser: it is closed by its own means, has the voices of the system's reader, a keyboard
# wherever there is a field, and no gamepad.
HIDDEN = frozenset({"quit", "section:voice", "keys", "erase", "section:gamepad"})
LONGEST = 10_000  # characters of a text from the page that are looked at

Message = Mapping[str, Any]
NamePicture = Callable[[Picture | None], str]  # the name by which a page asks for a picture; "" for none


def intents_of(message: Message, app: AppState) -> tuple[intents.Intent, ...]:
    """What a message of the page means in this state; nothing, where it has no known form."""
    match message:
        case {"do": "press", "id": str(id)}:
            return intents.Focus(id), intents.Press(id)
        case {"do": "number", "number": int(number)}:
            return (intents.PickNumber(number),)
        case {"do": "back"}:
            return (intents.Back(),)
        case {"do": "up"}:
            return (intents.Back(), intents.Press("home")) if app.top.screen == "reading" else (intents.Back(),)
        case {"do": "people"}:
            return (intents.ShowPeople(),)
        case {"do": "mute"}:
            return (intents.Mute(),)
        case {"do": "adjust", "name": str(name), "by": 1 | -1 as by} if name in app.values:
            return (intents.Adjust(by, name),)
        case {"do": "fill", "text": str(text)}:
            return intents.filled(app.top.line.text, text[:LONGEST])
        case {"do": "journal-written", "name": str(name), "size": int(size)}:
            return (intents.JournalWritten(name, size),)
        case {"do": "journal-failed", "why": str(why)}:
            return (intents.JournalFailed(why),)
        case {"do": "not-copied"}:
            return (intents.Failed(app.words("clipboard.none")),)
    return ()


def view_message(app: AppState, pictures: PaintedPictures) -> dict[str, Any]:
    """What the page is to show: the topmost screen, under a card also the screen that it lies on, and what is no part
    of a tree."""
    trees = shown_trees(app, HIDDEN)
    return {
        **shown_message(app, trees, pictures.name_for),
        "page": _page_id(app),
        "map": {node.id: map_point(node.at) for node in walk(trees[0][1]) if node.at is not None},
        "ahead": list(dict.fromkeys(_ahead(app, pictures))),
        "thumbnails": {node.id: pictures.name_for(node.picture) for node in walk(trees[-1][1]) if node.picture},
        **ambience_message(app),
        "depth": len(app.views),
        "again": [to_json(button) for button in again(app)],
    }


def shown_message(
    app: AppState, trees: Sequence[tuple[ScreenView, TreeNode]], name_picture: NamePicture
) -> dict[str, Any]:
    """What every page is told of a state: its screens, focus and picture, the settings and the language."""
    return {
        "do": "view",
        "screens": [screen_message(view, tree) for view, tree in trees],
        "focus": app.top.focus,
        "picture": name_picture(picture_of(app)),
        "settings": settings_to_json(app.settings),
        "language": app.story.language,
    }


def step_messages(before: Playthrough | None, after: Playthrough | None) -> Iterator[dict[str, Any]]:
    """What a learning platform is told of a step of the reader: what was chosen, and that the reading is over.

    It is told nothing of a reading that was opened by a save or a code: somebody else may have read that.
    """
    if after is None or after.previous is not before or after.entry is None:
        return
    if after.entry.take not in (CONTINUE, SKIP, LEAVE):
        yield {"do": "chose", "page": after.entry.node, "choice": after.entry.take}
    if after.over:
        yield {"do": "finished"}


def ambience_message(app: AppState) -> dict[str, Any]:
    """The sounds of the place, by name: loops with their levels; what comes now and then with its level and the mean
    time from one to the next in seconds."""
    sounds = ambience(app)
    return {
        "loops": dict(sounds.loops),
        "occasional": {name: list(one) for name, one in sounds.occasional.items()},
    }


def shown_trees(app: AppState, hidden: Collection[str]) -> list[tuple[ScreenView, TreeNode]]:
    """The topmost screen with its tree, a card after the screen that it lies on; without the nodes of `hidden`."""
    shown = [app.top]
    if SCREENS[app.top.screen].card:
        shown = [*[view for view in app.views if not SCREENS[view.screen].card][-1:], app.top]
    return [(view, without_hidden(render_view(app, view), hidden)) for view in shown]


def without_hidden(tree: TreeNode, hidden: Collection[str] = HIDDEN) -> TreeNode:
    """The tree without the nodes of these ids: those that mean nothing in a browser."""
    children = tuple(without_hidden(child, hidden) for child in tree.children if child.id not in hidden)
    return tree if children == tree.children else replace(tree, children=children)


def screen_message(view: ScreenView, tree: TreeNode) -> dict[str, Any]:
    """One screen as the page draws it."""
    return {"screen": view.screen, "card": SCREENS[view.screen].card, "argument": view.argument, "tree": to_json(tree)}


def _page_id(app: AppState) -> str:
    """The full id of the node that is read now; "" where the topmost screen is no page of the story."""
    if app.playthrough is None or app.top.screen != "reading":
        return ""
    return app.playthrough.page.node or app.playthrough.page.chapter or "end"


def _ahead(app: AppState, pictures: PaintedPictures) -> Iterator[str]:
    """The pictures of the pages that one press leads to."""
    for state in next_states(app):
        if name := pictures.name_for(picture_of(state)):
            yield name
