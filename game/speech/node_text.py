"""Node text: what the voice says of tree nodes: of a whole screen, and of the focused node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.ui.i18n import Catalogue, capital
from game.ui.screens.registry import SCREENS
from game.ui.tree import OPENING_SPANS, TreeNode, choices, numbered, walk


def screen_text(tree: TreeNode, words: Catalogue, before: TreeNode | None = None) -> Iterator[str]:
    """Yield the lines for a whole screen. Date, progress and title come first, choices and other buttons last.

    Date, progress and picture are left out if they are the same as on the page `before`.
    """
    standing = before.children if before else ()
    still = [node for node in standing if node.role in ("date", "image") or node.style == "progress"]
    parts = (part for node in tree.children if node not in still for part in _apart(node))
    return _node_texts(sorted(parts, key=_rank), tree, words)


def _apart(node: TreeNode) -> tuple[TreeNode, ...]:
    """Split a date's node in two: its Chinese title is said later than the date. Return other nodes unchanged."""
    if node.role != "date" or not node.value:
        return (node,)
    return (replace(node, value=""), TreeNode("date", label=node.value, style="original"))


def item_text(node: TreeNode, tree: TreeNode, words: Catalogue) -> Iterator[str]:
    """Yield the lines for a focused node: what it is, its position in a list, and its state."""
    match node.role:
        case "choice" if node.style != "continue":
            yield words("speech.choice.at", at=node.level, of=len(choices(tree)), text=with_full_stop(node.label))
            yield from filter(None, (with_full_stop(node.value),))
        case "setting":
            yield words("speech.setting", name=node.label, value=node.value)
            yield with_full_stop(node.hint)
        case "field":
            yield from _node_text(node, tree, words)
            yield with_full_stop(node.hint)
            yield words("speech.field.keys")
        case "button" if node.style == "place":  # the group around it says what is placed here
            around = next(group for group in walk(tree) if node in group.children)
            yield words("speech.row", name=node.label, value=around.label.removesuffix("."))
            yield from filter(None, (with_full_stop(node.value), with_full_stop(node.hint)))
        case "link" if node.style in OPENING_SPANS:
            yield words("speech.term" if node.style == "term" else "speech.person", text=node.label)
        case "link" if node.style == "sources":
            yield words("speech.button", text=with_full_stop(node.label))
            yield with_full_stop(node.hint)
        case "link" if node.style in ("entry", "entry-below"):
            yield words("speech.by", name=node.value, text=with_full_stop(node.label))
        case _:
            yield words("speech.button", text=with_full_stop(node.label))
            yield from filter(None, (with_full_stop(node.value), with_full_stop(node.hint)))
            menu = [other.id for other in numbered(tree)]
            if node.id in menu and len(menu) > 1:
                yield words("speech.at", at=menu.index(node.id) + 1, of=len(menu))


def with_full_stop(text: str) -> str:
    """Return the text with a full stop at its end, so that a voice pauses before the next line."""
    return text if not text or text[-1] in ".!?…:”’。！？：" else f"{text}."


def _rank(node: TreeNode) -> int:
    """Return when a part is said, from 1 to 7: date, progress, title, Chinese title, the rest, choices, tools."""
    if node.style in ("eyebrow", "progress", "original", "tools"):
        return {"eyebrow": 3, "progress": 2, "original": 4, "tools": 7}[node.style]
    if node.role in ("date", "heading"):
        return 1 if node.role == "date" else 3
    return 6 if any(child.role == "choice" for child in node.children) else 5


def _node_texts(nodes: Iterable[TreeNode], tree: TreeNode, words: Catalogue) -> Iterator[str]:
    for node in nodes:
        yield from filter(None, _node_text(node, tree, words))


