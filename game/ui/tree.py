"""The tree of a screen: its texts and controls in reading order, with no geometry. The window, speech, screen readers,
the terminal and the phones all show this one tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from game.core.values import frozen
from game.play.page import Picture, Span

Role = Literal[
    "screen", "dialog", "group", "list",      # things that hold others
    "heading", "date", "paragraph", "status",  # things to read
    "image", "row", "mark", "ornament",
    "choice", "button", "link", "setting",     # things to do: these take the focus
    "field",                                   # a line to type on, which takes the focus too
    "option",                                  # a value of a setting: pressed directly, or through its setting
]  # fmt: skip

# Kinds of spans that open a card. Each is the verb and the style of its links, too.
OPENING_SPANS = frozenset({"term", "person"})
FOCUSABLE = frozenset({"choice", "button", "link", "setting", "field"})


@frozen
class Action:
    """What pressing a node does: a verb, which is a key of `update.HANDLERS`, and the verb's target."""

    verb: str
    target: str = ""


@frozen
class TreeNode:
    """One node of a screen.

    Attributes:
        id: unique on its screen unless it is "".
        label: its plain text, as it is read aloud; of an image, what it shows.
        spans: the label as it is drawn, with its markup. Each span whose kind is in OPENING_SPANS is also one of the
            `children`, with the role "link", in the same order.
        action: what pressing it does; for a field, what Enter does; None if pressing does nothing.
        value: a second line, such as a choice's reason, or the present value; for a field, the typed text.
        hint: what pressing does, if the label does not say it.
        level: a heading's level, a choice's number, or the amount that a row or mark of a chart shows.
        style: a variant of the role, for renderers and speech.
        caret: the number of characters before a field's caret.
        language: the language of the label, if it is not the screen's.
        at: the position of a place on a map: from the left edge and from the top, each from 0 to 1.
    """

    role: Role
    id: str = ""
    label: str = ""
    spans: tuple[Span, ...] = ()
    action: Action | None = None
    value: str = ""
    hint: str = ""
    children: tuple[TreeNode, ...] = ()
    level: int = 0
    chosen: bool = False
    style: str = ""
    caret: int | None = None
    picture: Picture | None = None
    language: str = ""
    at: tuple[float, float] | None = None

    @property
    def focusable(self) -> bool:
        return self.role in FOCUSABLE and self.action is not None


def walk(tree: TreeNode) -> Iterator[TreeNode]:
    """Yield every node, in reading order."""
    yield tree
    for child in tree.children:
        yield from walk(child)


def focus_order(tree: TreeNode) -> tuple[str, ...]:
    """Return the ids of the nodes that take the focus, in reading order."""
    return tuple(node.id for node in walk(tree) if node.focusable)


def find(tree: TreeNode, node_id: str | None) -> TreeNode | None:
    """Return the node with that id; None if there is no such node."""
    if node_id is None:
        return None
    return next((node for node in walk(tree) if node.id == node_id), None)


def field_of(tree: TreeNode) -> TreeNode | None:
    """Return the screen's text field; None if it has none. It gets typed letters even if another node has the focus."""
    return next((node for node in walk(tree) if node.role == "field"), None)


def choices(tree: TreeNode) -> tuple[TreeNode, ...]:
    """Return the choices of a page, in order."""
    return tuple(node for node in walk(tree) if node.role == "choice")


def numbered(tree: TreeNode) -> tuple[TreeNode, ...]:
    """Return the nodes that number keys press: a page's choices, else a menu's buttons, else the main button."""
    lists = (node for node in walk(tree) if node.id == "choices" or node.id.startswith("choices-"))
    listed = (child for node in lists for child in walk(node))
    menu = tuple(node for node in listed if node.focusable and node.role != "setting" and node.style != "tool")
    return choices(tree) or menu or tuple(node for node in walk(tree) if node.focusable and node.style == "main")


def at_number(tree: TreeNode, number: int) -> TreeNode | None:
    """Return the node that a number key presses: by its `level`, or else by its place; None if there is none."""
    return {node.level or at: node for at, node in enumerate(numbered(tree), 1)}.get(number)


def to_json(tree: TreeNode) -> dict[str, Any]:
    """Return the tree as a JSON object. Empty fields are left out."""
    out: dict[str, Any] = {"role": tree.role}
    for name in ("id", "label", "value", "hint", "style", "language", "level", "chosen"):
        if value := getattr(tree, name):
            out[name] = value
    if tree.caret is not None:
        out["caret"] = tree.caret
    if tree.action:
        out["action"] = {"verb": tree.action.verb, "target": tree.action.target}
    if tree.spans:
        out["spans"] = [{"text": s.text, "kind": s.kind, "target": s.target} for s in tree.spans]
    if tree.children:
        out["children"] = [to_json(child) for child in tree.children]
    return out
