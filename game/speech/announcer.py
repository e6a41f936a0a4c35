"""Announcer: decides what the game's own voice says: a new screen in full, otherwise what changed in it.

After a page turn, `node_text.screen_text` leaves out the date, progress and picture that stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import takewhile

from game.core.values import frozen
from game.speech.node_text import item_text, screen_text, spelled, with_full_stop
from game.speech.utterances import tag_language
from game.ui.i18n import Catalogue
from game.ui.screens.menus import value_in_words
from game.ui.screens.registry import SCREENS
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import TreeNode, find, numbered, walk

Place = tuple[object, ...]
CLOCK_EVERY = 10  # seconds between two announcements of a countdown
# Messages that a kiosk replaces, because its listener has no keyboard. "" stands for no message.
KEYPAD_WORDS = {"speech.on": "visit.speech.on.keys"}
TOUCH_WORDS = {
    "speech.on": "visit.speech.on", "speech.term": "visit.speech.term",
    "speech.person": "visit.speech.person",
    "speech.how.continue": "", "speech.how.choose": "", "speech.how.choose.two": "", "speech.field.keys": "",
}  # fmt: skip
MENUS = frozenset({"menu", "title"})  # styles of screens that have only buttons


@frozen
class ListenerState:
    """What a listener has heard: the settings, the screens and the focus of the last announcement. `screens` has for
    each open screen what identifies it (see `positions_of`), and its tree if it was announced."""

    settings: Settings
    screens: tuple[tuple[Place, TreeNode | None], ...]
    focus: str | None


def announce_changes(
    heard: ListenerState | None, tree: TreeNode, focus: str | None, app: AppState
) -> tuple[ListenerState, tuple[str, ...]]:
    """Return the listener's new state, and the lines that the game's own voice says about what changed since `heard`,
    the state from the last call (None at first)."""
    places, tree = positions_of(app), _marked(tree)
    return _next_state(heard, places, tree, focus, app), tuple(_announcements(heard, places, tree, focus, app))


def announce_screen(
    heard: ListenerState | None, tree: TreeNode, focus: str | None, app: AppState
) -> tuple[ListenerState, tuple[str, ...]]:
    """Return the listener's new state, and the lines for a screen reader about a new screen (of a menu, only title and
    focus). There are none at the first call, and while the game's own voice is on."""
    places, words = positions_of(app), words_for(app)
    lines: Iterable[str] = ()
    if heard is not None and not _is_same_screen(heard, places) and not app.settings.speaks:
        menu = (with_full_stop(tree.label), *_focused(tree, focus, words))
        lines = menu if tree.style in MENUS else _new_screen(heard, places, tree, focus, words)
    return _next_state(heard, places, tree, focus, app), tuple(lines)


def _next_state(
    heard: ListenerState | None, places: tuple[Place, ...], tree: TreeNode, focus: str | None, app: AppState
) -> ListenerState:
    before = {} if heard is None else dict(heard.screens)
    screens = tuple((place, tree if at == len(places) - 1 else before.get(place)) for at, place in enumerate(places))
    return ListenerState(app.settings, screens, focus)


def again(tree: TreeNode, focus: str | None, app: AppState, whole: bool = False) -> tuple[str, ...]:
    """Return the lines for the focused node or, with `whole` or without a focus, for the whole screen."""
    tree = _marked(tree)
    node = find(tree, focus)
    if node is None or whole:
        return tuple(_whole_screen(tree, focus, words_for(app)))
    return tuple(item_text(node, tree, words_for(app)))


def _marked(node: TreeNode) -> TreeNode:
    """Return the tree with a language tag on each label in another language."""
    children = tuple(map(_marked, node.children))
    label = tag_language(node.label, node.language) if node.language else node.label
    return node if (children, label) == (node.children, node.label) else replace(node, children=children, label=label)


def _announcements(
    heard: ListenerState | None, places: tuple[Place, ...], tree: TreeNode, focus: str | None, app: AppState
) -> Iterator[str]:
    words = words_for(app)
    if not app.settings.speaks:
        if heard is not None and heard.settings.speaks:
            over = app.top.screen == "attract" and not _is_same_screen(heard, places)
            yield words("visit.speech.over") if over else words("speech.off")
        return
    if heard is None or not heard.settings.speaks:
        yield words("speech.on")
        yield from _whole_screen(tree, focus, words)
        return
    if not _is_same_screen(heard, places):
        yield from _new_screen(heard, places, tree, focus, words)
        return
    old = heard.screens[-1][1]
    changed = _changed(old, tree)
    node = find(tree, focus)
    if any(other.style == "view" for other in changed):  # the view that was asked for fills the screen
        yield from _whole_screen(tree, focus, words)
        return
    if node is not None and (focus != heard.focus or (node in changed and node.style == "place")):
        yield from item_text(node, tree, words)
    elif node is not None and node in changed and node.role == "setting":
        yield with_full_stop(node.value)
    elif typed := next((other for other in changed if other.role == "field"), None):
        yield from _typed(find(old, typed.id) if old else None, typed, words)
    else:
        yield from _settings(heard.settings, app)
    yield from (with_full_stop(other.label) for other in changed if _is_read(other))


