"""As much of SugarCube 2 as an exported story uses, after its documentation: it knows nothing of game.story."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.twine.javascript import after, evaluated

HEADER = re.compile(r"^:: (?P<name>\S+)(?: \[(?P<tags>[^\]]*)\])?(?: \{.*\})?$", re.MULTILINE)
WIDGET = re.compile(r'<<widget "([\w-]+)">>(.*?)<</widget>>', re.DOTALL)
PART = re.compile(
    r'<<(?P<macro>/?[\w=-]+)(?P<rest>(?: (?:"[^"]*"|[^">]|>(?!>))*)?)>>'
    r"|\[\[(?P<say>[^\]|]*)->(?P<to>[^\]]+)\](?:\[(?P<setter>[^\]]*)\])?\]"
)


@dataclass
class Link:
    """What can be clicked: its words, where it leads, and what it does first."""

    say: str
    to: str
    setter: str


@dataclass
class Player:
    """One reader of a Twee file. `text` and `links` are what stands on the screen."""

    twee: str
    variables: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    links: list[Link] = field(default_factory=list)
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        headers = list(HEADER.finditer(self.twee))
        ends = [header.start() for header in headers[1:]] + [len(self.twee)]
        bodies = [self.twee[header.end() : end].strip("\n") for header, end in zip(headers, ends, strict=True)]
        self.passages = {header["name"]: body for header, body in zip(headers, bodies, strict=True)}
        self.tagged = {header["name"]: tuple((header["tags"] or "").split()) for header in headers}
        self.widgets = dict(WIDGET.findall(self.passages.get("words", "")))
        self._show(self.passages["StoryInit"])
        start = re.search(r'"start": "([^"]+)"', self.passages["StoryData"])
        assert start is not None
        self.go(start[1])

    def click(self, link: Link) -> None:
        """Do what a link does, then go where it leads."""
        self._run(link.setter)
        self.go(link.to)

    def go(self, name: str) -> None:
        """Turn to a passage."""
        self.text, self.links = "", []
        self._include(name)

    def _include(self, name: str) -> None:
        self.tags = self.tagged[name]
        self._show(self.passages[name])

    def _run(self, script: str) -> None:
        if script:
            undeclared = {name: None for name in re.findall(r"\$\w+", script) if name not in self.variables}
            self.variables = after(script, {**undeclared, **self.variables})

    def _show(self, content: str) -> None:
        content = re.sub(r"\\\n", "", content)
        shown = [True]  # for each open <<if>>, whether its branch is the one taken
        done = [True]
        position = 0
        for part in PART.finditer(content):
            if all(shown):
                self.text += content[position : part.start()]
            position = part.end()
            macro, rest = part["macro"], (part["rest"] or "").strip()
            if macro == "if":
                holds = all(shown) and evaluated(rest, self.variables)
                shown.append(holds)
                done.append(holds)
            elif macro in ("elseif", "else"):
                shown[-1] = not done[-1] and all(shown[:-1]) and (macro == "else" or evaluated(rest, self.variables))
                done[-1] = done[-1] or shown[-1]
            elif macro == "/if":
                shown.pop()
                done.pop()
            elif all(shown):
                self._do(part, macro, rest)
        self.text += content[position:]
        assert shown == [True]

    def _do(self, part: re.Match[str], macro: str | None, rest: str) -> None:
        if macro is None:
            self.links.append(Link(part["say"], part["to"], part["setter"] or ""))
        elif macro == "set":
            self._run(rest)
        elif macro == "include":
            self._include(rest.strip('"'))
        elif macro == "=":
            self.text += str(evaluated(rest, self.variables))
        else:
            self._show(self.widgets[macro])

    @property
    def paragraphs(self) -> list[str]:
        """The screen's paragraphs without headings, notes and tags."""
        text = re.sub(r"^!! .*\n(?:<em>.*</em>\n)?", "", self.text, flags=re.MULTILINE)
        text = re.sub(r'<span class="(?:note|ledger|reason)">.*?</span>', "", text)
        return [html.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in text.split("\n") if line.strip()]
