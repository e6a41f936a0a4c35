"""HTML parts: emphasis, table rows and the glossary, for the guide, the journal and other documents."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from game.core.html import Child, tag
from game.lang.markup import emphasis_spans
from game.story.facts import Term

BLANK = "\N{NO-BREAK SPACE}"  # the content of a cell or line that a reader fills in


def with_emphasis(text: str) -> list[Child]:
    """Return `text` as the children of an HTML element, with each *emphasis* as an `<em>`."""
    return [tag("em", span.text) if span.kind == "emphasis" else span.text for span in emphasis_spans(text)]


def table_row(heading: Child, *cells: Child, id: str | None = None) -> Element:
    """Return a table row: a cell with its heading, then a cell for each of `cells`."""
    return tag("tr", tag("th", heading, scope="row"), [tag("td", cell) for cell in cells], id=id)


def glossary_list(terms: Iterable[Term]) -> Element | None:
    """Return terms in alphabetical order, each with the id `term.<id>`; None if there are no terms."""
    rows = [
        tag(
            "div",
            tag(
                "dt",
                term.term,
                [" ", tag("span", term.hanzi, lang="zh-Hans")] if term.hanzi else None,
                [" ", tag("span", term.pinyin, lang="zh-Latn")] if term.pinyin else None,
            ),
            tag("dd", term.text),
            id=f"term.{term.id}",
        )
        for term in sorted(terms, key=lambda term: term.term.casefold())
    ]
    return tag("dl", rows) if rows else None
