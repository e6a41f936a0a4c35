"""The terminal interface: prints each screen as text, with a key to type for each button."""

from __future__ import annotations

import shutil
import string
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from game.core.printable import printable
from game.credits import read_credits
from game.play import Playthrough
from game.play.save_files import SaveFiles
from game.story.model import Story
from game.ui.components.chart_trees import FALSE, GAP, LOST, OUTLINE, SEED, TAKEN
from game.ui.driver import Driver, resumed_state
from game.ui.editions import Library
from game.ui.effect_runner import StoreEffectRunner
from game.ui.effects import Effect, Quit
from game.ui.i18n import catalogue_for
from game.ui.intents import PlaythroughLoaded, Press, filled
from game.ui.layout import linebreak
from game.ui.layout.geometry import Style
from game.ui.screens.registry import render_top
from game.ui.settings import SettingsFile
from game.ui.state import AppState
from game.ui.tree import TreeNode, numbered, walk

EMPHASIS, PLAIN = "\ufdd0", "\ufdd1"  # noncharacters around emphasis while lines are wrapped, one column wide each
ITALIC, UPRIGHT = "\x1b[3m", "\x1b[23m"
MARKS = {"": "■", TAKEN: "▨", SEED: "▥", OUTLINE: "□", FALSE: "?", LOST: "·", GAP: " "}  # the parts of a chart's bar
BAR = 20  # characters of the longest bar in any chart of the story
PLACED = " ✓"  # stands behind a place that the reader has chosen for a decision
MAX_WIDTH = 78  # columns: a longer line is harder to read, even in a wide terminal
STYLE = Style("serif", 1)  # a terminal has one


def run(
    story: Story,
    saves: SaveFiles,
    settings_store: SettingsFile,
    locale: Path,
    lines: TextIO,
    out: TextIO,
    begun: Playthrough | None = None,
    italics: bool = False,
    cut: str = "full",
    library: Library | None = None,
) -> int:
    """Play in a terminal until the game is quit or its input ends. Returns the exit status, 0.

    Args:
        story, saves, settings_store: The story, and where its saves and the settings are kept.
        locale: The folder of the message catalogues.
        lines, out: The input and the output.
        begun: A playthrough to start with. None starts at the title.
        italics: Whether `out` is a terminal that has italics.
        cut: The length, by its name in the pack, of playthroughs that start at the title.
        library: The languages and lengths to choose from. With None, readers get no such choice.
    """
    runner = StoreEffectRunner(
        story, catalogue_for(locale, story), saves, settings_store, read_credits=read_credits,
        load_language=library.load if library is not None else None,
    )  # fmt: skip
    ends: list[Effect] = []
    driver = Driver(
        resumed_state(
            runner, settings_store, cut=cut, offers=runner.offers, device="terminal",
            editions=library.find() if library is not None else (),
        ),
        runner, {Quit: ends.append},
    )  # fmt: skip
    if begun is not None:
        driver.dispatch(PlaythroughLoaded(begun))
    while not ends:
        shown = render_top(driver.app)
        keys = keys_of(shown)
        out.write("\n" + render(shown, keys, min(MAX_WIDTH, shutil.get_terminal_size().columns), italics) + "\n")
        node = _read_node(driver.app, keys, lines, out)
        if node is None:
            break
        if node.role == "field":
            out.write(f"{node.label} {driver.app.words('terminal.prompt')} ")
            out.flush()
            for intent in filled(node.value, lines.readline()):
                driver.dispatch(intent)
        driver.dispatch(Press(node.id))
    return 0


def _read_node(app: AppState, keys: dict[str, TreeNode], lines: TextIO, out: TextIO) -> TreeNode | None:
    """Ask for a node's key, and return the node. An empty line means the only choice. None if the input has ended."""
    while True:
        out.write(app.words("terminal.prompt") + " ")
        out.flush()
        line = lines.readline()
        if not line:
            out.write("\n")
            return None
        only_choice = "1" if "2" not in keys else ""
        node = keys.get(line.strip().lower() or only_choice)
        if node is not None:
            return node
        out.write(app.words("terminal.unknown") + "\n")


def keys_of(shown: TreeNode) -> dict[str, TreeNode]:
    """Return the nodes that can be pressed, by the key that a reader types: numbers for choices, letters for all else.

    The buttons in groups of the style "tools" get their letters first, so that these stay the same on each page.
    """
    keys = {str(i): node for i, node in enumerate(numbered(shown), 1)}
    counted = {node.id for node in keys.values()}
    tools = [node for group in walk(shown) if group.style == "tools" for node in walk(group)]
    for node in (*tools, *walk(shown)):
        if node.focusable and node.id not in counted and node.style != "key":  # no keys of an on-screen keyboard
            counted.add(node.id)
            keys[next(key for key in _letters(node.label) if key not in keys)] = node
    return keys


def _letters(label: str) -> Iterator[str]:
    """Yield possible keys for a label, the best first: its own letters, any letter, two letters."""
    yield from (letter for letter in label.lower() if letter in string.ascii_lowercase)
    yield from string.ascii_lowercase
    yield from (first + second for first in string.ascii_lowercase for second in string.ascii_lowercase)


