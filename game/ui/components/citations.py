"""What is said of a fact wherever it is shown: where it stands in the source, and how it may be taken."""

from __future__ import annotations

from game.story.model import Fact
from game.ui.i18n import Catalogue


def source_in_words(words: Catalogue, fact: Fact) -> str:
    """Its paragraph in the film, and whose word it is."""
    return words("fact.place", paragraph=fact.paragraph.lstrip("P"), speaker=fact.speaker)


def standing_in_words(words: Catalogue, fact: Fact) -> str:
    """How it may be taken; what may only be told in its speaker's mouth says so."""
    return words("fact.kind.attribute" if fact.game_may == "attribute" else f"fact.kind.{fact.kind}")
