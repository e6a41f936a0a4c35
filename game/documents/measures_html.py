"""What a sack, a bowl and an ordinary year are, in the sentences of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.story.model import Measures

Words = Callable[..., str]  # (a key of the catalogue, **values) -> the text


def measures_text(words: Words, measures: Measures) -> Iterator[str]:
    """The sentences: how sacks become bowls, for whom and how long, and what an ordinary year gave."""
    yield words("measures.sack", kg=measures.sack_kg, percent=measures.husked_percent)
    yield words("measures.bowl", grams=measures.bowl_g)
    yield words("measures.year", people=f"{measures.people:,}", days=measures.days, seed=f"{measures.seed_sacks:,}")
    yield words(
        "measures.ordinary",
        crop=f"{measures.ordinary_crop:,}",
        taken=f"{measures.ordinary_taken:,}",
        bowls=f"{measures.ordinary_per_day:.2f}",
    )
