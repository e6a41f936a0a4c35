"""A configuration value with its place in the file. Findings are added to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.core.findings import Finding
from game.core.values import frozen
from game.yamlio.reader import Data, Document, count_visible


@frozen
class ConfigEntry:
    """A value at a path of keys and indexes in a file. `findings` collects what is wrong with it."""

    document: Document
    path: tuple[str | int, ...]
    value: Data
    findings: list[Finding]

    @property
    def text(self) -> str:
        """The value as a message may show it; a list or mapping as `…`."""
        if isinstance(self.value, str):
            return self.value
        return str(self.value).lower() if isinstance(self.value, bool) else "…"

    def children(self) -> Iterator[tuple[str, ConfigEntry]]:
        """The entries of a mapping by key, or of a list by index; none for other values."""
        parts: Iterable[tuple[str | int, Data]] = ()
        if isinstance(self.value, dict):
            parts = self.value.items()
        elif isinstance(self.value, list):
            parts = enumerate(self.value)
        for step, value in parts:
            yield str(step), ConfigEntry(self.document, (*self.path, step), value, self.findings)

    def add_finding(self, problem: str, remedy: str, *, on_key: bool = False, at: int | None = None) -> None:
        """Add a finding about the value, its key (`on_key`), or the character `at` an index of its text."""
        after = None if at is None else count_visible(self.text[:at])
        self.findings.append(self.document.finding("WG203", self.path, problem, remedy, on_key=on_key, after=after))
