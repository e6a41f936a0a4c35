"""The Python of a browser: Pyodide's files, from a folder or from the npm registry, pinned by version and hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from game.web.npm_package import Package, PackageMissing, package_files

VERSION = "314.0.7"  # of the npm package; its Python is 3.14.2
SHA512 = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
PACKAGE = Package("pyodide", VERSION, SHA512)
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
LICENCE = "Mozilla Public License 2.0"
SOURCE = "https://github.com/pyodide/pyodide"


class RuntimeMissing(Exception):
    """The runtime cannot be had; the message says why, and what to do."""


def runtime_files(cache: Path, given: Path | None = None) -> Mapping[str, bytes]:
    """The files of the runtime, by name.

    Args:
        cache: where the package is kept once it is fetched.
        given: a folder that has the files already.

    Raises:
        RuntimeMissing: they cannot be had, or are of another version.
    """
    if given is not None:
        return _from_folder(given)
    try:
        return _trimmed(package_files(PACKAGE, cache, FILES))
    except PackageMissing as error:
        hint = f"install npm, or write --pyodide and a folder with {PACKAGE} unpacked"
        raise RuntimeMissing(f"a site needs the Python of a browser: {error}; {hint}") from error


def _from_folder(folder: Path) -> Mapping[str, bytes]:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise RuntimeMissing(f"{folder} has no {', '.join(missing)}; it is to hold the npm package pyodide@{VERSION}")
    package = folder / "package.json"
    try:
        version = json.loads(package.read_text(encoding="utf-8"))["version"] if package.is_file() else VERSION
    except (ValueError, LookupError, TypeError) as error:
        raise RuntimeMissing(f"{package} is damaged") from error
    if version != VERSION:
        raise RuntimeMissing(f"{folder} has Pyodide {version}; this program takes {VERSION}")
    return _trimmed({name: (folder / name).read_bytes() for name in FILES})


def _trimmed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files with a lock that lists no packages: 119 kB of which nothing is ever loaded."""
    try:
        lock = json.loads(files["pyodide-lock.json"])
        return {**files, "pyodide-lock.json": json.dumps({**lock, "packages": {}}).encode()}
    except (ValueError, LookupError, TypeError) as error:
        raise RuntimeMissing("the runtime's pyodide-lock.json is damaged") from error
