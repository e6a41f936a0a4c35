"""Findings: errors and warnings about a pack, each with its place, code, problem and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from game.core.printable import in_one_line

# The codes of errors: with one of them a story cannot be played. All other codes are warnings.
ERRORS = frozenset(
    """
    WG101 WG102 WG103 WG104 WG105 WG106 WG107
    WG201 WG202 WG203 WG204 WG205 WG206
    WG301 WG304 WG305 WG306 WG307 WG308 WG309 WG310 WG314
    WG401 WG402 WG403
    WG501 WG502 WG503
    WG901 WG902
    """.split()  # noqa: SIM905  read by hundreds
)


def severity(code: str) -> str:
    """Return `error` if a finding with this code prevents playing, else `warning`."""
    return "error" if code in ERRORS else "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One error or warning. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    code: str
    problem: str
    remedy: str

    @classmethod
    def at(cls, where: str, code: str, problem: str, remedy: str) -> Finding:
        """Return a finding at `where`, which is file:line:column."""
        file, line, column = where.rsplit(":", 2)
        return cls(file, int(line), int(column), code, problem, remedy)

    @property
    def severity(self) -> str:
        return severity(self.code)

    @property
    def place(self) -> str:
        """The place as file:line:column; the file alone if the finding is about the whole file."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return in_one_line(f"{self.place}: {self.severity} {self.code}: {self.problem}. {self.remedy}")

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "severity": self.severity}


class StoryErrors(Exception):
    """Raised when a pack cannot be played. `findings` holds every finding, including warnings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        errors = [finding for finding in self.findings if finding.severity == "error"]
        more = f" (and {len(errors) - 1} more: run `weight-of-grain check`)" if len(errors) > 1 else ""
        super().__init__(f"{errors[0]}{more}" if errors else "no errors")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint such as ` Did you mean `collectors`?` if a known name is similar to `name`, else ""."""
    # 0.72, because `the-receipt` and `the-creek` reach 0.7 by their first word alone.
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.72)
    return f" Did you mean `{near[0]}`?" if near else ""
