"""A journal is written whole or not at all, and never over another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from game.documents.journal import illustrations
from game.documents.journal.journal_builder import JournalBuilder, free_journal_path
from game.play import Playthrough
from game.play.page import Picture


def test_writing_reports_progress_and_returns_the_size(maker: JournalBuilder, way: Playthrough, tmp_path: Path) -> None:
    """A step for each picture, from none to all, and the size of the file in bytes; its folder is made."""
    told: list[tuple[int, int]] = []
    file = tmp_path / "new" / "journal.html"
    size = maker.write(way, file, lambda done, of: told.append((done, of)))
    number = len(illustrations(way))
    assert number > 10
    assert told == [(done, number) for done in range(number + 1)]
    assert size == file.stat().st_size


def test_a_failing_painter_leaves_no_file(maker: JournalBuilder, way: Playthrough, tmp_path: Path) -> None:
    """No half a file, and what stood there before stays."""
    (tmp_path / "journal.html").write_text("before")

    def broken(pictures: Iterable[Picture]) -> Iterator[str]:
        yield "data:,"
        raise OSError(28, "no room")

    with pytest.raises(OSError, match="no room"):
        replace(maker, paint_uris=broken).write(way, tmp_path / "journal.html", lambda done, of: None)
    assert [file.name for file in tmp_path.iterdir()] == ["journal.html"]
    assert (tmp_path / "journal.html").read_text() == "before"


def test_each_journal_has_a_free_name(way: Playthrough, tmp_path: Path) -> None:
    """The story, whose door and the day; a second one of the day has a number."""
    day = date(2026, 3, 4)
    first = free_journal_path(way, day, tmp_path)
    assert first.name == "weight-of-grain-official-2026-03-04.html"
    first.touch()
    assert free_journal_path(way, day, tmp_path).name == "weight-of-grain-official-2026-03-04-2.html"
