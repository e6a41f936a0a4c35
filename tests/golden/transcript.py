"""A playthrough as a text that a person can read and a diff can compare.

`pages.txt` beside this module, the book, has every page of every golden playthrough once; a page with several texts is
in it once for each text, with numbers. The `pages.txt` in a folder lists the met pages and what is taken, a line each.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from game.lang.markup import Paragraph
from game.play import Page, Picture, Playthrough, debrief
from game.speech.utterances import Utterance

WIDTH = 100
BOOK = Path(__file__).parent / "pages.txt"
HEAD = "──── "
TAKES = " ▸ "
OUTSIDE = "(outside)"
Book = dict[str, str]  # the text under each head of the book


class Met(NamedTuple):
    """A page or a section of the debrief: its name, its text, and what is taken there ("" at the end)."""

    name: str
    text: str
    take: str = ""


def met_on(p: Playthrough) -> Iterator[Met]:
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
    lines: list[str] = []
    for number, page in enumerate(met, 1):
        lines += [f"{number:>3} {'─' * (WIDTH - 4)}", page.name, *([page.text] if page.text else [])]
        lines += ["", f"    ▸ {page.take}", ""] if page.take else []
    return "\n".join([*lines, ""])


def difference(kept: str, now: str) -> str:
    return "\n".join(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm=""))


def bound(met_by_folder: dict[Path, list[Met]]) -> Book:
    """The book of these playthroughs, by heads of a name and a number, sorted by name and first meeting."""
    texts: dict[str, dict[str, None]] = {}
    for met in met_by_folder.values():
        for page in met:
            texts.setdefault(page.name, {})[page.text] = None
    return {
        f"{name} {number}": text
        for name, versions in sorted(texts.items())
        for number, text in enumerate(versions, 1)
        if name != OUTSIDE
    }


def write(met_by_folder: dict[Path, list[Met]]) -> None:
    """Write the book, and the list of met pages in each folder."""
    book = bound(met_by_folder)
    heads = {(head.rpartition(" ")[0], text): head for head, text in book.items()}
    BOOK.write_text("\n".join(f"{HEAD}{head}\n{text}\n" for head, text in book.items()), encoding="utf-8")
    for folder, met in met_by_folder.items():
        lines = (heads.get((page.name, page.text), page.name) + TAKES * bool(page.take) + page.take for page in met)
        (folder / "pages.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def read_book() -> Book:
    """The stored book; each text ends where the next head begins."""
    parts = ("\n" + BOOK.read_text(encoding="utf-8")).split(f"\n{HEAD}")[1:]
    return {head: text.removesuffix("\n") for head, _, text in (part.partition("\n") for part in parts)}


def read_met(folder: Path, book: Book) -> Iterator[Met]:
    for line in (folder / "pages.txt").read_text(encoding="utf-8").splitlines():
        head, _, take = line.partition(TAKES)
        yield Met(head, "", take) if head == OUTSIDE else Met(head.rpartition(" ")[0], book[head], take)


def speech_block(deed: str, utterances: Iterable[Utterance]) -> str:
    """An action and the speech after it, with `zh:` before the lines of a Chinese voice."""
    return "\n".join([f"▸ {deed}", *(f"  {'zh: ' * (each.language == 'zh')}{each.text}" for each in utterances), ""])


def assert_golden(file: Path, text: str, update: bool) -> None:
    """Compare a text with a golden file, after writing it if `update` is set."""
    if update:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"if the difference is intended, write {file.parent.name} again"


def _page(page: Page, before: Picture | None) -> Iterator[str]:
    yield " · ".join(filter(None, (page.when, page.title, page.hanzi, page.place, page.role)))
    if page.picture and page.picture != before:
        params = ", ".join(f"{name} {value}" for name, value in page.picture.params.items())
        yield from _wrapped(f"[{page.picture.scene}: {params}] {page.picture.alt}")
    if page.note:
        yield from _wrapped(f"(note) {page.note}")
    for skipped in page.told:
        yield ""
        yield f"(told) {' · '.join(filter(None, (skipped.when, skipped.title)))}"
        yield from _paragraphs(skipped.paragraphs)
    if page.shows_brief:
        yield ""
        yield "(brief)"
    yield from _paragraphs(page.brief if page.shows_brief else page.paragraphs)
    if page.changes or page.ledger:
        yield ""
    if page.ledger:
        for row in page.ledger.rows:
            yield f"    {row.kind}: {row.amount:,}{f', {row.of_seed:,} of it seed' if row.of_seed else ''}"
        if portions := page.ledger.portions:
            every = (portions.ordinary, portions.stood, portions.brought_in, portions.left)
            yield f"    bowls: {' → '.join(f'{portion:.2f}' for portion in every if portion is not None)}"
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


def _debrief(p: Playthrough) -> Iterator[tuple[str, str]]:
    for section in debrief(p):
        lines: list[str] = []
        for item in section.items:
            facts = f" ({', '.join(item.facts)})" if item.facts else ""
            if item.facts and item.detail.startswith("P"):
                lines.append(f"  - {item.detail}{facts}")  # the words of a fact are in facts.yaml
            else:
                lines += _wrapped(f"  - {item.detail + ': ' if item.detail else ''}{item.text}{facts}", "    ")
            for change in item.changes:
                lines += _wrapped(f"    * {change.before} → {change.after}", "      ")
        yield section.title, "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
