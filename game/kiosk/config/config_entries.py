"""What stands behind one key of a configuration, and where to say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.core.findings import Finding
from game.core.values import frozen
from game.yamlio.reader import Data, Document, count_visible


@frozen
class ConfigEntry:
    """A value in a file, at the end of a path of keys and numbers. What is wrong with it is added to `findings`."""

    document: Document
    path: tuple[str | int, ...]
    value: Data
    findings: list[Finding]

    @property
    def text(self) -> str:
        """The value as it may be shown: a text as it is, and what is no text by a word for it."""
        if isinstance(self.value, str):
            return self.value
        return str(self.value).lower() if isinstance(self.value, bool) else "…"

    def below(self) -> Iterator[tuple[str, ConfigEntry]]:
        """The entries of a mapping by their keys, or those of a list by their numbers; of a text, none."""
        parts: Iterable[tuple[str | int, Data]] = ()
        if isinstance(self.value, dict):
            parts = self.value.items()
        elif isinstance(self.value, list):
            parts = enumerate(self.value)
        for step, value in parts:
            yield str(step), ConfigEntry(self.document, (*self.path, step), value, self.findings)

    def wrong(self, problem: str, remedy: str, *, on_key: bool = False, at: int | None = None) -> None:
        """Say what is wrong with it (or with its key, or at a character of its text), and what to do."""
        after = None if at is None else count_visible(self.text[:at])
        self.findings.append(self.document.finding("WG203", self.path, problem, remedy, on_key=on_key, after=after))
