"""Diagnose invalid YAML: find the author's mistake and its place, and name it in plain words.

The parser reports where it failed, often far after the mistake. This module looks for common mistakes. If a text can be
corrected in several ways, it chooses the correction with which the parser reads farthest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from game.core.values import frozen
from game.yamlio.indentation import find_shift
from game.yamlio.parser_events import LINE_END, last_readable_line, parse_events

QUOTE_IT = "Put the whole text in quotes, or begin it with another word."
NEAR = 12  # lines that are searched for a missing colon, blank ones not counted
_KEY = re.compile(r"^ *(?:- +)*([A-Za-z_][\w-]*):(?= |$)", re.MULTILINE)
# A line's first word, and the sign after it where `: ` should stand.
_WORD = re.compile(r"(?P<before> *(?:- +)*)(?P<word>[A-Za-z0-9_][\w-]*)(?P<sign>[:;=.,]?)(?P<rest>.*)")


@frozen
class YamlFault:
    """A mistake in a YAML text: its place, what is wrong, and how to correct it. `line` and `column` count from 1."""

    line: int
    column: int
    problem: str
    remedy: str


@frozen
class _ParserError:
    """An error of the YAML parser. `mark` is its place: an object with `line`, `column` and `index`, all from 0.

    `context` is what the parser was reading, and `began` the mark where that text began. `piece` has the start and end
    of a quoted or bracketed text directly before the error, if there is one.
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
        """The text's lines, as the parser counts them, with an empty line at the end, where an error may be."""
        return [*LINE_END.split(self.text), ""]

    @property
    def line(self) -> str:
        number: int = self.mark.line
        return self.lines[number]

    def mistake(self, mark: Any, problem: str, remedy: str) -> YamlFault:
        return YamlFault(mark.line + 1, mark.column + 1, problem, remedy)


def diagnose(text: str) -> YamlFault | None:
    """Return the mistake that makes a text invalid YAML; None if the text is valid or no rule explains the error."""
    error = _parser_error(text)
    return next((mistake for rule in _RULES if (mistake := rule(error))), None) if error else None


def _parser_error(text: str) -> _ParserError | None:
    opened: list[Any] = []
    piece = None
    try:
        for event in parse_events(text):
            kind = type(event).__name__
            if kind == "ScalarEvent" and event.style in ("'", '"'):
                piece = (event.start_mark, event.end_mark)
            elif kind in ("SequenceStartEvent", "MappingStartEvent"):
                opened.append(event.start_mark)
            elif kind in ("SequenceEndEvent", "MappingEndEvent"):
                start = opened.pop()
                if event.end_mark.index > event.start_mark.index:  # in brackets: the end of a block has no character
                    piece = (start, event.end_mark)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return None
        if piece and text[piece[1].index : mark.index].strip(" "):
            piece = None
        return _ParserError(text, error.problem or "", mark, error.context or "", error.context_mark or mark, piece)
    except (yaml.YAMLError, ValueError):
        return None
    return None


def _tab(error: _ParserError) -> YamlFault | None:
    line = error.line
    blank = line[: len(line) - len(line.lstrip())]
    if "\t" not in blank:
        return None
    column = blank.index("\t") + 1
    return YamlFault(error.mark.line + 1, column, "a tab stands in front of this line", "Use spaces instead.")


def _open_quote(error: _ParserError) -> YamlFault | None:
    remedy = "Close it where its text ends."
    if error.context == "while scanning a quoted scalar" and "end of stream" in error.problem:
        return error.mistake(error.began, "the quote that opens here is never closed", remedy)
    if error.piece and error.text[error.piece[0].index] in "'\"" and error.piece[0].line < error.piece[1].line:
        next_one = error.piece[1].line + 1
        problem = f"the quote that opens here is never closed; the next one stands in line {next_one}"
        return error.mistake(error.piece[0], problem, remedy)
    return None


def _continued_text(error: _ParserError) -> YamlFault | None:
    """Diagnose a text that goes on after its closing quote or bracket."""
    if error.piece is None or not error.char.strip():
        return None
    start, end = error.piece
    sign, last = error.text[start.index], error.text[end.index - 1]
    if error.char in "]}":
        return error.mistake(error.mark, f"`{error.char}` closes what was not opened", "Remove it.")
    if sign == "'" and end.index == error.mark.index and error.char.isalnum():
        problem = "the apostrophe ends the text, which a single quote opened"
        return YamlFault(end.line + 1, end.column, problem, "Write it twice, or put the text in double quotes.")
    if sign in "'\"":
        other = "single" if sign == '"' else "double"
        remedy = f"Put the whole text in {other} quotes, or begin it with another word."
        return error.mistake(start, f"the text begins with a quote and goes on behind `{last}`", remedy)
    return error.mistake(start, f"the text begins with `{sign}` and goes on behind `{last}`", QUOTE_IT)


