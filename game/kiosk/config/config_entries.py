"""Configuration entries: values of the kiosk's file, each with its place and a list for findings (what is wrong)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.core.findings import Finding
from game.core.values import frozen
from game.yamlio.reader import Data, Document, count_visible


@frozen
class ConfigEntry:
    """A value of a configuration file, the path of keys that leads to it, and the list for findings about it."""

    document: Document
    path: tuple[str | int, ...]  # the keys and indexes that lead to the value
    value: Data
    findings: list[Finding]  # what is wrong with the value is added here

    @property
    def text(self) -> str:
        """The value as text for messages. A list or a mapping is shown as `…`."""
        if isinstance(self.value, str):
            return self.value
        return str(self.value).lower() if isinstance(self.value, bool) else "…"

    def children(self) -> Iterator[tuple[str, ConfigEntry]]:
        """Yield the entries of a mapping by key, or of a list by index. For other values, yield nothing."""
        parts: Iterable[tuple[str | int, Data]] = ()
        if isinstance(self.value, dict):
            parts = self.value.items()
        elif isinstance(self.value, list):
            parts = enumerate(self.value)
        for step, value in parts:
            yield str(step), ConfigEntry(self.document, (*self.path, step), value, self.findings)

    def add_finding(self, problem: str, remedy: str, *, on_key: bool = False, at: int | None = None) -> None:
        """Add a finding about the value; with `on_key`, about its key; with `at`, about the character at this index."""
        after = None if at is None else count_visible(self.text[:at])
        self.findings.append(self.document.finding("WG203", self.path, problem, remedy, on_key=on_key, after=after))
