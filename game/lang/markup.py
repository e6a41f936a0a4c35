"""Parse the markup of a paragraph to spans: *emphasis*, [[glossary term]] or [[shown|term]], {variable}.

{variable} shows the variable's value in words, {variable|count} shows it as a number with its unit. A backslash before
*, a brace, a square bracket or a backslash makes this character plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Literal, NamedTuple

from game.core.values import frozen
from game.lang.expressions import Expression
from game.lang.grammar import SyntaxProblem


@frozen
class Span:
    """A run of text of one kind. `target` is a glossary id if `kind` is "term", a person's id if it is "person"."""

    text: str
    kind: Literal["plain", "emphasis", "term", "person"] = "plain"
    target: str | None = None


@frozen
class InWords:
    """A placeholder for a variable's value. The reader sees it in words; with `count`, as a number with its unit."""

    variable: str
    kind: Literal["plain", "emphasis"] = "plain"
    count: bool = False


class Paragraph(NamedTuple):
    """A paragraph as shown: its spans, and in `by` who speaks them (None: the narrator)."""

    spans: tuple[Span, ...]
    by: str | None = None

    @property
    def text(self) -> str:
        return "".join([span.text for span in self.spans])


@frozen
class Passage:
    """A paragraph as written, spoken by somebody or (None) the narrator, and shown only if its condition holds.

    `fixed` is the shown paragraph if the text contains no variable, and else None. It is made only once.
    """

    parts: tuple[Span | InWords, ...]
    by: str | None = None
    condition: Expression | None = None
    fixed: Paragraph | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        spans = tuple(part for part in self.parts if isinstance(part, Span))
        if len(spans) == len(self.parts):
            object.__setattr__(self, "fixed", Paragraph(spans, self.by))

    @property
    def written(self) -> str:
        """The text without markup, with {name} for each variable."""
        return "".join(part.text if isinstance(part, Span) else f"{{{part.variable}}}" for part in self.parts)


class MarkupProblem(SyntaxProblem):
    """Raised for markup that is unclosed, empty or misplaced."""


_MARK = re.compile(
    r"\\(?P<escaped>[*{}\[\]\\])|(?P<star>\*)|\[\[(?P<term>[^\]\n]*)\]\]|(?P<open>\[\[)|\{(?P<value>[^}\n]*)\}|(?P<brace>\{)"
)


_SPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")  # white space other than a single space


def emphasis_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of a text with no markup but *emphasis*. If its stars are odd in number, all are plain."""
    parts = text.split("*")
    if len(parts) % 2 == 0:
        return (Span(text),)
    return tuple(Span(part, "emphasis" if i % 2 else "plain") for i, part in enumerate(parts) if part)


def without_emphasis(text: str) -> str:
    """Return a text without the stars of *emphasis*."""
    return "".join(span.text for span in emphasis_spans(text))


def split_paragraphs(text: str) -> list[str]:
    """Split a text at blank lines. Inside a paragraph a line break becomes a space; a no-break space stays."""
    blocks = re.split(r"\n[ \t]*\n", text)
    return [_SPACE.sub(" ", block).strip(" ") for block in blocks if block.strip()]


def parse(
    text: str,
    term: Callable[[str], str | None] = lambda name: name,
    value: Callable[[InWords, int], Span | InWords] = lambda part, at: part,
) -> tuple[Span | InWords, ...]:
    """Parse one paragraph. Raises MarkupProblem if a mark is unclosed, empty or misplaced.

    `term` returns the glossary id of a term as written; None if there is none. `value` returns what replaces a
    {variable}, given the placeholder and its position in characters from 0.
    """
    parts: list[Span | InWords] = []
    kind: Literal["plain", "emphasis"] = "plain"
    opened = 0
    run: list[str] = []  # joined once: repeated string concatenation is quadratic

    def close() -> None:
        if joined := "".join(run):
            parts.append(Span(joined, kind))
        run.clear()

    position = 0
    for match in _MARK.finditer(text):
        run.append(text[position : match.start()])
        position = match.end()
        match match.lastgroup:
            case "escaped":
                run.append(match.group("escaped"))
            case "star":
                close()
                if kind == "emphasis" and match.start() == opened + 1:
                    raise MarkupProblem(opened, "`**` marks nothing", "Put one star before and one behind the words.")
                opened = match.start()
                kind = "plain" if kind == "emphasis" else "emphasis"
            case "term":
                close()
                shown, _, name = match.group("term").partition("|")
                name = (name or shown).strip()
                if not shown.strip():
                    raise MarkupProblem(match.start(), "a [[term]] is empty", "Name a term of the glossary.")
                if (target := term(name)) is None:
                    remedy = "Add it to glossary.yaml, or write [[shown text|term]]."
                    raise MarkupProblem(match.start(), f"`{name}` is not a term of the glossary", remedy)
                parts.append(Span(shown.strip(), "term", target))
            case "value":
                close()
                name, bar, form = (part.strip() for part in match.group("value").partition("|"))
                if bar and form != "count":
                    problem = f"`{form}` is no way to show a variable"
                    raise MarkupProblem(match.start(), problem, f"Write {{{name}}}, or {{{name}|count}}.")
                if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                    problem = f"{{{name}}} is not a variable's name"
                    raise MarkupProblem(match.start(), problem, "Write \\{ for a plain brace.")
                parts.append(value(InWords(name, kind, bool(bar)), match.start()))
            case _:
                remedy = f"Close it, or write \\{match.group()[0]} for the character."
                raise MarkupProblem(match.start(), f"`{match.group()}` is not closed", remedy)
    run.append(text[position:])
    close()
    if kind == "emphasis":
        raise MarkupProblem(opened, "`*` opens an emphasis that is not closed", "Close it, or write \\* for a star.")
    return tuple(parts)
