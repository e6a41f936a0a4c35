"""Files are written atomically, with the mode that any other program would give them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.core.files import write_atomic

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def test_a_new_file_has_the_mode_of_the_umask(tmp_path: Path) -> None:
    """On a shared drive the new file is shared: its mode is that of a plainly written file."""
    plain, whole = tmp_path / "plain", tmp_path / "whole"
    plain.write_text("grain")
    write_atomic(whole, "grain")
    assert whole.stat().st_mode == plain.stat().st_mode


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.yaml"
    path.write_text("old")
    path.chmod(0o640)
    write_atomic(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
