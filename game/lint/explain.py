"""The pages of `explain`. Each says what findings with one code mean and why they matter, and corrects an example."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from game.core.findings import severity
from game.yamlio.reader import Document, read_file

AROUND = 3  # lines that are shown before and after the marked one


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example of a mistake at `place` (file:line:column), and its correction, which `mending` describes.

    `bad` and `mended` have the files' contents before and after. A file that only one of them has does not change.
    """

    title: str
    mending: str
    place: str
    bad: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage(Example):
    """The page that explains a code, with an example.

    `encoded` has the encodings of bad files that are not UTF-8. `unreadable` is a bad file that cannot be read,
    `without` a file that every pack has and this example lacks. `limits` are smaller than the program's limits, so that
    a small example shows what happens in a large story. `more` has quite different mistakes with the same code.
    """

    code: str
    why: str
    encoded: Mapping[str, str] = field(default_factory=dict)
    unreadable: str = ""
    without: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)
    more: Sequence[Example] = ()


def codes(folder: Path) -> list[str]:
    """Return the codes that have a page in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("WG*.yaml"))


def explain_page(folder: Path, code: str) -> ExplainPage:
    """Read the page of a code. Raises LookupError if the folder has no such page."""
    document = read_file(folder / f"{code}.yaml", f"{code}.yaml")
    if not isinstance(document, Document) or not isinstance(document.data, dict):
        raise LookupError(f"{code} has no page that can be read")
    data = {**document.data, "more": [Example(**example) for example in document.data.get("more", ())]}
    return ExplainPage(code=code, **data)


def as_text(page: ExplainPage, width: int) -> str:
    """Return the page as text, wrapped to `width` characters. The example's lines are not wrapped."""
    kind = "a warning" if severity(page.code) == "warning" else "an error"
    parts = [f"{page.code}, {kind}: {page.title}", page.why]
    filled = [textwrap.fill(paragraph, width) for paragraph in parts]
    for example in (page, *page.more):
        if example is not page:
            filled.append(textwrap.fill(f"The same code: {example.title}", width))
        around = AROUND if example is page else 1
        filled.append("\n".join(_shown(example, around)) if example.bad else "")
        filled.append(textwrap.fill(f"Mended: {example.mending}", width))
        filled.append("\n".join(_difference(example)))
    return "\n\n".join(part for part in filled if part)


def _shown(page: Example, around: int) -> Iterator[str]:
    """Yield the example's lines, numbered, from `around` lines before its place to as many after it; mark the place."""
    file, line, column = page.place.split(":")
    at = int(line)
    yield from (f"In {file}:", "")
    lines = page.bad[file].splitlines()
    first = max(1, at - around)
    last = at + around if at else len(lines)
    for number, text in enumerate(lines, 1):
        if first <= number <= last:
            yield f"{'>' if number == at else ' '} {number:3} | {text}"
        if number == at:
            yield f"      | {' ' * (int(column) - 1)}^"


def _difference(page: Example) -> Iterator[str]:
    """Yield the difference between the bad and the corrected files, as lines that begin with - or +."""
    for file, text in page.mended.items():
        old, new = page.bad.get(file, "").splitlines(), text.splitlines()
        hunks = list(difflib.unified_diff(old, new, n=1, lineterm=""))[2:]
        if hunks:
            yield from (f"In {file}:", "")
            yield from ("  ..." if line.startswith("@@") else f"  {line[0]} {line[1:]}" for line in hunks[1:])