def render(shown: TreeNode, keys: dict[str, TreeNode], width: int, italics: bool = False) -> str:
    """Return a screen in reading order, as lines of at most `width` columns, with each node's key from `keys`."""
    names = {node.id: key for key, node in keys.items()}
    blocks = [_block(node, names, width) for node in shown.children or (shown,)]
    text = printable("\n".join(line for block in blocks if block for line in [*block, ""]))
    return text.replace(EMPHASIS, ITALIC if italics else "").replace(PLAIN, UPRIGHT if italics else "")


def _block(node: TreeNode, names: dict[str, str], width: int, indent: str = "") -> list[str]:
    below = [line for child in node.children for line in _block(child, names, width, indent)]
    match node.role:
        case "heading":
            lines = _wrapped(node.label, width, indent)
            return [*lines, indent + "─" * (max(map(len, lines)) - len(indent))]
        case "date":
            return _wrapped("  ".join(filter(None, (node.label, node.value))), width, indent)
        case "image":
            return _wrapped(f"({node.label})", width, indent)
        case "row":
            return _wrapped(f"{_padded(node.label, 12)}{node.value}", width, indent)
        case "mark" | "option":
            return []
        case "group" if node.style == "keys":
            return []
        case "group" if node.style in ("chart", "years"):
            return _chart(node, node.level / BAR, width, indent)
        case "paragraph" | "status":
            marked = [f"{EMPHASIS}{s.text}{PLAIN}" if s.kind == "emphasis" else s.text for s in node.spans]
            said = (f"{node.value}: " if node.value else "") + ("".join(marked) or node.label)
            terms = [f"[{names[child.id]}] {child.label}" for child in node.children if child.id in names]
            return [*_wrapped(said, width, indent), *_wrapped("  ".join(terms), width, indent + "    ")]
        case "ornament":
            return _wrapped(f"— {node.label} —", width, indent) if node.label else []
        case "choice" | "button" | "link" | "setting" | "field":
            key = names.get(node.id, "")
            first, rest = f"{indent}{key:>3}  ", " " * len(f"{indent}{key:>3}  ")
            if node.role == "choice":
                reason = f"{EMPHASIS}{node.value}{PLAIN}" if node.value else ""
                return [*_wrapped(node.label, width, first, rest), *_wrapped(reason, width, rest, rest)]
            return _wrapped(" · ".join(filter(None, (node.label, node.value))), width, first, rest)
        case "group" if node.style in ("decision", "filter"):
            places = [child for child in node.children if child.id in names]
            marks = "   ".join(f"[{names[n.id]}] {n.label}{PLACED if n.chosen else ''}" for n in places)
            views = [child for child in node.children if child not in places]
            seen = [line for view in views for line in _block(view, names, width, indent + "    ")]
            return [*_wrapped(node.label, width, indent), *_wrapped(marks, width, indent + "    "), *seen]
        case "group" if node.style == "view":
            return [*_wrapped(f"{node.label} {node.value}", width, indent), *below]
        case _ if node.style in ("tools", "row"):
            return _wrapped("   ".join(f"[{names[n.id]}] {n.label}" for n in node.children if n.id in names), width)
        case _:
            return [*_wrapped(node.label, width, indent), *below] if node.id != "choices" else below


def _chart(node: TreeNode, units_per_mark: float, width: int, indent: str) -> list[str]:
    """Return a chart's rows as lines: label, number and bar."""
    lines: list[str] = []
    names = max((_columns(child.label) for child in node.children if child.role == "row"), default=0)
    for child in node.children:
        match child.role:
            case "row":
                marks = _marks(child, units_per_mark)
                head = indent + _padded(child.label, names) + " " * (14 - _columns(child.value)) + child.value
                beside = _columns(head) + 2 + len(marks) <= width
                lines += [f"{head}  {marks}"] if beside else [*_wrapped(head, width), *_wrapped(marks, width, indent)]
            case "group" if child.style == "bowls":
                lines += _wrapped(child.label, width, indent)
                for row in child.children:
                    lines += _wrapped(f"{_padded(row.label, 40)}  {row.value}", width, indent + "  ")
            case "group":
                lines += [*_wrapped(child.label, width, indent), *_chart(child, units_per_mark, width, indent), ""]
            case _:
                lines += _wrapped(child.label, width, indent + ("  " if child.style == "remark" else ""))
    return lines


def _marks(row: TreeNode, units_per_mark: float) -> str:
    """Return a row's bar of characters, with at least one for each part of the row. Round the running total after each
    part, not the parts, so that the whole bar has the right length."""
    so_far, marks = 0, ""
    for mark in row.children:
        so_far += mark.level
        marks += MARKS[mark.style] * max(1, round(so_far / units_per_mark) - len(marks))
    return marks


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes. A Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - _columns(text))


class _Terminal:
    """Measures a text for the line breaker, in columns in place of pixels."""

    def width(self, text: str, style: Style) -> int:
        return _columns(text)


def _wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    rest = first if rest is None else rest
    columns = _columns(text)
    if columns == len(text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    room = width - max(len(first), len(rest))
    if columns <= room:
        return [first + text]
    lines = linebreak.lines([linebreak.TextPiece(text, STYLE)], room, _Terminal())
    return [(rest if number else first) + "".join(piece.text for piece in line) for number, line in enumerate(lines)]
