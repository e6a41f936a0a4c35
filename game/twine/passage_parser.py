"""Parser of a passage's content -> text, links, assignments and branches, each with its conditions.

What cannot be imported is left out and reported; the text around it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from game.lang.grammar import Tree
from game.twine import foreign_formats, wiki_markup
from game.twine.passage_marks import Mark, find_marks
from game.twine.passage_parts import Body, Flaw, Guard, Link
from game.twine.script_parser import Set, Untranslatable, parse_assignments, parse_script

Ranges = dict[str, tuple[int | None, int | None]]
MOST_SIDES = 60  # branches of one `<<if>>`: the last denies all above it, in a condition of at most 1,000 characters
DEEPEST = 20  # nested conditions
SHOWN_CHARACTERS = 60  # characters of a script that a finding repeats

_LINE_MARK = re.compile(r"(?:!{1,6}|[*#]+(?=\s|$)|>+|-(?=\s))[ ]?")
_WORD = re.compile(r"\w")
# Escaped characters are matched too, so that no quote is tried twice.
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.""", re.DOTALL)
_EMPHASISED = {"em", "i", "b", "strong"}
_BREAKS = {"br", "p", "div", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_SILENT = {"nobr", "silently", "silent", "/nobr", "/silently", "/silent", "/link", "/button"}


def parse_passage(
    content: str,
    variables: Collection[str],
    terms: Collection[str],
    ranges: Ranges,
    condition_problem: Callable[[Tree], str | None],
    markdown: bool = False,
) -> Body:
    """Parse a passage.

    Args:
        content: the passage's content.
        variables: the story's variables.
        terms: the ids of the glossary.
        ranges: the least and the greatest value of each number.
        condition_problem: gives what is wrong with a condition, or None.
        markdown: whether stars mark emphasis.
    """
    return _PassageReader(content, variables, terms, ranges, condition_problem, markdown).body


class _PassageReader:
    def __init__(
        self,
        content: str,
        variables: Collection[str],
        terms: Collection[str],
        ranges: Ranges,
        condition_problem: Callable[[Tree], str | None],
        markdown: bool,
    ) -> None:
        self.variables, self.terms = variables, terms
        self.ranges, self.condition_problem, self.markdown = ranges, condition_problem, markdown
        self.body = Body()
        self.content = content = foreign_formats.strip_foreign_logic(content, markdown, self._lost)
        # Each open `<<if>>`: its start, its current branch (None: its condition is invalid), and its guard.
        self.open: list[tuple[int, tuple[int, int] | None, Guard]] = []
        self.waiting: tuple[str, str, int, list[Set]] | None = None  # a `<<link>>` that is not closed yet
        self.waiting_depth = 0  # how many `<<if>>` it stands in
        marks = list(find_marks(content))
        self.worded = _worded(content, marks)
        position = 0
        for mark in marks:
            self._text(content[position : mark.start], position)
            position = mark.end
            self._mark(mark)
        self._text(content[position:], position)
        if self.waiting is not None:
            self._flaw(
                self.waiting[2], "WG902", "`<<link>>` is not closed, so all behind it is lost", "Write `<</link>>`."
            )
        self._end_link()
        for at, _, _ in self.open:
            self._flaw(at, "WG902", "`<<if>>` is not closed, so all behind it depends on it", "Write `<</if>>`.")

    @property
    def guard(self) -> Guard:
        return self.open[-1][2] if self.open else ()

    def _flaw(self, at: int, code: str, problem: str, remedy: str) -> None:
        self.body.flaws.append(Flaw(at, code, problem, remedy))

    def _add(self, text: str) -> None:
        if text and self.waiting is None:
            self.body.fragments.append((self.guard, text))

    def _text(self, text: str, at: int) -> None:
        lines = text.split("\n")
        for i, line in enumerate(lines):
            if (mark := _LINE_MARK.match(line)) and (i or at == 0 or self.content[at - 1] == "\n"):
                lines[i] = line[mark.end() :]
        text = "\n".join(lines)
        pieces = re.split(r"\*{1,3}", wiki_markup.unescape(text)) if self.markdown else [wiki_markup.unescape(text)]
        self._add("*".join(wiki_markup.escape_story(_printable(piece)) for piece in pieces))

    def _mark(self, mark: Mark) -> None:
        at = mark.start
        match mark.kind:
            case "by":
                self._add(f"\x01{_printable(wiki_markup.unescape(mark.name))}\x02")
            case "reason":
                self._reason(mark)
            case "term":
                shown = _printable(wiki_markup.unescape(mark.inside))
                known = mark.name in self.terms and shown.strip() and not set("[]|\n") & set(shown)
                self._add(f"[[{shown}|{mark.name}]]" if known else wiki_markup.escape_story(shown))
            case "macro":
                self._macro(mark.name, mark.inside.strip(), at)
            case "link":
                self._link(mark)
            case "open":
                what = "a link" if mark.name == "[[" else f"`{abbreviate(mark.name)}`"
                self._flaw(at, "WG905", f"{what} is not closed, so it is only words here", "Close it in the same line.")
            case "image":
                self._flaw(at, "WG904", "a picture is not carried over", "Name a `place` for the chapter instead.")
            case "tag":
                self._tag(mark.name.lower().removeprefix("/"), at)
            case "naked":
                self._naked(mark.name, at)
            case "emphasis":
                self._add("*")

    def _reason(self, mark: Mark) -> None:
        """The reason of the link above it; without one it is text like any other."""
        said = " ".join(_printable(wiki_markup.unescape(mark.name)).split())
        if self.body.links and self.waiting is None:
            self.body.links[-1] = replace(self.body.links[-1], reason=said)
        else:
            self._add(wiki_markup.escape_story(said))

    def _naked(self, text: str, at: int) -> None:
        name = text[1:]
        if name in self.variables:
            self._add(f"{{{name}}}")
        elif text.endswith(".") and name[:-1] in self.variables:
            self._add(f"{{{name[:-1]}}}.")
        else:
            self._add(wiki_markup.escape_story(text))
            self._lost(at, f"the value of `{abbreviate(text)}`")

    def _tag(self, tag: str, at: int) -> None:
        if tag in _EMPHASISED:
            self._add("*")
        elif tag in _BREAKS:
            self._add("\n")
        else:
            what = "a picture" if tag in ("img", "image", "svg") else f"the HTML element `<{tag}>`"
            remedy = (
                "Name a `place` for the chapter instead."
                if what == "a picture"
                else "Its words stay; mend what it did."
            )
            if not self.content.startswith("</", at):
                self._flaw(at, "WG904", f"{what} is not carried over", remedy)

    def _lost(self, at: int, what: str, why: str = "") -> None:
        problem = f"{what} is not carried over" + (f": {why}" if why else "")
        self._flaw(at, "WG902", problem, "Say it with `if`, `do` and `variables`, or leave it out.")

    def _macro(self, name: str, rest: str, at: int) -> None:
        if name in ("if", "elseif", "else", "/if"):
            self._branch(name, rest, at)
        elif name == "set":
            self._set(rest, at)
        elif (variable := wiki_markup.variable_of(name)) in self.variables:
            self._add(f"{{{variable}}}")
        elif name in ("=", "print", "-") and (number := wiki_markup.number_of(rest)) in self.variables:
            self._add(f"{{{number}}}")
        elif name in ("include", "display", "goto") and (target := _quoted(rest)):
            self.body.shown.append((self.guard, target[0], at))
        elif name in ("link", "button") and (said := _quoted(rest)):
            self._end_link()
            self.waiting = (_said(said[0], said[-1]), said[-1], at, [])
            self.waiting_depth = len(self.open)
        elif name in _SILENT:
            if name in ("/link", "/button"):
                self._end_link()
        elif not name.startswith("/"):
            self._lost(at, f"`<<{name}>>`")

    def _end_link(self) -> None:
        if self.waiting is not None:
            say, to, at, sets = self.waiting
            self.waiting = None
            self.body.links.append(Link(say, to, tuple(sets), self.guard, at))

    def _branch(self, name: str, rest: str, at: int) -> None:
        if name == "if":
            self._if(rest, at)
        elif not self.open:
            self._lost(at, f"`<<{name}>>` without `<<if>>`")
        elif name == "/if":
            self.open.pop()
        elif (here := self.open[-1][1]) is not None:
            number, branch = here
            tests = self.body.tests[number]
            test = self._test(rest, at) if name == "elseif" else None
            if len(tests) >= MOST_SIDES:
                self._lost(at, f"what stands below the first {MOST_SIDES} sides of an `<<if>>`")
            if (name == "elseif" and test is None) or len(tests) >= MOST_SIDES:
                self.open[-1] = (self.open[-1][0], None, self.open[-1][2][:-1])
            else:
                tests.append(test)
                side = (number, branch + 1)
                self.open[-1] = (self.open[-1][0], side, (*self.open[-1][2][:-1], side))

    def _if(self, rest: str, at: int) -> None:
        test = self._test(rest, at)
        if test is not None and len(self.guard) >= DEEPEST:
            self._lost(at, f"an `<<if>>` inside {DEEPEST} others")
            test = None
        if test is None:
            self.open.append((at, None, self.guard))
        else:
            self.body.tests.append([test])
            side = (len(self.body.tests) - 1, 0)
            self.open.append((at, side, (*self.guard, side)))

    def _test(self, script: str, at: int) -> Tree | None:
        try:
            tree = parse_script(script)
        except Untranslatable as no:
            self._lost(at, f"the condition `{abbreviate(script)}`", str(no))
            return None
        if problem := self.condition_problem(tree):
            self._lost(at, f"the condition `{abbreviate(script)}`", problem)
            return None
        return tree

    def _set(self, script: str, at: int) -> None:
        # what a link does is done where it can be pressed
        if len(self.open) > (self.waiting_depth if self.waiting is not None else 0):
            self._lost(
                at, f"`<<set {abbreviate(script)}>>`", "it stands under a condition; write `x = new if ... else x`"
            )
        else:
            sets = self._sets(script, at)
            if self.waiting is not None:
                self.waiting[3].extend(sets)
            else:
                self.body.sets += [(one, at) for one in sets]

    def _sets(self, script: str, at: int) -> list[Set]:
        try:
            return parse_assignments(script, self.ranges) if script.strip() else []
        except Untranslatable as no:
            self._lost(at, f"`{abbreviate(script)}`", str(no))
            return []

    def _link(self, mark: Mark) -> None:
        say, to = _parted(mark.name)
        if not to:
            self._flaw(mark.start, "WG903", "a link leads nowhere", "Name the passage it leads to.")
            self._add(wiki_markup.escape_story(say))
            return
        say = _said(say, to)
        self.body.links.append(Link(say, to, tuple(self._sets(mark.inside, mark.start)), self.guard, mark.start))
        if mark.start in self.worded:  # a link inside a sentence: its text is part of it
            self._add(wiki_markup.escape_story(say))


def _said(words: str, to: str) -> str:
    """A choice's text, or the passage's name where the text has no words."""
    shown = (" ".join(_printable(wiki_markup.unescape(one)).split()) for one in (words, to))
    return next(filter(None, shown), "…")


def _worded(content: str, marks: list[Mark]) -> set[int]:
    """The starts of the marks that are in a line with other text."""
    found: set[int] = set()
    line: list[int] = []  # the marks of the line so far
    has_words = False

    def finished() -> None:
        nonlocal has_words
        if has_words:
            found.update(line)
        line.clear()
        has_words = False

    position = 0
    for mark in [*marks, None]:
        first, *others = content[position : mark.start if mark else None].split("\n")
        has_words = has_words or _has_words(first)
        for other in others:
            finished()
            has_words = _has_words(other)
        if mark is None:
            break
        line.append(mark.start)
        if "\n" in content[mark.start : mark.end]:
            finished()
        position = mark.end
    finished()
    return found


def _has_words(text: str) -> bool:
    return _WORD.search(text) is not None


def abbreviate(script: str) -> str:
    """A script shortened for a finding."""
    line = _printable(" ".join(script.split()))
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


def targets_of(content: str) -> Iterator[str]:
    """The passages that a content may lead to: links' targets, and quoted arguments of macros."""
    for mark in find_marks(content):
        if mark.kind == "link":
            yield _parted(mark.name)[1]
        elif mark.kind == "macro":
            yield from _quoted(mark.inside)


def _parted(link: str) -> tuple[str, str]:
    """Text and target of [[t]], [[t->p]], [[p<-t]] and [[t|p]]."""
    if "->" in link:
        say, _, to = link.rpartition("->")
    elif "<-" in link:
        to, _, say = link.partition("<-")
    elif "|" in link:
        say, _, to = link.partition("|")
    else:
        say = to = link
    return " ".join(say.split()) or to.strip(), to.strip()


def _quoted(rest: str) -> list[str]:
    """The quoted arguments of a macro, or text and target of a link among them."""
    if found := re.match(r"\[\[(.*?)\]", rest):
        return list(_parted(found[1]))
    return [re.sub(r"\\(.)", r"\1", one[1:-1]) for one in _QUOTED.findall(rest) if one[0] != "\\"]


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character in "\n\t ")
