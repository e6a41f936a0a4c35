"""A fact's citation in words, for screen, paper and phone, and the links from a text to its facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal, get_args

from game.story.facts import Fact, Source
from game.story.model import INVENTED, Story
from game.ui.i18n import Catalogue, capital
from game.ui.tree import Action, TreeNode

Standing = Literal["recorded", "claimed", "seen", "goal", "question", "outside", "invented"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
_OF_KIND: dict[str, Standing] = {
    "record": "recorded", "policy": "recorded", "figure": "recorded", "claim": "claimed", "observation": "seen",
    "goal": "goal", "question": "question",
}  # fmt: skip


def is_attributed(fact: Fact) -> bool:
    """Return whether the story may give the fact only as what its speaker says."""
    return fact.game_may == "attribute"


def standing_of(story: Story, fact: str) -> Standing:
    """Return how sure a fact is, by its id or `invented`. The reader sees this as a word and a drawn mark."""
    if fact == INVENTED:
        return "invented"
    found = story.facts[fact]
    if is_outside(story, found):
        return "outside"
    standing = _OF_KIND[found.kind]
    return "claimed" if standing == "recorded" and is_attributed(found) else standing


def is_outside(story: Story, fact: Fact) -> bool:
    """Return whether the fact is from another source than the story's first one."""
    return fact.source != next(iter(story.sources), fact.source)


def known_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Return those ids that are facts of the story or `invented`, each once. `invented` comes last."""
    known = tuple(fact for fact in dict.fromkeys(facts) if fact in story.facts or fact == INVENTED)
    return tuple(sorted(known, key=lambda fact: fact == INVENTED))


def counted_standings(story: Story, words: Catalogue, facts: Iterable[str]) -> str:
    """Return how many facts have each standing, in words: "3 recorded, 1 invented"."""
    counts = Counter(standing_of(story, fact) for fact in facts)
    parts = (words(f"sources.count.{standing}", n=counts[standing]) for standing in STANDINGS if counts[standing])
    return words("sources.join").join(parts)


def source_of(story: Story, fact: Fact) -> Source | None:
    """Return the source document of a fact; None if the story does not name its sources."""
    return story.sources.get(fact.source)


def cited_in_words(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return a fact's paragraph if it is from the story's first source, else the title of its source document."""
    source = source_of(story, fact)
    return paragraph_in_words(words, fact) or (source.title if source else fact.speaker)


def paragraph_in_words(words: Catalogue, fact: Fact) -> str:
    """Return the fact's paragraph in words; "" if its source has no paragraphs."""
    return words("fact.paragraph", paragraph=fact.paragraph.lstrip("P")) if fact.paragraph else ""


def place_in_words(words: Catalogue, fact: Fact) -> str:
    """Return where a fact stands in its source, and who says it there."""
    place, speaker = capital(_place(words, fact)), words("fact.speaker", speaker=fact.speaker)
    return words("fact.placed", place=place, speaker=speaker) if place else speaker


def _place(words: Catalogue, fact: Fact) -> str:
    """Return the fact's paragraph and sentences in words; "" if its source has no paragraphs."""
    if not fact.paragraph:
        return ""
    numbers = words(
        "fact.sentences", n=len(fact.sentences), numbers=words("sources.join").join(map(str, fact.sentences))
    )
    paragraph = paragraph_in_words(words, fact)
    return words("sources.join").join((paragraph, numbers)) if fact.sentences else paragraph


def full_citation(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return the title of a fact's source document, its place there, and its speaker, as one line."""
    source = source_of(story, fact)
    parts = (source.title if source else "", place_in_words(words, fact))
    return words.joined(*parts)


def standing_sentence(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return a sentence that says how sure the fact is."""
    standing = standing_of(story, fact.id)
    if standing in ("goal", "question", "outside"):
        return words(f"fact.standing.{standing}")
    return standing_in_words(words, fact)


def standing_in_words(words: Catalogue, fact: Fact) -> str:
    """Return what kind of claim the fact is, or a remark that only its speaker says so."""
    return words("fact.kind.attribute" if is_attributed(fact) else f"fact.kind.{fact.kind}")


def sentences_in_words(words: Callable[..., str], fact: Fact) -> str:
    """Return the numbers of the fact's sentences in its paragraph, in words. `words` is a catalogue."""
    return words("guide.facts.sentences", numbers=", ".join(map(str, fact.sentences)))


MOST_AT_ONCE, FIRST_FACTS = 6, 5  # a sheet shows up to six facts at once; if there are more, it shows the first five


def sources_link(story: Story, words: Catalogue, facts: Iterable[str], name: str = "sources") -> tuple[TreeNode, ...]:
    """Return the link to a sheet of facts, which says how many facts have each standing. Empty if there are none."""
    known = known_facts(story, facts)
    if not known:
        return ()
    label = words("sources.link", counts=counted_standings(story, words, known))
    return (
        TreeNode("link", name, label, action=Action("sources", " ".join(known)), hint=words("sources.open"),
                 style="sources"),
    )  # fmt: skip


def first_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that a sheet shows at first: all if they are few, otherwise the first ones."""
    known = known_facts(story, facts)
    return known if len(known) <= MOST_AT_ONCE else known[:FIRST_FACTS]


def facts_by_source(story: Story, words: Catalogue, facts: Iterable[str]) -> Iterator[TreeNode]:
    """Yield entries of facts under the titles of their source documents. Inventions come last, without a title.

    Entries with the same standing and paragraph stand together, under one label.
    """
    found: dict[str, list[str]] = {}
    for fact in known_facts(story, facts):
        found.setdefault("" if fact == INVENTED else story.facts[fact].source, []).append(fact)
    for source in (*story.sources, ""):
        entries = _labelled_once(fact_entry(story, words, fact, titled=not source) for fact in found.get(source, ()))
        if entries and source:
            of = story.sources[source]
            title = words("sources.document", title=of.title, kind=of.kind)
            yield TreeNode("group", f"source:{source}", title, style="section", children=entries)
        else:
            yield from entries


def _labelled_once(entries: Iterable[TreeNode]) -> tuple[TreeNode, ...]:
    """Return the entries grouped by label. Only the first of a group shows the label."""
    found: dict[str, list[TreeNode]] = {}
    for entry in entries:
        alike = found.setdefault(entry.value, [])
        alike.append(replace(entry, style="entry-below") if alike else entry)
    return tuple(entry for alike in found.values() for entry in alike)


def fact_entry(story: Story, words: Catalogue, fact: str, titled: bool = True) -> TreeNode:
    """Build a fact, or `invented`, as a link that opens its card. A word and a drawn mark show how sure it is.

    With `titled`, a fact that is not in the story's first source shows the title of its own source.
    """
    standing = standing_of(story, fact)
    name = words(f"standing.{standing}")
    if fact == INVENTED:
        text, value = words("fact.invented.short"), name
    else:
        found = story.facts[fact]
        text = found.text
        cited = cited_in_words(story, words, found) if titled or found.paragraph else ""
        value = words.joined(name, cited)
    return TreeNode("link", f"fact:{fact}", text, action=Action("fact", fact), value=value,
                    hint=words("fact.open"), style="entry", children=(standing_mark(standing),))  # fmt: skip


def standing_mark(standing: str) -> TreeNode:
    """Build the drawn mark that shows how sure a fact is. The voice skips it, because the word stands beside it."""
    return TreeNode("mark", style=standing)
