"""A change of a story's files is reported once, when they have settled."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest

from game.story.pack_files import yaml_files
from game.yamlio.file_watcher import INTERVAL, FileWatcher
from tests.clock import Clock
from tests.story.packs import CHAPTER, STANDARD, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, STANDARD)


@pytest.fixture
def changes(folder: Path) -> Callable[[int], list[bool]]:
    """Whether the folder has changed, asked so many times, an interval apart."""
    clock = Clock()
    watch = FileWatcher(partial(yaml_files, folder), clock)

    def changed() -> bool:
        clock.now += INTERVAL
        return watch.changed()

    return lambda count: [changed() for _ in range(count)]


def test_no_change_is_reported_without_one(folder: Path, changes: Callable[[int], list[bool]]) -> None:
    assert changes(3) == [False] * 3
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / ".chapter.yaml.swp.yaml").write_text("x", encoding="utf-8")
    assert changes(3) == [False] * 3


def test_a_change_is_reported_once_it_has_settled(folder: Path, changes: Callable[[int], list[bool]]) -> None:
    (folder / "chapter.yaml").write_text(CHAPTER + "# more\n", encoding="utf-8")
    assert changes(4) == [False, True, False, False]


def test_a_file_that_is_still_written_is_waited_for(folder: Path, changes: Callable[[int], list[bool]]) -> None:
    for size in (10, 20, 30):
        (folder / "chapter.yaml").write_text(CHAPTER[:size], encoding="utf-8")
        assert changes(1) == [False]
    assert changes(2) == [True, False]


def test_new_and_removed_files_and_equal_sizes_are_changes(folder: Path, changes: Callable[[int], list[bool]]) -> None:
    (folder / "more.yaml").write_text("x", encoding="utf-8")
    assert changes(2) == [False, True]
    (folder / "more.yaml").unlink()
    assert changes(2) == [False, True]
    os.utime(folder / "chapter.yaml", ns=(1, 1))
    assert changes(2) == [False, True]


def test_files_are_polled_no_more_than_once_an_interval() -> None:
    files, clock = Mock(return_value=[]), Clock()
    watch = FileWatcher(files, clock)
    clock.now += INTERVAL * 0.9
    assert [watch.changed() for _ in range(5)] == [False] * 5
    assert files.call_count == 1


def test_a_folder_that_goes_away_is_a_change(folder: Path, changes: Callable[[int], list[bool]]) -> None:
    """The removal of a folder, as by some editors and version control, is a change, and so is its return."""
    aside = folder.rename(folder.with_name("aside"))
    assert changes(2) == [False, True]
    aside.rename(folder)
    assert changes(2) == [False, True]
