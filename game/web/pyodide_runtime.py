"""The Python of a browser: Pyodide's files, from a folder or from the npm registry, pinned by version and hash."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from game.core.files import write_atomic

VERSION = "314.0.7"  # of the npm package `pyodide`; its Python is 3.14.2
SHA512 = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
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
    package = cache / f"pyodide-{VERSION}.tgz"
    if not package.is_file() or not _is_pinned(package.read_bytes()):
        _fetch(package)
    try:
        with tarfile.open(package) as archive:
            members = {name: archive.extractfile(f"package/{name}") for name in FILES}
            return _trimmed({name: member.read() for name, member in members.items() if member is not None})
    except (OSError, KeyError, tarfile.TarError) as error:
        raise RuntimeMissing(f"{package} cannot be read: {error}") from error


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


def _fetch(package: Path) -> None:
    """Have npm fetch the package, check its hash, and keep it. Raises RuntimeMissing."""
    npm = shutil.which("npm")
    hint = f"or write --pyodide and a folder with the unpacked npm package pyodide@{VERSION}"
    if npm is None:
        raise RuntimeMissing(f"a site needs the Python of a browser, which npm fetches: install npm, {hint}")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"pyodide@{VERSION}", "--silent", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        fetched = list(Path(folder).glob("*.tgz"))
        if done.returncode or not fetched:
            last = (done.stderr.strip().splitlines() or ["it gave no file"])[-1]
            raise RuntimeMissing(f"npm could not fetch pyodide@{VERSION} ({last}); try again, {hint}")
        content = fetched[0].read_bytes()
    if not _is_pinned(content):
        raise RuntimeMissing(f"what npm fetched as pyodide@{VERSION} is not that package: its hash is another one")
    package.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(package, content)


def _is_pinned(content: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(content).digest()).decode() == SHA512
