"""What this program is made of, and under which licences: read from the licences themselves, not from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.values import frozen
from game.resources import assets_folder

if TYPE_CHECKING:
    from importlib.metadata import Distribution

OURS = "weight-of-grain"
LICENCE_FILE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|l?gpl|notice)[^/]*$")  # where a library keeps its own
_REQUIRED = re.compile(r"^([\w.-]+)[^;]*(;.*)?$")
LONGEST = 60  # characters of a licence's name: some packages give its whole text for it


@frozen
class Credit:
    """One part. `kind` is "game", "font" or "library"; `licence` a short name, and `text` the whole of it."""

    kind: str
    name: str
    licence: str
    text: str


def read_credits() -> tuple[Credit, ...]:
    """The game, its fonts, and the libraries that it runs on, each with what its own files say."""
    return (*_ours(), *_fonts(assets_folder() / "fonts"), *_libraries())


def _ours() -> Iterator[Credit]:
    """The program and the story. Its fonts' licences stand beside its own, and are read with the fonts."""
    found = _distribution(OURS)
    own = [file for file in found.files or () if file.name == "LICENSE"] if found is not None else []
    text = "\n".join(file.read_text(encoding="utf-8") for file in own)
    beside = assets_folder().parent / "LICENSE"
    if not text and beside.is_file():
        text = beside.read_text(encoding="utf-8")
    if text:
        yield Credit("game", OURS, _name_in(text), text)


def _fonts(folder: Path) -> Iterator[Credit]:
    for file in sorted(folder.glob("OFL-*.txt")):
        text = file.read_text(encoding="utf-8")
        yield Credit(
            "font", re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=LXGW)", " ", file.stem.removeprefix("OFL-")), _name_in(text), text
        )


def _libraries() -> Iterator[Credit]:
    """What the program requires to run, and what that requires, in the alphabet's order."""
    found: dict[str, Distribution] = {}
    waiting = [OURS]
    while waiting:
        one = _distribution(waiting.pop())
        if one is None or one.name in found:
            continue
        found[one.name] = one
        waiting += [name for line in one.requires or () if (name := _needed(line)) is not None]
    for name, one in sorted(found.items(), key=lambda item: item[0].casefold()):
        if name != OURS:
            yield Credit("library", f"{name} {one.version}", _licence_of(one), _texts(one))


def _needed(line: str) -> str | None:
    """The name in a requirement; None where it is one of an extra."""
    match = _REQUIRED.match(line)
    return match[1] if match and "extra" not in (match[2] or "") else None


def _distribution(name: str) -> Distribution | None:
    from importlib.metadata import PackageNotFoundError, distribution  # a page is shown without it

    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence_of(one: Distribution) -> str:
    """What a library's own description calls its licence."""
    told = one.metadata
    for field in ("License-Expression", "License"):
        short = str((told.get_all(field) or [""])[0]).strip()
        if short and len(short) <= LONGEST and "\n" not in short:
            return short
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    return ", ".join(classes) or _name_in(_texts(one))


def _texts(one: Distribution) -> str:
    files = [
        file
        for file in one.files or ()
        if LICENCE_FILE.search(file.as_posix()) and file.suffix in ("", ".txt", ".md", ".rst")
    ]
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def _name_in(text: str) -> str:
    """The name that a licence's text gives itself: as its title, or soon after a copyright line."""
    known = (("MIT", "MIT License"), ("SIL Open Font License 1.1", "SIL OPEN FONT LICENSE Version 1.1"))
    found = [(text.casefold().find(said.casefold()), name) for name, said in known]
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return min(((at, name) for at, name in found if at >= 0), default=(0, title))[1]
