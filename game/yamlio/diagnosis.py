"""Why a text is no YAML, in an author's words and with the place where it began.

The parser says where it was lost, which is often far behind the slip that lost it. Here the slips that authors make
are looked for: where the text could be mended in more than one way, the mend that the parser reads farthest counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from game.core.values import frozen
from game.yamlio.indentation import find_shift
from game.yamlio.parser_events import LINE_END, events, reach

QUOTE_IT = "Put the whole text in quotes, or begin it with another word."
NEAR = 12  # lines with something in them in which a missing colon is looked for
_KEY = re.compile(r"^ *(?:- +)*([A-Za-z_][\w-]*):(?= |$)", re.MULTILINE)
# A line's first word, and what stands in the place of the `: ` behind it.
_WORD = re.compile(r"(?P<before> *(?:- +)*)(?P<word>[A-Za-z0-9_][\w-]*)(?P<sign>[:;=.,]?)(?P<rest>.*)")


@frozen
class YamlFault:
    """What was done wrong, at a line and column from 1, and what to do."""

    line: int
    column: int
    problem: str
    remedy: str


@frozen
class _Fault:
    """Where the parser gave a text up and why, what it was reading then, and what it had read just before.

    Marks have `line` and `column`, from 0, and `index`. `piece` is the last quoted text, or text in brackets, if
    nothing stands between it and the fault.
    """

    text: str
    problem: str
    mark: Any
    context: str
    began: Any
    piece: tuple[Any, Any] | None

    @property
    def char(self) -> str:
        at: int = self.mark.index
        return self.text[at : at + 1]

    @property
    def lines(self) -> list[str]:
        """The lines as the parser counts them, and an empty one behind the last, where it may end."""
        return [*LINE_END.split(self.text), ""]

    @property
    def line(self) -> str:
        number: int = self.mark.line
        return self.lines[number]

    def slip(self, mark: Any, problem: str, remedy: str) -> YamlFault:
        return YamlFault(mark.line + 1, mark.column + 1, problem, remedy)


def diagnose(text: str) -> YamlFault | None:
    """The slip for which a text is no YAML; None where it is YAML, or where none is known that explains it."""
    fault = _fault(text)
    return next((slip for look in _LOOKS if (slip := look(fault))), None) if fault else None


def _fault(text: str) -> _Fault | None:
    opened: list[Any] = []
    piece = None
    try:
        for event in events(text):
            kind = type(event).__name__
            if kind == "ScalarEvent" and event.style in ("'", '"'):
                piece = (event.start_mark, event.end_mark)
            elif kind in ("SequenceStartEvent", "MappingStartEvent"):
                opened.append(event.start_mark)
            elif kind in ("SequenceEndEvent", "MappingEndEvent"):
                start = opened.pop()
                if event.end_mark.index > event.start_mark.index:  # brackets; what is indented ends without a sign
                    piece = (start, event.end_mark)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return None
        if piece and text[piece[1].index : mark.index].strip(" "):
            piece = None
        return _Fault(text, error.problem or "", mark, error.context or "", error.context_mark or mark, piece)
    except (yaml.YAMLError, ValueError):
        return None
    return None


def _tab(fault: _Fault) -> YamlFault | None:
    line = fault.line
    blank = line[: len(line) - len(line.lstrip())]
    if "\t" not in blank:
        return None
    column = blank.index("\t") + 1
    return YamlFault(fault.mark.line + 1, column, "a tab stands in front of this line", "Use spaces instead.")


def _open_quote(fault: _Fault) -> YamlFault | None:
    remedy = "Close it where its text ends."
    if fault.context == "while scanning a quoted scalar" and "end of stream" in fault.problem:
        return fault.slip(fault.began, "the quote that opens here is never closed", remedy)
    if fault.piece and fault.text[fault.piece[0].index] in "'\"" and fault.piece[0].line < fault.piece[1].line:
        next_one = fault.piece[1].line + 1
        problem = f"the quote that opens here is never closed; the next one stands in line {next_one}"
        return fault.slip(fault.piece[0], problem, remedy)
    return None


def _goes_on(fault: _Fault) -> YamlFault | None:
    """A text that begins with a quote or a bracket, and goes on where that closes."""
    if fault.piece is None or not fault.char.strip():
        return None
    start, end = fault.piece
    sign, last = fault.text[start.index], fault.text[end.index - 1]
    if fault.char in "]}":
        return fault.slip(fault.mark, f"`{fault.char}` closes what was not opened", "Remove it.")
    if sign == "'" and end.index == fault.mark.index and fault.char.isalnum():
        problem = "the apostrophe ends the text, which a single quote opened"
        return YamlFault(end.line + 1, end.column, problem, "Write it twice, or put the text in double quotes.")
    if sign in "'\"":
        other = "single" if sign == '"' else "double"
        remedy = f"Put the whole text in {other} quotes, or begin it with another word."
        return fault.slip(start, f"the text begins with a quote and goes on behind `{last}`", remedy)
    return fault.slip(start, f"the text begins with `{sign}` and goes on behind `{last}`", QUOTE_IT)


def _first_character(fault: _Fault) -> YamlFault | None:
    """A text that begins with what means something else to YAML."""
    if re.search("scanning an (alias|anchor)|scanning a block scalar", fault.context):
        mark = fault.began
    elif re.search("cannot start any token|(entries|keys) are not allowed", fault.problem):
        mark = fault.mark
    else:
        return None
    sign = fault.text[mark.index]
    remedy = f"A text begins on the line below its `{sign}`. Or put it in quotes." if sign in "|>" else QUOTE_IT
    named = "a backtick" if sign == "`" else f"`{sign}`"
    return fault.slip(mark, f"a text cannot begin with {named}", remedy)


def _escape(fault: _Fault) -> YamlFault | None:
    if "unknown escape" not in fault.problem:
        return None
    at = fault.text.rfind("\\", 0, fault.mark.index + 1)
    sign = fault.text[at : at + 2]
    column = fault.mark.column + 1 + at - fault.mark.index
    problem = f"`{sign}` has no meaning inside double quotes"
    return YamlFault(fault.mark.line + 1, column, problem, "Write \\\\ for a backslash, or use single quotes.")


def _colon(fault: _Fault) -> YamlFault | None:
    """A text with a colon and a space in it, which looks like a key."""
    if fault.char != ":" or ": " not in fault.line[: fault.mark.column]:
        return None
    return fault.slip(fault.mark, "the text holds a colon and a space, as a key has", "Put the whole text in quotes.")


def _open_bracket(fault: _Fault) -> YamlFault | None:
    if "while parsing a flow" not in fault.context or fault.began.line == fault.mark.line:
        return None
    sign = fault.text[fault.began.index]
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    return fault.slip(fault.began, f"the `{sign}` that opens here is never closed", f"Write `{closing}` at its end.")


def _known_key(fault: _Fault) -> YamlFault | None:
    return _mended_line(fault, set(_KEY.findall(fault.text)).__contains__)


def _any_key(fault: _Fault) -> YamlFault | None:
    return _mended_line(fault, lambda name: True)


def _mended_line(fault: _Fault, is_key: Callable[[str], bool]) -> YamlFault | None:
    """A colon, or the space behind a colon or a dash, that is missing: looked for around the fault and tried."""
    lines = fault.lines
    near = [i for i in range(fault.mark.line, -1, -1) if lines[i].strip()][:NEAR]
    for at in dict.fromkeys([*near, fault.began.line]):
        for mended, column, problem, remedy in _line_mends(lines[at], is_key):
            if reach("\n".join([*lines[:at], mended, *lines[at + 1 :]])) > fault.mark.line + 1:
                return YamlFault(at + 1, column, problem, remedy)
    return None


def _line_mends(line: str, is_key: Callable[[str], bool]) -> Iterator[tuple[str, int, str, str]]:
    """Ways in which a line may have been meant: how it would read, the slip's column, what is wrong, what to do."""
    dash = re.match(r" *-(?=[^\s-])", line)
    if dash:
        mended = f"{dash[0]} {line[dash.end() :]}"
        yield mended, dash.end(), "no space stands behind the dash", "Write a space between it and what follows."
    word = _WORD.fullmatch(line.rstrip())
    if word is None:
        return
    before, name, sign, rest = word.groups()
    alone = not sign and not rest
    if sign == ":" and rest and not rest.startswith(" ") and is_key(name):
        column = len(before) + len(name) + 1
        yield (
            f"{before}{name}: {rest}",
            column,
            f"no space stands behind the colon of `{name}`",
            "Write a space between it and the text.",
        )
    elif sign != ":" and (alone or (is_key(name) and (sign or rest.startswith(" ")))):
        mended = f"{before}{name}: {rest.lstrip()}"
        yield mended, len(before) + 1, f"no colon stands behind `{name}`", f"Write `{name}:`."


