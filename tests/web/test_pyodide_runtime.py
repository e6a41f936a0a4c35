"""The browser's Python is the pinned one, or one line says why it is not available."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from game.web import pyodide_runtime
from game.web.pyodide_runtime import FILES, VERSION, Package, RuntimeMissing, runtime_files

LOCK = json.dumps({"info": {"version": VERSION}, "packages": {"numpy": {"name": "numpy"}}}).encode()
CONTENT = {name: name.encode() for name in FILES} | {"pyodide-lock.json": LOCK}


def package() -> bytes:
    """A package like the registry's, with some files that the site does not need."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in {**CONTENT, "console.html": b"<p>"}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A small package in place of the pinned one."""
    content = package()
    sha512 = base64.b64encode(hashlib.sha512(content).digest()).decode()
    monkeypatch.setattr(pyodide_runtime, "PACKAGE", Package("pyodide", VERSION, sha512))
    return content


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An npm that fetches `package()`; gives its commands."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        folder = Path(command[command.index("--pack-destination") + 1])
        (folder / "pyodide.tgz").write_bytes(package())
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_it_is_fetched_once_and_kept(pinned: bytes, npm: list[list[str]], tmp_path: Path) -> None:
    """The files for a site, with a lock that lists no packages; the second site sends no request."""
    for _ in range(2):
        files = runtime_files(tmp_path / "cache")
        assert set(files) == set(FILES)
        assert files["pyodide.mjs"] == CONTENT["pyodide.mjs"]
        assert json.loads(files["pyodide-lock.json"]) == {"info": {"version": VERSION}, "packages": {}}
    assert len(npm) == 1
    assert f"pyodide@{VERSION}" in npm[0]


def test_another_package_is_refused(npm: list[list[str]], tmp_path: Path) -> None:
    """One with another hash is neither used nor kept."""
    with pytest.raises(RuntimeMissing, match="its hash is another one"):
        runtime_files(tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_damaged_copy_is_fetched_again(pinned: bytes, npm: list[list[str]], tmp_path: Path) -> None:
    """So that a power cut during the first fetch does not break every later site."""
    (tmp_path / f"pyodide-{VERSION}.tgz").write_bytes(pinned[:100])
    assert set(runtime_files(tmp_path)) == set(FILES)
    assert len(npm) == 1


def test_without_npm_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(RuntimeMissing, match="npm, which is not installed; install npm, or write --pyodide"):
        runtime_files(tmp_path)


def test_without_a_network_npm_s_last_line_is_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "npm error code ENOTFOUND\nnpm error network down\n")

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(RuntimeMissing, match=r"network down; install npm, or write --pyodide"):
        runtime_files(tmp_path)


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    for name, content in CONTENT.items():
        (tmp_path / name).write_bytes(content)
    assert set(runtime_files(tmp_path / "cache", tmp_path)) == set(FILES)
    (tmp_path / "package.json").write_text(json.dumps({"version": "0.20.0"}), encoding="utf-8")
    with pytest.raises(RuntimeMissing, match=rf"Pyodide 0\.20\.0; this program takes {VERSION}"):
        runtime_files(tmp_path / "cache", tmp_path)
    (tmp_path / "package.json").write_text("{", encoding="utf-8")
    with pytest.raises(RuntimeMissing, match="is damaged"):
        runtime_files(tmp_path / "cache", tmp_path)
    (tmp_path / "pyodide.asm.wasm").unlink()
    with pytest.raises(RuntimeMissing, match=r"has no pyodide\.asm\.wasm"):
        runtime_files(tmp_path / "cache", tmp_path)
