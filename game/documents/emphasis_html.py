"""Emphasis as HTML: texts whose only markup is *emphasis*, as inline HTML."""

from __future__ import annotations

from game.core.html import Child, tag
from game.lang.markup import emphasis_spans


def with_emphasis(text: str) -> list[Child]:
    """Return `text` as the children of an HTML element, with each *emphasis* as an `<em>`."""
    return [tag("em", span.text) if span.kind == "emphasis" else span.text for span in emphasis_spans(text)]
