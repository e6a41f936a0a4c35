"""The semantic tree: what there is to read and to do, in order, without a pixel.

Window, voice, terminal and phones all walk this tree; what is not in it does not exist for anyone.
"""

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

FOCUSABLE = frozenset({"choice", "button", "link", "setting", "field"})


@frozen
class Action:
    """What pressing a node asks for: a verb that `update` knows, and what it is about."""

    verb: str
    target: str = ""


@frozen
class TreeNode:
    """One thing on a screen.

    `label` is its words, plain; `spans` are the same words with their marks, whose terms are `children` of
    role "link" in the same order. `value` is a second line or the present value, `hint` what pressing does
    where the label does not say it. `style` names a variant for whoever draws or reads it aloud.
    A field's `value` is what was typed, and `caret` counts the characters before its caret; its `action` is what
    Enter does. An image that is drawn where it stands has its `picture`; `label` says what it shows. `language` is
    that of the label, where it is another than the screen's.
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

    @property
    def focusable(self) -> bool:
        return self.role in FOCUSABLE and self.action is not None


def walk(tree: TreeNode) -> Iterator[TreeNode]:
    """Every node, in reading order."""
    yield tree
    for child in tree.children:
        yield from walk(child)


def focus_order(tree: TreeNode) -> tuple[str, ...]:
    """The ids that take the focus, in the order in which they are read."""
    return tuple(node.id for node in walk(tree) if node.focusable)


def find(tree: TreeNode, node_id: str | None) -> TreeNode | None:
    """The node of that id, or None."""
    if node_id is None:
        return None
    return next((node for node in walk(tree) if node.id == node_id), None)


def field_of(tree: TreeNode) -> TreeNode | None:
    """The line to type on, where the screen has one: letters go into it whatever has the focus."""
    return next((node for node in walk(tree) if node.role == "field"), None)


def choices(tree: TreeNode) -> tuple[TreeNode, ...]:
    """The numbered slips, in order."""
    return tuple(node for node in walk(tree) if node.role == "choice")


def numbered(tree: TreeNode) -> tuple[TreeNode, ...]:
    """What the number keys press: the slips of a page, the buttons of a menu, or else the one way on."""
    listed = (child for node in walk(tree) if node.id == "choices" for child in walk(node))
    menu = tuple(node for node in listed if node.focusable and node.style != "tool")
    return choices(tree) or menu or tuple(node for node in walk(tree) if node.focusable and node.style == "main")


def to_json(tree: TreeNode) -> dict[str, Any]:
    """Plain JSON, with empty fields left out."""
    out: dict[str, Any] = {"role": tree.role}
    for name in ("id", "label", "value", "hint", "style", "language"):
        if text := getattr(tree, name):
            out[name] = text
    if tree.level:
        out["level"] = tree.level
    if tree.chosen:
        out["chosen"] = True
    if tree.caret is not None:
        out["caret"] = tree.caret
    if tree.action:
        out["action"] = {"verb": tree.action.verb, "target": tree.action.target}
    if tree.spans:
        out["spans"] = [{"text": s.text, "kind": s.kind, "target": s.target} for s in tree.spans]
    if tree.children:
        out["children"] = [to_json(child) for child in tree.children]
    return out
