"""A fact's citation in words, the same on screen, on paper and on a phone: its place in the source, its standing."""

from __future__ import annotations

from collections.abc import Callable

from game.story.model import Fact
from game.ui.i18n import Catalogue


def is_attributed(fact: Fact) -> bool:
    """Whether the fact may only be told as its speaker's word."""
    return fact.game_may == "attribute"


def source_in_words(words: Catalogue, fact: Fact) -> str:
    """The fact's paragraph in the film, and its speaker."""
    return words("fact.place", paragraph=fact.paragraph.lstrip("P"), speaker=fact.speaker)


def standing_in_words(words: Catalogue, fact: Fact) -> str:
    """What kind of claim the fact is, or that it is only its speaker's word."""
    return words("fact.kind.attribute" if is_attributed(fact) else f"fact.kind.{fact.kind}")


def sentences_in_words(words: Callable[..., str], fact: Fact) -> str:
    """The numbers of the fact's sentences within its paragraph. `words` is a catalogue."""
    return words("guide.facts.sentences", numbers=", ".join(map(str, fact.sentences)))
