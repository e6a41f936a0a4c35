"""A playthrough as a text that a person can read and a diff can compare, kept with each of its pages once.

`pages.txt` beside this file holds every page of every golden playthrough; a page that reads otherwise elsewhere stands
there once for each way in which it reads, numbered. A way's own `pages.txt` is the list of what is met on it, a line
each, with what is taken there.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from game.lang.markup import Paragraph
from game.play import Page, Picture, Playthrough, debrief
from game.play.page import Portions

WIDTH = 100
BOOK = Path(__file__).parent / "pages.txt"
HEAD = "──── "
TAKES = " ▸ "
OUTSIDE = "(outside)"
Book = dict[str, str]  # what is under each head of the book


class Met(NamedTuple):
    """A page or a section of the debrief: its name, how it reads, and what is taken there ("" at the end)."""

    name: str
    text: str
    take: str = ""


def met_on(p: Playthrough) -> Iterator[Met]:
    """Every page with what was taken on it, then what the debrief adds."""
    line = p.history
    for at, after in zip(line, (*line[1:], None), strict=True):
        entry = after.entry if after is not None else None
        take = entry.take if entry is not None else ""
        if at.left:
            yield Met(OUTSIDE, "", take)
        else:
            before = at.previous.page.picture if at.previous else None
            yield Met(at.page.node or "(the end of the calendar)", "\n".join(_page(at.page, before)), take)
    for title, text in _debrief(p):
        yield Met(f"(debrief) {title}", text)


def transcript(met: Iterable[Met]) -> str:
    """All that is met on a way, as one text."""
    lines: list[str] = []
    for number, one in enumerate(met, 1):
        lines += [f"{number:>3} {'─' * (WIDTH - 4)}", one.name, *([one.text] if one.text else [])]
        lines += ["", f"    ▸ {one.take}", ""] if one.take else []
    return "\n".join([*lines, ""])


def difference(kept: str, now: str) -> str:
    """How one text differs from another, a few lines around each place; nothing where they are the same."""
    return "\n".join(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm=""))


def bound(ways: dict[Path, list[Met]]) -> Book:
    """The book of these ways, by its heads: a name and a number, in the order of the names and first meetings."""
    texts: dict[str, dict[str, None]] = {}
    for met in ways.values():
        for one in met:
            texts.setdefault(one.name, {})[one.text] = None
    return {
        f"{name} {number}": text
        for name, its in sorted(texts.items())
        for number, text in enumerate(its, 1)
        if name != OUTSIDE
    }


def write(ways: dict[Path, list[Met]]) -> None:
    """Write the book, and for each folder the list of what is met."""
    book = bound(ways)
    heads = {(head.rpartition(" ")[0], text): head for head, text in book.items()}
    BOOK.write_text("\n".join(f"{HEAD}{head}\n{text}\n" for head, text in book.items()), encoding="utf-8")
    for folder, met in ways.items():
        lines = (heads.get((one.name, one.text), one.name) + (TAKES + one.take if one.take else "") for one in met)
        (folder / "pages.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def read_book() -> Book:
    """The book as it is kept. Every text of it ends where the next head begins."""
    parts = ("\n" + BOOK.read_text(encoding="utf-8")).split(f"\n{HEAD}")[1:]
    return {head: text.removesuffix("\n") for head, _, text in (part.partition("\n") for part in parts)}


def read_way(folder: Path, book: Book) -> Iterator[Met]:
    """What is met on a way, as it is kept."""
    for line in (folder / "pages.txt").read_text(encoding="utf-8").splitlines():
        head, _, take = line.partition(TAKES)
        yield Met(head, "", take) if head == OUTSIDE else Met(head.rpartition(" ")[0], book[head], take)


def _page(page: Page, before: Picture | None) -> Iterator[str]:
    yield " · ".join(filter(None, (page.when, page.title, page.hanzi, page.place, page.role)))
    if page.picture and page.picture != before:
        params = ", ".join(f"{name} {value}" for name, value in page.picture.params.items())
        yield from _wrapped(f"[{page.picture.scene}: {params}] {page.picture.alt}")
    if page.note:
        yield from _wrapped(f"(note) {page.note}")
    for told in page.told:
        yield ""
        yield f"(told) {' · '.join(filter(None, (told.when, told.title)))}"
        yield from _paragraphs(told.paragraphs)
    if page.shows_brief:
        yield ""
        yield "(brief)"
    yield from _paragraphs(page.brief if page.shows_brief else page.paragraphs)
    if page.changes or page.ledger:
        yield ""
    if page.ledger:
        for row in page.ledger.rows:
            yield f"    {row.kind}: {row.amount:,}{f', {row.of_seed:,} of it seed' if row.of_seed else ''}"
        if page.ledger.portions:
            yield f"    bowls: {' → '.join(f'{one:.2f}' for one in _portions(page.ledger.portions))}"
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


def _portions(portions: Portions) -> Iterator[float]:
    return (one for one in (portions.ordinary, portions.stood, portions.brought_in, portions.left) if one is not None)


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ""
        shown = "".join(
            f"*{span.text}*" if span.kind == "emphasis" else f"[[{span.text}]]" if span.kind == "term" else span.text
            for span in paragraph.spans
        )
        yield from _wrapped(f"{paragraph.by}: {shown}" if paragraph.by else shown)


def _debrief(p: Playthrough) -> Iterator[tuple[str, str]]:
    """The title of each section, and the text below it."""
    for section in debrief(p):
        lines: list[str] = []
        for item in section.items:
            facts = f" ({', '.join(item.facts)})" if item.facts else ""
            if item.facts and item.detail.startswith("P"):
                lines.append(f"  - {item.detail}{facts}")  # a fact's own words stand in facts.yaml
            else:
                lines += _wrapped(f"  - {item.detail + ': ' if item.detail else ''}{item.text}{facts}", "    ")
            for change in item.changes:
                lines += _wrapped(f"    * {change.before} → {change.after}", "      ")
        yield section.title, "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
