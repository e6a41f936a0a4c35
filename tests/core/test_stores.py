"""Stores: the same promises from a folder and from memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game.core.stores import DEEPEST, FolderStore, MemoryStore, Store, parse_stored_json
from tests.full_disk import full_disk

MAKERS: dict[str, Callable[[Path], Store]] = {
    "folder": lambda folder: FolderStore(folder / "not" / "there yet"),
    "memory": lambda folder: MemoryStore(),
}


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    return MAKERS[request.param](tmp_path)


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert not store.exists("a.json")
    assert not store.is_file("a.json")
    assert not store.is_obstructed("a.json")
    with pytest.raises(FileNotFoundError):
        store.read("a.json", 100)
    with pytest.raises(FileNotFoundError):
        store.rename("a.json", "b.json")
    store.delete("a.json")
    assert store.place


def test_what_is_written_is_read(store: Store) -> None:
    for text in ("first", "大炼钢铁\n", ""):
        store.write("a.json", text)
        assert store.read("a.json", 100) == text.encode()
        assert store.exists("a.json")
        assert store.is_file("a.json")


def test_a_backup_is_the_text_before(store: Store) -> None:
    store.write("a.json", "one", backup=True)
    assert not store.exists("a.bak")
    store.write("a.json", "two", backup=True)
    store.write("a.json", "three")
    assert (store.read("a.bak", 100), store.read("a.json", 100)) == (b"one", b"three")


def test_a_file_that_is_too_large_is_not_read(store: Store) -> None:
    store.write("a.json", "12345")
    assert store.read("a.json", 5) == b"12345"
    with pytest.raises(ValueError, match="larger than 4 bytes"):
        store.read("a.json", 4)


def test_a_file_is_renamed_and_deleted(store: Store) -> None:
    store.write("a.json", "one")
    store.write("b.json", "two")
    store.rename("a.json", "c.json")
    assert not store.exists("a.json")
    assert store.read("c.json", 100) == b"one"
    store.delete("c.json")
    assert [name for name in ("a.json", "b.json", "c.json") if store.exists(name)] == ["b.json"]


def test_a_memory_store_reports_each_change() -> None:
    reported: list[tuple[str, bytes | None]] = []
    store = MemoryStore({"a.json": b"one"}, lambda name, content: reported.append((name, content)))
    store.write("a.json", "two", backup=True)
    store.rename("a.json", "b.json")
    store.delete("b.json")
    store.delete("b.json")
    assert reported == [
        ("a.bak", b"one"), ("a.json", b"two"), ("b.json", b"two"), ("a.json", None), ("b.json", None),
    ]  # fmt: skip


def test_a_refused_change_of_a_memory_store_is_undone() -> None:
    store = MemoryStore({"a.json": b"one"}, full_disk)
    for name in ("a.json", "b.json"):
        with pytest.raises(OSError, match="No space left"):
            store.write(name, "two")
    with pytest.raises(OSError, match="No space left"):
        store.delete("a.json")
    assert store.files == {"a.json": b"one"}


def test_a_memory_store_takes_up_what_another_wrote() -> None:
    reported: list[str] = []
    store = MemoryStore({"a.json": b"one"}, lambda name, content: reported.append(name))
    store.replaced("a.json", b"theirs")
    store.replaced("b.json", b"new")
    assert store.files == {"a.json": b"theirs", "b.json": b"new"}
    store.replaced("a.json", None)
    store.replaced("c.json", None)
    assert store.files == {"b.json": b"new"}
    assert reported == []


def test_the_names_are_those_of_all_files(store: Store) -> None:
    assert list(store.names()) == []
    store.write("a.json", "1")
    store.write("a.json", "2", backup=True)
    store.write("b.json", "3")
    store.delete("b.json")
    assert set(store.names()) == {"a.json", "a.bak"}


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_a_deeply_nested_text_is_refused_before_it_is_parsed(opening: str, closing: str) -> None:
    levels = DEEPEST // sum(map(opening.count, "[{"))
    assert parse_stored_json(opening * levels + "1" + closing * levels)
    for text in (opening * (levels + 1) + "1" + closing * (levels + 1), opening * 200_000):
        with pytest.raises(ValueError, match="nested"):
            parse_stored_json(text)


def test_brackets_in_strings_and_beside_each_other_are_not_nesting() -> None:
    assert parse_stored_json('["' + "[" * 500 + '\\"[["]') == ["[" * 500 + '"[[']
    assert parse_stored_json(b"[" + b",".join([b"[]"] * 500) + b"]") == [[]] * 500


@pytest.mark.parametrize("content", ["", "[", '"', b"\xff", "{'a': 1}"])
def test_what_is_no_json_is_a_value_error(content: str | bytes) -> None:
    with pytest.raises(ValueError):
        parse_stored_json(content)
