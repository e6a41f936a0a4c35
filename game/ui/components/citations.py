"""A fact's citation in words, for screen, paper and phone, and the links from a text to its facts.

A standing is how sure a fact is. `invented` takes the place of a fact's id where the story made something up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal, get_args

from game.story.facts import Fact, Source
from game.story.model import INVENTED, Story
from game.ui.i18n import Catalogue, capital
from game.ui.tree import Action, TreeNode

Standing = Literal["recorded", "ordered", "claimed", "seen", "goal", "question", "outside", "invented"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
_OF_KIND: dict[str, Standing] = {
    "record": "recorded", "policy": "ordered", "figure": "recorded", "claim": "claimed", "observation": "seen",
    "goal": "goal", "question": "question",
}  # fmt: skip


def is_attributed(fact: Fact) -> bool:
    """Return whether the story must say who claims the fact, because the source itself does not report it as true."""
    return fact.game_may == "attribute"


def standing_of(story: Story, fact: str) -> Standing:
    """Return how sure a fact is. `fact` is its id, or `invented`."""
    if fact == INVENTED:
        return "invented"
    found = story.facts[fact]
    if is_outside(story, found):
        return "outside"
    standing = _OF_KIND[found.kind]
    return "claimed" if standing in ("recorded", "ordered") and is_attributed(found) else standing


def is_outside(story: Story, fact: Fact) -> bool:
    """Return whether the fact comes from another source than the story's main source; False without a main source."""
    return bool(story.main) and fact.source != story.main


def known_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Return the given ids that are facts of the story or `invented`, each once. `invented` comes last."""
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


def source_name(story: Story, words: Callable[..., str], fact: Fact) -> str:
    """Return what a sentence calls a fact's source: the source's name, or if it has no name, its title in quotes."""
    source = source_of(story, fact)
    if source is None:
        return words("source.unnamed")
    return source.name or words("source.named", title=source.title)


def cited_in_words(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return where a fact comes from, in words. For the story's main source: the fact's place in it, or the source's
    title if the fact has no place. For another source: its title, and the place if there is one. If the story does not
    name its sources: the place, or the speaker if the fact has no place."""
    source, place = source_of(story, fact), numbered_place(words, fact)
    if source is None:
        return place or fact.speaker
    return (place or source.title) if source.id == story.main else words.joined(source.title, place)


def numbered_place(words: Catalogue, fact: Fact) -> str:
    """Return the fact's paragraph, page, section or minute in words; "" if the fact has no place."""
    return words(f"fact.{fact.counted}", number=fact.place) if fact.place else ""


def place_in_words(words: Catalogue, fact: Fact) -> str:
    """Return a fact's place in its source, and who says it; if the fact has no place, only who says it."""
    place, speaker = capital(_place(words, fact)), words("fact.speaker", speaker=fact.speaker)
    return words("fact.placed", place=place, speaker=speaker) if place else speaker


def _place(words: Catalogue, fact: Fact) -> str:
    place = numbered_place(words, fact)
    if not place or not fact.sentences:
        return place
    numbers = words("sources.join").join(map(str, fact.sentences))
    return words("sources.join").join((place, words("fact.sentences", n=len(fact.sentences), numbers=numbers)))


def full_citation(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return the title of a fact's source document, its place there, its speaker and its date, as one line."""
    source = source_of(story, fact)
    citation = words.joined(source.title if source else "", place_in_words(words, fact))
    date = date_in_words(words, fact)
    return words("fact.dated", citation=citation, date=date) if date else citation


def date_in_words(words: Callable[..., str], fact: Fact) -> str:
    """Return the date that a fact's source gives, as a sentence; "" if there is none."""
    return words("fact.date", date=fact.date) if fact.date else ""


def standing_sentence(story: Story, words: Catalogue, fact: Fact) -> str:
    """Return a sentence that says how sure the fact is."""
    standing = standing_of(story, fact.id)
    if standing in ("goal", "question", "outside"):
        return words(f"fact.standing.{standing}")
    name = source_name(story, words, fact)
    kind = "attribute" if is_attributed(fact) else fact.kind
    return words(f"fact.kind.{kind}", source=name, Source=capital(name))


def sentences_in_words(words: Callable[..., str], fact: Fact) -> str:
    """Return the numbers of the fact's sentences in its paragraph, in words."""
    return words("guide.facts.sentences", numbers=", ".join(map(str, fact.sentences)))


MOST_AT_ONCE, FIRST_FACTS = 6, 5  # a sheet shows up to six facts at once; if there are more, it shows the first five


def sources_link(story: Story, words: Catalogue, facts: Iterable[str], id: str = "sources") -> tuple[TreeNode, ...]:
    """Return the link to a sheet of facts; empty if there are none. Its text says how many facts have each standing."""
    known = known_facts(story, facts)
    if not known:
        return ()
    label = words("sources.link", counts=counted_standings(story, words, known))
    return (
        TreeNode("link", id, label, action=Action("sources", " ".join(known)), hint=words("sources.open"),
                 style="sources"),
    )  # fmt: skip


def first_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that a sheet shows at first: all if there are few, otherwise the first few."""
    known = known_facts(story, facts)
    return known if len(known) <= MOST_AT_ONCE else known[:FIRST_FACTS]


def facts_by_source(story: Story, words: Catalogue, facts: Iterable[str]) -> Iterator[TreeNode]:
    """Yield entries of facts under the titles of their source documents. The entry `invented` comes last and has no
    title. Entries with the same standing and paragraph stand together, under one label."""
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
    found: dict[str, list[TreeNode]] = {}
    for entry in entries:
        alike = found.setdefault(entry.value, [])
        alike.append(replace(entry, style="entry-below") if alike else entry)
    return tuple(entry for alike in found.values() for entry in alike)


def fact_entry(story: Story, words: Catalogue, fact: str, titled: bool = True) -> TreeNode:
    """Build a fact, or `invented`, as a link that opens its card. A word and a drawn mark show how sure it is. With
    `titled`, a fact that is not in the story's main source shows the title of its own source."""
    standing = standing_of(story, fact)
    name = words(f"standing.{standing}")
    if fact == INVENTED:
        text, value = words("fact.invented.short"), name
    else:
        found = story.facts[fact]
        text = found.text
        cited = cited_in_words(story, words, found) if titled else numbered_place(words, found)
        value = words.joined(name, cited)
    return TreeNode("link", f"fact:{fact}", text, action=Action("fact", fact), value=value,
                    hint=words("fact.open"), style="entry", children=(standing_mark(standing),))  # fmt: skip


def standing_mark(standing: str) -> TreeNode:
    """Build the drawn mark that shows how sure a fact is. The voice skips it, because the word stands beside it."""
    return TreeNode("mark", style=standing)
