"""Whole visits during disk trouble: no visitor is turned away, and no count is lost needlessly."""

from __future__ import annotations

import os
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from game.kiosk.counts.counts_db import counts_file, read_counts
from game.kiosk.counts.visit_counts import RETRY, VisitCounts
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import FEWEST_OTHERS
from tests.kiosk.kiosk_driver import KioskDriver

NOBODY = 65534  # a user without files
Trouble = Callable[[Path], AbstractContextManager[object]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user can read, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def full(file: Path) -> Iterator[None]:
    """No file may grow; existing content can be overwritten."""
    resource = pytest.importorskip("resource", reason="Windows has no limit of a file's size")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Nothing in the folder can be written; root acts as an unprivileged user."""
    if os.name == "nt":
        pytest.skip("needs rights as Unix has them")
    parts = [file.parent, *file.parent.iterdir()]
    modes = [part.stat().st_mode for part in parts]
    for part in parts:
        part.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for part, mode in zip(parts, modes, strict=True):
            part.chmod(mode)


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program's write never ends."""
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")
    other.close()


@contextmanager
def away(file: Path) -> Iterator[None]:
    """The folder is gone, like a removed disk, and comes back with its content."""
    file.parent.rename(f"{file.parent}-away")
    file.parent.write_text("a mount point that is no folder")
    yield
    file.parent.unlink()
    Path(f"{file.parent}-away").rename(file.parent)


class Museum:
    """A kiosk that counts in a real file, and visitors in turn."""

    def __init__(self, story: Story, words: Catalogue, folder: Path) -> None:
        self.file, self.logged = counts_file(folder / "data", story.pack), list[str]()
        self._story, self._words = story, words
        self.open()

    def open(self) -> None:
        """Start the game; it may not know earlier visitors."""
        self.visitors = 0
        self.clock: Callable[[], float] = lambda: 0.0
        self.counts = VisitCounts(self.file, lambda: self.clock(), "mill-lane", self.logged.append)
        self.kiosk = KioskDriver(self._story, self._words, counts=self.counts)
        self.clock = lambda: self.kiosk.now

    def visitor(self) -> None:
        self.visitors += 1
        self.kiosk.press("come-in", "enter:miller/kiosk")
        self.kiosk.read_to_the_card()
        others = self.kiosk.app.visit.others if self.kiosk.app.visit is not None else None
        assert others is not None
        assert {sum(taken.values()) for taken in others.values()} == {self.visitors - 1}, "how others chose is known"
        self.kiosk.press("visit-over", "visit-anew")
        assert self.kiosk.where == "attract"

    def kept(self) -> dict[str, int]:
        return {f"{row.kind} {row.key}": row.n for row in read_counts(self.file).rows if row.kind in ("visits", "role")}


@pytest.mark.parametrize("trouble", [full, held, away])
def test_visits_go_on_and_nothing_is_lost(trouble: Trouble, mill: Story, words: Catalogue, folder: Path) -> None:
    museum = Museum(mill, words, folder)
    museum.visitor()
    with trouble(museum.file):
        if trouble is away:
            museum.visitors = 0  # missing counts cannot be read
        museum.visitor()
        museum.kiosk.wait(2 * RETRY)
        museum.visitor()
        assert museum.counts.trouble and "counting goes on in memory" in museum.logged[0]
    museum.kiosk.wait(RETRY + 1)
    assert museum.counts.trouble == "" and museum.logged[-1] == f"{museum.file} is written again"
    assert museum.kept() == {"visits en": 3, "role miller": 3}


@pytest.mark.parametrize("trouble", [full, read_only, away])
def test_kiosk_starts_while_the_disk_has_trouble(trouble: Trouble, mill: Story, words: Catalogue, folder: Path) -> None:
    museum = Museum(mill, words, folder)
    museum.visitor()
    museum.counts.close()
    with trouble(museum.file):
        museum.open()
        museum.visitor()
        assert museum.counts.trouble
    museum.kiosk.wait(RETRY + 1)
    assert museum.counts.trouble == ""
    assert museum.kept() == {"visits en": 2, "role miller": 2}


def test_file_damaged_during_a_visit_is_set_aside(mill: Story, words: Catalogue, folder: Path) -> None:
    museum = Museum(mill, words, folder)
    for _ in range(FEWEST_OTHERS):
        museum.visitor()
    museum.kiosk.press("come-in", "enter:miller/kiosk")
    spoiled = bytearray(museum.file.read_bytes())
    spoiled[4096:] = b"\xa5" * (len(spoiled) - 4096)
    museum.file.write_bytes(spoiled)
    museum.file.with_name(f"{museum.file.name}-wal").write_bytes(b"\xa5" * 5000)
    museum.counts._db.execute("PRAGMA shrink_memory")  # type: ignore[union-attr]  # what it has read is read again
    museum.kiosk.press("stop", "yes", "visit-card", "visit-over", "visit-anew")
    assert museum.kiosk.where == "attract"
    museum.visitors = 0
    museum.visitor()
    assert museum.counts.trouble == "" and len(museum.counts.set_aside) == 1
    assert bytes(spoiled[4096:8192]) in museum.counts.set_aside[0].read_bytes()
    assert museum.kept()["role miller"] == 1
    assert [line for line in museum.logged if "put aside as mill-lane.counts.damaged-1" in line] == museum.logged