def _indentation(fault: _Fault) -> YamlFault | None:
    shift = find_shift(fault.lines, fault.mark.line + 1, fault.began.line + 1, reach)
    if shift is None:
        return None
    line = fault.lines[shift.line - 1]
    spaces = "one space" if abs(shift.by) == 1 else f"{abs(shift.by)} spaces"
    side = "left" if shift.by > 0 else "right"
    return YamlFault(
        shift.line,
        len(line) - len(line.lstrip(" ")) + 1,
        f"this line stands {spaces} further {side} than its neighbours (line {shift.like})",
        f"{'Add' if shift.by > 0 else 'Remove'} {spaces} in front of it.",
    )


def _stray_item(fault: _Fault) -> YamlFault | None:
    """A list's line among keys, where no other place for it is known."""
    if fault.char != "-" or "expected key" not in fault.problem:
        return None
    remedy = "Put it below the key that its list belongs to, or take it out."
    return fault.slip(fault.mark, "a list's line stands here among keys", remedy)


# The first that explains the fault counts: what can be seen stands before what must be tried.
_LOOKS: tuple[Callable[[_Fault], YamlFault | None], ...] = (
    _tab,
    _open_quote,
    _goes_on,
    _first_character,
    _escape,
    _open_bracket,
    _colon,
    _known_key,
    _indentation,
    _any_key,
    _stray_item,
)
