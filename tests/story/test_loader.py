"""Loading restores the garbage collector and reports misnamed files."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.story import StoryErrors, check, load
from tests.story.packs import STANDARD, written


@pytest.fixture(params=[True, False])
def searching(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether garbage collection is on when a load begins."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_garbage_collection_is_restored_after_a_load(tmp_path: Path, searching: bool) -> None:
    load(written(tmp_path / "whole", STANDARD))
    assert gc.isenabled() is searching
    with pytest.raises(StoryErrors):
        load(written(tmp_path / "broken", {**STANDARD, "chapter.yaml": "chapter: ["}))
    assert gc.isenabled() is searching


def test_dropped_stories_are_collected(tmp_path: Path) -> None:
    """After repeated loading, as during editing, only one story takes memory."""
    folder = written(tmp_path, STANDARD)
    load(folder)
    gc.collect()
    held = gc.get_freeze_count() + len(gc.get_objects())
    for _ in range(20):
        load(folder)
    gc.unfreeze()
    gc.collect()
    assert len(gc.get_objects()) < held * 1.05


def test_a_misnamed_file_is_reported_where_the_pack_is_read(tmp_path: Path) -> None:
    """Also in a translation, but in no hidden folder, and not if it is empty."""
    names = ("a.yaml.txt", "b.YML", "translations/de/pack.yaml.txt", ".git/c.yaml.txt", "d.txt")
    written(tmp_path, {**STANDARD, **dict.fromkeys(names, "a: b"), "empty.yaml.txt": ""})
    assert [(finding.file, finding.remedy) for finding in check(tmp_path)[1] if finding.code == "WG638"] == [
        ("a.yaml.txt", "Rename it to `a.yaml`."),
        ("b.YML", "Rename it to `b.yml`."),
        ("translations/de/pack.yaml.txt", "Rename it to `pack.yaml`."),
    ]
