"""Packages of the npm registry: fetched by npm, held to their pinned hash, and kept."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen


class PackageMissing(Exception):
    """A package cannot be had; the message says why."""


@frozen
class Package:
    """A package by its name and version; `sha512` is the hash of its archive, in base 64."""

    name: str
    version: str
    sha512: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


def package_files(package: Package, cache: Path, names: Collection[str]) -> Mapping[str, bytes]:
    """Files of a package, by their names in it.

    Args:
        package: which one.
        cache: where its archive is kept once it is fetched.
        names: the files that are wanted.

    Raises:
        PackageMissing: it cannot be had, or is another one than was pinned.
    """
    archive = cache / f"{package.name}-{package.version}.tgz"
    if not archive.is_file() or not _is_pinned(package, archive.read_bytes()):
        _fetch(package, archive)
    try:
        with tarfile.open(archive) as opened:
            members = {name: opened.extractfile(f"package/{name}") for name in names}
            return {name: member.read() for name, member in members.items() if member is not None}
    except (OSError, KeyError, tarfile.TarError) as error:
        raise PackageMissing(f"{archive} cannot be read: {error}") from error


def _fetch(package: Package, archive: Path) -> None:
    """Have npm fetch a package, check its hash, and keep it. Raises PackageMissing."""
    npm = shutil.which("npm")
    if npm is None:
        raise PackageMissing(f"{package} is fetched by npm, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", str(package), "--silent", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        fetched = list(Path(folder).glob("*.tgz"))
        if done.returncode or not fetched:
            last = (done.stderr.strip().splitlines() or ["it gave no file"])[-1]
            raise PackageMissing(f"npm could not fetch {package}: {last}")
        content = fetched[0].read_bytes()
    if not _is_pinned(package, content):
        raise PackageMissing(f"what npm fetched as {package} is not that package: its hash is another one")
    archive.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(archive, content)


def _is_pinned(package: Package, content: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(content).digest()).decode() == package.sha512
