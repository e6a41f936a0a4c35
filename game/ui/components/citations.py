"""A fact's citation in words, the same on screen, on paper and on a phone: its place in the source, its standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, get_args

from game.story.facts import Fact, Source
from game.story.model import INVENTED, Story
from game.ui.i18n import Catalogue, capital

Standing = Literal["recorded", "claimed", "seen", "goal", "question", "outside", "invented"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
_OF_KIND: dict[str, Standing] = {
    "record": "recorded", "policy": "recorded", "figure": "recorded", "claim": "claimed", "observation": "seen",
    "goal": "goal", "question": "question",
}  # fmt: skip


def is_attributed(fact: Fact) -> bool:
    """Whether the fact may only be told as its speaker's word."""
    return fact.game_may == "attribute"


def standing_of(story: Story, fact: str) -> Standing:
    """How sure a fact is, by its id or `invented`: what a reader is told by a word and by a form."""
    if fact == INVENTED:
        return "invented"
    found = story.facts[fact]
    if is_outside(story, found):
        return "outside"
    standing = _OF_KIND[found.kind]
    return "claimed" if standing == "recorded" and is_attributed(found) else standing


def is_outside(story: Story, fact: Fact) -> bool:
    """Whether the fact is from another source than the story's first one."""
    return fact.source != next(iter(story.sources), fact.source)


def known_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Those ids that are facts of the story or `invented`, each once; `invented` is the last."""
    known = tuple(fact for fact in dict.fromkeys(facts) if fact in story.facts or fact == INVENTED)
    return tuple(sorted(known, key=lambda fact: fact == INVENTED))


def counted_standings(story: Story, words: Catalogue, facts: Iterable[str]) -> str:
    """How many of some facts are of which standing: "3 recorded, 1 invented"."""
    counts = Counter(standing_of(story, fact) for fact in facts)
    parts = (words(f"sources.count.{standing}", n=counts[standing]) for standing in STANDINGS if counts[standing])
    return words("sources.join").join(parts)


def source_of(story: Story, fact: Fact) -> Source | None:
    """The document that a fact is from, where the story names its sources."""
    return story.sources.get(fact.source)


def cited_in_words(story: Story, words: Catalogue, fact: Fact) -> str:
    """A fact's paragraph in the story's first source, or else the title of the document that it is from."""
    source = source_of(story, fact)
    return paragraph_in_words(words, fact) or (source.title if source else fact.speaker)


def paragraph_in_words(words: Catalogue, fact: Fact) -> str:
    """The fact's paragraph; "" where its source has none."""
    return words("fact.paragraph", paragraph=fact.paragraph.lstrip("P")) if fact.paragraph else ""


def place_in_words(words: Catalogue, fact: Fact) -> str:
    """Where a fact stands in its source, and who says it there."""
    place, speaker = capital(_place(words, fact)), words("fact.speaker", speaker=fact.speaker)
    return words("fact.placed", place=place, speaker=speaker) if place else speaker


def _place(words: Catalogue, fact: Fact) -> str:
    """The fact's paragraph and sentences; "" where its source has none."""
    if not fact.paragraph:
        return ""
    numbers = words(
        "fact.sentences", n=len(fact.sentences), numbers=words("sources.join").join(map(str, fact.sentences))
    )
    paragraph = paragraph_in_words(words, fact)
    return words("sources.join").join((paragraph, numbers)) if fact.sentences else paragraph


def full_citation(story: Story, words: Catalogue, fact: Fact) -> str:
    """The title of the document that a fact is from, its place there, and who says it: where no card can say more."""
    source = source_of(story, fact)
    parts = (source.title if source else "", place_in_words(words, fact))
    return words("page.dateline.join").join(filter(None, parts))


def standing_sentence(story: Story, words: Catalogue, fact: Fact) -> str:
    """What the fact's standing means."""
    standing = standing_of(story, fact.id)
    if standing in ("goal", "question", "outside"):
        return words(f"fact.standing.{standing}")
    return standing_in_words(words, fact)


def standing_in_words(words: Catalogue, fact: Fact) -> str:
    """What kind of claim the fact is, or that it is only its speaker's word."""
    return words("fact.kind.attribute" if is_attributed(fact) else f"fact.kind.{fact.kind}")


def sentences_in_words(words: Callable[..., str], fact: Fact) -> str:
    """The numbers of the fact's sentences within its paragraph. `words` is a catalogue."""
    return words("guide.facts.sentences", numbers=", ".join(map(str, fact.sentences)))
