"""Accessibility tree: each node of a screen with its role, name, value, state and actions.

The nodes are pure values in AccessKit's terms. `accesskit_nodes` makes AccessKit's own objects of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from game.core.values import frozen
from game.speech.node_text import with_full_stop
from game.speech.utterances import CHINESE
from game.ui import intents
from game.ui.i18n import Catalogue, capital
from game.ui.layout.linebreak import is_han
from game.ui.tree import TreeNode, numbered

# Actions that a screen reader can request, by AccessKit's names.
FOCUS, CLICK, MORE, LESS, SHOW = "FOCUS", "CLICK", "INCREMENT", "DECREMENT", "SCROLL_INTO_VIEW"
TOPICS = ("changes", "people", "section", "told", "chart", "years", "year", "bowls", "map", "station", "keys")


@frozen
class A11yNode:
    """One node of the accessibility tree. Roles and actions have AccessKit's names. `node`: the id of its
    `TreeNode`. `level`: of a heading. `place`: (position, total) in a list, from 1. `named_by`: the key of the node
    that labels it. `chosen`: None if it cannot be chosen. `caret`: the number of characters before the caret."""

    key: str  # unique on its screen
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
    chosen: bool | None = None  # None if it cannot be chosen
    named_by: str = ""
    caret: int | None = None
    live: bool = False  # True if each change of it is announced at once


def walk_a11y(a11y_node: A11yNode) -> Iterator[A11yNode]:
    """Yield a node and all nodes below it, in reading order."""
    yield a11y_node
    for child in a11y_node.children:
        yield from walk_a11y(child)


def build_a11y_tree(tree: TreeNode, words: Catalogue, language: str, announced: str = "") -> A11yNode:
    """Build the accessibility tree of a screen. With `announced`, the screen reader speaks this text at once."""
    nodes = _A11yTreeBuilder(tree, words).nodes_of(tree.children, "")
    if announced:
        nodes = (*nodes, A11yNode("announced", "LABEL", announced, live=True))
    role = "DIALOG" if tree.role == "dialog" else "GROUP"
    return A11yNode("screen", role, tree.label, tree.id, children=nodes, language=language)


def focused(screen: A11yNode, focus: str | None) -> str:
    """Return the key of the node with the focus; else of the heading or the screen, so that reading begins there."""
    can = [a11y_node for a11y_node in walk_a11y(screen) if FOCUS in a11y_node.actions]
    held = (a11y_node.key for a11y_node in can if a11y_node.node == focus)
    top = (a11y_node.key for a11y_node in can if a11y_node.role == "HEADING")
    return next(held, None) or next(top, screen.key)


def intent(action: str, node: TreeNode | None) -> intents.Intent | None:
    """Return the intent of a screen reader's action on a node; None if the node does not have the action."""
    if node is None:
        return None
    if action == FOCUS:
        return intents.Focus(node.id if node.focusable else None)
    if action == CLICK and node.action is not None:
        return intents.Press(node.id)
    if action in (MORE, LESS) and node.role == "setting" and node.action is not None:
        return intents.Adjust(1 if action == MORE else -1, node.action.target)
    return None