def _node_text(node: TreeNode, tree: TreeNode, words: Catalogue) -> Iterator[str]:
    match node.role:
        case "mark":
            pass  # only visual, as is the key to a chart's marks
        case "paragraph" if node.style == "key":
            pass
        case "paragraph" if node.style == "code":
            yield node.value  # the code's letters as they are said
        case "paragraph" if node.value:
            yield words("speech.by", name=capital(node.value), text=node.label)
        case "image":
            yield words("speech.picture", text=node.label)
        case "row" | "setting":
            yield words("speech.row", name=node.label, value=node.value)
        case "field":
            yield words("speech.field", name=node.label, value=spelled(node.value) or words("speech.field.empty"))
        case "link" if node.style == "entry":  # a fact from a sheet of facts: how sure it is and its source, its text
            yield words("speech.by", name=node.value, text=with_full_stop(node.label))
        case "link" if node.style == "sources":
            yield with_full_stop(node.label)
        case "list" if node.style == "row":
            yield from _tools(node, tree, words)
        case "list":
            yield from _list(node, tree, words)
        case "group":
            yield from _group(node, tree, words)
        case _:
            yield with_full_stop(node.label)
            yield with_full_stop(node.value)


def _group(node: TreeNode, tree: TreeNode, words: Catalogue) -> Iterator[str]:
    match node.style:
        case "tools":
            yield from _tools(node, tree, words)
        case "keys":
            yield with_full_stop(node.label)
        case "note":  # what a heavy chapter contains, and the ways to go on, such as skipping the chapter
            yield words("speech.note", text=node.label)
            for way in node.children:
                yield words("speech.note.way", text=way.label)
        case "progress":  # how many of the story's dates the reader has reached
            reached = sum(mark.chosen for mark in node.children)
            progress = words("speech.progress", at=reached, of=len(node.children))
            yield progress if reached else with_full_stop(node.label)
        case "decision":  # one decision of a task: its text, where the reader has placed it, and the author's view
            yield with_full_stop(node.label)
            placed = [child.label for child in node.children if child.chosen]
            if placed:
                yield words("speech.placed", places=", ".join(placed))
            yield from _node_texts((child for child in node.children if child.style != "place"), tree, words)
        case "filter":
            chosen = next((child.label for child in node.children if child.chosen), "")
            yield words("speech.row", name=node.label, value=chosen)
        case style:
            if style in ("item", "made", "view"):  # the children are sentences, so they need no heading
                yield with_full_stop(node.label)
            elif node.label:
                yield words("speech.group", name=node.label)
            yield with_full_stop(node.value)
            yield from _node_texts(node.children, tree, words)


def _list(node: TreeNode, tree: TreeNode, words: Catalogue) -> Iterator[str]:
    """Yield a page's choices, or a menu: how many there are, each with its number, and how to choose."""
    pressable = numbered(tree)
    if len(pressable) == 1 and pressable[0].style in ("continue", "main"):
        if pressable[0].style == "continue":
            if pressable[0].label != words("page.continue"):  # otherwise the page has named the button itself
                yield with_full_stop(pressable[0].label)
            yield words("speech.how.continue")
        return  # the only way on has the focus, and is said with it
    yield with_full_stop(node.label) if node.label else words("speech.menu", n=len(pressable))
    for child in node.children:
        button = next((inner for inner in walk(child) if inner in pressable), None)
        if child.role == "setting":
            yield words("speech.row", name=child.label, value=child.value)
            continue
        if button is None:  # a place with nothing in it
            yield with_full_stop(child.label)
            continue
        yield words("speech.numbered", number=pressable.index(button) + 1, text=with_full_stop(button.label))
        yield from filter(None, (with_full_stop(button.value),))
    if pressable:
        yield words("speech.how.choose.two") if len(pressable) == 2 else words("speech.how.choose", n=len(pressable))


def _tools(node: TreeNode, tree: TreeNode, words: Catalogue) -> Iterator[str]:
    """Yield a line with the buttons' names, but none for a nameless group of a reading page, which never changes."""
    screen = SCREENS.get(tree.id)
    if screen is None or not screen.shows_page or node.label:
        yield words("speech.tools", names=", ".join(child.label for child in node.children))


def spelled(text: str) -> str:
    """Return the letters of a code, one by one."""
    return ", ".join(letter for letter in text if letter.isalnum())
