"""The tree as the system's screen reader meets it: what each thing is called, what it is, and what can be done to it.

Pure values, in AccessKit's terms; game/speech/accesskit_nodes.py makes AccessKit's own objects of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from game.core.values import frozen
from game.speech.node_text import ended
from game.speech.utterances import CHINESE
from game.ui import intents
from game.ui.i18n import Catalogue, capital
from game.ui.layout.linebreak import is_han
from game.ui.tree import TreeNode, numbered

# What a screen reader can ask for, by AccessKit's names.
FOCUS, CLICK, MORE, LESS, SHOW = "FOCUS", "CLICK", "INCREMENT", "DECREMENT", "SCROLL_INTO_VIEW"
ANNOUNCED = "announced"
TOPICS = frozenset({"because", "section", "told", "chart", "years", "year", "map", "station", "keys"})


@frozen
class A11yNode:
    """One thing to be met. `role` and `actions` are AccessKit's names, `key` is its own on this screen.

    `node` is the id of the node that it stands for, or is part of; `place` is which of how many it is; a
    `chosen` of None means that it is nothing that could be; `named_by` is the key of the thing that names it. A
    `caret` counts the characters before it. What is `live` is said as soon as it comes.
    """

    key: str
    role: str
    label: str = ""
    node: str = ""
    value: str = ""
    description: str = ""
    language: str = ""
    actions: tuple[str, ...] = ()
    children: tuple[A11yNode, ...] = ()
    level: int = 0
    place: tuple[int, int] | None = None
    chosen: bool | None = None
    named_by: str = ""
    caret: int | None = None
    live: bool = False


def every(thing: A11yNode) -> Iterator[A11yNode]:
    """A thing and what it holds, in reading order."""
    yield thing
    for child in thing.children:
        yield from every(child)


def accessible(tree: TreeNode, words: Catalogue, language: str, announced: str = "") -> A11yNode:
    """A screen; `language` is that of its text. What is `announced` is said when it comes, without being gone to."""
    screen = _Screen(tree, words, language)
    things = screen.things(tree.children, "")
    if announced:
        things = (*things, A11yNode(ANNOUNCED, "LABEL", announced, live=True))
    role = "DIALOG" if tree.role == "dialog" else "GROUP"
    return A11yNode("screen", role, tree.label, tree.id, children=things, language=language)


def focused(screen: A11yNode, focus: str | None) -> str:
    """The key of what has the focus; where nothing has it, of the heading, so that the reader begins at the top."""
    can = [thing for thing in every(screen) if FOCUS in thing.actions]
    held = (thing.key for thing in can if thing.node == focus)
    top = (thing.key for thing in can if thing.role == "HEADING")
    return next(held, None) or next(top, screen.key)


def intent(action: str, node: TreeNode | None) -> intents.Intent | None:
    """What a screen reader's wish means for the interface; None where it means nothing there."""
    if node is None:
        return None
    if action == FOCUS:
        return intents.Focus(node.id if node.focusable else None)
    if action == CLICK and node.action is not None:
        return intents.Press(node.id)
    if action in (MORE, LESS) and node.role == "setting" and node.action is not None:
        return intents.Adjust(1 if action == MORE else -1, node.action.target)
    return None


class _Screen:
    """One screen on its way into things."""

    def __init__(self, tree: TreeNode, words: Catalogue, language: str) -> None:
        self.words, self.language = words, language
        slips = [node.id for node in numbered(tree)]
        self.places = {node_id: (at, len(slips)) for at, node_id in enumerate(slips, 1)} if len(slips) > 1 else {}
        self._keys: set[str] = set()

    def things(self, nodes: Iterable[TreeNode], inside: str) -> tuple[A11yNode, ...]:
        """Nodes in a row; what helps the eye alone is left out."""
        found = (self._thing(node, f"{inside}/{at}") for at, node in enumerate(nodes))
        return tuple(thing for thing in found if thing is not None)

    def _thing(self, node: TreeNode, path: str) -> A11yNode | None:
        key = node.id if node.id and node.id not in self._keys else path  # a key of its own, whatever a story holds
        self._keys.add(key)
        make = KINDS.get(f"{node.role}.{node.style}") or KINDS[node.role]
        thing = make(self, node, key)
        return replace(thing, language=node.language) if thing is not None and node.language else thing

    def group(self, node: TreeNode, key: str, *texts: A11yNode) -> A11yNode:
        """What holds others; its name stands in it as a text of its own, so that it is met by reading on as well."""
        said = tuple(text for text in texts if text.label)
        named_by = said[0].key if said else ""
        return A11yNode(
            key, "GROUP", node=node.id, children=(*said, *self.things(node.children, key)), named_by=named_by
        )

    def pressed(self, node: TreeNode, key: str, role: str, description: str = "") -> A11yNode:
        """What takes the focus and can be pressed."""
        place = self.places.get(node.id)
        return A11yNode(
            key, role, node.label, node.id, description=description, actions=(FOCUS, CLICK, SHOW), place=place
        )