def _first_character(error: _ParserError) -> YamlFault | None:
    """Diagnose a text that begins with a special character of YAML."""
    if re.search("scanning an (alias|anchor)|scanning a block scalar", error.context):
        mark = error.began
    elif re.search("cannot start any token|(entries|keys) are not allowed", error.problem):
        mark = error.mark
    else:
        return None
    sign = error.text[mark.index]
    remedy = f"A text begins on the line below its `{sign}`. Or put it in quotes." if sign in "|>" else QUOTE_IT
    named = "a backtick" if sign == "`" else f"`{sign}`"
    return error.mistake(mark, f"a text cannot begin with {named}", remedy)


def _escape(error: _ParserError) -> YamlFault | None:
    if "unknown escape" not in error.problem:
        return None
    at = error.text.rfind("\\", 0, error.mark.index + 1)
    sign = error.text[at : at + 2]
    column = error.mark.column + 1 + at - error.mark.index
    problem = f"`{sign}` has no meaning inside double quotes"
    return YamlFault(error.mark.line + 1, column, problem, "Write \\\\ for a backslash, or use single quotes.")


def _colon(error: _ParserError) -> YamlFault | None:
    """Diagnose an unquoted text with `: ` in it, which YAML takes for a key."""
    if error.char != ":" or ": " not in error.line[: error.mark.column]:
        return None
    remedy = "Put the whole text in quotes."
    return error.mistake(error.mark, "the text holds a colon and a space, as a key has", remedy)


def _open_bracket(error: _ParserError) -> YamlFault | None:
    if "while parsing a flow" not in error.context or error.began.line == error.mark.line:
        return None
    sign = error.text[error.began.index]
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    return error.mistake(error.began, f"the `{sign}` that opens here is never closed", f"Write `{closing}` at its end.")


def _corrected_line(error: _ParserError, is_key: Callable[[str], bool]) -> YamlFault | None:
    """Try to add a colon, or a space after a colon or dash, near the error. Return the fault that this corrects."""
    lines = error.lines
    near = [i for i in range(error.mark.line, -1, -1) if lines[i].strip()][:NEAR]
    for at in dict.fromkeys([*near, error.began.line]):
        for corrected, column, problem, remedy in _corrections(lines[at], is_key):
            if last_readable_line("\n".join([*lines[:at], corrected, *lines[at + 1 :]])) > error.mark.line + 1:
                return YamlFault(at + 1, column, problem, remedy)
    return None


def _corrections(line: str, is_key: Callable[[str], bool]) -> Iterator[tuple[str, int, str, str]]:
    """Yield corrections of a line, as (corrected line, column, problem, remedy). `is_key` accepts possible keys."""
    dash = re.match(r" *-(?=[^\s-])", line)
    if dash:
        corrected = f"{dash[0]} {line[dash.end() :]}"
        yield corrected, dash.end(), "no space stands behind the dash", "Write a space between it and what follows."
    word = _WORD.fullmatch(line.rstrip())
    if word is None:
        return
    before, name, sign, rest = word.groups()
    alone = not sign and not rest
    if sign == ":" and rest and not rest.startswith(" ") and is_key(name):
        column = len(before) + len(name) + 1
        problem = f"no space stands behind the colon of `{name}`"
        yield f"{before}{name}: {rest}", column, problem, "Write a space between it and the text."
    elif sign != ":" and (alone or (is_key(name) and (sign or rest.startswith(" ")))):
        corrected = f"{before}{name}: {rest.lstrip()}"
        yield corrected, len(before) + 1, f"no colon stands behind `{name}`", f"Write `{name}:`."


def _indentation(error: _ParserError) -> YamlFault | None:
    shift = find_shift(error.lines, error.mark.line + 1, error.began.line + 1, last_readable_line)
    if shift is None:
        return None
    line = error.lines[shift.line - 1]
    spaces = "one space" if abs(shift.by) == 1 else f"{abs(shift.by)} spaces"
    side = "left" if shift.by > 0 else "right"
    problem = f"this line stands {spaces} further {side} than its neighbours (line {shift.like})"
    remedy = f"{'Add' if shift.by > 0 else 'Remove'} {spaces} in front of it."
    return YamlFault(shift.line, len(line) - len(line.lstrip(" ")) + 1, problem, remedy)


def _stray_item(error: _ParserError) -> YamlFault | None:
    """Diagnose a list item among keys. This is the last rule: it applies if no shift of lines corrects the text."""
    if error.char != "-" or "expected key" not in error.problem:
        return None
    remedy = "Put it below the key that its list belongs to, or take it out."
    return error.mistake(error.mark, "a list's line stands here among keys", remedy)


# The first rule that explains the error counts. Rules that only look at the error come before those that try
# corrections.
_RULES: tuple[Callable[[_ParserError], YamlFault | None], ...] = (
    _tab,
    _open_quote,
    _continued_text,
    _first_character,
    _escape,
    _open_bracket,
    _colon,
    lambda error: _corrected_line(error, set(_KEY.findall(error.text)).__contains__),  # the keys that the text has
    _indentation,
    lambda error: _corrected_line(error, lambda name: True),
    _stray_item,
)