class _A11yTreeBuilder:
    def __init__(self, tree: TreeNode, words: Catalogue) -> None:
        self._words = words
        slips = [node.id for node in numbered(tree)]
        self._places = {node_id: (at, len(slips)) for at, node_id in enumerate(slips, 1)} if len(slips) > 1 else {}
        self._keys: set[str] = set()

    def nodes_of(self, nodes: Iterable[TreeNode], inside: str) -> tuple[A11yNode, ...]:
        """Return accessibility nodes for tree nodes, none for merely visual ones. `inside` is their parent's key."""
        found = (self._node(node, f"{inside}/{at}") for at, node in enumerate(nodes))
        return tuple(a11y_node for a11y_node in found if a11y_node is not None)

    def _node(self, node: TreeNode, path: str) -> A11yNode | None:
        key = node.id if node.id and node.id not in self._keys else path  # unique, even if a story repeats an id
        self._keys.add(key)
        a11y_node = self._without_language(node, key)
        return replace(a11y_node, language=node.language) if a11y_node is not None and node.language else a11y_node

    def _without_language(self, node: TreeNode, key: str) -> A11yNode | None:
        words = self._words
        match node.role:
            case "mark":  # only visual
                return None
            case "heading":
                return A11yNode(key, "HEADING", node.label, node.id, level=node.level or 1, actions=(FOCUS, SHOW))
            case "date":
                return _bilingual(node, key)
            case "paragraph" if node.style == "original":
                return _bilingual(node, key)
            case "paragraph" if node.style == "code":
                return replace(_text(node, key, node.label), description=node.value)
            case "paragraph":
                return self._paragraph(node, key)
            case "status":
                return replace(_text(node, key, node.label), live=True)
            case "ornament":
                return _text(node, key, node.label) if node.label else None
            case "image":
                return A11yNode(key, "IMAGE", node.label, node.id, actions=(SHOW,))
            case "row":
                return _text(node, key, words("speech.row", name=node.label, value=node.value))
            case "group" if node.style == "note":
                return self._group(node, key, _text(node, f"{key}/name", words("speech.note", text=node.label)))
            case "screen" | "dialog" | "group" | "list":
                name = A11yNode(f"{key}/name", "LABEL", node.label, node.id)
                if node.style in TOPICS and node.label:
                    name = replace(name, role="HEADING", level=2)
                return self._group(node, key, name, _text(node, f"{key}/value", node.value))
            case "choice" if node.style == "continue":
                return self._pressable(node, key, "BUTTON")
            case "choice":
                label = words("speech.numbered", number=node.level, text=node.label)
                return replace(self._pressable(node, key, "BUTTON", with_full_stop(node.value)), label=label)
            case "button" if node.style == "place":  # in a task; chosen if the reader has placed something there
                return replace(self._pressable(node, key, "BUTTON", node.hint), chosen=node.chosen)
            case "button":
                description = " ".join(with_full_stop(text) for text in (node.value, node.hint) if text)
                return self._pressable(node, key, "BUTTON", description)
            case "link":
                return self._pressable(node, key, "LINK", node.hint)
            case "setting":
                setting = self._pressable(node, key, "COMBO_BOX", node.hint)
                children = self.nodes_of(node.children, key)
                return replace(setting, value=node.value, actions=(*setting.actions, MORE, LESS), children=children)
            case "option":
                return A11yNode(key, "LIST_BOX_OPTION", node.label, node.id, chosen=node.chosen, actions=(CLICK,))
            case "field":
                field = self._pressable(node, key, "TEXT_INPUT", node.hint)
                return replace(field, value=node.value, caret=node.caret or 0)

    def _group(self, node: TreeNode, key: str, *texts: A11yNode) -> A11yNode:
        """Return a container of `texts` and the node's children. The first text names the container."""
        said = tuple(text for text in texts if text.label)
        named_by = said[0].key if said else ""
        return A11yNode(
            key, "GROUP", node=node.id, children=(*said, *self.nodes_of(node.children, key)), named_by=named_by
        )

    def _paragraph(self, node: TreeNode, key: str) -> A11yNode:
        """Return a paragraph as one text or, if it has terms, as a group of the text and its terms."""
        by = node.value
        text = self._words("speech.by", name=capital(by), text=node.label) if by else node.label
        if not node.children:
            return _text(node, key, text)
        said = _text(node, f"{key}/text", text)
        return A11yNode(key, "PARAGRAPH", node=node.id, children=(said, *self.nodes_of(node.children, key)))

    def _pressable(self, node: TreeNode, key: str, role: str, description: str = "") -> A11yNode:
        return A11yNode(
            key, role, node.label, node.id, description=description, actions=(FOCUS, CLICK, SHOW),
            place=self._places.get(node.id),
        )  # fmt: skip


def _text(node: TreeNode, key: str, text: str, language: str = "") -> A11yNode:
    return A11yNode(key, "LABEL", text, node.id, language=language, actions=(SHOW,))


def _bilingual(node: TreeNode, key: str) -> A11yNode:
    """Return a line with Chinese in it, split by language, because an accessibility node has one language."""
    parts = [(han, "".join(run)) for line in (node.label, node.value) for han, run in groupby(line, is_han)]
    texts = ((han, text.strip(" ·,")) for han, text in parts)
    said = (_text(node, f"{key}/{at}", text, CHINESE if han else "") for at, (han, text) in enumerate(texts) if text)
    return A11yNode(key, "PARAGRAPH", node=node.id, children=tuple(said))
