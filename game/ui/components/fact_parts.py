"""Links to what a text rests on: one to a sheet of several facts, and the entry of each fact on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.story.model import INVENTED, Story
from game.ui.components.citations import cited_in_words, counted_standings, known_facts, standing_of
from game.ui.i18n import Catalogue
from game.ui.tree import Action, TreeNode

MOST_AT_ONCE, FIRST_FACTS = 6, 5  # on a sheet of facts; of more than that only the first stand there


def sources_link(story: Story, words: Catalogue, facts: Iterable[str], name: str = "sources") -> tuple[TreeNode, ...]:
    """The link to a sheet of some facts, which says how many they are of which standing. Empty where there are none."""
    known = known_facts(story, facts)
    if not known:
        return ()
    label = words("sources.link", counts=counted_standings(story, words, known))
    return (
        TreeNode("link", name, label, action=Action("sources", " ".join(known)), hint=words("sources.open"),
                 style="sources"),
    )  # fmt: skip


def first_facts(story: Story, facts: Iterable[str]) -> tuple[str, ...]:
    """Those that a sheet of facts shows at first: all of a few, else the first ones."""
    known = known_facts(story, facts)
    return known if len(known) <= MOST_AT_ONCE else known[:FIRST_FACTS]


def facts_by_source(story: Story, words: Catalogue, facts: Iterable[str]) -> Iterator[TreeNode]:
    """Entries of facts under the title of the document that they are from; inventions stand last, under none.

    Those of one standing and one paragraph stand together, under one label.
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
    """The entries with those of one label together; all but the first of these are drawn without it."""
    found: dict[str, list[TreeNode]] = {}
    for entry in entries:
        alike = found.setdefault(entry.value, [])
        alike.append(replace(entry, style="entry-below") if alike else entry)
    return tuple(entry for alike in found.values() for entry in alike)


def fact_entry(story: Story, words: Catalogue, fact: str, titled: bool = True) -> TreeNode:
    """A fact, or `invented`, as a link that opens its card; its standing is told by a word and by a drawn mark.

    `titled`: where the fact has no place in the story's first source, the title of its own stands there.
    """
    standing = standing_of(story, fact)
    name = words(f"standing.{standing}")
    if fact == INVENTED:
        text, told = words("fact.invented.short"), name
    else:
        found = story.facts[fact]
        text = found.text
        cited = cited_in_words(story, words, found) if titled or found.paragraph else ""
        told = words("page.dateline.join").join(filter(None, (name, cited)))
    return TreeNode("link", f"fact:{fact}", text, action=Action("fact", fact), value=told,
                    hint=words("fact.open"), style="entry", children=(standing_mark(standing),))  # fmt: skip


def standing_mark(standing: str) -> TreeNode:
    """The drawn mark of a standing; it is silent, since its word stands beside it."""
    return TreeNode("mark", style=standing)
