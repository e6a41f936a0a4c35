"""A playthrough as a text that a person can read and a diff can compare."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from game.lang.markup import Paragraph
from game.play import Page, Picture, Playthrough, debrief

WIDTH = 100


def transcript(p: Playthrough) -> str:
    """Every page with what was taken on it, then what the debrief adds."""
    line = p.history
    lines: list[str] = []
    for number, at in enumerate(line, 1):
        if not at.left:
            before = at.previous.page.picture if at.previous else None
            lines += [f"{number:>3} {'─' * (WIDTH - 4)}", *_page(at.page, before)]
        if number < len(line):
            entry = line[number].entry
            assert entry is not None
            lines += ["", f"    ▸ {entry.take}", ""]
    lines += ["", "═" * WIDTH, *_debrief(p), ""]
    return "\n".join(lines)


def _page(page: Page, before: Picture | None) -> Iterator[str]:
    yield f"{page.node or '(the end of the calendar)'}"
    yield " · ".join(filter(None, (page.when, page.title, page.hanzi, page.place, page.role)))
    if page.picture and page.picture != before:
        params = ", ".join(f"{name} {value}" for name, value in page.picture.params.items())
        yield from _wrapped(f"[{page.picture.scene}: {params}] {page.picture.alt}")
    if page.note:
        yield from _wrapped(f"(note) {page.note}")
    for told in page.told:
        yield ""
        yield f"(told) {' · '.join(filter(None, (told.when, told.title)))}"
        if told.note:
            yield from _wrapped(f"(note) {told.note}")
        yield from _paragraphs(told.paragraphs)
    if page.shows_brief:
        yield ""
        yield "(brief)"
    yield from _paragraphs(page.brief if page.shows_brief else page.paragraphs)
    if page.changes or page.ledger:
        yield ""
    for row in page.ledger:
        yield f"    {row.label}: {row.sacks:,}"
    for change in page.changes:
        yield from _wrapped(f"  * {change.before} → {change.after} ({', '.join(change.facts)})", "    ")
    if page.discuss:
        yield ""
        yield from _wrapped(f"? {page.discuss}")
    if page.ending:
        yield ""
        yield f"(ending) {page.ending}"
    yield ""
    for option in page.choices:
        yield from _wrapped(f"  - {option.id}: {option.say}" if option.say else f"  - {option.id}", "    ")
    if page.offers:
        yield f"  - {', '.join(page.offers)}"


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ""
        shown = "".join(
            f"*{span.text}*" if span.kind == "emphasis" else f"[[{span.text}]]" if span.kind == "term" else span.text
            for span in paragraph.spans
        )
        yield from _wrapped(f"{paragraph.by}: {shown}" if paragraph.by else shown)


def _debrief(p: Playthrough) -> Iterator[str]:
    for section in debrief(p):
        yield section.title
        for item in section.items:
            facts = f" ({', '.join(item.facts)})" if item.facts else ""
            if item.facts and item.detail.startswith("P"):
                yield f"  - {item.detail}{facts}"  # a fact's own words stand in facts.yaml
            else:
                yield from _wrapped(f"  - {item.detail + ': ' if item.detail else ''}{item.text}{facts}", "    ")
            for change in item.changes:
                yield from _wrapped(f"    * {change.before} → {change.after}", "      ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
