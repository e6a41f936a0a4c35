"""Things as AccessKit's own nodes, each under a number of its own. AccessKit is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from game.speech.a11y_tree import A11yNode
from game.ui.layout.geometry import Rect

if TYPE_CHECKING:
    import accesskit

WINDOW = 0  # the number of the window itself


class NodeNumbers:
    """A number for each thing of a screen: the same while the screen stays, and none that another screen had.

    So whatever is asked for too late, of a page that was turned meanwhile, is asked of nothing.
    """

    def __init__(self) -> None:
        self._last = WINDOW
        self._screen: object = None
        self._numbers: dict[str, int] = {}

    def on(self, screen: object) -> None:
        """From here on the numbers are those of this screen, whatever tells it from others."""
        if screen != self._screen:
            self._screen, self._numbers = screen, {}

    def of(self, key: str) -> int:
        """The number of a thing by its key."""
        if key not in self._numbers:
            self._last += 1
            self._numbers[key] = self._last
        return self._numbers[key]

    def key(self, number: int) -> str | None:
        """The key of the thing that has this number; None where no thing of this screen has it."""
        return next((key for key, known in self._numbers.items() if known == number), None)


def tree_update(
    screen: A11yNode, focus: str, title: str, size: tuple[int, int], bounds: Mapping[str, Rect], numbers: NodeNumbers
) -> accesskit.TreeUpdate:
    """The whole of a window with one screen in it. `focus` is a thing's key; `size` and `bounds` are in pixels.

    A thing without bounds stands where the one around it does.
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
    thing: A11yNode, language: str, around: Rect, bounds: Mapping[str, Rect], numbers: NodeNumbers
) -> Iterator[tuple[int, accesskit.Node]]:
    import accesskit

    rect = bounds.get(thing.node, around)
    node = _node(accesskit, thing, numbers)
    node.set_bounds(_rect(rect))
    node.set_language(thing.language or language)  # not all systems look around a thing for it
    children = [numbers.of(child.key) for child in thing.children]
    if thing.caret is not None:
        line = numbers.of(f"{thing.key}/line")
        children.append(line)
        at = accesskit.TextPosition(line, thing.caret)
        node.set_text_selection(accesskit.TextSelection(at, at))
        yield line, _line(accesskit, thing.value, rect)
    node.set_children(children)
    yield numbers.of(thing.key), node
    for child in thing.children:
        yield from _nodes(child, language, rect, bounds, numbers)


def _node(accesskit: Any, thing: A11yNode, numbers: NodeNumbers) -> accesskit.Node:
    """A thing by itself, without its place and what it holds."""
    node = accesskit.Node(getattr(accesskit.Role, thing.role))
    if thing.label and thing.role == "LABEL":
        node.set_value(thing.label)  # a text says what it is, and has no other name
    elif thing.label:
        node.set_label(thing.label)
    if thing.value:
        node.set_value(thing.value)
    if thing.description:
        node.set_description(thing.description)
    if thing.level:
        node.set_level(thing.level)
    if thing.place is not None:
        at, of = thing.place
        node.set_position_in_set(at)
        node.set_size_of_set(of)
    if thing.chosen is not None and thing.role == "BUTTON":
        node.set_toggled(accesskit.Toggled.TRUE if thing.chosen else accesskit.Toggled.FALSE)
    elif thing.chosen is not None:
        node.set_selected(thing.chosen)
    if thing.named_by:
        node.set_labelled_by([numbers.of(thing.named_by)])
    if thing.live:
        node.set_live(accesskit.Live.POLITE)
    if thing.role == "DIALOG":
        node.set_modal()
    for action in thing.actions:
        node.add_action(getattr(accesskit.Action, action))
    return node


def _line(accesskit: Any, text: str, rect: Rect) -> accesskit.Node:
    """What stands in a field: one run of single characters."""
    run = accesskit.Node(accesskit.Role.TEXT_RUN)
    run.set_value(text)
    run.set_character_lengths([len(char.encode()) for char in text])
    run.set_word_lengths([len(text)] if text else [])
    run.set_bounds(_rect(rect))
    return run


def _rect(rect: Rect) -> accesskit.Rect:
    import accesskit

    return accesskit.Rect(rect.x, rect.y, rect.right, rect.bottom)
