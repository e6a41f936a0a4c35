"""The instance lock: one kiosk on a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.kiosk.supervisor.instance_lock import AlreadyRunning, hold_lock


def test_second_holder_is_refused(tmp_path: Path) -> None:
    """While somebody holds the lock nobody else has it; afterwards it can be had again."""
    path = tmp_path / "new" / "kiosk.lock"
    with hold_lock(path), pytest.raises(AlreadyRunning), hold_lock(path):
        raise AssertionError("two at once")
    with hold_lock(path):
        pass


def test_locks_of_two_folders_are_independent(tmp_path: Path) -> None:
    """Kiosks with folders of their own do not hinder each other."""
    with hold_lock(tmp_path / "one" / "kiosk.lock"), hold_lock(tmp_path / "two" / "kiosk.lock"):
        pass


def test_lock_that_cannot_be_made_raises_oserror(tmp_path: Path) -> None:
    """Where no lock can be made, that is not taken for a second kiosk."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError), hold_lock(tmp_path / "file" / "kiosk.lock"):
        pass
