"""Other programs that a user could choose instead; the benchmark installs them and keeps them for its next run."""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

BINK, INKJS = "bink==0.7.1", "inkjs@2.4.0"


class Missing(Exception):
    """A rival that is not available here, and the reason."""


def folder() -> Path:
    return Path(platformdirs.user_cache_dir("weight-of-grain-benchmarks", appauthor=False))


def python_with_bink(say: Callable[[str], None]) -> Path:
    """The interpreter of an environment that has bink, ink's runtime in Rust. Raises Missing."""
    home = folder() / BINK.replace("==", "-")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (home / "whole").exists():
        say(f"installing {BINK} from PyPI into {home}")
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        _run([str(python), "-m", "pip", "install", "--quiet", BINK])
        (home / "whole").touch()
    return python


def node_with_inkjs(say: Callable[[str], None]) -> tuple[str, Path]:
    """Node, and the folder of modules that holds inkjs with its compiler. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("node and npm are needed for inkjs")
    home = folder() / INKJS.replace("@", "-")
    if not (home / "whole").exists():
        say(f"installing {INKJS} from npm into {home}")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        _run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), INKJS])
        (home / "whole").touch()
    return node, home / "node_modules"


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise Missing(f"{' '.join(command)} failed: {said.strip().splitlines()[-1]}") from error
