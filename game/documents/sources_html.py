"""Facts as HTML: the list of sources at the end of a document, and the links from a text to its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from game.core.html import Child, link, tag
from game.story.model import INVENTED, Fact, Story


def source_item(fact: Fact, *details: Child, linkable: bool = False) -> Element:
    """A fact in a list of sources. With `linkable` it has the id that `source_links` lead to."""
    return tag("li", fact.text, " ", details, id=fact_id(fact.id) if linkable else None)


def source_section(heading: str, note: str, items: Sequence[Element]) -> Element | None:
    """A section with a heading, a note and a list of `source_item`s; None where there are none."""
    if not items:
        return None
    return tag("section", tag("h2", heading), tag("p", note, class_="small"), tag("ol", items, class_="sources"))


def source_links(because: Iterable[str], story: Story, invented: Child, links: bool = True) -> list[Child]:
    """The paragraphs of the source that something rests on, each once, in order, and link to its first fact.

    Args:
        because: Ids of facts, or INVENTED; ids that the story does not have are left out.
        story: The story that has the facts.
        invented: The last item if `because` holds INVENTED.
        links: Whether the document lists the facts, so that a link leads somewhere.
    """
    because = tuple(because)
    found: dict[str, Child] = {}
    for fact in (story.facts[id] for id in because if id in story.facts):
        found.setdefault(fact.paragraph, link(fact_id(fact.id), fact.paragraph) if links else fact.paragraph)
    return [*found.values(), invented] if INVENTED in because else [*found.values()]


def fact_id(id: str) -> str:
    """The HTML id of a fact in its document."""
    return f"fact.{id}"
