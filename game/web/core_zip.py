"""The zip that a worker unpacks: the core's modules, the interface's catalogues, and the site's data."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from game.web.core_modules import PACKAGE, core_modules

TIME = (1980, 1, 1, 0, 0, 0)  # of every file: the same content is the same zip, whoever makes it, whenever
DATA = "site"  # the folder of the data in it


def core_zip(data: Mapping[str, str], locale: Path, languages: Iterable[str]) -> bytes:
    """The zip.

    Args:
        data: the site's data, by file name.
        locale: the folder of the interface's catalogues.
        languages: those whose catalogues are taken; English always is.
    """
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
