"""Byte cache: limited in bytes, evicting the least recently used."""

from __future__ import annotations

import re
from collections import OrderedDict
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

import game
from game.painter.canvas.byte_cache import ByteCache, cached, surface_bytes

COUNTING = re.compile(r"\blru_cache\b|\bOrderedDict\(\)")


def cache_of(*keys: str, least: int = 0) -> ByteCache[str, int]:
    """A cache of 10 bytes with these keys, in which each value is its own weight."""
    cache: ByteCache[str, int] = ByteCache(10, lambda _, value: value, least)
    for key in keys:
        cache.put(key, 3)
    return cache


def test_pinned_entries_stay_while_others_come_and_go() -> None:
    cache = cache_of(least=1)
    cache.pin(["one"])
    for key in ("one", "two", "three", "four", "five"):
        cache.put(key, 3)
    assert list(cache) == ["one", "four", "five"]
    cache.pin(["five"])
    cache.put("six", 3)
    assert list(cache) == ["four", "five", "six"]


def test_room_is_made_before_a_value_comes() -> None:
    cache = cache_of("one", "two", "three", least=2)
    cache.make_room(1)
    assert list(cache) == ["one", "two", "three"]
    cache.make_room(3)
    assert list(cache) == ["two", "three"] and cache.held == 6
    cache.make_room(30)
    assert list(cache) == ["three"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=40),
    st.sets(st.integers(0, 9)),
    st.integers(0, 3),
)
def test_only_pinned_and_last_entries_stay_beyond_the_budget(
    puts: list[tuple[int, int]], pinned: set[int], least: int
) -> None:
    cache: ByteCache[int, int] = ByteCache(12, lambda _, value: value, least)
    cache.pin(pinned)
    for count, (key, weight) in enumerate(puts, 1):
        cache.put(key, weight)
        assert {key for key, _ in puts[:count]} & pinned <= set(cache)
        assert cache.held <= 12 or len(set(cache) - pinned) <= least


def test_a_value_is_made_once() -> None:
    cache, made = cache_of(), list[str]()

    def make() -> int:
        made.append("one")
        return 6

    assert cache.get_or_make("one", make) == cache.get_or_make("one", make) == 6
    assert made == ["one"]
    cache.put("two", 6)
    cache.get_or_make("one", make)
    assert made == ["one", "one"]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 14)), max_size=40),
    st.integers(0, 20),
    st.integers(0, 2),
)
def test_cache_agrees_with_a_model(steps: list[tuple[int, int | None]], budget: int, least: int) -> None:
    cache: ByteCache[int, int] = ByteCache(budget, lambda _, value: value, least)
    known: OrderedDict[int, int] = OrderedDict()
    for key, weight in steps:
        if weight is None:
            assert cache.get(key) == known.get(key)
            if key in known:
                known.move_to_end(key)
            continue
        cache.put(key, weight)
        known.pop(key, None)
        if weight <= budget or least:
            known[key] = weight
        while sum(known.values()) > budget and len(known) > least:
            known.popitem(last=False)
        assert (list(cache), cache.held) == (list(known), sum(known.values()))


def test_a_function_is_called_once_for_the_same_arguments() -> None:
    called: list[tuple[int, str]] = []

    @cached(10, len)
    def repeated(times: int, text: str) -> str:
        """So often."""
        called.append((times, text))
        return text * times

    assert repeated(3, "a") == repeated(3, "a") == "aaa"
    assert repeated(8, "b") == "bbbbbbbb"
    assert repeated(3, "a") == "aaa"
    assert called == [(3, "a"), (8, "b"), (3, "a")]
    assert repeated(40, "c") == repeated(40, "c") and called.count((40, "c")) == 1
    assert repeated.__name__ == "repeated" and repeated.__doc__ == "So often."


@pytest.mark.parametrize(("depth", "expected"), [(32, 10 * 4 * 7), (8, 12 * 7)])
def test_a_surface_weighs_its_pixels(depth: int, expected: int) -> None:
    assert surface_bytes(pygame.Surface((10, 7), depth=depth)) == expected


DRAWING = [
    file for room in ("desktop", "painter") for file in sorted((Path(game.__file__).parent / room).rglob("*.py"))
]


@pytest.mark.parametrize("path", DRAWING, ids=lambda path: path.stem)
def test_nothing_drawn_is_kept_by_count(path: Path) -> None:
    """The drawing rooms cache surfaces in a `ByteCache`: a number of surfaces may be any number of bytes."""
    if path.name != "byte_cache.py":
        assert not COUNTING.search(path.read_text(encoding="utf-8"))
