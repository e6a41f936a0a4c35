"""What a reader meets: values only, the same for a window, a terminal, a phone and a voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.story.markup import Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans, and in whose mouth they stand (None: the teller's)."""

    spans: tuple[Span, ...]
    by: str | None = None

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Option:
    """An open choice: what `choose` takes, and the finished deed as the reader says it."""

    id: str
    say: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the last entry moved, in words, with the facts (or `invented`) that it rests on."""

    variable: str
    before: str
    after: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What the painter is given: it knows the scene and its parameters, and nothing of the story."""

    scene: str
    params: Mapping[str, int | bool | str] = field(default_factory=dict)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of a weighing: `label` as the story words it, and a number of sacks."""

    label: str
    sacks: int
