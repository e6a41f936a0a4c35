"""Formats: parsers for passages in SugarCube, Harlowe and Chapbook. They refuse (report) what a pack cannot hold."""

from __future__ import annotations

import re

from game.core.printable import shortened
from game.twine.passage_parts import Guard, PassageParts
from game.twine.script import CHAPBOOK, HARLOWE, SUGARCUBE, Untranslatable

_COMMON = (
    r"\[\[(?P<link>[^\[\]\n]+)\](?:\[(?P<setter>[^\[\]\n]*)\])?\]|(?P<open>\[\[|<<|<!--)"
    r"|(?P<html><%|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>)"
)
_MACRO = r"<<(?P<macro>/?[A-Za-z][\w-]*|=|-)(?P<rest>(?:\"[^\"\n]*\"|'[^'\n]*'|(?!>>)[\s\S])*+)>>"
_SUGARCUBE = re.compile(
    rf"(?P<dropped><!--[\s\S]*?-->|/\*[\s\S]*?\*/|/%[\s\S]*?%/|\\[ \t]*\n)|{_MACRO}|{_COMMON}"
    r"|(?P<emphasis>(?<!:)//|''(?!'))|\$(?P<variable>[A-Za-z_]\w*(?:[.\[]\w+)?)"
    r"|(?P<style>/\*|/%|\[img\[|^(?:!{1,6}|[*#]+|>+|-{4,})|__|==|~~|\^\^|\{\{\{|@@|\"\"\")",
    re.MULTILINE,
)
_HARLOWE = re.compile(
    rf"(?P<dropped><!--[\s\S]*?-->|\\\n|[{{}}])|\((?P<macro>[A-Za-z][\w-]*):|{_COMMON}|(?P<hook>[\[\]])"
    r"|(?P<style>^\s*(?:#{1,6}|\*+ |-{3,}|0\.|[=|]+[><=|]+)|`|~~|\^\^|(?<!\w)_[A-Za-z]\w*)"
    r"|(?P<emphasis>(?<!:)//|''(?!')|\*{1,3})|\$(?P<variable>[A-Za-z_]\w*(?:'s\b)?)",
    re.MULTILINE,
)
_CHAPBOOK = re.compile(
    rf"(?P<dropped><!--[\s\S]*?-->|^> (?=\[\[))|^\[(?P<modifier>[^\[\]\n]+)\]$|{_COMMON}|\{{(?P<insert>[^{{}}\n]*)\}}"
    r"|\\(?P<escaped>[*_\[{])|(?P<style>^\s*(?:#{1,6} |[*+-] |\d+\. |-{3,}|> )|~~|`)"
    r"|(?P<emphasis>\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,!?])_{1,2}(?!\w))",
    re.MULTILINE,
)
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


def parse_passage(content: str, parts: PassageParts) -> None:
    """Add the passage's parts to `parts`, or refuse them. Raises Untranslatable if parsing must stop before the end."""
    {SUGARCUBE: _SugarCube, HARLOWE: _Harlowe, CHAPBOOK: _Chapbook}[parts.format](content, parts).parse()


def _link_parts(link: str) -> tuple[str, str]:
    """Return the words and target of a link: `target`, `words->target`, `target<-words` or `words|target`."""
    if found := re.fullmatch(r"(.*)->(.*)", link):
        return found[1], found[2].strip()
    if found := re.fullmatch(r"(.*?)<-(.*)", link):
        return found[2], found[1].strip()
    found = re.fullmatch(r"(.*?)\|(.*)", link)
    return (found[1], found[2].strip()) if found else (link, link.strip())


class _Parser:
    """The base of the parsers: finds what matches the pattern `marks`, and handles what all formats share."""

    marks: re.Pattern[str]

    def __init__(self, content: str, parts: PassageParts) -> None:
        self.content, self.parts, self.at = content, parts, 0

    def parse(self) -> None:
        while found := self.marks.search(self.content, self.at):
            self.parts.text(self.content[self.at : found.start()])
            self.at = found.end()
            self._mark(found)
        self.parts.text(self.content[self.at :])
        if self.parts.guard and self.parts.format != CHAPBOOK:
            self.parts.refuse(0, "a condition is not closed", "Close it.")

    def mark(self, kind: str, found: re.Match[str]) -> None:
        """Handle markup that only this format has."""

    def _mark(self, found: re.Match[str]) -> None:
        at, sign, kind = found.start(), found.group(), str(found.lastgroup)
        if kind == "open":
            raise Untranslatable(f"`{sign}` in line {self.content.count(chr(10), 0, at) + 1} of it is not closed")
        if kind == "html":
            self._html(at, sign)
        elif kind in ("link", "setter"):
            effects = self.parts.assignments(at, found["setter"]) if found["setter"] else ()
            self.parts.link(at, *_link_parts(found["link"]), effects)
        elif kind == "emphasis":
            self.parts.emphasis()
        elif kind == "variable" and found["variable"].isidentifier():
            self.parts.shown(found["variable"])
        elif kind in ("style", "variable"):
            self.parts.lost(at, f"`{sign.strip()}`")
        elif kind != "dropped":
            self.mark(kind, found)

    def _html(self, at: int, tag: str) -> None:
        name = "<%" if tag == "<%" else tag.strip("</> ").split()[0].lower()
        if name in ("<%", "script", "style"):
            raise Untranslatable(f"the script or style sheet `{shortened(tag)}` is not carried over")
        if name == "br":
            self.parts.text("\n")
        elif name in ("em", "i", "strong", "b") and " " not in tag:
            self.parts.emphasis()
        elif not tag.startswith("</"):
            self.parts.lost(at, f"the HTML `{shortened(tag)}`")

    def macro(self, at: int, name: str, rest: str, shown: str) -> None:
        """Handle a macro that SugarCube and Harlowe share. `rest` has its arguments, `shown` its name for findings."""
        printed = re.fullmatch(r"\$([A-Za-z_]\w*)", rest)
        if name == "set":
            self.parts.set(at, rest)
        elif name in ("print", "=", "-") and printed:
            self.parts.shown(printed[1])
        elif name in ("goto", "include", "display"):
            self.parts.refuse(at, f"`{shown}` shows another passage", "Link to that passage, or copy its text.")
        elif name in ("link", "button"):
            remedy = "Write `[[words->passage]]`, and set variables in the passage that it leads to."
            self.parts.refuse(at, f"`{shown}` is a link that does something", remedy)
        else:
            self.parts.lost(at, f"`{shown}`")


