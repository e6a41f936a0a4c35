"""The instance lock: one process at a time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from game.core import instance_lock
from game.core.instance_lock import AlreadyRunning, hold_lock

HOLDER = (
    "import sys\nfrom pathlib import Path\nfrom game.core.instance_lock import hold_lock\n"
    "with hold_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
)


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None and process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_second_holder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kiosk.lock"
    with hold_lock(path), pytest.raises(AlreadyRunning), hold_lock(path):
        raise AssertionError("two at once")
    assert not path.exists()
    with hold_lock(path):
        pass


def test_killed_process_holds_nothing(tmp_path: Path) -> None:
    """A lock ends with its process, and a file left by a crash is not a lock."""
    path = tmp_path / "kiosk.lock"
    with holder(path) as process:
        with pytest.raises(AlreadyRunning), hold_lock(path):
            raise AssertionError("two at once")
        process.kill()
        process.wait(30)
        assert path.exists()
        with hold_lock(path):
            pass


def test_file_that_its_holder_removed_meanwhile_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process opens the file, the holder removes it, and only then is it locked: a later process would lock another
    file."""
    path, lock = tmp_path / "kiosk.lock", instance_lock._lock

    def removed_first(file: int) -> bool:
        monkeypatch.setattr(instance_lock, "_lock", lock)
        path.unlink()
        return lock(file)

    monkeypatch.setattr(instance_lock, "_lock", removed_first)
    with hold_lock(path), pytest.raises(AlreadyRunning), hold_lock(path):
        raise AssertionError("two at once")


def test_locks_of_two_folders_are_independent(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "one" / "kiosk.lock"), hold_lock(tmp_path / "two" / "kiosk.lock"):
        pass


def test_lock_that_cannot_be_made_raises_oserror(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError), hold_lock(tmp_path / "file" / "kiosk.lock"):
        pass
