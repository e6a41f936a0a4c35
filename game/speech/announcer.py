"""What is said, and when: another screen from its top, a move of the focus, a setting, or the same once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from game.core.values import frozen
from game.speech.node_text import ended, item_text, screen_text, spelled
from game.speech.utterances import marked
from game.ui.i18n import Catalogue
from game.ui.screens.menus import value_in_words
from game.ui.screens.registry import SCREENS
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, find, numbered, walk

Place = tuple[object, ...]
CLOCK = 10  # seconds between two times that a clock is said
# What a kiosk says in the place of what names keys that its listener does not have.
ON_A_KEYPAD = {"speech.on": "visit.speech.on.keys"}
BY_TOUCH = {
    "speech.on": "visit.speech.on", "speech.term": "visit.speech.term",
    "speech.how.continue": "", "speech.how.choose": "", "speech.how.choose.two": "", "speech.field.keys": "",
}  # fmt: skip
MENUS = frozenset({"menu", "title"})  # styles of screens with nothing to read but what can be pressed


@frozen
class HeardState:
    """What a listener knows: `screens` are those of the stack with what was said of each, None where nothing was."""

    settings: Settings
    screens: tuple[tuple[Place, TreeNode | None], ...]
    focus: str | None


def follow(
    heard: HeardState | None, tree: TreeNode, focus: str | None, app: AppState
) -> tuple[HeardState, tuple[str, ...]]:
    """What is known after this, and the lines that are news. `heard` is None for who has heard nothing yet.

    Without news nothing is said, and whatever is being said goes on.
    """
    places, tree = places_of(app), _marked(tree)
    return _knowing(heard, places, tree, focus, app), tuple(_news(heard, places, tree, focus, app))


def arrive(
    heard: HeardState | None, tree: TreeNode, focus: str | None, app: AppState
) -> tuple[HeardState, tuple[str, ...]]:
    """As `follow`, for whoever hears of the focus and of what changes from elsewhere: only another screen is news.

    Of a menu its title is enough, and whoever hears the program's own voice hears nothing twice.
    """
    places, words = places_of(app), words_for(app)
    lines: Iterable[str] = ()
    if heard is not None and not _stays(heard, places) and not app.settings.speaks:
        menu = (ended(tree.label), *_focused(tree, focus, words))
        lines = menu if tree.style in MENUS else _arrived(heard, places, tree, focus, words)
    return _knowing(heard, places, tree, focus, app), tuple(lines)


def _knowing(
    heard: HeardState | None, places: tuple[Place, ...], tree: TreeNode, focus: str | None, app: AppState
) -> HeardState:
    before = {} if heard is None else dict(heard.screens)
    screens = tuple((place, tree if at == len(places) - 1 else before.get(place)) for at, place in enumerate(places))
    return HeardState(app.settings, screens, focus)


def again(tree: TreeNode, focus: str | None, app: AppState, whole: bool = False) -> tuple[str, ...]:
    """What has the focus, once more; without one, or where it is asked for, the whole screen."""
    tree = _marked(tree)
    node = find(tree, focus)
    if node is None or whole:
        return tuple(_whole(tree, focus, words_for(app)))
    return tuple(item_text(node, tree, words_for(app)))


def _marked(node: TreeNode) -> TreeNode:
    """The tree with the labels that are in another language than the screen marked as that."""
    children = tuple(map(_marked, node.children))
    label = marked(node.label, node.language) if node.language else node.label
    return node if (children, label) == (node.children, node.label) else replace(node, children=children, label=label)


def _news(
    heard: HeardState | None, places: tuple[Place, ...], tree: TreeNode, focus: str | None, app: AppState
) -> Iterator[str]:
    words = words_for(app)
    if not app.settings.speaks:
        if heard is not None and heard.settings.speaks:
            over = app.top.screen == "attract" and not _stays(heard, places)
            yield words("visit.speech.over") if over else words("speech.off")
        return
    if heard is None or not heard.settings.speaks:
        yield words("speech.on")
        yield from _whole(tree, focus, words)
        return
    if not _stays(heard, places):
        yield from _arrived(heard, places, tree, focus, words)
        return
    old = heard.screens[-1][1]
    changed = _changed(old, tree)
    node = find(tree, focus)
    if any(other.style == "view" for other in changed):  # what was asked for stands throughout the screen
        yield from _whole(tree, focus, words)
        return
    if focus != heard.focus and node is not None:
        yield from item_text(node, tree, words)
    elif node is not None and node in changed and node.role == "setting":
        yield ended(node.value)
    elif node is not None and node in changed and node.style == "place":
        yield from item_text(node, tree, words)
    elif typed := next((other for other in changed if other.role == "field"), None):
        yield from _typed(find(old, typed.id) if old else None, typed, words)
    else:
        yield from _settings(heard.settings, app)
    yield from (ended(other.label) for other in changed if _is_read(other))


def words_for(app: AppState) -> Catalogue:
    """The words that whoever listens has use for: at a kiosk those of a keypad, or of no key at all."""
    if app.visit is None:
        return app.words
    return app.words.but(ON_A_KEYPAD if app.visit.by_keypad else BY_TOUCH)


def _is_read(node: TreeNode) -> bool:
    """Whether it is said when it changes on a screen that stays; what steps through values has said so already, and
    seconds that run down would drown everything else."""
    if node.role == "status":
        return node.style != "clock" or node.level % CLOCK == 0
    steps = node.action is not None and node.action.verb in ("cycle", "cycle-down")
    return node.role in ("paragraph", "button") and node.style != "place" and not steps


def _stays(heard: HeardState, places: tuple[Place, ...]) -> bool:
    return len(heard.screens) == len(places) and heard.screens[-1][0] == places[-1]


def _arrived(
    heard: HeardState, places: tuple[Place, ...], tree: TreeNode, focus: str | None, words: Catalogue
) -> Iterator[str]:
    """Another screen; of one that was heard before, and lay under this, the title is enough."""
    place, old = heard.screens[-1]
    known = dict(heard.screens[:-1]).get(places[-1])
    if len(places) < len(heard.screens) and known == tree:
        yield words("speech.back", title=ended(tree.label))
        yield from _focused(tree, focus, words)
    else:
        turned = place[0] == places[-1][0] and len(places) == len(heard.screens)
        yield from _whole(tree, focus, words, old if turned else None)


def _whole(tree: TreeNode, focus: str | None, words: Catalogue, before: TreeNode | None = None) -> Iterator[str]:
    """A screen from its top, and where one stands on it; `before` is the page that it was turned from."""
    yield from screen_text(tree, words, before)
    menu = [node.id for node in numbered(tree) if node.role == "button"]
    if focus in menu[:1] and len(menu) > 1:
        yield words("speech.first")  # it was said a moment ago
    else:
        yield from _focused(tree, focus, words)


def _focused(tree: TreeNode, focus: str | None, words: Catalogue) -> Iterator[str]:
    """What has the focus; the one way on from a page has said so already."""
    node = find(tree, focus)
    if node is not None and node.style != "continue":
        yield from item_text(node, tree, words)


def _changed(old: TreeNode | None, new: TreeNode) -> tuple[TreeNode, ...]:
    """What is new or otherwise on a screen that stays."""
    before = {node.id: (node.label, node.value) for node in walk(old)} if old is not None else {}
    return tuple(node for node in walk(new) if node.id and before.get(node.id) != (node.label, node.value))


def _typed(old: TreeNode | None, new: TreeNode, words: Catalogue) -> Iterator[str]:
    """The letters that came, or went."""
    before, now = spelled(old.value) if old else "", spelled(new.value)
    start = _common(before, now)
    end = _common(before[start:][::-1], now[start:][::-1])
    came, went = now[start : len(now) - end], before[start : len(before) - end]
    yield came.strip(" ,") if came.strip(" ,") else words("speech.erased", text=went.strip(" ,"))


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _settings(before: Settings, app: AppState) -> Iterator[str]:
    """Settings that a key changed, away from their rows."""
    for name in (field.name for field in fields(Settings)):
        now = getattr(app.settings, name)
        if now != getattr(before, name):
            yield app.words("speech.row", name=app.words(f"settings.{name}"), value=value_in_words(app, name, now))


def places_of(app: AppState) -> tuple[Place, ...]:
    """Where each screen of the stack is."""
    return tuple(_place(app, view) for view in app.views)


def _place(app: AppState, view: ScreenView) -> Place:
    """Where a screen is: another page, section or card is another place, however it is scrolled."""
    p = app.playthrough if SCREENS[view.screen].shows_page else None
    page = (len(p.entries), p.page.node) if p is not None else ()
    return (view.screen, view.argument, view.other_version, *page)
