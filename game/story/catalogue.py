"""The page behind each code: what a finding says, why it matters, an example, and how the example is mended.

Pages are files, `WG204.yaml`, that are read only where one asks for them.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.story.findings import severity
from game.story.reading import Document, read_file

AROUND = 3  # lines that are shown before and behind the one that counts


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a code.

    `place` is where the example gives it, as file:line:column. `bad` and `mended` are texts by the names of their
    files; a file that stands in one of them only is the same in both. On the disk the bad ones may be `encoded`
    otherwise, or `unreadable`, or be `without` one that every pack has. `limits` are bounds, smaller than the
    program's own, under which a small example shows what a large story would.
    """

    code: str
    title: str
    why: str
    mending: str
    place: str
    bad: Mapping[str, str]
    mended: Mapping[str, str]
    encoded: Mapping[str, str]
    unreadable: str = ""
    without: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)


def codes(folder: Path) -> list[str]:
    """Every code that has a page in a folder, in order."""
    return sorted(path.stem for path in folder.glob("WG*.yaml"))


def page(folder: Path, code: str) -> Page:
    """The page of a code. Raises LookupError where the folder has none."""
    document = read_file(folder / f"{code}.yaml", f"{code}.yaml")
    if not isinstance(document, Document) or not isinstance(document.data, dict):
        raise LookupError(f"{code} has no page that can be read")
    return Page(code, **{"bad": {}, "encoded": {}, **document.data})


def as_text(page: Page, width: int) -> str:
    """The page for a reader, in lines of at most `width` characters where the example's own are no longer."""
    paragraphs = [f"{page.code}, {_severity(page.code)}: {page.title}", page.why]
    parts = ["\n\n".join(textwrap.fill(one, width) for one in paragraphs)]
    if page.bad:
        parts.append("\n".join(_shown(page)))
    parts.append(textwrap.fill(f"Mended: {page.mending}", width))
    parts.append("\n".join(_difference(page)))
    return "\n\n".join(part for part in parts if part)


def _severity(code: str) -> str:
    return "a warning" if severity(code) == "warning" else "an error"


def _shown(page: Page) -> Iterator[str]:
    """The lines of the example around its place, numbered, with the place marked."""
    file, line, column = page.place.split(":")
    at = int(line)
    yield f"In {file}:"
    yield ""
    lines = page.bad[file].splitlines()
    first = max(1, at - AROUND)
    last = at + AROUND if at else len(lines)
    for number, text in enumerate(lines, 1):
        if first <= number <= last:
            yield f"{'>' if number == at else ' '} {number:3} | {text}"
        if number == at:
            yield f"      | {' ' * (int(column) - 1)}^"


def _difference(page: Page) -> Iterator[str]:
    """What the mended files have that the bad ones have not, - before what went and + before what came."""
    for file, text in page.mended.items():
        old, new = page.bad.get(file, "").splitlines(), text.splitlines()
        hunks = list(difflib.unified_diff(old, new, n=1, lineterm=""))[2:]
        if hunks:
            yield from (f"In {file}:", "")
            yield from ("  ..." if line.startswith("@@") else f"  {line[0]} {line[1:]}" for line in hunks[1:])