class _SugarCube(_Parser):
    marks = _SUGARCUBE

    def mark(self, kind: str, found: re.Match[str]) -> None:
        at, name, rest, guard = found.start(), found["macro"], found["rest"].strip(), self.parts.guard
        if name == "if":
            self.parts.open_if(at, rest)
        elif guard and (name in ("elseif", "/if") or (name == "else" and not rest)):
            self.parts.guard = guard[:-1]
            if name != "/if":
                self.parts.next_side(at, guard[-1][0], rest if name == "elseif" else None)
        elif not name.startswith("/"):
            self.macro(at, name, rest, f"<<{name}>>")
            if name in ("link", "button") and (
                end := re.compile(r"<</(?:link|button)>>").search(self.content, self.at)
            ):
                self.at = end.end()


class _Harlowe(_Parser):
    marks = _HARLOWE

    def __init__(self, content: str, parts: PassageParts) -> None:
        super().__init__(content, parts)
        self.hooks: list[Guard] = []  # the guard of each hook that is open
        self.last: list[int | None] = [None]  # the last `if` at each depth of hooks

    def mark(self, kind: str, found: re.Match[str]) -> None:
        sign = found.group()
        if kind == "macro":
            self._macro(found.start(), found["macro"])
        elif sign == "[":
            self.parts.lost(found.start(), "a hook `[...]` without a macro")
            self.hooks.append(self.parts.guard)
            self.last.append(None)
        elif self.hooks:
            self.last.pop()
            self.parts.guard = self.hooks.pop()
        else:
            self.parts.text(sign)

    def _macro(self, at: int, written: str) -> None:
        rest, guard, number = self._arguments(written), self.parts.guard, self.last[-1]
        name = written.lower().replace("-", "").replace("_", "")
        hook = re.compile(r"\s*\[(?!\[[^\[])").match(self.content, self.at)
        quoted = [double or other for double, other in _QUOTED.findall(rest)]
        if hook and name in ("if", "unless"):
            self.last[-1] = self.parts.open_if(at, rest, denied=name == "unless")
        elif hook and name in ("elseif", "else") and number is not None:
            self.parts.next_side(at, number, rest if name == "elseif" else None)
        elif name == "linkgoto" and quoted and not _QUOTED.sub("", rest).strip(" ,"):
            self.parts.link(at, quoted[0], quoted[-1])
        else:
            self.macro(at, name, rest, f"({written}:)")
        if hook:
            self.at = hook.end()
            self.hooks.append(guard)
            self.last.append(None)

    def _arguments(self, written: str) -> str:
        """Return a macro's arguments, and move behind its closing bracket. `written` is the macro's name."""
        depth, begin = 1, self.at
        for found in re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[()]").finditer(self.content, begin):
            depth += {"(": 1, ")": -1}.get(found.group(), 0)
            if not depth:
                self.at = found.end()
                return self.content[begin : found.start()].strip()
        raise Untranslatable(f"`({written}:` is not closed")


class _Chapbook(_Parser):
    marks = _CHAPBOOK
    last: int | None = None  # the last `[if]`

    def parse(self) -> None:
        """Parse the variables, which end at a line `--`, then the text."""
        if end := re.search(r"^--$\n?", self.content, re.MULTILINE):
            for line in re.finditer(r"^.*\S.*$", self.content[: end.start()], re.MULTILINE):
                if found := re.fullmatch(r"\s*([A-Za-z_]\w*)\s*(?:\((.*)\))?\s*:(.*)", line.group()):
                    if found[2] is not None:
                        self.parts.open_if(line.start(), found[2])
                    self.parts.set(line.start(), f"${found[1]} = {found[3]}")
                    self.parts.guard = ()
                else:
                    self.parts.lost(line.start(), f"`{shortened(line.group())}` among the variables")
            self.at = end.end()
        super().parse()

    def mark(self, kind: str, found: re.Match[str]) -> None:
        at, sign = found.start(), found.group()
        if kind == "escaped":
            self.parts.text(found["escaped"])
        elif kind == "insert" and found["insert"].strip().isidentifier():
            self.parts.shown(found["insert"].strip())
        elif kind == "insert":
            self.parts.lost(at, f"`{shortened(sign)}`")
        else:
            word, _, rest = found["modifier"].strip().partition(" ")
            self.parts.guard = ()
            if word in ("if", "unless"):
                self.last = self.parts.open_if(at, rest, denied=word == "unless")
            elif word == "else" and self.last is not None:
                self.parts.next_side(at, self.last, None)
            elif word not in ("cont", "cont'd", "continue"):
                self.parts.lost(at, f"the modifier `{sign}`")