def words_for(app: AppState) -> Catalogue:
    """Return the interface's texts for a listener; at a kiosk, without those about a keyboard."""
    if app.visit is None:
        return app.words
    return app.words.but(KEYPAD_WORDS if app.visit.by_keypad else TOUCH_WORDS)


def _is_read(node: TreeNode) -> bool:
    """Return whether the voice reads this node when it has changed. Settings and fields have rules of their own."""
    if node.role == "status":
        return node.style != "clock" or node.level % CLOCK_EVERY == 0
    steps = node.action is not None and node.action.verb in ("cycle", "cycle-down")
    return node.role in ("paragraph", "button") and node.style != "place" and not steps


def _is_same_screen(heard: ListenerState, places: tuple[Place, ...]) -> bool:
    return len(heard.screens) == len(places) and heard.screens[-1][0] == places[-1]


def _new_screen(
    heard: ListenerState, places: tuple[Place, ...], tree: TreeNode, focus: str | None, words: Catalogue
) -> Iterator[str]:
    """Yield the lines for a new screen. If a closed card has uncovered a known screen, yield only title and focus."""
    place, old = heard.screens[-1]
    known = dict(heard.screens[:-1]).get(places[-1])
    if len(places) < len(heard.screens) and known == tree:
        yield words("speech.back", title=with_full_stop(tree.label))
        yield from _focused(tree, focus, words)
    else:
        turned = place[0] == places[-1][0] and len(places) == len(heard.screens)
        yield from _whole_screen(tree, focus, words, old if turned else None)


def _whole_screen(tree: TreeNode, focus: str | None, words: Catalogue, before: TreeNode | None = None) -> Iterator[str]:
    """Yield the lines for a whole screen (`screen_text`), then for the focus. After a page turn, `before` is the page
    before, as in `screen_text`."""
    yield from screen_text(tree, words, before)
    menu = [node.id for node in numbered(tree) if node.role == "button"]
    if focus in menu[:1] and len(menu) > 1:
        yield words("speech.first")  # its name was just said
    else:
        yield from _focused(tree, focus, words)


def _focused(tree: TreeNode, focus: str | None, words: Catalogue) -> Iterator[str]:
    """Yield the lines for the focused node. A button to continue has none, because the lines of its page include it."""
    node = find(tree, focus)
    if node is not None and node.style != "continue":
        yield from item_text(node, tree, words)


def _changed(old: TreeNode | None, new: TreeNode) -> tuple[TreeNode, ...]:
    before = {node.id: (node.label, node.value) for node in walk(old)} if old is not None else {}
    return tuple(node for node in walk(new) if node.id and before.get(node.id) != (node.label, node.value))


def _typed(old: TreeNode | None, new: TreeNode, words: Catalogue) -> Iterator[str]:
    """Yield the characters that were typed into a field, or the characters that were erased."""
    before, now = spelled(old.value) if old else "", spelled(new.value)
    start = _common_beginning_length(before, now)
    end = _common_beginning_length(before[start:][::-1], now[start:][::-1])
    came, went = now[start : len(now) - end], before[start : len(before) - end]
    yield came.strip(" ,") or words("speech.erased", text=went.strip(" ,"))


def _common_beginning_length(first: str, other: str) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, other, strict=False))))


def _settings(before: Settings, app: AppState) -> Iterator[str]:
    """Yield a line for each setting that differs from `before`, such as one that a keyboard shortcut changed."""
    for name in (field.name for field in fields(Settings)):
        now = getattr(app.settings, name)
        if now != getattr(before, name):
            yield app.words("speech.row", name=app.words(f"settings.{name}"), value=value_in_words(app, name, now))


def positions_of(app: AppState) -> tuple[Place, ...]:
    """Return for each open screen what identifies it: all that it shows, such as a story's page, but no scroll."""
    p = app.playthrough
    page = (len(p.entries), p.page.node) if p is not None else ()
    places: list[Place] = []
    for view in app.views:
        place = view.screen, view.argument, view.other_version, view.expanded, view.peeking
        places.append((*place, *page) if SCREENS[view.screen].shows_page else place)
    return tuple(places)
