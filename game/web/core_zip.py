"""Core zip: the files that a browser's worker unpacks: the core's modules, catalogues, and the site's data.

The worker has no pygame, no PyYAML, no pydantic, and not all of the standard library. The zip has what modules import
at their top. Imports inside functions keep the start of the desktop fast, and are not followed; if a browser needs such
a module, ROOTS lists it.
"""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import game

TIME = (1980, 1, 1, 0, 0, 0)  # of every file: the same content gives the same zip at any time
DATA = "site"  # the folder of the data in the zip


def core_zip(data: Mapping[str, str], locale: Path, languages: Iterable[str]) -> bytes:
    """Return the zip. `data` maps file names to texts; `locale` is the catalogues' folder. English is always added."""
    files = {path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes() for path in core_modules().values()}
    for language in {"en", *languages}:
        name = f"{language}/LC_MESSAGES/game.mo"
        if (locale / name).is_file():
            files[f"game/_data/assets/locale/{name}"] = (locale / name).read_bytes()
    for name in ("journal.css", "card.css"):
        files[f"game/_data/assets/journal/{name}"] = (locale.parent / "journal" / name).read_bytes()
    files |= {f"{DATA}/{name}": text.encode() for name, text in data.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, TIME), content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return stream.getvalue()


PACKAGE = Path(game.__file__).parent
ROOTS = ("game.web.worker", "game.web.web_journal")  # the first imports the second when it needs it


def core_modules() -> dict[str, Path]:
    """Return the files to pack, by the module's dotted name: the modules in ROOTS, and all modules of the program that
    these import at their top, directly or through others."""
    found: dict[str, Path] = {}
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name in found or (file := _file_of(name)) is None:
            continue
        found[name] = file
        if "." in name:
            waiting.append(name.rpartition(".")[0])
        waiting += _imported(ast.parse(file.read_text(encoding="utf-8")).body)
    return dict(sorted(found.items()))


def _imported(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the modules that statements at a module's top import. For `from a import b`, yield both `a` and `a.b`."""
    for statement in statements:
        match statement:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=orelse):
                yield from _imported(orelse)
            case ast.If(body=body, orelse=orelse) | ast.Try(body=body, orelse=orelse):
                yield from _imported([*body, *orelse])


def _file_of(name: str) -> Path | None:
    package, *parts = name.split(".")
    if package != PACKAGE.name:
        return None
    path = PACKAGE.joinpath(*parts)
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file if file.is_file() else None
