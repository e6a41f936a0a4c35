"""A reader of the printed paper book, who knows only its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Printed = Any  # an element of the parser


@dataclass
class Line:
    """A link of an entry: its text, the letter to tick, and the number of the next entry."""

    say: str
    tick: str
    to: str


@dataclass
class PaperReader:
    """The current entry, and the ticks on the sheet."""

    book: Printed
    role: str
    at: str = "1"
    ticked: set[str] = field(default_factory=set)

    @property
    def entry(self) -> Printed:
        (found,) = self.book.findall(f".//article[@id='entry.{self.role}.{self.at}']")
        return found

    def texts(self) -> list[str]:
        """The texts of the entry that hold with these ticks, in order."""
        found: list[str] = []
        for part in self.entry:
            kind = part.get("class") or ""
            if part.tag == "p" and kind in ("", "only") and self._holds(part):
                found.append(_without_condition(part))
            elif part.tag == "div" and (len(part) == 0 or self._holds(part[0])):
                found += [_text(item) for item in part.iter("li")]
                found += [_text(paragraph) for paragraph in part.findall("p")[1:]] if kind == "told" else []
        return found

    def lines(self) -> list[Line]:
        """The links that are open with these ticks."""
        found = []
        for part in self.entry.iter("li"):
            turn = part.find("a[@class='turn']")
            if turn is None or not self._holds(part):
                continue
            say, tick = part.find("span[@class='say']"), part.find("span[@class='tick']")
            letter = re.fullmatch(r"Tick ([A-Z]\d*)\.", _text(tick)) if tick is not None else None
            number = re.fullmatch(r"Turn to (\d+)\.", _text(turn))
            assert number and turn.get("href") == f"#entry.{self.role}.{number[1]}"
            found.append(Line(_text(say) if say is not None else "", letter[1] if letter else "", number[1]))
        return found

    def take(self, line: Line) -> None:
        if line.tick:
            self.ticked.add(line.tick)
        self.at = line.to

    def _holds(self, part: Printed) -> bool:
        condition = part.find("span[@class='if']")
        if condition is None:
            return True
        match = re.fullmatch(r"If you have ticked (.*):", _text(condition))
        assert match
        return any(self._term(term) for term in match[1].split(", or "))

    def _term(self, term: str) -> bool:
        if term.startswith("neither "):
            return self.ticked.isdisjoint(term.removeprefix("neither ").split(" nor "))
        ticked, _, unticked = term.partition(" but not ")
        letters = set(ticked.split(" and "))
        return letters <= self.ticked and self.ticked.isdisjoint(filter(None, unticked.split(" nor ")))


def _text(part: Printed) -> str:
    return "".join(part.itertext())


def _without_condition(part: Printed) -> str:
    condition = part.find("span[@class='if']")
    return _text(part).removeprefix(_text(condition)).strip() if condition is not None else _text(part)