def _text(node: TreeNode, key: str, text: str, language: str = "") -> A11yNode:
    return A11yNode(key, "LABEL", text, node.id, language=language, actions=(SHOW,))


def _nothing(screen: _Screen, node: TreeNode, key: str) -> None:
    """A drawn mark."""


def _heading(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return A11yNode(key, "HEADING", node.label, node.id, level=node.level or 1, actions=(FOCUS, SHOW))


def _tongues(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    """A line with Chinese in it: that stands by itself, since a voice knows one language."""
    parts = [(han, "".join(run)) for line in (node.label, node.value) for han, run in groupby(line, is_han)]
    texts = ((han, text.strip(" ·,")) for han, text in parts)
    said = (_text(node, f"{key}/{at}", text, CHINESE if han else "") for at, (han, text) in enumerate(texts) if text)
    return A11yNode(key, "PARAGRAPH", node=node.id, children=tuple(said))


def _paragraph(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    """A text; with terms in it, the text and then the terms."""
    by, words = node.value, screen.words
    text = words("speech.by", name=capital(by), text=node.label) if by else node.label
    if not node.children:
        return _text(node, key, text)
    said = _text(node, f"{key}/text", text)
    return A11yNode(key, "PARAGRAPH", node=node.id, children=(said, *screen.things(node.children, key)))


def _code(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return replace(_text(node, key, node.label), description=node.value)


def _status(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return replace(_text(node, key, node.label), live=True)


def _ornament(screen: _Screen, node: TreeNode, key: str) -> A11yNode | None:
    return _text(node, key, node.label) if node.label else None


def _image(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return A11yNode(key, "IMAGE", node.label, node.id, actions=(SHOW,))


def _row(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return _text(node, key, screen.words("speech.row", name=node.label, value=node.value))


def _group(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    topic = node.style in TOPICS and node.label
    name = A11yNode(f"{key}/name", "HEADING" if topic else "LABEL", node.label, node.id, level=2 if topic else 0)
    return screen.group(node, key, name, _text(node, f"{key}/value", node.value))


def _note(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return screen.group(node, key, _text(node, f"{key}/name", screen.words("speech.note", text=node.label)))


def _choice(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    if node.style == "continue":
        return screen.pressed(node, key, "BUTTON")
    label = screen.words("speech.numbered", number=node.value, text=node.label)
    return replace(screen.pressed(node, key, "BUTTON"), label=label)


def _button(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    told = " ".join(ended(text) for text in (node.value, node.hint) if text)
    return screen.pressed(node, key, "BUTTON", told)


def _placed(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    """Whether something was placed here is said by the button's own state."""
    return replace(screen.pressed(node, key, "BUTTON", node.hint), chosen=node.chosen)


def _link(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return screen.pressed(node, key, "LINK", node.hint)


def _setting(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    thing = screen.pressed(node, key, "COMBO_BOX", node.hint)
    actions = (*thing.actions, MORE, LESS)
    return replace(thing, value=node.value, actions=actions, children=screen.things(node.children, key))


def _option(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return A11yNode(key, "LIST_BOX_OPTION", node.label, node.id, chosen=node.chosen, actions=(CLICK,))


def _field(screen: _Screen, node: TreeNode, key: str) -> A11yNode:
    return replace(screen.pressed(node, key, "TEXT_INPUT", node.hint), value=node.value, caret=node.caret or 0)


Make = Callable[[_Screen, TreeNode, str], A11yNode | None]

# kind of node -> what it is for a screen reader; every role stands here
KINDS: dict[str, Make] = {
    "screen": _group,
    "dialog": _group,
    "group": _group,
    "group.note": _note,
    "list": _group,
    "heading": _heading,
    "date": _tongues,
    "paragraph": _paragraph,
    "paragraph.original": _tongues,
    "paragraph.code": _code,
    "status": _status,
    "image": _image,
    "row": _row,
    "mark": _nothing,
    "ornament": _ornament,
    "choice": _choice,
    "button": _button,
    "button.place": _placed,
    "link": _link,
    "setting": _setting,
    "option": _option,
    "field": _field,
}
