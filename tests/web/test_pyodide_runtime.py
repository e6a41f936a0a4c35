"""The browser's Python is the pinned one, or one line says why it is not available."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from game.web import pyodide_runtime
from game.web.pyodide_runtime import FILES, VERSION, Package, RuntimeMissing, runtime_files

LOCK = json.dumps({"info": {"version": VERSION}, "packages": {"numpy": {"name": "numpy"}}}).encode()
CONTENT = {name: name.encode() for name in FILES} | {"pyodide-lock.json": LOCK}


@cache  # its bytes depend on the time
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
    content = package()
    sha512 = base64.b64encode(hashlib.sha512(content).digest()).decode()
    monkeypatch.setattr(pyodide_runtime, "PACKAGE", Package("pyodide", VERSION, sha512))
    return content


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A registry that has `package()`; gives the paths that it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", str(len(package())))
            self.end_headers()
            self.wfile.write(package())

        def log_message(self, format: str, *args: Any) -> None:
            """Writes nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(pyodide_runtime, "REGISTRY", f"http://127.0.0.1:{server.server_address[1]}")
        yield asked
        server.shutdown()


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyodide_runtime, "REGISTRY", "http://127.0.0.1:9")


def npm(monkeypatch: pytest.MonkeyPatch, content: bytes | None, said: str = "") -> None:
    """An npm that fetches `content`, or fails."""

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        if content is not None:
            folder = Path(command[command.index("--pack-destination") + 1])
            (folder / "pyodide.tgz").write_bytes(content)
        return subprocess.CompletedProcess(command, int(content is None), "", said)

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", run)


def test_it_is_fetched_once_and_kept(pinned: bytes, registry: list[str], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for _ in range(2):
        files = runtime_files(tmp_path / "cache", tell=lambda done, of: told.append((done, of)))
        assert set(files) == set(FILES)
        assert files["pyodide.mjs"] == CONTENT["pyodide.mjs"]
        assert json.loads(files["pyodide-lock.json"]) == {"info": {"version": VERSION}, "packages": {}}
    assert registry == [f"/pyodide/-/pyodide-{VERSION}.tgz"]
    assert told[-1] == (len(pinned), len(pinned))


def test_another_package_is_refused(registry: list[str], tmp_path: Path) -> None:
    with pytest.raises(RuntimeMissing, match="its hash is another one"):
        runtime_files(tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_damaged_copy_is_fetched_again(pinned: bytes, registry: list[str], tmp_path: Path) -> None:
    """So that a power cut during the first fetch does not break every later site."""
    (tmp_path / f"pyodide-{VERSION}.tgz").write_bytes(pinned[:100])
    assert set(runtime_files(tmp_path)) == set(FILES)
    assert len(registry) == 1


@pytest.mark.usefixtures("unreachable")
def test_npm_may_know_another_way(pinned: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    npm(monkeypatch, pinned)
    assert set(runtime_files(tmp_path)) == set(FILES)


@pytest.mark.usefixtures("unreachable")
def test_without_a_network_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(
        RuntimeMissing, match=r"cannot be reached: .* on another computer, unpack it, and write --pyodide"
    ):
        runtime_files(tmp_path)
    npm(monkeypatch, None, "npm error code ENOTFOUND\nnpm error network down\n")
    with pytest.raises(RuntimeMissing, match=r"network down\. If this goes on, fetch http"):
        runtime_files(tmp_path)


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    for name, content in CONTENT.items():
        (tmp_path / name).write_bytes(content)
    assert set(runtime_files(tmp_path / "cache", tmp_path)) == set(FILES)
    for about, said in (
        ('{"version": "0.20.0"}', rf"Pyodide 0\.20\.0; this program takes {VERSION}"),
        ("{", "is damaged"),
    ):
        (tmp_path / "package.json").write_text(about, encoding="utf-8")
        with pytest.raises(RuntimeMissing, match=said):
            runtime_files(tmp_path / "cache", tmp_path)
    (tmp_path / "pyodide.asm.wasm").unlink()
    with pytest.raises(RuntimeMissing, match=r"has no pyodide\.asm\.wasm"):
        runtime_files(tmp_path / "cache", tmp_path)
