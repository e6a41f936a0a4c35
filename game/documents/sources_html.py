"""Sources as HTML: the list of sources at the end of a document, and the links from a text to its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from game.core.html import Child, link, tag
from game.story.facts import Fact
from game.story.model import INVENTED, Story
from game.ui.i18n import capital


def source_item(fact: Fact, *details: Child, linkable: bool = False) -> Element:
    """Return a fact for a list of sources. With `linkable`, it has the id to which `source_links` leads."""
    return tag("li", fact.text, " ", details, id=fact_id(fact.id) if linkable else None)


def source_section(
    heading: str, note: str, items: Sequence[Element], documents: Element | None = None
) -> Element | None:
    """Return a section with a heading, a note, the documents and some `source_item`s; None without items."""
    if not items:
        return None
    return tag(
        "section", tag("h2", heading), tag("p", note, class_="small"), documents, tag("ol", items, class_="sources")
    )


def source_links(because: Iterable[str], story: Story, invented: Child, links: bool = True) -> list[Child]:
    """Return links to the facts in `because`. If several facts cite the same place in a source, link only the first.

    Unknown ids are left out. If `because` has INVENTED (the author made something up), `invented` is added at the end.
    With `links` False, because the document does not list the facts, the places are plain text.
    """
    because = tuple(because)
    found: dict[str, Child] = {}
    for fact in (story.facts[id] for id in because if id in story.facts):
        place = story.cited(fact)
        found.setdefault(place, link(fact_id(fact.id), place) if links else place)
    return [*found.values(), invented] if INVENTED in because else [*found.values()]


def source_documents(story: Story, facts: Iterable[Fact]) -> Element | None:
    """Return the documents of some facts, with a note on each; None if there are none."""
    cited = {fact.source for fact in facts}
    rows = [
        tag("div", tag("dt", source.title), tag("dd", ": ".join(filter(None, (capital(source.kind), source.about)))))
        for source in story.sources.values()
        if source.id in cited
    ]
    return tag("dl", rows, class_="documents") if rows else None


def licence_line(story: Story, words: Callable[..., str]) -> Element | None:
    """Return the licence of the story, as a document's last line; None if its pack names no licence."""
    if "licence" not in story.words:
        return None
    return tag("p", words("journal.licence", title=story.title), class_="licence")


def fact_id(id: str) -> str:
    return f"fact.{id}"
