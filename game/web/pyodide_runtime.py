"""Pyodide runtime: the files of Python for a browser, from a folder or the npm registry, pinned by version and hash."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen

VERSION = "314.0.7"  # of the npm package; its Python is 3.14.2
SHA512 = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
LICENCE = "Mozilla Public License 2.0"
SOURCE = "https://github.com/pyodide/pyodide"
REGISTRY = "https://registry.npmjs.org"
BLOCK = 200_000  # bytes that are read at a time
TIMEOUT = 60.0  # seconds without a byte, after which a server is given up
Tell = Callable[[int, int], None]  # gets how many bytes are fetched, and how many there are


class RuntimeMissing(Exception):
    """Raised if the runtime is not available. The message says why, and what to do."""


def runtime_files(cache: Path, given: Path | None = None, tell: Tell = lambda done, of: None) -> Mapping[str, bytes]:
    """Return the files of the runtime, by name: from the folder `given`, or from npm's package, kept in `cache`. Raises
    RuntimeMissing if the files are not available, or have another version."""
    if given is not None:
        return _from_folder(given)
    try:
        return _trimmed(package_files(PACKAGE, cache, FILES, tell))
    except PackageMissing as error:
        hint = f"fetch {PACKAGE.address} on another computer, unpack it, and write --pyodide and its folder"
        raise RuntimeMissing(f"a site needs the Python of a browser, and {error}. If this goes on, {hint}") from error


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
    """Return the files with a lock file that lists no packages: the list has 119 kB, and the program loads none."""
    try:
        lock = json.loads(files["pyodide-lock.json"])
        return {**files, "pyodide-lock.json": json.dumps({**lock, "packages": {}}).encode()}
    except (ValueError, LookupError, TypeError) as error:
        raise RuntimeMissing("the runtime's pyodide-lock.json is damaged") from error


class PackageMissing(Exception):
    """Raised if a package is not available. The message says why."""


@frozen
class Package:
    """A package in the npm registry."""

    name: str
    version: str
    sha512: str  # of its archive, in base 64

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def address(self) -> str:
        return f"{REGISTRY}/{self.name}/-/{self.name}-{self.version}.tgz"


PACKAGE = Package("pyodide", VERSION, SHA512)


def package_files(
    package: Package, cache: Path, names: Collection[str], tell: Tell = lambda done, of: None
) -> Mapping[str, bytes]:
    """Return the files `names` of a package, by name. The folder `cache` keeps the archive after the download. Raises
    PackageMissing if the package is not available, or its hash differs."""
    archive = cache / f"{package.name}-{package.version}.tgz"
    if not archive.is_file() or not _is_pinned(package, archive.read_bytes()):
        _fetch(package, archive, tell)
    try:
        with tarfile.open(archive) as opened:
            members = {name: opened.extractfile(f"package/{name}") for name in names}
            return {name: member.read() for name, member in members.items() if member is not None}
    except (OSError, KeyError, tarfile.TarError) as error:
        raise PackageMissing(f"{archive} cannot be read: {error}") from error


def _fetch(package: Package, archive: Path, tell: Tell) -> None:
    """Download a package, check its hash, and keep it. If the registry cannot be reached, try the program npm, which
    can be set up to use a proxy or a mirror. Raises PackageMissing if that fails."""
    try:
        content = _downloaded(package.address, tell)
    except OSError as error:
        content = _by_npm(package, error)
    if not _is_pinned(package, content):
        raise PackageMissing(f"what was fetched as {package} is not that package: its hash is another one")
    archive.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(archive, content)


def _downloaded(address: str, tell: Tell) -> bytes:
    parts = list[bytes]()
    with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:
        size, done = int(answer.headers.get("Content-Length") or 0), 0
        while part := answer.read(BLOCK):
            parts.append(part)
            done += len(part)
            tell(done, size)
    return b"".join(parts)


def _by_npm(package: Package, error: OSError) -> bytes:
    """Return the archive, downloaded by npm. Raises PackageMissing from `error`, the error of the direct download."""
    npm = shutil.which("npm")
    if npm is None:
        raise PackageMissing(f"{package.address} cannot be reached: {getattr(error, 'reason', error)}") from error
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", str(package), "--silent", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        fetched = list(Path(folder).glob("*.tgz"))
        if done.returncode or not fetched:
            last = (done.stderr.strip().splitlines() or ["it gave no file"])[-1]
            raise PackageMissing(f"npm could not fetch {package}: {last}") from error
        return fetched[0].read_bytes()


def _is_pinned(package: Package, content: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(content).digest()).decode() == package.sha512
