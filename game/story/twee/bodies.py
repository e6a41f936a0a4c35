"""The content of a Twine passage -> its text, links, assignments and ways on, each with the conditions it stands under.

What cannot be carried over is left out and named; the words around it stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import product

from game.story import markup
from game.story.syntax import Logic, Not, Tree
from game.story.twee import foreign, wiki
from game.story.twee.unscript import NotCarried, Set, expression_of, sets_of
from game.values import frozen

Guard = tuple[tuple[int, int], ...]  # (number of the `<<if>>`, number of its branch), the outermost first
Ranges = dict[str, tuple[int | None, int | None]]
MOST_VARIANTS = 12  # of one paragraph with conditions inside it
BY = re.compile("\x01(.*?)\x02")

_MARK = re.compile(
    r"""(?P<gone>/\*.*?\*/|/%.*?%/|<!--.*?-->|<span\ class="(?:ledger|note)">.*?</span>\n?"""
    r"""|\\[ \t]*(?:\n|\Z)|\n[ \t]*\\)"""
    r"""|<span\ class="by">(?P<by>[^<\n]*?):</span>[ ]?"""
    r"""|<abbr\ data-term="(?P<term>[a-z0-9-]+)"[^<>]*>(?P<shown>[^<\n]*?)</abbr>"""
    r"""|<<(?P<macro>/?[A-Za-z][\w-]*|=|-)(?P<rest>(?:[^>"']|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|['"]|>(?!>))*)>>"""
    r"""|(?P<image>\[(?:img)\[.*?\]\](?:\[.*?\]\])?)"""
    r"""|\[\[(?P<link>(?:[^\]\n]|\](?![\]\[])){0,1000})\](?:\[(?P<setter>(?:[^\]\n]|\](?!\]))*)\])?\]"""
    r"""|<(?P<close>/?)(?P<tag>[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>"""
    r"""|(?P<naked>\$[A-Za-z_]\w*(?:[.\[]\w*)*)"""
    r"""|(?P<emphasis>(?<!:)//|''(?!'))""",
    re.DOTALL | re.VERBOSE,
)
_LINE_MARK = re.compile(r"(?:!{1,6}|[*#]+(?=\s|$)|>+|-(?=\s))[ ]?")
_EMPHASISED = {"em", "i", "b", "strong"}
_BREAKS = {"br", "p", "div", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_SILENT = {"nobr", "silently", "silent", "/nobr", "/silently", "/silent", "/link", "/button"}


@frozen
class Flaw:
    """What is not carried over, at a character of the content."""

    at: int
    code: str
    problem: str
    remedy: str


@frozen
class Link:
    say: str
    to: str
    sets: tuple[Set, ...]
    guard: Guard
    at: int


@dataclass
class Body:
    """A passage in parts. Text stands as fragments in the story's own marks; `tests` are each `<<if>>`'s conditions."""

    fragments: list[tuple[Guard, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sets: list[tuple[Set, int]] = field(default_factory=list)
    shown: list[tuple[Guard, str, int]] = field(default_factory=list)
    tests: list[list[Tree | None]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def condition(self, guard: Guard) -> Tree | None:
        """What holds under a guard; None where nothing is asked."""
        asked: list[Tree] = []
        for number, branch in guard:
            tests = self.tests[number]
            asked += [Not(0, test) for test in tests[:branch] if test is not None]
            if branch < len(tests) and (test := tests[branch]) is not None:
                asked.append(test)
        return asked[0] if len(asked) == 1 else Logic(0, "and", tuple(asked)) if asked else None

    @property
    def paragraphs(self) -> list[tuple[Guard, str, str | None]]:
        """The text: (guard, words, whose mouth), one for each variant of a paragraph with conditions inside it."""
        lines: list[list[tuple[Guard, str]]] = [[]]
        for guard, text in self.fragments:
            first, *others = re.split(r"\s*\n\s*", text)
            lines[-1].append((guard, first))
            lines += [[(guard, other)] for other in others]
        made = []
        for line in lines:
            # A space under other conditions than all words is only how the passage is laid out.
            worded = {guard for guard, text in line if text.strip()}
            parts = [(guard, text) for guard, text in line if text and (len(worded) > 1 or guard in worded)]
            for guard, text in self._variants(parts):
                speaker = BY.search(text)
                words = _balanced(" ".join(BY.sub("", text).split()))
                if words:
                    made.append((guard, words, speaker[1] if speaker else None))
        return made

    def _variants(self, parts: list[tuple[Guard, str]]) -> list[tuple[Guard, str]]:
        guards = [guard for guard, _ in parts]
        if len(set(guards)) <= 1:
            return [(guards[0], "".join(text for _, text in parts))] if parts else []
        numbers = sorted({number for guard in guards for number, _ in guard})
        sides = [range(len(self.tests[n]) + (self.tests[n][-1] is not None)) for n in numbers]
        combinations = list(product(*sides)) if len(sides) < 8 else []
        if not 0 < len(combinations) <= MOST_VARIANTS:
            self.flaws.append(
                Flaw(0, "WG902", "a paragraph holds too many conditions", "Write its variants out as paragraphs.")
            )
            return [((), "".join(text for _, text in parts))]
        found: dict[tuple[Guard, str], None] = {}
        for combination in combinations:
            taken = tuple(zip(numbers, combination, strict=True))
            text = "".join(text for guard, text in parts if set(guard) <= set(taken))
            # An inner condition is asked only where its outer one led to it.
            asked = tuple(
                (n, side)
                for n, side in taken
                if all(
                    set(guard[: [m for m, _ in guard].index(n)]) <= set(taken) for guard in guards if n in dict(guard)
                )
            )
            if text.strip():
                found[asked, text] = None
        return list(found)


def body_of(
    content: str,
    variables: Collection[str],
    terms: Collection[str],
    ranges: Ranges,
    sound: Callable[[Tree], str | None],
    markdown: bool = False,
) -> Body:
    """The parts of a passage. `sound` says what is wrong with a condition; `markdown`: stars mark emphasis."""
    return _Reader(content, variables, terms, ranges, sound, markdown).body


class _Reader:
    def __init__(
        self,
        content: str,
        variables: Collection[str],
        terms: Collection[str],
        ranges: Ranges,
        sound: Callable[[Tree], str | None],
        markdown: bool,
    ) -> None:
        self.variables, self.terms = variables, terms
        self.ranges, self.sound, self.markdown = ranges, sound, markdown
        self.body = Body()
        self.content = content = foreign.without_logic(content, markdown, self._lost)
        self.open: list[tuple[int, int] | None] = []  # None: an `<<if>>` whose condition could not be read
        self.waiting: tuple[str, str, int, list[Set]] | None = None  # a `<<link>>` that is not closed yet
        position = 0
        for found in _MARK.finditer(content):
            self._text(content[position : found.start()], position)
            position = found.end()
            self._mark(found)
        self._text(content[position:], position)
        self._end_link()

    @property
    def guard(self) -> Guard:
        return tuple(one for one in self.open if one is not None)

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
        pieces = re.split(r"\*{1,3}", wiki.unescaped(text)) if self.markdown else [wiki.unescaped(text)]
        self._add("*".join(wiki.own(_printable(piece)) for piece in pieces))

    def _mark(self, found: re.Match[str]) -> None:
        at = found.start()
        if found["gone"] is not None:
            return
        if found["by"] is not None:
            self._add(f"\x01{wiki.unescaped(found['by'])}\x02")
        elif found["term"] is not None:
            shown = wiki.unescaped(found["shown"])
            self._add(f"[[{shown}|{found['term']}]]" if found["term"] in self.terms else wiki.own(shown))
        elif found["macro"] is not None:
            self._macro(found["macro"], found["rest"].strip(), at)
        elif found["link"] is not None:
            self._link(found["link"], found["setter"] or "", found)
        elif found["image"] is not None:
            self._flaw(at, "WG904", "a picture is not carried over", "Name a `place` for the chapter instead.")
        elif found["tag"] is not None:
            self._tag(found["tag"].lower(), at)
        elif found["naked"] is not None:
            name = found["naked"][1:]
            if name in self.variables:
                self._add(f"{{{name}}}")
            elif found["naked"].endswith(".") and name[:-1] in self.variables:
                self._add(f"{{{name[:-1]}}}.")
            else:
                self._add(wiki.own(found["naked"]))
                if not name[0].isdigit():
                    self._lost(at, f"the value of `{found['naked']}`")
        else:
            self._add("*")

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
        elif (variable := wiki.variable_of(name)) in self.variables:
            self._add(f"{{{variable}}}")
        elif name in ("=", "print", "-") and rest.startswith("$") and rest[1:] in self.variables:
            self._add(f"{{{rest[1:]}}}")
        elif name in ("include", "display", "goto") and (target := _quoted(rest)):
            self.body.shown.append((self.guard, target[0], at))
        elif name in ("link", "button") and (said := _quoted(rest)):
            self._end_link()
            self.waiting = (wiki.unescaped(said[0]), said[-1], at, [])
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
        tests = self.body.tests
        if name == "if":
            test = self._test(rest, at)
            tests.append([test])
            self.open.append((len(tests) - 1, 0) if test is not None else None)
        elif not self.open:
            self._lost(at, f"`<<{name}>>` without `<<if>>`")
        elif name == "/if":
            self.open.pop()
        elif (here := self.open[-1]) is not None:
            number, branch = here
            test = self._test(rest, at) if name == "elseif" else None
            if name == "elseif" and test is None:
                self.open[-1] = None
            else:
                tests[number].append(test)
                self.open[-1] = (number, branch + 1)

    def _test(self, script: str, at: int) -> Tree | None:
        try:
            tree = expression_of(script)
        except NotCarried as no:
            self._lost(at, f"the condition `{script}`", str(no))
            return None
        if problem := self.sound(tree):
            self._lost(at, f"the condition `{script}`", problem)
            return None
        return tree

    def _set(self, script: str, at: int) -> None:
        if any(one is not None for one in self.open) or None in self.open:
            self._lost(at, f"`<<set {script}>>`", "it stands under a condition; write `x = new if ... else x`")
        else:
            sets = self._sets(script, at)
            if self.waiting is not None:
                self.waiting[3].extend(sets)
            else:
                self.body.sets += [(one, at) for one in sets]

    def _sets(self, script: str, at: int) -> list[Set]:
        try:
            return sets_of(script, self.ranges) if script.strip() else []
        except NotCarried as no:
            self._lost(at, f"`{script.strip()}`", str(no))
            return []

    def _link(self, inside: str, setter: str, found: re.Match[str]) -> None:
        say, to = _parted(inside)
        if not to:
            self._flaw(found.start(), "WG903", "a link leads nowhere", "Name the passage it leads to.")
            self._add(wiki.own(say))
            return
        self.body.links.append(
            Link(
                _printable(wiki.unescaped(say)), to, tuple(self._sets(setter, found.start())), self.guard, found.start()
            )
        )
        start = self.content.rfind("\n", 0, found.start()) + 1
        end = self.content.find("\n", found.end())
        line = self.content[start : end if end >= 0 else None]
        if re.search(r"\w", _MARK.sub("", line)):  # a link inside a sentence: its words are part of it
            self._add(wiki.own(_printable(wiki.unescaped(say))))


def _parted(link: str) -> tuple[str, str]:
    """The words and the passage of [[t]], [[t->p]], [[p<-t]] and [[t|p]]."""
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
    if found := re.match(r"\[\[(.*?)\]", rest):
        return list(_parted(found[1]))
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', rest)
    return [re.sub(r"\\(.)", r"\1", double or single) for double, single in quoted]


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character in "\n\t ")


def _balanced(text: str) -> str:
    """The paragraph with its marks, or without its stars where they do not pair."""
    try:
        markup.parse(text)
    except markup.MarkupProblem:
        return re.sub(r"(?<!\\)\*", "", text).strip()
    return text.strip()
