"""Findings: what is wrong with a pack, where, and what to do. Errors are values of this one type."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

CATALOGUE = {
    # reading
    "WG101": "The file is not YAML.",
    "WG102": "The file is not text in UTF-8.",
    "WG103": "A key stands twice in one mapping.",
    "WG104": "An anchor, an alias or a tag is used.",
    "WG105": "The file is too large, or nested too deeply.",
    "WG106": "There is no story pack here.",
    "WG107": "A file cannot be read.",
    # shape
    "WG201": "A key is not part of the story language.",
    "WG202": "A key is missing.",
    "WG203": "A value has the wrong shape.",
    "WG204": "An id is not lower-case words with hyphens.",
    "WG205": "A variable does not fit its own range or words.",
    "WG206": "A text has a mark that is not closed.",
    "WG207": "An effect does not say what it rests on.",
    # references
    "WG301": "A target is no node of the chapter.",
    "WG302": "A place is not in the pack.",
    "WG303": "A fact is not in facts.yaml.",
    "WG304": "A role is not in the pack.",
    "WG305": "A chapter does not exist.",
    "WG306": "A chapter stands not exactly once in the calendar.",
    "WG307": "An id stands twice.",
    "WG308": "`seen`, `chose` or `as` names nothing that exists.",
    "WG309": "`seen` or `chose` names a later place.",
    "WG310": "A text names a variable that does not exist.",
    "WG311": "A text shows a variable that has no words.",
    # expressions
    "WG401": "An expression cannot be read.",
    "WG402": "A name is no variable.",
    "WG403": "Two kinds of value do not fit.",
    # flow
    "WG501": "Nodes without text lead in a circle.",
    "WG502": "A node has no way on, or two.",
    "WG503": "A list of targets has no last one without a condition.",
    "WG504": "A role has no ending.",
    "WG505": "The story can run past its last chapter.",
    "WG506": "Every choice of a node has a condition.",
    "WG507": "Chapters of one date read what another of them writes.",
    "WG508": "A heavy chapter cannot be skipped.",
    # warnings of the pack as a whole
    "WG601": "A played chapter has no place.",
    "WG602": "A chapter has no skip, so it vanishes where it is not played.",
    "WG603": "A number has a wide range.",
    "WG604": "A node has no brief text, and a brief cut plays it.",
}
# What a story can be played without. Everything else prevents loading.
WARNINGS = frozenset(
    {
        "WG207",
        "WG302",
        "WG303",
        "WG311",
        "WG504",
        "WG505",
        "WG506",
        "WG507",
        "WG508",
        "WG601",
        "WG602",
        "WG603",
        "WG604",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    code: str
    problem: str
    remedy: str

    @property
    def severity(self) -> str:
        return "warning" if self.code in WARNINGS else "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.severity} {self.code}: {self.problem}. {self.remedy}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "severity": self.severity}


class StoryErrors(Exception):
    """Raised by `load` where a pack cannot be played. `findings` holds every finding, warnings too."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        errors = [finding for finding in self.findings if finding.severity == "error"]
        more = f" (and {len(errors) - 1} more: run `weight-of-grain check`)" if len(errors) > 1 else ""
        super().__init__(f"{errors[0]}{more}" if errors else "no errors")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` Did you mean `collectors`?` where something near exists, else nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean `{near[0]}`?" if near else ""
