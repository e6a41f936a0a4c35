"""The licences of the game, its fonts and its libraries, read from their own files and package metadata."""

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
LICENCE_FILE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|l?gpl|notice)[^/]*$")  # a library's file with its licence
_REQUIRED = re.compile(r"^([\w.-]+)[^;]*(;.*)?$")
LONGEST = 60  # characters of a licence's name: some packages give the whole licence as its name


@frozen
class Credit:
    """The licence of `name`: the game, a font or a library (`kind`). `licence` is the licence's short name."""

    kind: str
    name: str
    licence: str
    text: str


def read_credits() -> tuple[Credit, ...]:
    """Return the credits of the game, its fonts, and the libraries that it requires to run."""
    return (*_ours(), *_fonts(assets_folder() / "fonts"), *_libraries())


def _ours() -> Iterator[Credit]:
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
    """Yield the credits of the libraries that the program needs, but not of optional ones, in alphabetical order."""
    found: dict[str, Distribution] = {}
    waiting = [OURS]
    while waiting:
        one = _distribution(waiting.pop())
        if one is None or one.name in found:
            continue
        found[one.name] = one
        waiting += [name for line in one.requires or () if (name := _required(line)) is not None]
    for name, one in sorted(found.items(), key=lambda item: item[0].casefold()):
        if name != OURS:
            yield Credit("library", f"{name} {one.version}", _licence_of(one), _texts(one))


def _required(line: str) -> str | None:
    """Return the name of the package in a line of requirements; None if only an optional extra needs the package."""
    match = _REQUIRED.match(line)
    return match[1] if match and "extra" not in (match[2] or "") else None


def _distribution(name: str) -> Distribution | None:
    from importlib.metadata import PackageNotFoundError, distribution  # slow to import; only the credits need it

    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence_of(one: Distribution) -> str:
    """Return the name of a library's licence: a short name in the metadata, else the name in its licence files."""
    metadata = one.metadata
    for field in ("License-Expression", "License"):
        short = str((metadata.get_all(field) or [""])[0]).strip()
        if short and len(short) <= LONGEST and "\n" not in short:
            return short
    lines = metadata.get_all("Classifier") or ()
    classes = [line.rpartition(" :: ")[2] for line in lines if line.startswith("License ::")]
    return ", ".join(classes) or _name_in(_texts(one))


def _texts(one: Distribution) -> str:
    files = [
        file
        for file in one.files or ()
        if LICENCE_FILE.search(file.as_posix()) and file.suffix in ("", ".txt", ".md", ".rst")
    ]
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def _name_in(text: str) -> str:
    """Return the name of a licence from its text: a known name, or the text's first line."""
    known = (("MIT", "MIT License"), ("SIL Open Font License 1.1", "SIL OPEN FONT LICENSE Version 1.1"))
    found = [(text.casefold().find(said.casefold()), name) for name, said in known]
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return min(((at, name) for at, name in found if at >= 0), default=(0, title))[1]
