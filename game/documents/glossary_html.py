"""Glossary as HTML: a story's glossary as a definition list."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from game.core.html import tag
from game.story.facts import Term


def glossary_list(terms: Iterable[Term]) -> Element | None:
    """Return terms in alphabetical order, each with the id `term.<id>`. Return None if there are no terms."""
    ordered = sorted(terms, key=lambda term: term.term.casefold())
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
        for term in ordered
    ]
    return tag("dl", rows) if rows else None
