"""AccessKit nodes: made from an accessibility tree. AccessKit is imported when a screen reader first connects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from game.speech.a11y_tree import A11yNode
from game.ui.layout.geometry import Rect

if TYPE_CHECKING:
    import accesskit

WINDOW = 0  # the window's id


class NodeNumbers:
    """Numbers the nodes of a screen for AccessKit. A number is never used again, so that a late request for a node of a
    closed screen finds no node."""

    def __init__(self) -> None:
        self._last = WINDOW
        self._screen: object = None
        self._numbers: dict[str, int] = {}

    def on(self, screen: object) -> None:
        """Start new numbers if `screen`, any value that identifies a screen, differs from the last call's."""
        if screen != self._screen:
            self._screen, self._numbers = screen, {}

    def of(self, key: str) -> int:
        """Return the number of the node with this key; a new one at the first call for the key."""
        if key not in self._numbers:
            self._last += 1
            self._numbers[key] = self._last
        return self._numbers[key]

    def key(self, number: int) -> str | None:
        """Return the key of the node with this number; None if this screen has no such node."""
        return next((key for key, known in self._numbers.items() if known == number), None)


def tree_update(
    screen: A11yNode, focus: str, title: str, size: tuple[int, int], bounds: Mapping[str, Rect], numbers: NodeNumbers
) -> accesskit.TreeUpdate:
    """Return the full AccessKit update for a window that shows one screen.

    Args:
        screen: the accessibility tree.
        focus: the key of the focused node.
        title, size: of the window; the size in pixels.
        bounds: tree node id -> rectangle in the window, in pixels. Other nodes get their parent's rectangle.
        numbers: the numbers of this screen's nodes (see `NodeNumbers.on`).
    """
    import accesskit

    window = accesskit.Node(accesskit.Role.WINDOW)
    window.set_label(title)
    window.set_children([numbers.of(screen.key)])
    whole = Rect(0, 0, *size)
    window.set_bounds(_rect(whole))
    update = accesskit.TreeUpdate(numbers.of(focus))
    update.tree = accesskit.Tree(WINDOW)
    update.nodes.append((WINDOW, window))
    update.nodes.extend(_nodes(screen, screen.language, whole, bounds, numbers))
    return update


def _nodes(
    a11y_node: A11yNode, language: str, around: Rect, bounds: Mapping[str, Rect], numbers: NodeNumbers
) -> Iterator[tuple[int, accesskit.Node]]:
    import accesskit

    rect = bounds.get(a11y_node.node, around)
    node = _node(accesskit, a11y_node, numbers)
    node.set_bounds(_rect(rect))
    node.set_language(a11y_node.language or language)  # not all systems look for the language in the parents
    children = [numbers.of(child.key) for child in a11y_node.children]
    if a11y_node.caret is not None:
        line = numbers.of(f"{a11y_node.key}/line")
        children.append(line)
        at = accesskit.TextPosition(line, a11y_node.caret)
        node.set_text_selection(accesskit.TextSelection(at, at))
        yield line, _line(accesskit, a11y_node.value, rect)
    node.set_children(children)
    yield numbers.of(a11y_node.key), node
    for child in a11y_node.children:
        yield from _nodes(child, language, rect, bounds, numbers)


def _node(accesskit: Any, a11y_node: A11yNode, numbers: NodeNumbers) -> accesskit.Node:
    """Return AccessKit's node for `a11y_node`, without its place on the screen and its children."""
    node = accesskit.Node(getattr(accesskit.Role, a11y_node.role))
    if a11y_node.label and a11y_node.role == "LABEL":
        node.set_value(a11y_node.label)  # AccessKit takes the name of a text from its value
    elif a11y_node.label:
        node.set_label(a11y_node.label)
    if a11y_node.value:
        node.set_value(a11y_node.value)
    if a11y_node.description:
        node.set_description(a11y_node.description)
    if a11y_node.level:
        node.set_level(a11y_node.level)
    if a11y_node.place is not None:
        at, of = a11y_node.place
        node.set_position_in_set(at)
        node.set_size_of_set(of)
    if a11y_node.chosen is not None and a11y_node.role == "BUTTON":
        node.set_toggled(accesskit.Toggled.TRUE if a11y_node.chosen else accesskit.Toggled.FALSE)
    elif a11y_node.chosen is not None:
        node.set_selected(a11y_node.chosen)
    if a11y_node.named_by:
        node.set_labelled_by([numbers.of(a11y_node.named_by)])
    if a11y_node.live:
        node.set_live(accesskit.Live.POLITE)
    if a11y_node.role == "DIALOG":
        node.set_modal()
    for action in a11y_node.actions:
        node.add_action(getattr(accesskit.Action, action))
    return node


def _line(accesskit: Any, text: str, rect: Rect) -> accesskit.Node:
    """Return the node for the text in a field: a text run, in which the caret can be at any character."""
    run = accesskit.Node(accesskit.Role.TEXT_RUN)
    run.set_value(text)
    run.set_character_lengths([len(char.encode()) for char in text])
    run.set_word_lengths([len(text)] if text else [])
    run.set_bounds(_rect(rect))
    return run


def _rect(rect: Rect) -> accesskit.Rect:
    import accesskit

    return accesskit.Rect(rect.x, rect.y, rect.right, rect.bottom)
